// One point, step by step, as text and as JSON: each sub-expression, its value, and the gradient of the loss by it.
import type { Nested } from "../definitions/nested.ts"
import type { Walk, WalkStep } from "../findings/walk.ts"
import { dotted, padEnd, padStart } from "./lines.ts"
import { count } from "./numbers.ts"
import { escaped, say, type Theme } from "./theme.ts"
import { widthOf } from "./width.ts"

/** Columns that the text of a step, and the numbers of a vector, may fill where there is room. */
const STEP_ROOM = 40
const NUMBERS_ROOM = 30
const LEAST_ROOM = 10
const DIGITS = 5
const FEWER_DIGITS = 3
/** What the margin and the gaps between columns take. */
const GAPS = 8

const shownNumber = (x: number, digits = DIGITS): string =>
  Number.isNaN(x)
    ? "NaN"
    : !Number.isFinite(x)
      ? x > 0
        ? "inf"
        : "-inf"
      : String(Number(x.toPrecision(digits)))
          .replace("e+", "e")
          .replace(
            /^(-?)(\d)(0{6,})$/,
            (_, sign: string, digit: string, zeros: string) => `${sign}${digit}e${zeros.length}`,
          )

/** Nested lists in full, with fewer digits, or with as many numbers as there is room for, and how many there are. */
function shownValue(value: Nested, room: number, theme: Theme): string {
  if (typeof value === "number") return shownNumber(value)
  const written = (v: Nested, digits: number): string =>
    typeof v === "number" ? shownNumber(v, digits) : `[${v.map((x) => written(x, digits)).join(", ")}]`
  for (const digits of [DIGITS, FEWER_DIGITS]) {
    const whole = written(value, digits)
    if (whole.length <= room) return whole
  }
  const flat = (value as readonly unknown[]).flat(Number.POSITIVE_INFINITY) as number[]
  const depth = /^\[*/.exec(written(value, 1))![0]
  const { more } = theme.signs
  const counted = `, ${more} ${count(flat.length)} in all]`
  const [first, ...others] = flat.map((x) => shownNumber(x, FEWER_DIGITS))
  let kept = depth + first!
  const tail = kept.length + counted.length <= room ? counted : `, ${more}]`
  for (const x of others) {
    if (kept.length + 2 + x.length + tail.length > room) break
    kept = `${kept}, ${x}`
  }
  return kept + tail
}

/** Shortened in the middle: both ends of an expression tell what it is. */
export function middle(text: string, room: number, theme: Theme): string {
  const plain = say(text.replace(/\s+/g, " ").trim(), theme)
  if (widthOf(plain) <= room) return plain
  const signs = [...plain]
  const { more } = theme.signs
  let [left, right] = ["", ""]
  for (let a = 0, b = signs.length - 1; a <= b; ) {
    const next = left.length <= right.length ? left + signs[a]! : left
    const last = left.length <= right.length ? right : signs[b]! + right
    if (widthOf(next) + widthOf(last) + more.length > room) break
    if (next !== left) a++
    else b--
    ;[left, right] = [next, last]
  }
  return `${left}${more}${right}`
}

export function walkText(walk: Walk, theme: Theme): string[] {
  const none = theme.ascii ? "-" : "—"
  const texts = walk.steps.map((s) => middle(s.text, Math.min(STEP_ROOM, Math.floor(0.36 * theme.width)), theme))
  const left = theme.width - GAPS - Math.max(...texts.map(widthOf))
  const numbers = Math.max(LEAST_ROOM, Math.min(NUMBERS_ROOM, Math.floor(left / 2)))
  const rows = walk.steps.map((s, k) => ({
    step: texts[k]!,
    value: shownValue(s.value, numbers, theme),
    gradient: s.gradient === null ? none : shownValue(s.gradient, numbers, theme),
    why: say(s.why ?? "", theme),
  }))
  const room = (texts: readonly string[]): number => Math.max(...texts.map(widthOf))
  const first = room(["step", ...rows.map((r) => r.step)])
  const second = room(["value", ...rows.map((r) => r.value)])
  const third = room(rows.map((r) => r.gradient))
  const lines = rows.flatMap(({ step, value, gradient, why }, k) => {
    const line = `  ${padEnd(step, first)}   ${padStart(value, second)}   ${padEnd(gradient, why === "" ? 0 : third)}`
    const shown = k > 0 && k === rows.length - 1 && walk.left > 0 ? [leftOut(walk.left, theme)] : []
    if (why === "") return [...shown, line.trimEnd()]
    if (widthOf(line) + 3 + widthOf(why) <= theme.width) return [...shown, `${line}   ${theme.paint("evidence", why)}`]
    return [...shown, line.trimEnd(), theme.paint("evidence", `      ${why}`)]
  })
  const by = [
    walk.summed ? "gradient of the sum of the last step by it" : "gradient of the loss by it",
    walk.summed ? "gradient of the sum" : "gradient",
  ]
  const heads = by.map((words) => `  ${padEnd("step", first)}   ${padStart("value", second)}   ${words}`)
  const head = heads.find((h) => widthOf(h) <= theme.width) ?? heads[1]!
  return [
    theme.paint("evidence", head),
    ...lines,
    "",
    ...dotted([walk.dtype, ...(walk.framework === "torch" ? [] : [`${walk.framework} conventions`])], theme),
  ]
}

const leftOut = (left: number, theme: Theme): string =>
  theme.paint("evidence", `  ${theme.signs.more} ${count(left)} more`)

/** Unlike in a report, what is not finite is the point here: it is told as text. */
const told = (x: number): number | string => (Number.isFinite(x) ? x : String(x))
type Told = number | string | Told[]
const tellAll = (value: Nested): Told => (typeof value === "number" ? told(value) : value.map(tellAll))

const stepJson = ({ text, value, gradient, why }: WalkStep) => ({
  text,
  value: tellAll(value),
  gradient: gradient === null ? null : tellAll(gradient),
  ...(why === undefined ? {} : { why }),
})

/** What `--at` prints with --format json; `walkSchema` states it. */
export function walkJson(walks: readonly Walk[], version: string, theme: Theme): string {
  const data = {
    version: 1,
    tool: { name: "gradcheck", version },
    walks: walks.map(({ steps, at, ...rest }) => ({
      ...rest,
      at: Object.fromEntries(Object.entries(at).map(([name, value]) => [name, tellAll(value)])),
      steps: steps.map(stepJson),
    })),
  }
  const text = `${JSON.stringify(data, null, 2)}\n`
  return theme.ascii ? text.replace(/[\u0080-\uffff]/g, escaped) : text
}
