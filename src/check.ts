// The thread through the stages: an expression and what is said of it become evidence.

import { rangesByName } from "./definitions/named-ranges.ts"
import type { CheckOptions } from "./definitions/options.ts"
import { type InputSpec, listSpec, parseInputSpec, printRange, type Range } from "./definitions/ranges.ts"
import { partOf, type Role } from "./definitions/roles.ts"
import { isTrapped } from "./findings/broken.ts"
import type { Finding } from "./findings/finding.ts"
import { findingsOf } from "./findings/index.ts"
import { leanResult, parameterResult } from "./findings/parameter.ts"
import type { LossResult } from "./findings/result.ts"
import { type Trial, type View, viewOf } from "./findings/view.ts"
import { wantedRules } from "./findings/wanted.ts"
import { differentiate, reachOf } from "./gradient/differentiate.ts"
import { formats, type NumberFormat } from "./gradient/formats.ts"
import {
  defaultParameters,
  guessRole,
  type Subject,
  subjectOf,
  type Traced,
  traceCondition,
  traceSubject,
} from "./graph/inputs.ts"
import { addInput, belowOf } from "./graph/node.ts"
import { type Framework, frameworks, type Shape } from "./ops/record.ts"
import { affordable, GLANCED, mayMislead } from "./samples/affordable.ts"
import { curvesOf } from "./samples/curves.ts"
import { type Evidence, gather, type Question } from "./samples/evidence.ts"
import { drawPoints } from "./samples/points.ts"
import { DEFAULT_BUDGET } from "./samples/prove.ts"
import { type Assumption, holdsPositions, narrowRanges, type Settled, settleRanges } from "./samples/ranges.ts"
import { specialPoints } from "./samples/special.ts"
import type { Verdict } from "./samples/states.ts"
import { judge, worst } from "./samples/verdict.ts"
import { count } from "./source/count.ts"
import type { Edit } from "./source/edit.ts"
import { Problem } from "./source/problem.ts"
import { suggest } from "./source/suggest.ts"
import type { Source } from "./source/text.ts"
import { parseProgram } from "./syntax/parse.ts"

export type { CheckOptions } from "./definitions/options.ts"

export interface Checked {
  readonly subject: Subject
  /** Inputs that were declared and are not read. */
  readonly unused: readonly string[]
  readonly traced: Traced
  readonly evidence: Evidence
  readonly assumed: readonly Assumption[]
  readonly roleAssumed: boolean
  readonly options: {
    readonly samples: number
    readonly seed: number
    readonly dtype: NumberFormat
    readonly framework: Framework
    readonly batch: number
    readonly given?: string
  }
}

const wholeIn = (name: string, value: unknown, low: number, high: number): number => {
  if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high) {
    throw new Problem({
      headline: `${name} is a whole number from ${count(low)} to ${count(high)}, not ${String(value)}`,
    })
  }
  return value
}
function oneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T))
    throw new Problem({
      headline: `${name} is one of ${choices.join(", ")}, not ${String(value)}`,
      close: suggest(String(value), choices),
    })
  return value as T
}

function readInputs(inputs: CheckOptions["inputs"]): Map<string, InputSpec> {
  return new Map(
    Object.entries(inputs ?? {}).map(([name, given]) => [
      name,
      typeof given === "string" ? parseInputSpec(given) : listSpec(given),
    ]),
  )
}

/** What the patterns say of the inputs of which nothing is said by name. */
function specsByName(
  known: readonly string[],
  stated: ReadonlyMap<string, InputSpec>,
  named: CheckOptions["named"],
): Map<string, InputSpec> {
  if (named === undefined) return new Map()
  const specOf = rangesByName(named)
  return new Map(
    known.flatMap((n) => {
      const spec = stated.has(n) ? undefined : specOf(n)
      return spec ? [[n, spec] as const] : []
    }),
  )
}

function namesGiven(what: string, names: readonly string[], known: readonly string[]): readonly string[] {
  for (const name of names)
    if (!known.includes(name))
      throw new Problem({
        headline: `${what} ${name} does not occur in the expression`,
        close: suggest(name, known),
        note: [`the inputs are ${known.join(", ") || "none"}`],
      })
  return names
}

