// One page to look at, which asks nothing of any network: a card for each loss, with its source, evidence and charts.
import type { LintedFile, NotUnderstood } from "../findings/result.ts"
import { findingOf } from "../findings/unreadable.ts"
import { positionOf } from "../source/text.ts"
import { type Card, drawCard, foundIn, levelOf, NOT_UNDERSTOOD } from "./html/card.ts"
import { markers } from "./html/chart.ts"
import { html, inAscii, type Markup } from "./html/markup.ts"
import { style } from "./html/style.ts"
import { inAll } from "./number-formats.ts"
import { counted } from "./numbers.ts"
import type { Run, View } from "./run.ts"
import { toldOfFile, whyLost } from "./told.ts"
import { foundText, totalsOf, totalsParts } from "./totals.ts"
import { verdictWords } from "./verdict.ts"

const levels = ["error", "warning", "note", "healthy"] as const
const verdictNames: readonly string[] = [
  ...Object.values(verdictWords).map((w) => w.name),
  NOT_UNDERSTOOD,
  "cannot be read",
]

/** A definition in several number formats is one card. */
function lossCards({ file, losses }: LintedFile): Card[] {
  const groups = new Map<string, (typeof losses)[number][]>()
  for (const one of losses) {
    const key = `${one.line} ${one.result.name}`
    const group = groups.get(key)
    // Two of one name in one line are two, unless it is the format that differs.
    if (group?.every((l) => l.result.options.dtype !== one.result.options.dtype)) group.push(one)
    else groups.set(group ? `${key} ${groups.size}` : key, [one])
  }
  return [...groups.values()].map((group) => {
    const [{ result, line, extent }] = group as [(typeof losses)[number]]
    const { source } = result
    return {
      name: result.name,
      where: `${file}:${line}`,
      results: group.map((l) => l.result),
      onsets: [],
      findings: group.flatMap((l) => l.result.findings),
      verdict: verdictWords[result.verdict].name,
      extent: { source, from: extent?.from ?? line, to: extent?.to ?? line },
    }
  })
}

const lostCard = (lost: NotUnderstood): Card => ({
  name: lost.name,
  where: `${lost.file}:${lost.line}`,
  results: [],
  onsets: [],
  findings: [{ ...findingOf(lost.problem, "note", ""), headline: whyLost(lost) }],
  verdict: NOT_UNDERSTOOD,
})

function cardsOfFile(file: LintedFile): Card[] {
  const rest = toldOfFile(file)
    .filter((t) => t.result === undefined)
    .map(
      ({ finding, loss, place }): Card => ({
        name: loss || file.file,
        where: `${place.file}:${place.start.line}`,
        results: [],
        onsets: [],
        findings: [finding],
        verdict: finding.rule === "cannot-read" ? "cannot be read" : "",
      }),
    )
  return [...lossCards(file), ...file.notUnderstood.map(lostCard), ...rest]
}

function expressionCards({ results, problems, onsets = [] }: Run): Card[] {
  const groups = new Map<string, number[]>()
  for (const [k, r] of results.entries()) groups.set(r.source.text, [...(groups.get(r.source.text) ?? []), k])
  return [
    ...[...groups.values()].map((places): Card => {
      const own = places.map((k) => results[k]!)
      const [{ name, verdict, source }] = own as [(typeof own)[number]]
      return {
        name,
        where: "",
        results: own,
        onsets: places.map((k) => onsets[k] ?? []),
        findings: inAll(
          own.flatMap((r) => r.findings),
          own,
        ),
        verdict: verdictWords[verdict].name,
        extent: { source, from: 1, to: positionOf(source, source.text.length).line },
      }
    }),
    ...problems.map(
      ({ expression, problem }): Card => ({
        name: expression,
        where: "",
        results: [],
        onsets: [],
        findings: [findingOf(problem, "error", expression)],
        verdict: "cannot be read",
      }),
    ),
  ]
}

