// Results as JSON: the contract that `schema.ts` states.
import type { FindingMark, Help } from "../findings/finding.ts"
import { ownPlace } from "../findings/places.ts"
import type { LossResult, NotUnderstood } from "../findings/result.ts"
import type { Onset } from "../samples/onset.ts"
import type { Verdict } from "../samples/states.ts"
import { verdicts } from "../samples/states.ts"
import type { Problem } from "../source/problem.ts"
import { positionOf, type Source, type Span } from "../source/text.ts"
import type { Run, View } from "./run.ts"
import { chainOf } from "./scenes.ts"
import { escaped } from "./theme.ts"
import { allTold, type Place, type Tellable, type Told } from "./told.ts"
import { totalsOf } from "./totals.ts"
import { totalOf } from "./verdict.ts"

/** Changes when something that programs rely on changes. */
export const JSON_VERSION = 1

const place = (source: Source, offset: number) => ({ ...positionOf(source, offset), offset })
const range = ({ source, start, end }: Span) => ({
  file: source.name,
  start: place(source, start),
  end: place(source, end),
})

/** The place in the user's own text, the calls in other files that led there, and the way into compositions from there. */
function where(span: Span) {
  const chain = chainOf(span)
  const own = chain.indexOf(ownPlace(span))
  const inside = chain
    .slice(0, own)
    .reverse()
    .map((s) => ({ name: s.source.name, text: s.source.text, ...range(s) }))
  const through = chain.slice(own + 1).reverse()
  return {
    ...range(chain[own]!),
    ...(inside.length > 0 ? { inside } : {}),
    ...(through.length > 0 ? { through: through.map(range) } : {}),
  }
}

const also = ({ span, text }: FindingMark) => ({ ...where(span), text })

/** Where nothing is marked, the line of the definition. */
function line({ file, start }: Place) {
  const at = { ...start, offset: null }
  return { file, start: at, end: at }
}

const helpEntry = ({ edits, checked, ...help }: Help) => ({
  ...help,
  ...(edits ? { edits: edits.map((edit) => ({ ...range(edit), write: edit.write })) } : {}),
  ...(checked ? { checked } : {}),
})

export function findingEntry({ finding: f, loss, place: at, key, result }: Told<Tellable>) {
  const [main, ...others] = f.marks
  const counts = f.parameters.map((p) => result?.parameters[p]?.counts).find((c) => c !== undefined)
  const over = result?.inputs.filter((i) => f.parameters.includes(i.name)).map((i) => `${i.name} in ${i.range}`) ?? []
  return {
    rule: f.rule,
    level: f.level,
    loss,
    parameters: f.parameters,
    message: f.headline,
    ...(main ? { where: where(main.span), text: main.text } : at.file === "" ? {} : { where: line(at) }),
    also: others.map(also),
    evidence: {
      kind: f.proof,
      over: over.join(", "),
      samples: result?.options.samples ?? 0,
      live: counts?.live ?? 0,
      cases: counts ? totalOf(counts) : 0,
      lines: f.evidence,
      ...(f.table ? { table: f.table } : {}),
    },
    help: f.help.map(helpEntry),
    notes: f.notes,
    key,
  }
}

function problem({ parts }: Problem) {
  return {
    message: parts.headline,
    ...(parts.mark ? { where: where(parts.mark.span), text: parts.mark.text } : {}),
    also: (parts.also ?? []).map(also),
    close: parts.close ?? [],
    help: parts.help ?? [],
    notes: parts.note ?? [],
  }
}

/** A definition that could not be followed stands among the others, so that nobody counts it as healthy. */
const lost = ({ file, line, name, problem: why }: NotUnderstood) => ({
  name,
  file,
  line,
  verdict: "not-understood" as const,
  why: problem(why),
  parameters: {},
  findings: [],
})

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null)

interface Around {
  readonly onsets?: readonly Onset[] | undefined
  readonly line?: number
  readonly told: readonly Told[]
}