function expressionSubject(text: string, declared: readonly string[]): Subject {
  const source: Source = { name: "", text }
  return subjectOf(parseProgram(source), source, declared)
}

/** Parses and traces: what there is before anything is drawn. */
function begin(what: string | Subject, options: CheckOptions, settled?: ReadonlyMap<string, InputSpec>) {
  if (typeof what !== "string" && (typeof what !== "object" || what === null))
    throw new Problem({ headline: "the expression is not a text" })
  const samples = wholeIn("samples", options.samples ?? 1000, 1, 1_000_000)
  const seed = wholeIn("seed", options.seed ?? 0, 0, 2 ** 31 - 1)
  const batch = wholeIn("batch", options.batch ?? 8, 1, 100_000)
  const dtype = oneOf("dtype", options.dtype ?? "float64", formats)
  const framework = oneOf<Framework>("framework", options.framework ?? "torch", frameworks)
  const stated = settled ?? readInputs(options.inputs)
  const subject = typeof what === "string" ? expressionSubject(what, [...stated.keys(), ...(options.wrt ?? [])]) : what
  const { names: known } = subject
  const patterns = settled ? new Map<string, InputSpec>() : specsByName(known, stated, options.named)
  const specs = new Map([...stated, ...patterns])
  const unused = [...specs.keys()].filter((n) => !known.includes(n))
  namesGiven(
    "the parameter",
    (options.wrt ?? []).filter((n) => !specs.has(n)),
    known,
  )
  const shapes = new Map<string, Shape | undefined>(
    [...specs].filter(([n]) => known.includes(n)).map(([n, s]) => [n, s.shape]),
  )
  for (const [n, { shape }] of subject.assume?.inputs ?? []) if (!shapes.get(n)) shapes.set(n, shape)
  for (const n of options.wrt ?? []) if (!shapes.has(n) && known.includes(n)) shapes.set(n, undefined)
  const traced = withUnused(
    traceSubject(subject, { shapes, batch, framework, differentiate }),
    unused.filter((n) => options.wrt?.includes(n)),
    specs,
  )
  const given = new Map<string, Range>([...specs].map(([n, s]) => [n, s.range]))
  // A pattern speaks of many inputs: one that serves as a position is none of those that it means, unless it fits.
  for (const { name, classes } of traced.inputs)
    if (patterns.has(name) && classes !== undefined && !holdsPositions(given.get(name)!, classes)) given.delete(name)
  const parameters = options.wrt ?? defaultParameters(traced, subject.assume)
  if (parameters.length === 0)
    throw new Problem({
      headline: "there is nothing that a gradient could reach",
      note: ["the expression has no inputs, only known numbers"],
    })
  return { subject, traced, given, parameters, unused, samples, seed, batch, dtype, framework }
}

/** Draws and looks. */
function look(what: string | Subject, options: CheckOptions, begun: ReturnType<typeof begin>): Checked {
  const { subject, traced, given, parameters, unused, samples, seed, batch, dtype, framework } = begun
  const targets =
    options.targets ?? traced.inputs.map((i) => i.name).filter((n) => partOf(n) === "target" && !parameters.includes(n))
  const role = options.role
    ? oneOf<Role>("role", options.role, ["loss", "metric", "activation"])
    : guessRole(traced, parameters, targets)
  const condition = options.given == null ? undefined : readCondition(options.given, traced)
  const guessed = typeof what !== "string" && options.samples === undefined
  const { few, many } = guessed ? affordable(traced, samples) : { few: samples, many: samples }
  const question: Omit<Question, "points" | "ranges"> = {
    traced,
    role,
    maximize: options.maximize ?? false,
    format: dtype,
    parameters,
    targets,
    lean: options.evidence === "verdict",
    ...(condition ? { given: condition.node } : {}),
  }
  const at = ({ ranges, assumed }: Settled, count: number): Evidence => {
    const points = drawPoints(traced, ranges, count, seed, condition)
    return gather({ ...question, points, ranges, assumed: new Set(assumed.map((a) => a.name)) })
  }
  const likely = settleRanges(traced, given, parameters, subject.assume)
  const wide = at(likely, few)
  const settled = likely.open.length === 0 || wide.values.every(Number.isFinite) ? likely : narrowRanges(traced, likely)
  const first = settled === likely ? wide : at(settled, few)
  const evidence = few < many && mayMislead(first) ? at(settled, many) : first
  return {
    subject,
    traced,
    evidence,
    assumed: settled.assumed,
    unused: unused.filter((n) => !parameters.includes(n)),
    roleAssumed: options.role === undefined,
    options: {
      samples: evidence.question.points.count,
      seed,
      dtype,
      framework,
      batch,
      ...(options.given == null ? {} : { given: options.given }),
    },
  }
}

