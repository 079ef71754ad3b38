// The last word on a loss: its verdict and what it rests on, in one sentence for each group of parameters.
import type { LossResult, ParameterResult } from "../findings/result.ts"
import type { Counts, Verdict } from "../samples/states.ts"
import { wrap } from "./lines.ts"
import { count, listed, percent, size } from "./numbers.ts"
import { say, type Theme, type Tone } from "./theme.ts"

/** What a verdict is called, how it is painted, and what it means. */
export const verdictWords: Readonly<
  Record<Verdict, { readonly name: string; readonly tone: Tone; readonly says: string }>
> = {
  alive: { name: "alive", tone: "help", says: "a gradient arrives wherever there is something left to learn" },
  saturating: {
    name: "saturating",
    tone: "warning",
    says: "a gradient arrives, but it fades as the error grows, or is 0 in the number format asked for",
  },
  partial: {
    name: "partly dead",
    tone: "warning",
    says: "at some points there is something left to learn and no gradient",
  },
  broken: { name: "broken", tone: "error", says: "the value or the gradient is NaN or infinite at ordinary points" },
  dead: {
    name: "dead",
    tone: "error",
    says: "the parameter is connected to the loss, and its gradient is 0 everywhere",
  },
  disconnected: {
    name: "disconnected",
    tone: "error",
    says: "no path that could carry a gradient leads from the loss to the parameter",
  },
}

export const totalOf = (c: Counts): number => c.live + c.resting + c.stuck + c.flat + c.broken

/** What one case is called: a point, or an element of a vector at a point. */
export function caseWord(result: LossResult, name: string): "point" | "element" {
  const shape = result.inputs.find((i) => i.name === name)?.shape ?? []
  return result.parameters[name]?.cases === "element" && shape.reduce((a, b) => a * b, 1) > 1 ? "element" : "point"
}

const group = (names: readonly string[]): string => listed(names)
const are = (names: readonly string[]): string => (names.length > 1 ? "are" : "is")

/** One sentence on parameters that share a verdict and its figures. */
function sentence(result: LossResult, names: readonly string[], p: ParameterResult): string {
  const who = group(names)
  const words = `${caseWord(result, names[0]!)}s`
  const total = totalOf(p.counts)
  switch (p.verdict) {
    case "alive":
      return alive(result, who, words, p)
    case "partial":
      return `${who} ${are(names)} reached at ${percent(p.counts.live, total)} of ${words}${worstPart(p)}`
    case "saturating":
      return `the gradient of ${who} ${fading(p)}`
    case "broken":
      return `the value or the gradient of ${who} is NaN or infinite at ${count(p.counts.broken)} of ${count(total)} ${words}`
    case "dead":
      return p.proved
        ? `proved: the gradient of ${who} is 0 wherever it exists`
        : `no gradient reaches ${who} at any of ${count(total)} ${words}`
    case "disconnected":
      return disconnected(result, names)
  }
}

function alive(result: LossResult, who: string, words: string, { counts }: ParameterResult): string {
  const total = totalOf(counts)
  const drawn = result.special.length > 0 ? "drawn " : ""
  if (counts.live === total) return `the gradient reaches ${who} at all ${count(total)} ${drawn}${words}`
  const reached = `the gradient reaches ${who} at ${count(counts.live)} of ${count(total)} ${drawn}${words}`
  if (counts.flat > 0) return `${reached}; the others are flat`
  return `${reached}; at the others nothing is left to learn`
}

/** How many of the last tenths have a median of 0, which is to say that at most half of their cases are reached. */
function worstPart({ byError }: ParameterResult): string {
  if (!byError) return ""
  const gone = byError.length - 1 - byError.findLastIndex((v) => v !== 0)
  if (gone === 0 || gone === byError.length) return ""
  return `, and at half or fewer of the worst ${percent(gone, byError.length)}`
}

function fading({ byError, size: sizes }: ParameterResult): string {
  const most = Math.max(...(byError ?? []).filter(Number.isFinite))
  const last = byError?.at(-1)
  if (last === undefined || !Number.isFinite(most))
    return sizes ? `fades to ${size(sizes.least)}` : "fades as the error grows"
  return last > 0
    ? `fades from ${size(most)} to ${size(last)} as the error grows`
    : `fades from ${size(most)} to 0 as the error grows`
}

/** What the frameworks do is said once: in the finding, where it has it, else here. */
function disconnected(result: LossResult, names: readonly string[]): string {
  const who = `${group(names)} ${are(names)} not reached`
  if (result.findings.some((f) => f.evidence.some((e) => e.label === "torch")))
    return `${who}: no path that could carry a gradient leads there from the ${result.role}`
  const alone = Object.values(result.parameters).every((p) => p.verdict === "disconnected")
  const torch = alone
    ? 'torch raises "does not require grad"'
    : `torch leaves ${names.length > 1 ? "their" : "its"} .grad at None`
  return `${who}; ${torch}, TensorFlow hands back None, JAX silent zeros`
}

export interface VerdictLine {
  readonly verdict: Verdict
  readonly text: string
}

/** The sentences, the worst verdict first; parameters of which the same is to be said share one. */
export function verdictLines(result: LossResult): VerdictLine[] {
  const groups = new Map<string, { names: string[]; parameter: ParameterResult }>()
  for (const [name, parameter] of Object.entries(result.parameters)) {
    const key = JSON.stringify([
      parameter.verdict,
      parameter.proved,
      parameter.counts,
      parameter.verdict === "saturating" ? name : "",
    ])
    const known = groups.get(key)
    if (known) known.names.push(name)
    else groups.set(key, { names: [name], parameter })
  }
  const lines = [...groups.values()].map(({ names, parameter }) => ({
    verdict: parameter.verdict,
    text: sentence(result, names, parameter),
  }))
  const order: readonly Verdict[] = ["disconnected", "dead", "broken", "partial", "saturating", "alive"]
  lines.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  const last = lines.at(-1)
  if (result.special.length === 0 || !last || (last.verdict !== "alive" && last.verdict !== "saturating")) return lines
  return [
    ...lines.slice(0, -1),
    {
      ...last,
      text: `${last.text} · not finite at ${listed(result.special.slice(0, 3))}${result.special.length > 3 ? " …" : ""}`,
    },
  ]
}

export function drawVerdicts(lines: readonly VerdictLine[], theme: Theme): string[] {
  const room = Math.max(...lines.map((l) => verdictWords[l.verdict].name.length))
  return lines.flatMap(({ verdict, text }) => {
    const { name, tone } = verdictWords[verdict]
    const indent = " ".repeat(room + 2)
    return wrap(say(text, theme), theme.width - room - 2).map(
      (line, k) => (k > 0 ? indent : theme.paint(tone, name) + indent.slice(name.length)) + line,
    )
  })
}