function loss(result: LossResult, { onsets, line, told }: Around) {
  const parameters = Object.fromEntries(
    Object.entries(result.parameters).map(
      ([name, { verdict, proved, counts, zero, certified, deadRegion, open, stretches, cases, size, byError }]) => [
        name,
        {
          verdict,
          proved,
          counts,
          zero,
          certified,
          ...(deadRegion === undefined ? {} : { deadRegion }),
          ...(open === undefined ? {} : { open }),
          ...(stretches
            ? { stretches: stretches.map(({ from, to, kind }) => ({ from: finite(from), to: finite(to), kind })) }
            : {}),
          cases,
          ...(size
            ? { size: { least: finite(size.least), median: finite(size.median), greatest: finite(size.greatest) } }
            : {}),
          ...(byError ? { byError: byError.map(finite) } : {}),
        },
      ],
    ),
  )
  return {
    name: result.name,
    file: result.source.name,
    line: line ?? 1,
    // Of a file, every loss would repeat it all.
    ...(line === undefined ? { source: result.source.text } : {}),
    role: result.role,
    roleAssumed: result.roleAssumed,
    verdict: result.verdict,
    parameters,
    inputs: result.inputs.map(({ name, range, shape, why, shapeAssumed }) => ({
      name,
      range,
      shape,
      ...(why === undefined ? {} : { why }),
      shapeAssumed,
    })),
    assumed: [
      ...result.inputs.flatMap((i) => [
        ...(i.why === undefined ? [] : [{ name: i.name, what: "range" as const, value: i.range, why: i.why }]),
        ...(i.shapeAssumed
          ? [{ name: i.name, what: "shape" as const, value: `[${i.shape.join(", ")}]`, why: "its use" }]
          : []),
      ]),
      ...(result.settings ?? []).map((s) => ({ ...s, what: "setting" as const })),
    ],
    finiteValue: result.finiteValue,
    special: result.special,
    ...(onsets ? { onsets } : {}),
    options: result.options,
    findings: told.filter((t) => t.result === result).map(findingEntry),
    seconds: result.seconds,
  }
}

export function report(run: Run) {
  const { version, results, problems, onsets, files, failOn, exit } = run
  // What could not be read in an expression is no finding: the run has failed, and problems[] says why.
  const told = allTold({ ...run, problems: [] })
  const looked = files
    ? files.flatMap((f) =>
        [...f.losses.map((l) => loss(l.result, { line: l.line, told })), ...f.notUnderstood.map(lost)].sort(
          (a, b) => a.line - b.line,
        ),
      )
    : results.map((r, k) => loss(r, { onsets: onsets?.[k], told }))
  const totals = totalsOf(run, told)
  const first = results[0]?.options
  return {
    version: JSON_VERSION,
    tool: { name: "gradcheck", version },
    options: {
      ...(first
        ? {
            samples: first.samples,
            seed: first.seed,
            batch: first.batch,
            framework: first.framework,
            ...(first.select ? { select: first.select } : {}),
            ...(first.ignore ? { ignore: first.ignore } : {}),
          }
        : {}),
      dtype: [...new Set(results.map((r) => r.options.dtype))],
      failOn,
    },
    summary: {
      ...(files ? { files: files.length } : {}),
      losses: results.length,
      verdicts: Object.fromEntries(verdicts.map((v) => [v, results.filter((r) => r.verdict === v).length])) as Record<
        Verdict,
        number
      >,
      ...(files ? { notUnderstood: totals.notUnderstood, known: totals.known, ignored: totals.ignored } : {}),
      ...(totals.fixed === undefined ? {} : { fixed: totals.fixed }),
      errors: totals.errors,
      warnings: totals.warnings,
      notes: totals.notes,
      exit,
    },
    losses: looked,
    findings: told.map(findingEntry),
    problems: problems.map(({ expression, problem: why }) => ({ expression, ...problem(why) })),
    ...(run.shard ? { shard: run.shard } : {}),
  }
}

/** JSON has its own escapes, so that ASCII loses nothing. */
export const inJson = (value: unknown, { theme }: View, indent = 2): string => {
  const text = `${JSON.stringify(value, null, indent)}\n`
  return theme.ascii ? text.replace(/[\u0080-\uffff]/g, escaped) : text
}

export const json = (run: Run, view: View): string => inJson(report(run), view)