/** Parses, traces, draws and looks. `settled` says the inputs as data, in place of options.inputs. Throws a Problem for anything that the user can put right. */
export const examine = (
  what: string | Subject,
  options: CheckOptions = {},
  settled?: ReadonlyMap<string, InputSpec>,
): Checked => look(what, options, begin(what, options, settled))

function readCondition(text: string, traced: Traced): { node: ReturnType<typeof traceCondition>; text: string } {
  const source = { name: "--given", text }
  return { node: traceCondition(traced, parseProgram(source), source), text }
}

/** Parameters that were named and do not occur: inputs of their own, which nothing can reach. */
function withUnused(traced: Traced, unused: readonly string[], specs: ReadonlyMap<string, InputSpec>): Traced {
  const more = unused.map((name) => ({
    name,
    node: addInput(traced.graph, name, specs.get(name)!.shape ?? []),
    kind: "given" as const,
    shapeAssumed: false,
  }))
  return more.length > 0 ? { ...traced, inputs: [...traced.inputs, ...more] } : traced
}

/** The verdict alone, from few points, or none where structure tells it: whether it is worth a whole look. */
export function glance(what: Subject, options: CheckOptions): Verdict {
  const begun = begin(what, options)
  const { traced, parameters } = begun
  const reaches = traced.inputs
    .filter(({ name }) => parameters.includes(name))
    .map((i) => reachOf(traced.root, i.node, traced.graph.framework))
  if (reaches.includes("cut")) return "disconnected"
  if (reaches.includes("zero")) return "dead"
  const { evidence } = look(what, { ...options, evidence: "verdict" }, { ...begun, samples: GLANCED })
  return worst(evidence.parameters.map((p) => judge(p, evidence.question.role).verdict))
}

/** Trials of a way out look at fewer points. */
const TRIAL_SAMPLES = 256

/** What rules look at, and a way to look at the same with edits: the same inputs, the same options. */
function viewFor(checked: Checked, options: CheckOptions, budget: number): View {
  const { subject, evidence } = checked
  const { framework } = options
  const { count } = evidence.question.points
  return viewOf({
    source: subject.source,
    treeOf: subject.treeOf,
    ...(subject.ending ? { ending: subject.ending } : {}),
    evidence,
    declaredUnused: checked.unused,
    asked: options.wrt !== undefined,
    guessed: subject.arguments === true,
    budget,
    tryOut: (edits, all) => tryOut(checked, options, edits, all ? count : Math.min(count, TRIAL_SAMPLES)),
    ...(framework ? { framework } : {}),
  })
}

