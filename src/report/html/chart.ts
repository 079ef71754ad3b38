// Charts: the value and the gradient of a loss along one parameter, each point by its state, as SVG in the page.
import { scaleLinear, scaleSymlog } from "d3-scale"
import { line, symbol, symbolCircle, symbolSquare, symbolTimes, symbolTriangle } from "d3-shape"
import type { Curve } from "../../samples/curves.ts"
import { type StateName, stateNames } from "../../samples/states.ts"
import { count, size } from "../numbers.ts"
import { html, type Markup } from "./markup.ts"

const WIDTH = 560
const LEFT = 64
const RIGHT = 16
const TOP = 22
const PLOT = 112
const GAP = 40
const HEIGHT = TOP + 2 * PLOT + GAP + 40

/** A state is told by the form of its points as well as by their colour. */
const forms: Readonly<Record<StateName, string>> = {
  live: symbol(symbolCircle, 18)()!,
  resting: symbol(symbolCircle, 22)()!,
  stuck: symbol(symbolTriangle, 34)()!,
  flat: symbol(symbolSquare, 22)()!,
  broken: symbol(symbolTimes, 40)()!,
}

/** The forms of points, once for all charts of a page. */
export const markers = (): Markup =>
  html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${stateNames.map(
    (state) =>
      html`<marker id="point-${state}" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" viewBox="-6 -6 12 12"><path class="${state}" d="${forms[state]}"/></marker>`,
  )}</defs></svg>`

const sample = (state: StateName): Markup =>
  html`<svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true"><path class="${state}" d="${forms[state]}"/></svg>`

interface Scale {
  (x: number): number
  readonly ticks: readonly number[]
  /** Where sizes differ too much for even steps. */
  readonly bent: boolean
}

/** Sizes that differ by more than this do not fit into even steps. */
const MOST_TIMES = 200

function scaleOf(values: readonly number[], top: number): Scale {
  const finite = values.filter(Number.isFinite)
  const sizes = finite
    .map(Math.abs)
    .filter((v) => v > 0)
    .sort((a, b) => a - b)
  const median = sizes[sizes.length >> 1] ?? 1
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)]
  const bent = (sizes.at(-1) ?? 0) > MOST_TIMES * median
  const to: [number, number] = [top + PLOT, top]
  if (bent) {
    const scale = scaleSymlog().constant(median).domain([low, high]).range(to)
    const ticks = [low, -median, 0, median, high].filter((t) => t >= low && t <= high)
    return Object.assign((x: number) => scale(x), { ticks: [...new Set(ticks)], bent })
  }
  const scale = scaleLinear()
    .domain(low < high ? [low, high] : [low - 1, high + 1])
    .nice(4)
    .range(to)
  return Object.assign((x: number) => scale(x), { ticks: scale.ticks(4), bent })
}

const at = (x: number): string => x.toFixed(1).replace(/\.0$/, "")

/** The points of one state as a path without a line, each corner a mark. What is not finite stands at the plot's foot. */
function points(
  state: StateName,
  curve: Curve,
  values: readonly number[],
  x: (v: number) => number,
  y: Scale,
  foot: number,
) {
  const own = curve.at.flatMap((v, k) =>
    curve.states[k] === state ? [`${at(x(v))},${at(Number.isFinite(values[k]!) ? y(values[k]!) : foot)}`] : [],
  )
  if (own.length === 0) return undefined
  const marker = `url(#point-${state})`
  return html`<path class="points" d="M${own.join("L")}" marker-start="${marker}" marker-mid="${marker}" marker-end="${marker}"/>`
}

function plot(title: string, curve: Curve, values: readonly number[], x: (v: number) => number, top: number): Markup {
  const y = scaleOf(values, top)
  const path = line<number>(
    (_, k) => Number(at(x(curve.at[k]!))),
    (v) => Number(at(y(v))),
  ).defined(Number.isFinite)
  return html`<g><text class="title" x="${LEFT}" y="${top - 8}">${title}${y.bent ? " (steps grow with the size)" : ""}</text>${y.ticks.map(
    (t) =>
      html`<line class="${t === 0 ? "zero" : "grid"}" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y(t))}" y2="${at(y(t))}"/><text class="tick" text-anchor="end" x="${LEFT - 8}" y="${at(y(t) + 4)}">${size(t)}</text>`,
  )}<path class="curve" d="${path([...values]) ?? ""}"/>${stateNames.map((s) => points(s, curve, values, x, y, top + PLOT))}</g>`
}

export const nameOf = ({ name, element }: { readonly name: string; readonly element?: 0 }): string =>
  element === undefined ? name : `${name}[${element}]`

/** Rows of the table below a chart, for those who cannot see it. */
const MOST_ROWS = 13

function table(curve: Curve, name: string): Markup {
  const step = Math.max(1, Math.ceil((curve.at.length - 1) / (MOST_ROWS - 1)))
  const rows = curve.at.map((_, k) => k).filter((k) => k % step === 0 || k === curve.at.length - 1)
  return html`<details><summary>as a table</summary><table><thead><tr><th scope="col">${name}</th><th scope="col">value</th><th scope="col">gradient</th><th scope="col">state</th></tr></thead><tbody>${rows.map(
    (k) =>
      html`<tr><th scope="row">${size(curve.at[k]!)}</th><td>${size(curve.value[k]!)}</td><td>${size(curve.gradient[k]!)}</td><td>${curve.states[k]}</td></tr>`,
  )}</tbody></table></details>`
}

/** "y = 1, w[0] = 0.3" */
const fixedText = ({ fixed }: Curve): string => fixed.map((f) => `${nameOf(f)} = ${size(f.value)}`).join(", ")

/** More names than these say nothing any more. */
const MOST_FIXED = 6

export function chart(curve: Curve, id: string): Markup {
  const name = nameOf({ name: curve.parameter, ...(curve.element === undefined ? {} : { element: 0 as const }) })
  const [first, last] = [curve.at[0]!, curve.at.at(-1)!]
  const x = scaleLinear()
    .domain([first, last])
    .range([LEFT, WIDTH - RIGHT])
  const foot = TOP + 2 * PLOT + GAP
  const seen = stateNames.flatMap((state) => {
    const n = curve.states.filter((s) => s === state).length
    return n > 0 ? [{ state, n }] : []
  })
  const fixed =
    curve.fixed.length === 0
      ? ""
      : curve.fixed.length > MOST_FIXED
        ? ", all else as drawn once"
        : `, with ${fixedText(curve)}${[curve, ...curve.fixed].some((f) => f.element !== undefined) ? " and all else as drawn once" : ""}`
  const words = seen.map(({ state, n }) => `${count(n)} ${state}`).join(", ")
  return html`<figure><figcaption>along <code>${name}</code>${fixed}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}"><title id="${id}">value and gradient for ${name} from ${size(first)} to ${size(last)}: of ${count(curve.at.length)} points ${words}</title>
${plot("value", curve, curve.value, x, TOP)}
${plot("gradient", curve, curve.gradient, x, TOP + PLOT + GAP)}
<g>${x
    .ticks(6)
    .map(
      (t) => html`<text class="tick" text-anchor="middle" x="${at(x(t))}" y="${foot + 18}">${size(t)}</text>`,
    )}<text class="title" text-anchor="end" x="${WIDTH - RIGHT}" y="${foot + 34}">${name}</text></g></svg>
<ul class="legend">${seen.map(({ state, n }) => html`<li>${sample(state)} ${state} <span>${count(n)}</span></li>`)}</ul>
${table(curve, name)}</figure>`
}
