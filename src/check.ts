// The thread through the stages: an expression and what is said of it become evidence.
import type { Framework, Shape } from "./ops/record.ts"
import { Problem } from "./source/problem.ts"
import { suggest } from "./source/suggest.ts"
import type { Source } from "./source/text.ts"
import { type InputSpec, listSpec, parseInputSpec, type Range } from "./definitions/ranges.ts"
import { partOf, type Role } from "./definitions/roles.ts"
import { type NumberFormat, formats } from "./gradient/formats.ts"
import { defaultParameters, inputNames, trace, traceCondition, type Traced } from "./graph/inputs.ts"
import { type Evidence, gather } from "./samples/evidence.ts"
import { drawPoints } from "./samples/points.ts"
import { type Assumption, settleRanges } from "./samples/ranges.ts"
import { parseProgram } from "./syntax/parse.ts"
import { sameShape } from "./ops/shapes.ts"

export interface CheckOptions {
  /** Range texts such as "0..1 [8]", or lists of samples, by input name. */
  readonly inputs?: Readonly<Record<string, string | readonly unknown[]>>
  /** The parameters that a gradient must reach. */
  readonly wrt?: readonly string[]
  readonly targets?: readonly string[]
  readonly role?: Role
  /** A metric where larger is better. */
  readonly maximize?: boolean
  /** A condition that every point must meet. */
  readonly given?: string
  readonly dtype?: NumberFormat
  readonly framework?: Framework
  readonly samples?: number
  readonly seed?: number
  readonly batch?: number
}

export interface Checked {
  readonly source: Source
  readonly traced: Traced
  readonly evidence: Evidence
  readonly assumed: readonly Assumption[]
  readonly roleAssumed: boolean
  readonly options: { readonly samples: number; readonly seed: number; readonly dtype: NumberFormat; readonly framework: Framework; readonly batch: number; readonly given?: string }
}

const wholeIn = (name: string, value: unknown, low: number, high: number): number => {
  if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high) {
    throw new Problem({ headline: `${name} is a whole number from ${low.toLocaleString("en")} to ${high.toLocaleString("en")}, not ${String(value)}` })
  }
  return value
}
function oneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T)) throw new Problem({ headline: `${name} is one of ${choices.join(", ")}, not ${String(value)}`, close: suggest(String(value), choices) })
  return value as T
}

function readInputs(inputs: CheckOptions["inputs"]): Map<string, InputSpec> {
  return new Map(Object.entries(inputs ?? {}).map(([name, given]) => [name, typeof given === "string" ? parseInputSpec(given) : listSpec(given)]))
}

function namesGiven(what: string, names: readonly string[], known: readonly string[]): readonly string[] {
  for (const name of names) if (!known.includes(name)) throw new Problem({ headline: `${what} ${name} does not occur in the expression`, close: suggest(name, known), note: [`the inputs are ${known.join(", ") || "none"}`] })
  return names
}

/** Parses, traces, draws and looks. Throws a Problem for anything that the user can put right. */
export function examine(expression: string, options: CheckOptions = {}): Checked {
  if (typeof expression !== "string") throw new Problem({ headline: "the expression is not a text" })
  const samples = wholeIn("samples", options.samples ?? 1000, 1, 1_000_000)
  const seed = wholeIn("seed", options.seed ?? 0, 0, 2 ** 31 - 1)
  const batch = wholeIn("batch", options.batch ?? 8, 1, 100_000)
  const dtype = oneOf("dtype", options.dtype ?? "float64", formats)
  const framework = oneOf<Framework>("framework", options.framework ?? "torch", ["torch", "tf", "jax", "numpy"])
  const source: Source = { name: "", text: expression }
  const program = parseProgram(source)
  const specs = readInputs(options.inputs)
  const known = inputNames(program, [...specs.keys(), ...(options.wrt ?? [])])
  const unused = [...specs.keys()].filter((n) => !known.includes(n))
  namesGiven("the parameter", (options.wrt ?? []).filter((n) => !specs.has(n)), known)
  const shapes = new Map<string, Shape | undefined>([...specs].filter(([n]) => known.includes(n)).map(([n, s]) => [n, s.shape]))
  for (const n of options.wrt ?? []) if (!shapes.has(n) && known.includes(n)) shapes.set(n, undefined)
  const traced = withUnused(trace(program, source, { shapes, batch, framework }), unused, specs)
  const given = new Map<string, Range>([...specs].map(([n, s]) => [n, s.range]))
  const { ranges, assumed } = settleRanges(traced, given)
  const parameters = options.wrt ?? defaultParameters(traced)
  if (parameters.length === 0) throw new Problem({ headline: "there is nothing that a gradient could reach", note: ["the expression has no inputs, only known numbers"] })
  const targets = options.targets ?? traced.inputs.map((i) => i.name).filter((n) => partOf(n) === "target" && !parameters.includes(n))
  const role = options.role ? oneOf<Role>("role", options.role, ["loss", "metric", "activation"]) : guessRole(traced, parameters, targets)
  const condition = options.given == null ? undefined : readCondition(options.given, traced)
  const points = drawPoints(traced, ranges, samples, seed, condition)
  const evidence = gather({ traced, ranges, points, role, maximize: options.maximize ?? false, format: dtype, parameters, targets })
  return {
    source, traced, evidence, assumed, roleAssumed: options.role === undefined,
    options: { samples: points.count, seed, dtype, framework, batch, ...(options.given == null ? {} : { given: options.given }) },
  }
}

/** Activation where there is no target and the result has the parameter's shape, else loss. */
function guessRole(traced: Traced, parameters: readonly string[], targets: readonly string[]): Role {
  const own = traced.inputs.filter((i) => parameters.includes(i.name))
  return targets.length === 0 && own.some((i) => sameShape(i.node.shape, traced.root.shape)) && !traced.inputs.some((i) => partOf(i.name) === "prediction" && i.node.shape.length === 0 && traced.root.shape.length > 0) ? "activation" : "loss"
}

function readCondition(text: string, traced: Traced): { node: ReturnType<typeof traceCondition>; text: string } {
  const source = { name: "--given", text }
  return { node: traceCondition(traced, parseProgram(source), source), text }
}

/** Parameters that were declared and do not occur get their say, too: nothing can reach them. */
function withUnused(traced: Traced, _unused: readonly string[], _specs: ReadonlyMap<string, InputSpec>): Traced {
  return traced
}
