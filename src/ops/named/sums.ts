// Products added to a tensor, and products over chosen axes.
import { func } from "./composition.ts"

const both = (name: string, args: string): string => `{torch,Tensor}.${name}(${args})`
/** `beta*x + alpha*product`: today's form after the one of old releases, whose factors stood in front. */
const added = (name: string, a: string, b: string): string =>
  `torch.${name}(beta, input: x, alpha, ${a}: a, ${b}: b); Tensor.${name}(x, beta, alpha, ${a}: a, ${b}: b); ${both(name, `input: x, ${a}: a, ${b}: b, beta = 1, alpha = 1`)}`

export const sums = [
  func(
    "addmm(x, a, b, beta=1, alpha=1)",
    "a product of matrices, added to x",
    "beta*x + alpha*matmul(a, b)",
    added("addmm", "mat1", "mat2"),
  ),
  func(
    "baddbmm(x, a, b, beta=1, alpha=1)",
    "products of matrices, batch by batch, added to x",
    "beta*x + alpha*matmul(a, b)",
    added("baddbmm", "batch1", "batch2"),
  ),
  func(
    "addbmm(x, a, b, beta=1, alpha=1)",
    "products of matrices, added up and to x",
    "beta*x + alpha*sum(matmul(a, b), axis=0)",
    added("addbmm", "batch1", "batch2"),
  ),
  func(
    "addmv(x, a, b, beta=1, alpha=1)",
    "a matrix times a vector, added to x",
    "beta*x + alpha*matmul(a, b)",
    added("addmv", "mat", "vec"),
  ),
  func(
    "addr(x, a, b, beta=1, alpha=1)",
    "all products of the entries of two vectors, added to x",
    "beta*x + alpha*outer(a, b)",
    added("addr", "vec1", "vec2"),
  ),
  func(
    "addcmul(x, a, b, value=1)",
    "x and a product",
    "x + value*(a*b)",
    `Tensor.addcmul(x, value, tensor1: a, tensor2: b); ${both("addcmul", "input: x, tensor1: a, tensor2: b, value = 1")}`,
  ),
  func(
    "addcdiv(x, a, b, value=1)",
    "x and a quotient",
    "x + value*(a/b)",
    `Tensor.addcdiv(x, value, tensor1: a, tensor2: b); ${both("addcdiv", "input: x, tensor1: a, tensor2: b, value = 1")}`,
  ),
  func(
    "tensordot(a, b, axes=2)",
    "the sum of products over some axes of both",
    `
    m = ndim(a)
    i = [int(k) for k in range(m - axes, m)] if ndim(axes) == 0 else [(k if k >= 0 else k + m) for k in (axes[0] if ndim(axes[0]) == 1 else [axes[0]])]
    j = [int(k) for k in range(axes)] if ndim(axes) == 0 else [(k if k >= 0 else k + ndim(b)) for k in (axes[1] if ndim(axes[1]) == 1 else [axes[1]])]
    u = [k for k in range(m) if k not in i]
    v = [k for k in range(ndim(b)) if k not in j]
    n = int(prod([1] + [a.shape[k] for k in i]))
    reshape(matmul(reshape(transpose(a, u + i), [-1, n]), reshape(transpose(b, j + v), [n, -1])), [a.shape[k] for k in u] + [b.shape[k] for k in v])`,
    "torch.tensordot(a, b, dims: axes = 2); {tf,np,jnp,keras.ops}.tensordot(a, b, axes = 2)",
  ),
  func(
    "cross(a, b, axis=-1)",
    "the vector that stands upright on both",
    `
    u = moveaxis(a, axis, -1)
    v = moveaxis(b, axis, -1)
    moveaxis(stack([u[..., 1]*v[..., 2] - u[..., 2]*v[..., 1], u[..., 2]*v[..., 0] - u[..., 0]*v[..., 2], u[..., 0]*v[..., 1] - u[..., 1]*v[..., 0]], axis=-1), -1, axis)`,
    "torch.cross(input: a, other: b, dim: axis); Tensor.cross(a, other: b, dim: axis); torch.linalg.cross(input: a, other: b, dim: axis = -1); tf.linalg.cross(a, b, name: _ = None); {np,jnp,keras.ops}.cross(a, b)",
  ),
  func(
    "kron(a, b)",
    "every entry of a times the whole of b",
    "reshape(expand_dims(expand_dims(a, 1), 3)*expand_dims(expand_dims(b, 0), 2), [a.shape[0]*b.shape[0], a.shape[1]*b.shape[1]])",
    "torch.kron(input: a, other: b); {np,jnp}.kron(a, b)",
  ),
]
