// A card of the page: one loss with its source, what was found in it, its charts and its number formats.
import type { Finding } from "../../findings/finding.ts"
import type { LossResult } from "../../findings/result.ts"
import type { Onset } from "../../samples/onset.ts"
import { lineOf, positionOf, type Source } from "../../source/text.ts"
import { rangesText, settingsText } from "../assumed.ts"
import { offerOf, outcomeOf } from "../finding.ts"
import { MODEL, onsetTexts, stateRows } from "../number-formats.ts"
import { counted } from "../numbers.ts"
import { type Scene, scenesOf } from "../scenes.ts"
import { verdictLines, verdictWords } from "../verdict.ts"
import { chart } from "./chart.ts"
import { html, type Markup } from "./markup.ts"
import { type Place, sourceBlock } from "./source.ts"

export interface Card {
  readonly name: string
  /** "losses.py:12"; "" for an expression. */
  readonly where: string
  /** One for each number format; none of what could not be looked at. */
  readonly results: readonly LossResult[]
  readonly onsets: readonly (readonly Onset[])[]
  readonly findings: readonly Finding[]
  /** What to call it where there is no verdict. */
  readonly verdict: string
  /** The lines of the definition. */
  readonly extent?: { readonly source: Source; readonly from: number; readonly to: number }
}

export const levelOf = ({ findings, verdict }: Card): string =>
  (["error", "warning", "note"] as const).find((level) => findings.some((f) => f.level === level)) ??
  (verdict === NOT_UNDERSTOOD ? "note" : "healthy")

export const NOT_UNDERSTOOD = "not understood"

/** "2 errors, 1 note" */
export const foundIn = ({ findings }: Card): string =>
  (["error", "warning", "note"] as const)
    .flatMap((level) => {
      const n = findings.filter((f) => f.level === level).length
      return n > 0 ? [counted(n, level)] : []
    })
    .join(", ")

const placesOf = (scene: Scene, tone: string): Place[] =>
  scene.places.map(({ start, end, text, main }) => ({ start, end, text, tone: main ? tone : "also" }))

/** Whether a scene is shown in the source of the card. */
const isOwn = (scene: Scene, { extent }: Card): boolean =>
  extent !== undefined &&
  scene.via === undefined &&
  scene.source.name === extent.source.name &&
  scene.source.text === extent.source.text &&
  scene.places.every((p) => {
    const { line } = positionOf(scene.source, p.start)
    return line >= extent.from && positionOf(scene.source, p.end).line <= extent.to
  })

const AROUND = 1

function sceneBlock(scene: Scene, tone: string): Markup {
  const lines = scene.places.flatMap((p) => [p.start, p.end].map((at) => positionOf(scene.source, at).line))
  const last = positionOf(scene.source, scene.source.text.length).line
  const [from, to] = [Math.max(1, Math.min(...lines) - AROUND), Math.min(last, Math.max(...lines) + AROUND)]
  return html`${scene.title === "" ? "" : html`<p class="faint">${scene.title}</p>`}${sourceBlock(scene.source, from, to, placesOf(scene, tone), scene.title || "the expression")}`
}

