// Functions that handle lists, shapes and known numbers rather than one tensor each; the graph folder carries them out.
import { nameOf } from "./helpers.ts"

/** A function that the tracer carries out itself: it may take lists, and settle on shapes. */
export interface Structural {
  readonly name: string
  readonly call: string
  readonly says: string
  readonly names?: string
  readonly internal?: boolean
  readonly structural: true
}

const structure = (call: string, says: string, names = ""): Structural => ({
  name: nameOf(call),
  call,
  says,
  names,
  structural: true,
})
const like = (name: string): string =>
  `torch.${name}_like(input: x, dtype = None, device: _ = None, requires_grad: _ = False); {tf,keras.ops,K,jnp,np}.${name}_like(x, dtype = None, name: _ = None)`
const made = (name: string): string =>
  `torch.${name}(*shape, dtype = None, device: _ = None, requires_grad: _ = False); torch.${name}(size: shape, dtype = None, device: _ = None); Tensor.new_${name}(x: like, *shape, dtype = None, device: _ = None, requires_grad: _ = False); Tensor.new_${name}(x: like, size: shape, dtype = None, device: _ = None, requires_grad: _ = False); {tf,keras.ops,K,jnp,np}.${name}(shape, dtype = None, name: _ = None)`

export const structural: readonly Structural[] = [
  structure(
    "max(*xs, axis=None, keepdims=False)",
    "the largest entry of one tensor, or of several numbers element by element",
  ),
  structure(
    "min(*xs, axis=None, keepdims=False)",
    "the smallest entry of one tensor, or of several numbers element by element",
  ),
  structure(
    "_max_pair(x, other=None, axis=None, keepdims=False)",
    "torch.max in its three forms",
    "torch.max(input: x, dim: other = None, keepdim: keepdims = False); Tensor.max(x, dim: other = None, keepdim: keepdims = False)",
  ),
  structure(
    "_min_pair(x, other=None, axis=None, keepdims=False)",
    "torch.min in its three forms",
    "torch.min(input: x, dim: other = None, keepdim: keepdims = False); Tensor.min(x, dim: other = None, keepdim: keepdims = False)",
  ),
  structure(
    "_sort_pair(x, axis=-1, descending=False)",
    "torch.sort: values and positions",
    "torch.sort(input: x, dim: axis = -1, descending = False, stable: _ = False); Tensor.sort(x, dim: axis = -1, descending = False, stable: _ = False)",
  ),
  structure(
    "_topk_pair(x, k, axis=-1, largest=True)",
    "torch.topk: values and positions",
    "torch.topk(input: x, k, dim: axis = -1, largest = True, sorted: _ = True); Tensor.topk(x, k, dim: axis = -1, largest = True, sorted: _ = True); {tf.math,tf.nn,keras.ops}.top_k(input: x, k, sorted: _ = True); lax.top_k(operand: x, k)",
  ),
  structure("_pair(values, indices)", "two results with torch's names for them"),
  structure("_hist_pair(hist, bin_edges)", "two results with torch's names for them"),
  structure("_named(names, *xs)", "several results with names"),
  structure("refuse(text)", "stops and says what is not followed"),
  structure(
    "select(x, mask)",
    "the entries where a mask holds",
    "torch.masked_select(input: x, mask); Tensor.masked_select(x, mask); tf.boolean_mask(tensor: x, mask, axis: ! = None, name: _ = None)",
  ),
  structure(
    "nonzero(x, apart=False)",
    "the positions of entries that are not 0, a row for each",
    "torch.nonzero(input: x, as_tuple: apart = False); Tensor.nonzero(x, as_tuple: apart = False); torch.argwhere(input: x); Tensor.argwhere(x); {jnp,np}.argwhere(a: x); tf.where(condition: x)",
  ),
  structure(
    "_nonzero_apart(x)",
    "the positions of entries that are not 0, a list with one tensor for each axis",
    "torch.where(condition: x); {jnp,np}.where(condition: x); {keras.ops,jnp,np}.nonzero(x)",
  ),
  structure("unique(x)", "the different entries in order", "keras.ops.unique(x); tf.unique(x)"),
  structure("zeros(*shape, dtype=None, like=None)", "zeros of a shape", made("zeros")),
  structure("ones(*shape, dtype=None, like=None)", "ones of a shape", made("ones")),
  structure(
    "full(shape, value, dtype=None, like=None)",
    "one value in a shape",
    "Tensor.new_full(x: like, size: shape, fill_value: value, dtype = None, device: _ = None, requires_grad: _ = False); torch.full(size: shape, fill_value: value, dtype = None, device: _ = None); tf.fill(dims: shape, value); {keras.ops,jnp,np}.full(shape, fill_value: value, dtype = None)",
  ),
  structure("zeros_like(x, dtype=None)", "zeros in the shape of x", like("zeros")),
  structure("ones_like(x, dtype=None)", "ones in the shape of x", like("ones")),
  structure(
    "full_like(x, value, dtype=None)",
    "one value in the shape of x",
    "torch.full_like(input: x, fill_value: value, dtype = None, device: _ = None, requires_grad: _ = False); {keras.ops,jnp,np}.full_like(x, fill_value: value, dtype = None)",
  ),
  structure(
    "eye(n, m=None)",
    "the identity matrix",
    "{torch,tf,keras.ops,jnp,np}.eye(n, m = None, dtype: _ = None, device: _ = None)",
  ),
  structure(
    "arange(start, stop=None, step=1)",
    "start, start + step, … below stop",
    "torch.arange(start, end: stop = None, step = 1, dtype: _ = None, device: _ = None); tf.range(start, limit: stop = None, delta: step = 1, dtype: _ = None, name: _ = None); {keras.ops,jnp,np}.arange(start, stop = None, step = 1, dtype: _ = None)",
  ),
  structure(
    "linspace(start, stop, n=50)",
    "n numbers from start to stop",
    "torch.linspace(start, end: stop, steps: n, dtype: _ = None, device: _ = None); {tf,keras.ops,jnp,np}.linspace(start, stop, num: n = 50)",
  ),
  structure(
    "tensor(x, requires_grad=False)",
    "known numbers as a tensor",
    "np.array(x, dtype: _ = None); Tensor.new_tensor(_: _, data: x, dtype: _ = None, device: _ = None, requires_grad = False); torch.tensor(data: x, dtype: _ = None, device: _ = None, requires_grad = False); tf.constant(value: x, dtype: _ = None, shape: ! = None, name: _ = None)",
  ),
  structure(
    "_variable(x)",
    "a place that is assigned to; what is put into it leaves its graph",
    "tf.Variable(initial_value: x, trainable: _ = None, validate_shape: _ = True, caching_device: _ = None, name: _ = None, dtype: _ = None, shape: _ = None); keras.Variable(initializer: x, shape: _ = None, dtype: _ = None, trainable: _ = True, name: _ = None); K.variable(value: x, dtype: _ = None, name: _ = None)",
  ),
  structure("empty(*shape, dtype=None, like=None)", "a tensor whose numbers are not said: noise", made("empty")),
  structure("empty_like(x, dtype=None)", "numbers that are not said, in the shape of x", like("empty")),
  structure(
    "_typed(x, *more)",
    "known numbers as a tensor, or a shape whose numbers are not said",
    "torch.{Tensor,FloatTensor,DoubleTensor,HalfTensor,LongTensor,IntTensor,BoolTensor,ByteTensor}(data: x, *more); torch.cuda.{FloatTensor,DoubleTensor,HalfTensor,LongTensor,IntTensor,BoolTensor,ByteTensor}(data: x, *more)",
  ),
  structure("_layers(xs=None)", "a list of layers or weights", "nn.{ModuleList,ParameterList}(modules: xs = None)"),
  structure("_named_layers(xs=None)", "layers or weights by name", "nn.{ModuleDict,ParameterDict}(modules: xs = None)"),
  structure("is_floating_point(x)", "whether the entries are reals", "{torch,Tensor}.is_floating_point(x)"),
  structure("is_same_size(x, other)", "whether two shapes are the same", "{torch,Tensor}.is_same_size(x, other)"),
  structure(
    "_no(x)",
    "what no tensor here is",
    "{torch,Tensor}.{is_complex,is_inference}(x); Tensor.is_pinned(x); {jnp,np}.iscomplexobj(x)",
  ),
  structure("_yes(x)", "what every tensor here is", "Tensor.is_contiguous(x, memory_format: _ = None)"),
  structure("element_size(x)", "how many bytes an entry takes", "Tensor.element_size(x)"),
  structure("finfo(dtype=None)", "the limits of a number format", "{torch,np,jnp}.finfo(type: dtype = None)"),
  structure("iinfo(dtype=None)", "the limits of a format of whole numbers", "{torch,np,jnp}.iinfo(type: dtype = None)"),
  structure(
    "device(type=None, index=None)",
    "where a tensor lies, which changes no number",
    "torch.device(device: type = None, index = None)",
  ),
  structure("tolist(x)", "the entries as Python's numbers, without gradient", "Tensor.tolist(x)"),
  structure(
    "_array(x)",
    "a tensor as it is, or a list as a tensor; the gradient passes",
    "jnp.array(object: x, dtype: _ = None, copy: _ = True)",
  ),
  structure(
    "_as_tensor(x)",
    "a tensor as it is, or a fresh one from the numbers in a list",
    "torch.as_tensor(data: x, dtype: _ = None, device: _ = None); torch.from_numpy(ndarray: x)",
  ),
  structure(
    "concat(xs, axis=-1)",
    "tensors end to end along the last axis",
    "tf.concat(values: xs, axis, name: _ = None); K.concatenate(tensors: xs, axis = -1)",
  ),
  structure(
    "concatenate(xs, axis=0)",
    "tensors end to end along the first axis",
    "torch.{cat,concat}(tensors: xs, dim: axis = 0); {keras.ops,jnp,np}.concatenate(arrays: xs, axis = 0)",
  ),
  structure(
    "stack(xs, axis=0)",
    "tensors along a new axis",
    "torch.stack(tensors: xs, dim: axis = 0); tf.stack(values: xs, axis = 0, name: _ = None); {K,keras.ops,jnp,np}.stack(xs, axis = 0)",
  ),
  structure(
    "split(x, size, axis=0)",
    "a list of pieces",
    "torch.split(tensor: x, split_size_or_sections: size, dim: axis = 0); Tensor.split(x, split_size: size, dim: axis = 0)",
  ),
  structure(
    "chunk(x, n, axis=0)",
    "a list of n pieces",
    "{torch,Tensor}.chunk(input: x, chunks: n, dim: axis = 0); tf.split(value: x, num_or_size_splits: n, axis = 0); {keras.ops,jnp,np}.split(x, indices_or_sections: n, axis = 0)",
  ),
  structure(
    "unbind(x, axis=0)",
    "a list of the slices along an axis",
    "torch.unbind(input: x, dim: axis = 0); Tensor.unbind(x, dim: axis = 0); {tf,keras.ops}.unstack(value: x, num: _ = None, axis = 0)",
  ),
  structure(
    "take(x, i, axis=0)",
    "the entries or slices at positions i",
    "Tensor.take(x, index: i); torch.index_select(input: x, dim: axis, index: i); Tensor.index_select(x, dim: axis, index: i); torch.take(input: x, index: i); tf.gather(params: x, indices: i, validate_indices: _ = None, axis = 0); K.gather(reference: x, indices: i); {keras.ops,jnp,np}.take(a: x, indices: i, axis = None); tf.nn.embedding_lookup(params: x, ids: i)",
  ),
  structure("slice_axis(x, n, axis=-1)", "the first n entries along an axis"),
  structure("pad(x, width, value=0)", "zeros, or another number, around"),
  structure(
    "matmul(a, b)",
    "the product of matrices",
    "{torch,Tensor,tf,tf.linalg,keras.ops,jnp,np}.matmul(a, b); {keras.ops,jnp,np}.dot(a, b); torch.{mm,bmm,mv}(input: a, mat2: b); Tensor.{mm,bmm,mv}(a, b); K.dot(a, b)",
  ),
  structure(
    "einsum(spec, *xs)",
    "Einstein's sums, such as 'ij,jk->ik'",
    "{torch,tf,keras.ops,jnp,np}.einsum(spec, *xs)",
  ),
  structure(
    "shape(x, axis=None)",
    "the shape as a list, or the length of one axis",
    "{tf,keras.ops,jnp,np,K}.shape(x); K.int_shape(x); Tensor.size(x, dim: axis = None)",
  ),
  structure("len(x)", "the length of the first axis"),
  structure(
    "ndim(x)",
    "the number of axes",
    "K.ndim(x); Tensor.{dim,ndimension}(x); tf.rank(input: x); {jnp,np,keras.ops}.ndim(x)",
  ),
  structure(
    "numel(x)",
    "the number of elements",
    "{torch,Tensor}.numel(x); tf.size(input: x); {jnp,np,keras.ops}.size(x)",
  ),
  structure("range(start, stop=None, step=1)", "whole numbers to loop over"),
  structure("zip(*xs, strict=False)", "lists side by side"),
  structure("enumerate(xs, start=0)", "positions and entries"),
  structure("list(xs)", "the entries as a list"),
  structure("tuple(xs)", "the entries as a list"),
  structure("reversed(xs)", "back to front"),
  structure(
    "cast(x, dtype=None)",
    "x as another number type",
    "Tensor.type(x, dtype: dtype = None, non_blocking: _ = False); Tensor.{to,type_as,astype}(x, dtype, device: _ = None, non_blocking: _ = False, copy: _ = False); tf.cast(x, dtype, name: _ = None); {keras.ops,K}.cast(x, dtype); lax.convert_element_type(operand: x, new_dtype: dtype)",
  ),
  structure("rand(*shape)", "uniform noise, drawn anew at each point", "{torch,np.random}.rand(*shape)"),
  structure("randn(*shape)", "normal noise, drawn anew at each point", "{torch,np.random}.randn(*shape)"),
  structure("rand_like(x)", "uniform noise in the shape of x", "torch.rand_like(input: x)"),
  structure("randn_like(x)", "normal noise in the shape of x", "torch.randn_like(input: x)"),
  structure(
    "vmap(f, *xs, axes=0)",
    "f of each entry along an axis",
    "{jax,torch,torch.func}.vmap(f, in_axes: axes = 0, out_axes: ! = 0)(*xs)",
  ),
]
