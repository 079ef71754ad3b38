// Results as JSON: the contract that `schema.ts` states.
import type { Finding, FindingMark } from "../findings/finding.ts"
import type { LossResult } from "../findings/result.ts"
import type { Verdict } from "../samples/evidence.ts"
import { verdicts } from "../samples/evidence.ts"
import type { Onset } from "../samples/onset.ts"
import { positionOf, type Source, type Span } from "../source/text.ts"
import type { Run, View } from "./run.ts"
import { chainOf } from "./scenes.ts"
import { escaped } from "./theme.ts"
import { totalOf } from "./verdict.ts"

/** Changes when something that programs rely on changes. */
export const JSON_VERSION = 1

const place = (source: Source, offset: number) => ({ ...positionOf(source, offset), offset })
const range = ({ source, start, end }: Span) => ({
  file: source.name,
  start: place(source, start),
  end: place(source, end),
})

/** The place in the user's own text, and the way into compositions from there. */
function where(span: Span) {
  const chain = chainOf(span)
  const inside = chain
    .slice(0, -1)
    .reverse()
    .map((s) => ({ name: s.source.name, text: s.source.text, ...range(s) }))
  return { ...range(chain.at(-1)!), ...(inside.length > 0 ? { inside } : {}) }
}

const also = ({ span, text }: FindingMark) => ({ ...where(span), text })

function finding(f: Finding, result: LossResult) {
  const [main, ...others] = f.marks
  const counts = f.parameters.map((p) => result.parameters[p]?.counts).find((c) => c !== undefined)
  const over = result.inputs.filter((i) => f.parameters.includes(i.name)).map((i) => `${i.name} in ${i.range}`)
  return {
    rule: f.rule,
    level: f.level,
    loss: result.name,
    parameters: f.parameters,
    message: f.headline,
    ...(main ? { where: where(main.span), text: main.text } : {}),
    also: others.map(also),
    evidence: {
      kind: f.proof,
      over: over.join(", "),
      samples: result.options.samples,
      live: counts?.live ?? 0,
      cases: counts ? totalOf(counts) : 0,
      lines: f.evidence,
      ...(f.table ? { table: f.table } : {}),
    },
    help: f.help.map(({ checked, ...h }) => ({ ...h, ...(checked ? { checked } : {}) })),
    notes: f.notes,
    key: [result.source.name, f.rule, result.name, f.blocks].join("|"),
  }
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null)

function loss(result: LossResult, onsets: readonly Onset[] | undefined) {
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
    line: 1,
    source: result.source.text,
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
    assumed: result.inputs.flatMap((i) => [
      ...(i.why === undefined ? [] : [{ name: i.name, what: "range" as const, value: i.range, why: i.why }]),
      ...(i.shapeAssumed
        ? [{ name: i.name, what: "shape" as const, value: `[${i.shape.join(", ")}]`, why: "its use" }]
        : []),
    ]),
    finiteValue: result.finiteValue,
    special: result.special,
    ...(onsets ? { onsets } : {}),
    options: result.options,
    findings: result.findings.map((f) => finding(f, result)),
    seconds: result.seconds,
  }
}

export function report({ version, results, problems, onsets, failOn, exit }: Run) {
  const losses = results.map((r, k) => loss(r, onsets?.[k]))
  const findings = losses.flatMap((l) => l.findings)
  const at = (level: string): number => findings.filter((f) => f.level === level).length
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
      losses: losses.length,
      verdicts: Object.fromEntries(verdicts.map((v) => [v, losses.filter((l) => l.verdict === v).length])) as Record<
        Verdict,
        number
      >,
      errors: at("error"),
      warnings: at("warning"),
      notes: at("note"),
      exit,
    },
    losses,
    findings,
    problems: problems.map(({ expression, problem: { parts } }) => ({
      expression,
      message: parts.headline,
      ...(parts.mark ? { where: where(parts.mark.span), text: parts.mark.text } : {}),
      also: (parts.also ?? []).map(also),
      close: parts.close ?? [],
      help: parts.help ?? [],
      notes: parts.note ?? [],
    })),
  }
}

/** JSON has its own escapes, so that ASCII loses nothing. */
export function json(run: Run, { theme }: View): string {
  const text = `${JSON.stringify(report(run), null, 2)}\n`
  return theme.ascii ? text.replace(/[\u0080-\uffff]/g, escaped) : text
}
