// What torch keeps for the backward pass, argument by argument: its derivatives read these, and refuse what was changed.

type Kept = Readonly<Record<string, readonly string[]>>
const result: Kept = { x: ["out"] }
const input: Kept = { x: ["x"] }
const both: Kept = { x: ["x", "out"] }
const pair: Kept = { a: ["a", "b"], b: ["a", "b"] }
const each = (kept: Kept, names: string): [string, Kept][] => names.split(" ").map((name) => [name, kept])

const table: ReadonlyMap<string, Kept> = new Map([
  ...each(result, "exp expm1 exp2 sqrt rsqrt reciprocal sigmoid tanh relu softmax log_softmax tan"),
  ...each(
    input,
    "log log1p log2 log10 abs square clip logsigmoid softplus silu leaky_relu sin cos atan asin acos erf var",
  ),
  ...each(both, "std norm2 norm_p prod logsumexp amax amin"),
  ...each(pair, "maximum minimum atan2"),
  ["mul", { a: ["b"], b: ["a"] }],
  ["bmm", { a: ["b"], b: ["a"] }],
  ["div", { a: ["b"], b: ["a", "b"] }],
  ["pow", { a: ["a", "b"], b: ["a", "b", "out"] }],
])

/** What torch needs again to hand a gradient to an argument of an operation. */
export const keptFor = (operation: string, argument: string): readonly string[] =>
  table.get(operation)?.[argument] ?? []

/** The whole table, for those who check it. */
export const savedNames = (): Iterable<[string, Kept]> => table
