// Matrices in the language itself: decompositions with their parts' names, norms by singular values, systems of equations.
import { func } from "./composition.ts"

const internal = { internal: true }

export const matrices = [
  func(
    "_turn(w, s)",
    "what turns vectors into each other, over the differences of their values",
    "(w - swapaxes(w, -1, -2)) / where(eye(s.shape[-1]) == 1, 1, expand_dims(s, -2) - expand_dims(s, -1))",
    "",
    internal,
  ),
  func(
    "_beyond(u, h)",
    "the part of h at right angles to the columns of u",
    "h - bmm(u, bmm(swapaxes(u, -1, -2), h))",
    "",
    internal,
  ),
  // A full square factor of an oblong matrix is not followed; its place is kept, since mostly the others are wanted.
  func(
    "svd(x, full=True)",
    "left singular vectors, singular values, right singular vectors in rows",
    `
    u = _svd_u(x) if not full or x.shape[-2] <= x.shape[-1] else None
    v = _svd_v(x) if not full or x.shape[-1] <= x.shape[-2] else None
    _named('U S Vh', u, _svd_s(x), None if v is None else swapaxes(v, -1, -2))`,
    "torch.linalg.svd(A: x, full_matrices: full = True, driver: _ = None); {jnp,np}.linalg.svd(a: x, full_matrices: full = True); keras.ops.svd(x, full_matrices: full = True)",
  ),
  func(
    "svdvals(x)",
    "the singular values, the largest first",
    "_svd_s(x)",
    "torch.linalg.svdvals(A: x); {jnp,np}.linalg.svdvals(x)",
  ),
  func(
    "_torch_svd(x, some=True)",
    "left singular vectors, singular values, right singular vectors in columns",
    "_named('U S V', _svd_u(x), _svd_s(x), _svd_v(x))",
    "torch.svd(input: x, some = True); Tensor.svd(x, some = True)",
  ),
  func(
    "_tf_svd(x, full_matrices=False, compute_uv=True)",
    "singular values, left and right singular vectors in columns",
    "[_svd_s(x), _svd_u(x), _svd_v(x)] if compute_uv else _svd_s(x)",
    "tf.linalg.svd(tensor: x, full_matrices: ! = False, compute_uv = True, name: _ = None)",
  ),
  func(
    "eigh(x)",
    "the eigenvalues of a symmetric matrix, the smallest first, and its eigenvectors",
    "_named('eigenvalues eigenvectors', _eigh_values(x), _eigh_vectors(x))",
    "torch.linalg.eigh(A: x, UPLO: _ = 'L'); tf.linalg.eigh(tensor: x, name: _ = None); {jnp,np}.linalg.eigh(a: x); keras.ops.eigh(x)",
  ),
  func(
    "eigvalsh(x)",
    "the eigenvalues of a symmetric matrix, the smallest first",
    "_eigh_values(x)",
    "torch.linalg.eigvalsh(A: x, UPLO: _ = 'L'); tf.linalg.eigvalsh(tensor: x, name: _ = None); {jnp,np}.linalg.eigvalsh(a: x)",
  ),
  func(
    "solve(a, b)",
    "x for which a @ x is b",
    "inv(a) @ b",
    "torch.linalg.solve(A: a, B: b); tf.linalg.solve(matrix: a, rhs: b); {jnp,np}.linalg.solve(a, b); keras.ops.solve(a, b)",
  ),
  func(
    "pinv(x)",
    "the inverse in the sense of least squares",
    "(_svd_v(x) / expand_dims(_svd_s(x), -2)) @ swapaxes(_svd_u(x), -1, -2)",
    "{torch,torch.linalg,tf.linalg,jnp.linalg,np.linalg}.pinv(x)",
  ),
  func(
    "matrix_rank(x, tol=None)",
    "how many singular values are above a threshold",
    "sum(_svd_s(x) > (amax(_svd_s(x), axis=-1, keepdims=True) * max(x.shape[-2], x.shape[-1]) * 1.2e-7 if tol is None else tol), axis=-1)",
    "{torch.linalg,jnp.linalg,np.linalg,tf.linalg}.matrix_rank(x, tol = None)",
  ),
  func(
    "matrix_norm(x, ord='fro')",
    "the norm of matrices: Frobenius', nuclear or spectral",
    "norm(x, axis=[-2, -1]) if ord == 'fro' or ord is None else sum(_svd_s(x), axis=-1) if ord == 'nuc' else amax(_svd_s(x), axis=-1) if ord == 2 else amin(_svd_s(x), axis=-1) if ord == -2 else refuse('of matrix norms, fro, nuc, 2 and -2 are followed')",
    "torch.linalg.matrix_norm(A: x, ord = 'fro')",
  ),
]