function tryOut(
  { subject, evidence, traced }: Checked,
  options: CheckOptions,
  edits: readonly Edit[],
  samples: number,
): Trial | undefined {
  const { question } = evidence
  try {
    const revised = subject.revised(edits)
    if (!revised) return undefined
    const inputs = new Map(
      traced.inputs
        .filter((i) => i.kind === "given" || i.kind === "free")
        .map((i): [string, InputSpec] => [i.name, { range: question.ranges.get(i.name)!, shape: i.node.shape }]),
    )
    const other = examine(
      { ...revised, ...(subject.assume ? { assume: subject.assume } : {}) },
      { ...options, wrt: question.parameters, targets: question.targets, role: question.role, samples },
      inputs,
    )
    return {
      verdict: worst(other.evidence.parameters.map((p) => judge(p, question.role).verdict)),
      evidence: other.evidence,
      special: () => specialPoints(other.evidence),
      // Nobody is told what is proved of a trial.
      view: () => viewFor(other, options, 0),
    }
  } catch (error) {
    // A surrogate that does not fit the shapes here is simply not offered.
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** A loss that was looked at, before anything is said of it. */
export interface LookedAt {
  readonly verdict: Verdict
  /** True where contributions to a gradient cancel. */
  readonly cancels: boolean
  /** True where a gradient flows at some drawn point. */
  readonly live: boolean
  /** True where the way itself leaves no gradient to those that get none, whatever is drawn. */
  readonly structural: boolean
  /** True where the value is made of none of the inputs. */
  readonly absent: boolean
  /** True where a side that where() does not take makes a gradient NaN: the condition says that such inputs are met. */
  readonly trapped: boolean
  /** Finds what there is to tell, and tries ways out. */
  readonly tell: () => LossResult
}

function isAbsent({ evidence, traced }: Checked): boolean {
  const below = belowOf(traced.root)
  return evidence.parameters.every((p) => !below.has(p.node))
}

/** Looks at one loss. `now` is a clock in milliseconds, for the time it took. Throws a Problem for what cannot be followed. */
export function lookAtLoss(what: string | Subject, options: CheckOptions, now: () => number = () => 0): LookedAt {
  const started = now()
  const budget = wholeIn("prove", options.prove ?? DEFAULT_BUDGET, 0, 1_000_000)
  const wanted = wantedRules(options)
  const checked = examine(what, options)
  const { evidence } = checked
  const view = viewFor(checked, options, budget)
  const took = now() - started
  const verdict = view.verdict()
  return {
    verdict,
    absent: verdict === "disconnected" && isAbsent(checked),
    trapped: verdict === "broken" && isTrapped(view),
    cancels: evidence.parameters.some((p) => p.cancelled),
    live: evidence.parameters.some((p) => p.counts.live > 0),
    structural: evidence.parameters.every((p) => p.reach !== "reached"),
    tell: () => {
      const begun = now()
      const findings = findingsOf(view).filter((f) => wanted(f.rule))
      const result = resultOf(what, options, checked, view, findings)
      return { ...result, seconds: (took + now() - begun) / 1000 }
    },
  }
}

/** Checks one expression and tells what was found. */
export const checkLoss = (
  what: string | Subject,
  options: CheckOptions = {},
  now: () => number = () => 0,
): LossResult => lookAtLoss(what, options, now).tell()

function resultOf(
  what: string | Subject,
  options: CheckOptions,
  { subject, evidence, traced, assumed, ...checked }: Checked,
  view: View,
  findings: readonly Finding[],
): Omit<LossResult, "seconds"> {
  const full = options.evidence !== "verdict"
  const parameters = Object.fromEntries(
    evidence.parameters.map((p) => [p.name, full ? parameterResult(view, p) : leanResult(view, p)]),
  )
  return {
    name: typeof what === "string" ? what.trim() : what.name,
    source: subject.source,
    role: evidence.question.role,
    roleAssumed: checked.roleAssumed,
    verdict: view.verdict(),
    parameters,
    findings,
    finiteValue: full ? view.finiteValue() : 0,
    inputs: traced.inputs
      .filter((i) => i.kind === "given" || i.kind === "free")
      .map((i) => {
        const why = assumed.find((a) => a.name === i.name)?.why
        return {
          name: i.name,
          range: printRange(evidence.question.ranges.get(i.name)!),
          shape: i.node.shape,
          shapeAssumed: i.shapeAssumed,
          ...(why === undefined ? {} : { why }),
        }
      }),
    special: full ? view.special().map((s) => s.where) : [],
    options: {
      ...checked.options,
      ...(options.select ? { select: options.select } : {}),
      ...(options.ignore ? { ignore: options.ignore } : {}),
    },
    ...(options.curves ? { curves: curvesOf(evidence) } : {}),
  }
}
