// Python examples with recorded inputs, verdicts, blamed lines and numbers: reading a file of them, and comparing.
import { readFileSync } from "node:fs"
import { checkLoss } from "../../src/check.ts"
import { evaluateSubject, type Nested } from "../../src/evaluate.ts"
import type { AnyRule, Finding } from "../../src/findings/finding.ts"
import { outermost } from "../../src/findings/places.ts"
import type { LossResult } from "../../src/findings/result.ts"
import { subjectOfDefinition } from "../../src/graph/definitions.ts"
import type { Subject } from "../../src/graph/inputs.ts"
import type { Framework } from "../../src/ops/record.ts"
import { positionOf, type Source } from "../../src/source/text.ts"
import { parseFile } from "../../src/syntax/file.ts"
import { projectOf } from "../../src/syntax/project.ts"

export interface Example {
  readonly id: string
  readonly framework: string
  readonly code: string
  readonly verdict: string
  readonly per_argument?: Readonly<Record<string, string>>
  readonly blame_line: number | null
  readonly inputs: Readonly<Record<string, { readonly values: Nested; readonly grad?: boolean }>>
  /** Left out where the example draws noise, or where nothing came back. */
  readonly verified?: { readonly loss?: number | string; readonly gradient?: Record<string, Nested | null> }
}

/** The examples of a file; code may be a list of lines. */
export function examplesIn(path: string | URL): Example[] {
  const { open } = JSON.parse(readFileSync(path, "utf8")) as { open: (Example & { code: string | string[] })[] }
  return open.map((e) => ({ ...e, code: [e.code].flat().join("\n") }))
}

const frameworkOf = ({ framework }: Example): Framework =>
  framework === "torch" || framework === "jax" ? framework : "tf"
const trained = ({ inputs }: Example): string[] => Object.entries(inputs).flatMap(([name, i]) => (i.grad ? [name] : []))

function subjectOf(example: Example): { subject: Subject; source: Source } {
  const source = { name: `${example.id}.py`, text: example.code }
  const tree = parseFile(source)
  const definitions = tree.body.filter((s) => s.type === "Function" || s.type === "Class")
  const statement = definitions.find((s) => s.name === "loss") ?? definitions.at(-1)!
  const definition = { name: statement.name, role: "loss", statement } as const
  return {
    subject: subjectOfDefinition(
      projectOf(() => undefined),
      { source, tree },
      definition,
    ),
    source,
  }
}

/** Points over ranges: proofs are left to other tests. */
const SEEN = 200

export const ways = ["at the recorded inputs", "over ranges"] as const
export type Way = (typeof ways)[number]

/** Checks an example at its recorded inputs, or with nothing said but what is trained, as lint does. */
export function look(example: Example, way: Way): { result: LossResult; source: Source } {
  const { subject, source } = subjectOf(example)
  const wrt = trained(example)
  const inputs = Object.fromEntries(Object.entries(example.inputs).map(([name, i]) => [name, [i.values]]))
  const more = way === "over ranges" ? { wrt, samples: SEEN, prove: 0 } : { wrt, inputs, samples: 4 }
  const result = checkLoss(subject, { role: "loss", dtype: "float32", framework: frameworkOf(example), ...more })
  return { result, source }
}

const notFinite: readonly AnyRule[] = ["nan-gradient", "infinite-slope", "non-finite-loss"]
const fading: readonly AnyRule[] = ["saturation", "flat-side", "dead-where-wrong"]

/** The finding that a verdict asks for, where it asks for one. */
function wanted(verdict: string, result: LossResult): Finding | undefined {
  if (verdict === "nan") return result.findings.find((f) => notFinite.includes(f.rule))
  if (verdict === "saturating") return result.findings.find((f) => fading.includes(f.rule))
  if (verdict === "error") return result.findings.find((f) => f.rule === "changed-in-place")
  return result.findings.find((f) => f.level === "error")
}

function isRight(verdict: string, result: LossResult, name: string): boolean {
  const called = result.parameters[name]!.verdict
  const gone = called === "dead" || called === "disconnected"
  if (verdict === "dead" || verdict === "disconnected") return gone
  if (gone) return false
  if (verdict === "alive") return !result.findings.some((f) => f.level === "error" && f.parameters.includes(name))
  return wanted(verdict, result) !== undefined
}

/** The arguments that are not called what they are: "pred is dead, called alive". */
export function mistakes(example: Example, result: LossResult): string[] {
  const asked = example.per_argument ?? { [trained(example)[0]!]: example.verdict }
  return Object.entries(asked).flatMap(([name, verdict]) =>
    isRight(verdict, result, name) ? [] : [`${name} is ${verdict}, called ${result.parameters[name]!.verdict}`],
  )
}

/** The line that is blamed; the first one of the finding that the verdict asks for. */
export function blamedLine(example: Example, result: LossResult, source: Source): number | undefined {
  const mark = wanted(example.verdict === "alive" ? "nan" : example.verdict, result)?.marks[0]
  return mark && positionOf(source, outermost(mark.span).start).line
}

const words: ReadonlyMap<unknown, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Infinity],
  ["-inf", -Infinity],
])
const flat = (value: unknown): number[] =>
  Array.isArray(value) ? value.flatMap(flat) : [words.get(value) ?? Number(value)]
const show = (x: unknown): string =>
  JSON.stringify(x, (_, v) => (typeof v === "number" && !Number.isFinite(v) ? String(v) : v))

/** How far apart two lists are, against the largest finite size; NaN and infinities must stand at the same places. */
function distance(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) return Infinity
  const scale = Math.max(...theirs.map((x) => (Number.isFinite(x) ? Math.abs(x) : 0)))
  const apart = ours.map((x, k) => {
    const y = theirs[k]!
    if (Object.is(x, y) || x === y) return 0
    return Number.isFinite(x) && Number.isFinite(y) ? Math.abs(x - y) / (scale || 1) : Infinity
  })
  return Math.max(0, ...apart)
}

/** Recorded numbers have six figures or come from float32. */
const NEAR = 1e-5

/** Where value and gradients at the recorded inputs differ from what was recorded; undefined when nothing was. */
export function differences(example: Example): string[] | undefined {
  const { loss, gradient } = example.verified ?? {}
  if (loss === undefined || gradient === undefined) return undefined
  const at = Object.fromEntries(Object.entries(example.inputs).map(([name, i]) => [name, i.values]))
  const wrt = Object.keys(gradient)
  const found = evaluateSubject(subjectOf(example).subject, {
    at,
    wrt,
    dtype: "float32",
    framework: frameworkOf(example),
  })
  const values = distance(flat(found.value), flat(loss)) <= NEAR ? [] : [`value ${show(found.value)} for ${show(loss)}`]
  const told = wrt.flatMap((name) => {
    const [ours, theirs] = [found.gradients[name]!, gradient[name]!]
    if (ours === null && theirs === null) return []
    const apart = ours === null || theirs === null ? Infinity : distance(flat(ours), flat(theirs))
    return apart <= NEAR ? [] : [`${name}: ${apart.toExponential(1)} apart, ${show(ours)} for ${show(theirs)}`]
  })
  return [...values, ...told]
}