/** Worst first, so that what is to be done is on top. */
const byLevel = (a: Card, b: Card): number => levels.indexOf(levelOf(a) as never) - levels.indexOf(levelOf(b) as never)

/** A box for each level and verdict that occurs: the page's own rules hide the cards of one that is not ticked. */
function filter(cards: readonly Card[]): { readonly markup: Markup; readonly rules: string } {
  const boxes = (
    [
      ["level", levels.map(String), levelOf],
      ["verdict", verdictNames, (c: Card) => c.verdict],
    ] as const
  ).flatMap(([attribute, values, of]) => {
    const there = values.flatMap((value, k) => {
      const n = cards.filter((c) => of(c) === value).length
      return n > 0 ? [{ value, n, id: `show-${attribute}-${k}` }] : []
    })
    return there.length > 1 ? [{ attribute, there }] : []
  })
  return {
    markup: html`${boxes.map(
      ({ attribute, there }) =>
        html`<fieldset class="filter"><legend>Show by ${attribute}</legend>${there.map(
          ({ value, n, id }) =>
            html`<label><input type="checkbox" id="${id}" checked=""/> ${value} <span class="faint">${n}</span></label>`,
        )}</fieldset>
`,
    )}`,
    rules: boxes
      .flatMap(({ attribute, there }) =>
        there.map(({ value, id }) => `body:has(#${id}:not(:checked)) [data-${attribute}="${value}"]{display:none}`),
      )
      .join("\n"),
  }
}

/** Fewer cards than these are seen at once. */
const MANY = 4

const overview = (cards: readonly Card[]): Markup =>
  html`<details open=""><summary>All ${counted(cards.length, "card")}</summary><div class="wide" tabindex="0" role="region" aria-label="all cards"><table class="words"><thead><tr><th scope="col">name</th><th scope="col">verdict</th><th scope="col">found</th><th scope="col">where</th></tr></thead><tbody>${cards.map(
    (c, k) =>
      html`<tr data-level="${levelOf(c)}" data-verdict="${c.verdict}"><th scope="row"><a href="#card-${k}"><code>${c.name}</code></a></th><td>${c.verdict}</td><td>${foundIn(c)}</td><td>${c.where}</td></tr>
`,
  )}</tbody></table></div></details>
`

/** Nothing may be fetched, and nothing may run: the page has no script. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

export function htmlPage(run: Run, { theme }: View): string {
  const cards = (run.files ? run.files.flatMap(cardsOfFile) : expressionCards(run)).sort(byLevel)
  const all = totalsOf({ ...run, problems: [] })
  // In several number formats an expression's finding is told once.
  const at = (level: string): number => cards.flatMap((c) => c.findings).filter((f) => f.level === level).length
  const totals = run.files ? all : { ...all, errors: at("error"), warnings: at("warning"), notes: at("note") }
  const unread = run.problems.length > 0 ? `${counted(run.problems.length, "expression")} cannot be read` : ""
  const found = unread || (cards.length === 0 ? "nothing to check" : foundText(totals, true))
  const remarks = run.files ? totalsParts(totals, true, run.seconds) : []
  const { markup, rules } = filter(cards)
  const open = (card: Card): boolean => cards.length < MANY || levelOf(card) === "error" || levelOf(card) === "warning"
  const page = html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<title>gradcheck: ${found}</title>
<style>
${{ markup: style + rules }}
</style></head>
<body>
<header><h1>gradcheck: ${found}</h1>
${
  remarks.length > 0
    ? html`<p class="faint">${remarks.join(" · ")}</p>
`
    : ""
}${markup}</header>
<main>
${cards.length >= MANY ? overview(cards) : ""}${cards.map((c, k) => drawCard(c, `card-${k}`, open(c)))}</main>
<footer><p class="faint">gradcheck ${run.version}</p></footer>
${markers()}
</body></html>
`.markup
  return theme.ascii ? inAscii(page) : page
}
