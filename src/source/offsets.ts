// From a piece of a scalar's value to where it stands in the file: behind quotes, escapes, indentation and folded lines.

export type Style = "plain" | "single" | "double" | "block"

interface Unit {
  readonly start: number
  readonly end: number
  readonly blank: boolean
  /** UTF-16 units that it stands for. */
  readonly length: number
}

const blank = /\s/

/** The written signs one by one, an escape as one sign. */
function* unitsOf(text: string, start: number, end: number, style: Style): Generator<Unit> {
  for (let at = start; at < end; ) {
    const sign = text[at]!
    if (style === "double" && sign === "\\") {
      const next = text[at + 1] ?? ""
      const digits = next === "x" ? 2 : next === "u" ? 4 : next === "U" ? 8 : 0
      const code = digits > 0 ? Number.parseInt(text.slice(at + 2, at + 2 + digits), 16) : 0
      yield {
        start: at,
        end: at + 2 + digits,
        blank: /[\s0abefnrtvN_LP]/.test(next) || (digits > 0 && blank.test(String.fromCodePoint(code))),
        length: code > 0xffff ? 2 : 1,
      }
      at += 2 + digits
    } else if (style === "single" && sign === "'") {
      yield { start: at, end: at + 2, blank: false, length: 1 }
      at += 2
    } else {
      yield { start: at, end: at + 1, blank: blank.test(sign), length: 1 }
      at++
    }
  }
}

/**
 * Only blanks are folded, stripped or added on the way from the file to the value, so both agree in all other signs,
 * one after the other; a blank stands where the next sign begins, if not in its own place.
 */
export function offsetsOf(
  value: string,
  text: string,
  from: number,
  to: number,
  style: Style,
): (start: number, end: number) => { start: number; end: number } {
  const starts: number[] = []
  const ends: number[] = []
  const units = [...unitsOf(text, from, to, style)]
  let next = 0
  const put = (unit: Unit | undefined): void => {
    starts.push(unit?.start ?? to)
    ends.push(unit?.end ?? to)
  }
  while (starts.length < value.length) {
    const wantsBlank = blank.test(value[starts.length]!)
    if (!wantsBlank) while (units[next]?.blank) next++
    const unit = units[next]
    put(unit)
    if (!unit || (wantsBlank && !unit.blank)) continue
    for (let more = 1; more < unit.length; more++) put(unit)
    next++
  }
  return (start, end) => {
    const first = start < value.length ? starts[start]! : (ends.at(-1) ?? from)
    return { start: first, end: end > start ? ends[Math.min(end, value.length) - 1]! : first }
  }
}
