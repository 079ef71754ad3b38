// Where gradients end: comparisons, logic, rounding, casts, detach; and where(), which picks without a gradient for its condition.
import { comparison, general, kinked, same, step, truth, whole } from "./helpers.ts"
import { pointwiseKernel } from "./kernels.ts"
import { NONE, type Operation, ZERO } from "./record.ts"
import { broadcast } from "./shapes.ts"

const bit = (c: boolean): number => (c ? 1 : 0)
const compare = (names: string, method: string) => ({
  names: `{torch,Tensor}.${method} {tf,tf.math,keras.ops,K,jnp,np}.${names} lax.${method}`,
  jumps: ["a - b"],
})
const soft = (sign: string, share: string): Operation["instead"] => [
  { text: "count with the probabilities themselves", write: share, when: "(a >= 0) & (a <= 1)" },
  { text: "a soft threshold; a smaller number is sharper, and fades sooner", write: `sigmoid(${sign} / 0.1)` },
]
// Kernels are made for each graph, the functions in them once: a loop is compiled for each function.
const choose = (c: number, a: number, b: number): number => (c !== 0 ? a : b)
const itself = (x: number): number => x
const second = (_: number, x: number): number => x
const isTrue = (x: number): number => bit(x !== 0)
const logic = (name: string) => ({ names: `{torch,Tensor,tf,tf.math,keras.ops,jnp,np}.logical_${name}` })
const roundTo = (x: number): number => {
  const near = Math.round(x)
  return Math.abs(x - Math.trunc(x)) === 0.5 && near % 2 !== 0 ? near - 1 : near
}
/** Cutting towards 0 jumps at every whole number but 0 itself. */
const wholeButZero = "where(abs(x) < 0.5, 1, x - round(x))"
const through = (write: string): NonNullable<Operation["instead"]> => [
  { text: "do not round while training", write: "x" },
  { text: "straight-through: rounds forward, passes the gradient back", write: `x + stop_gradient(${write} - x)` },
]