function tableOf(rows: readonly (readonly string[])[]): Markup {
  const [head = [], ...body] = rows
  return html`<div class="wide" tabindex="0" role="region" aria-label="figures"><table><thead><tr>${head.map((c) => html`<th scope="col">${c}</th>`)}</tr></thead><tbody>${body.map(
    ([first = "", ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((c) => html`<td>${c}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

/** A label that repeats the one before is left blank, as in text. */
function findingMarkup(finding: Finding, card: Card): Markup {
  const { level, rule, headline, marks, evidence, table, help, notes } = finding
  const elsewhere = scenesOf(marks).filter((s) => !isOwn(s, card))
  const rows = [
    ...evidence.map(
      ({ label, text }, k) => html`<dt>${evidence[k - 1]?.label === label ? "" : label}</dt><dd>${text}</dd>`,
    ),
    ...help.map((h) => {
      const outcome = outcomeOf(h)
      return html`<dt class="tone-help">help</dt><dd>${offerOf(h)}${h.write === undefined ? "" : html`<pre tabindex="0">${h.write}</pre>`}${outcome ? html`<span class="faint"> checked: ${outcome}${h.keepsValue ? "; the value stays the same everywhere" : ""}</span>` : ""}</dd>`
    }),
    ...notes.map((n) => html`<dt>note</dt><dd>${n}</dd>`),
    html`<dt>more</dt><dd><code>gradcheck explain ${rule}</code></dd>`,
  ]
  return html`<section><h3><span class="${level}">${level}</span> <span class="rule">${rule}</span> ${headline}</h3>
${elsewhere.map((s) => sceneBlock(s, level))}${table ? tableOf(table) : ""}<dl>${rows}</dl></section>
`
}

function ownSource(card: Card): Markup | undefined {
  const { extent, findings, name } = card
  if (!extent) return undefined
  const order = ["error", "warning", "note", "also"]
  const places = findings
    .flatMap((f) => scenesOf(f.marks).flatMap((s) => (isOwn(s, card) ? placesOf(s, f.level) : [])))
    .sort((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))
  const end = extent.to > extent.from && lineOf(extent.source, extent.to).trim() === "" ? extent.to - 1 : extent.to
  return sourceBlock(extent.source, extent.from, end, places, `source of ${name}`)
}

function charts({ results }: Card, id: string): Markup | undefined {
  const drawn = results.filter((r) => (r.curves ?? []).length > 0)
  if (drawn.length === 0) return undefined
  const several = drawn.length > 1
  const all = drawn.map((r, k) => ({
    dtype: r.options.dtype,
    charts: html`<div class="charts">${r.curves!.map((c, j) => chart(c, `${id}-chart-${k}-${j}`))}</div>`,
  }))
  return html`<section><h3>Along each parameter</h3>
${several ? all.map((a, k) => html`<details${k === 0 ? html` open=""` : ""}><summary>in ${a.dtype}</summary>${a.charts}</details>`) : all[0]!.charts}</section>
`
}

function formats({ results, onsets }: Card): Markup | undefined {
  if (results.length < 2) return undefined
  const [head = [], ...rows] = stateRows(results)
  const verdicts = new Map(results.map((r) => [r.options.dtype as string, verdictWords[r.verdict].name]))
  return html`<section><h3>In each number format</h3>
${tableOf([[...head, "verdict"], ...rows.map((row) => [...row, verdicts.get(row[0]!) ?? ""])])}<dl>${onsetTexts(results, onsets).map(([dtype, text]) => html`<dt>${dtype}</dt><dd>${text}</dd>`)}<dt>model</dt><dd>${MODEL}</dd></dl></section>
`
}

/** What is open is what there is something to say of; a page of one card is open in any case. */
export function drawCard(card: Card, id: string, open: boolean): Markup {
  const { name, where, results, verdict } = card
  const level = levelOf(card)
  const [first] = results
  const sentences = first && results.length === 1 ? verdictLines(first) : []
  const settings = first ? [...rangesText(first.inputs), ...settingsText(first, results.length === 1)] : []
  return html`<details class="card ${level}" data-level="${level}" data-verdict="${verdict}"${open ? html` open=""` : ""}>
<summary><h2><code>${name}</code></h2><span class="verdict">${verdict}</span> <span class="level">${foundIn(card)}</span> <span class="place faint">${where}</span></summary>
<div class="body" id="${id}">
${sentences.map(
  ({
    verdict: v,
    text,
  }) => html`<p><strong class="tone-${verdictWords[v].tone}">${verdictWords[v].name}</strong> ${text}</p>
`,
)}${ownSource(card)}
${card.findings.map((f) => findingMarkup(f, card))}${charts(card, id)}${formats(card)}${settings.length > 0 ? html`<p class="faint">${settings.join(" · ")}</p>` : ""}
</div></details>
`
}