export const steps = [
  comparison("gt(a, b)", "a > b", (a, b) => bit(a! > b!), {
    ...compare("greater", "gt"),
    instead: soft("(a - b)", "a")!,
  }),
  comparison("ge(a, b)", "a >= b", (a, b) => bit(a! >= b!), {
    ...compare("greater_equal", "ge"),
    instead: soft("(a - b)", "a")!,
  }),
  comparison("lt(a, b)", "a < b", (a, b) => bit(a! < b!), {
    ...compare("less", "lt"),
    instead: soft("(b - a)", "1 - a")!,
  }),
  comparison("le(a, b)", "a <= b", (a, b) => bit(a! <= b!), {
    ...compare("less_equal", "le"),
    instead: soft("(b - a)", "1 - a")!,
  }),
  comparison("eq(a, b)", "a == b", (a, b) => bit(a === b), {
    ...compare("equal", "eq"),
    compares: "equal",
    instead: [
      {
        text: "the share of agreement",
        write: "a*b + (1 - a)*(1 - b)",
        when: "(a >= 0) & (a <= 1) & (b >= 0) & (b <= 1)",
      },
    ],
  }),
  comparison("ne(a, b)", "a != b", (a, b) => bit(a !== b), {
    ...compare("not_equal", "ne"),
    compares: "different",
    instead: [
      {
        text: "the share of disagreement",
        write: "a*(1 - b) + b*(1 - a)",
        when: "(a >= 0) & (a <= 1) & (b >= 0) & (b <= 1)",
      },
    ],
  }),
  comparison("logical_and(a, b)", "both are true", (a, b) => bit(a !== 0 && b !== 0), logic("and")),
  comparison("logical_or(a, b)", "at least one is true", (a, b) => bit(a !== 0 || b !== 0), logic("or")),
  comparison("logical_xor(a, b)", "exactly one is true", (a, b) => bit((a !== 0) !== (b !== 0)), logic("xor")),
  comparison("logical_not(x)", "true where x is 0", (x) => bit(x === 0), logic("not")),
  comparison("isnan(x)", "true where x is NaN", (x) => bit(Number.isNaN(x!)), {
    names: "{torch,Tensor,keras.ops,jnp,np,math}.isnan tf.math.is_nan",
  }),
  comparison("isinf(x)", "true where x is infinite", (x) => bit(Math.abs(x!) === Infinity), {
    names: "{torch,Tensor,keras.ops,jnp,np,math}.isinf tf.math.is_inf",
  }),
  comparison("isfinite(x)", "true where x is a finite number", (x) => bit(Number.isFinite(x!)), {
    names: "{torch,Tensor,keras.ops,jnp,np,math}.isfinite tf.math.is_finite",
  }),
  comparison("signbit(x)", "true where x is negative", (x) => bit(x! < 0 || Object.is(x, -0)), {
    names: "{torch,Tensor,jnp,np}.signbit",
    jumps: ["x"],
  }),
  step("sign(x)", "-1, 0 or 1", (x) => Math.sign(x!), {
    names: "{torch,Tensor,tf,tf.math,keras.ops,K,jnp,np,lax}.sign {torch,Tensor}.sgn",
    outcomes: { tf: "zero" },
    jumps: ["x"],
    exact: true,
    matches: { text: "the share of agreement, with a soft sign", write: "(1 + tanh(x / 0.1) * other) / 2" },
    instead: [
      { text: "a soft sign", write: "tanh(x / 0.1)" },
      {
        text: "straight-through: takes the sign forward, passes the gradient back",
        write: "x + stop_gradient(sign(x) - x)",
      },
    ],
  }),
  step("round(x)", "the nearest whole number, halves to even", (x) => roundTo(x!), {
    names:
      "{tf,tf.math,K,lax}.round tf.math.rint {jnp,np}.rint Tensor.round torch.round(input: x); {jnp,np}.round(a: x); keras.ops.round(x)",
    jumps: ["x - floor(x) - 0.5"],
    instead: through("round(x)"),
  }),
  step("floor(x)", "the largest whole number below", (x) => Math.floor(x!), {
    names: "{torch,Tensor,tf,tf.math,keras.ops,jnp,np,lax,math}.floor",
    jumps: ["x - round(x)"],
    instead: through("floor(x)"),
  }),
  step("ceil(x)", "the smallest whole number above", (x) => Math.ceil(x!), {
    names: "{torch,Tensor,tf.math,keras.ops,jnp,np,lax,math}.ceil",
    jumps: ["x - round(x)"],
    instead: through("ceil(x)"),
  }),
  step("trunc(x)", "x without its fraction", (x) => Math.trunc(x!), {
    names: "{torch,Tensor,keras.ops,jnp,np,math}.trunc {torch,jnp,np}.fix",
    jumps: [wholeButZero],
    instead: through("trunc(x)"),
  }),
  step("heaviside(x, v=0.5)", "0 below 0, 1 above, v at 0", (x, v) => (x! < 0 ? 0 : x! > 0 ? 1 : x === 0 ? v! : x!), {
    names: "{torch,Tensor,tf.experimental.numpy,jnp,np,keras.ops}.heaviside(x, values: v)",
    outcomes: { torch: "error" },
    jumps: ["x"],
    instead: [{ text: "a soft threshold; a smaller number is sharper, and fades sooner", write: "sigmoid(x / 0.1)" }],
  }),
  kinked("frac(x)", "x - trunc(x)", (x) => x! - Math.trunc(x!), "g", {
    names: "{torch,Tensor}.frac",
    jumps: [wholeButZero],
  }),
  kinked(
    "copysign(a, b)",
    "the size of a with the sign of b",
    (a, b) => (b! < 0 || Object.is(b, -0) ? -Math.abs(a!) : Math.abs(a!)),
    [{ torch: "g * sign(a) * where(b < 0, -1, 1)", jax: "g * where(a >= 0, 1, -1) * where(b < 0, -1, 1)" }, ZERO],
    { names: "{torch,Tensor,jnp,np}.copysign", kinks: ["a"], jumps: ["b"] },
  ),
  kinked(
    "nan_to_num(x, nan=0)",
    "x, and `nan` where x is NaN or infinite",
    (x, v) => (Number.isNaN(x!) ? v! : x === Infinity ? Number.MAX_VALUE : x === -Infinity ? -Number.MAX_VALUE : x!),
    ["where(isfinite(x), g, 0)", NONE],
  ),
  general("where(c, a, b)", "a where c holds, else b", "kinked", 3, {
    shape: broadcast,
    pointwise: true,
    branches: [1, 2],
    exact: true,
    kernel: (layout) => pointwiseKernel(choose, layout),
    type: ([, a, b]) => (a === b ? a! : a === "real" || b === "real" ? "real" : "whole"),
    vjp: { c: NONE, a: "where(c, g, 0)", b: "where(c, 0, g)" },
    names:
      "torch.where(condition: c, input: a, other: b); Tensor.where(x: a, condition: c, other: b); tf.where(condition: c, x: a, y: b, name: _ = None); {keras.ops,jnp,np}.where(condition: c, x1: a, x2: b); {jnp,np}.where(condition: c, x: a, y: b); K.switch(condition: c, then_expression: a, else_expression: b); lax.select(pred: c, on_true: a, on_false: b)",
  }),
  // A value read inside a branch that Python would not run elsewhere: what comes back from the branch is kept out
  // wherever the branch is not taken, NaN included.
  general("_enter(c, x)", "x as seen inside a branch", "linear", 2, {
    shape: broadcast,
    pointwise: true,
    moves: true,
    exact: true,
    kernel: (layout) => pointwiseKernel(second, layout),
    type: ([, x]) => x!,
    vjp: { c: NONE, x: "where(c, g, 0)" },
    guards: true,
    internal: true,
  }),
  // A value whose way back its author wrote: its own is closed, and each argument that is served opens another.
  general("_authored(value)", "a value whose own way back is not taken", "stop", 1, {
    shape: ([value]) => value!,
    pointwise: true,
    type: same,
    kernel: (layout) => pointwiseKernel((value) => value!, layout),
    vjp: { value: NONE },
    internal: true,
  }),
  general("_trusted(value, x)", "a value with a backward pass of its own", "smooth", 2, {
    shape: ([value]) => value!,
    kernel: (layout) => pointwiseKernel(itself, { ...layout, inputs: layout.inputs.slice(0, 1) }),
    // Where the shapes differ nobody knows which entry it goes to: all of it goes to each.
    vjp: { value: "g", x: "g if shape(g) == shape(x) else full_like(x, sum(abs(g)))" },
    internal: true,
  }),
  general("stop_gradient(x)", "x without its gradient", "stop", 1, {
    shape: ([x]) => x!,
    pointwise: true,
    type: same,
    exact: true,
    kernel: (layout) => pointwiseKernel(itself, layout),
    vjp: { x: NONE },
    instead: [{ text: "let the gradient through, unless it is kept out on purpose", write: "x" }],
    names: "Tensor.detach Tensor.detach_ {tf,keras.ops,K,lax}.stop_gradient Tensor.item Tensor.numpy",
  }),
  general("_plain(x)", "x as a plain number or array, which knows no gradient", "stop", 1, {
    shape: ([x]) => x!,
    pointwise: true,
    type: same,
    exact: true,
    kernel: (layout) => pointwiseKernel(itself, layout),
    vjp: { x: NONE },
    cutsBecause: "a plain number or array of Python or NumPy, which does not know what it was computed from",
    internal: true,
  }),
  general("int(x)", "x cut to a whole number, of whole-number type", "step", 1, {
    shape: ([x]) => x!,
    pointwise: true,
    type: whole,
    kernel: (layout) => pointwiseKernel(Math.trunc, layout),
    vjp: { x: NONE },
    names: "Tensor.{long,int,short,byte}",
    jumps: [wholeButZero],
    instead: through("trunc(x)"),
  }),
  general("bool(x)", "true where x is not 0", "step", 1, {
    shape: ([x]) => x!,
    pointwise: true,
    type: truth,
    kernel: (layout) => pointwiseKernel(isTrue, layout),
    vjp: { x: NONE },
    names: "Tensor.bool",
  }),
  general("float(x)", "x as a real number", "linear", 1, {
    shape: ([x]) => x!,
    pointwise: true,
    exact: true,
    kernel: (layout) => pointwiseKernel(itself, layout),
    vjp: { x: "g" },
    names: "Tensor.{float,double,half,bfloat16}",
  }),
  general("_copy(x)", "x itself, of the type that it has", "linear", 1, {
    shape: ([x]) => x!,
    pointwise: true,
    exact: true,
    kernel: (layout) => pointwiseKernel(itself, layout),
    type: same,
    vjp: { x: "g" },
    internal: true,
    names:
      "Tensor.{clone,contiguous,cpu,cuda} Tensor.requires_grad_(x, requires_grad: _ = True) Tensor.{retain_grad,share_memory_,pin_memory,resolve_conj,coalesce} Tensor.register_hook(x, hook: _) Tensor.set_shape(x, shape: _) torch.clone {tf,keras.ops}.identity K.identity keras.ops.copy tf.convert_to_tensor(value: x, dtype: _ = None, name: _ = None); {jnp,np}.asarray(x, dtype: _ = None); keras.ops.convert_to_tensor(x, dtype: _ = None)",
  }),
]
