// String literals, f-strings included: from an opening quote to its pieces and its end.
import type { Mistake, Piece } from "./tokens.ts"

/** `reached` is how far was looked before the mistake was known. */
interface Failed {
  readonly mistake: Mistake
  readonly reached: number
}

export type ScannedString = { readonly end: number; readonly pieces: Piece[] } | Failed

/** Fields in f-strings in fields …: every level is scanned once more, so their number bounds the work. */
const MOST_LEVELS = 8

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\n", ""],
])

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g

export function decode(raw: string, keepEscapes: boolean): string {
  const text = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw
  if (keepEscapes || !text.includes("\\")) return text
  return text.replace(ESCAPE, (whole, octal?: string, x?: string, u?: string, U?: string, other?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    const hex = x ?? u ?? U
    if (hex === undefined) return SIMPLE.get(other ?? "") ?? whole
    const code = Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Of bytes each character is one, and only bytes can be escaped. */
export function decodeBytes(raw: string, prefix: string): string {
  const text = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw
  if (prefix.includes("r")) return text
  return text.replace(ESCAPE, (whole, octal?: string, _x?: string, u?: string, U?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255)
    return u === undefined && U === undefined ? decode(whole, false) : whole
  })
}

const isQuote = (c: string | undefined): boolean => c === '"' || c === "'"
const isBreak = (c: string | undefined): boolean => c === "\n" || c === "\r"

/** The letters directly before a quote, when they can be a string's prefix. */
function prefixBefore(text: string, quote: number): string {
  const letters = /[a-zA-Z]{0,3}$/.exec(text.slice(Math.max(0, quote - 3), quote))?.[0] ?? ""
  return PREFIX.test(letters) ? letters.toLowerCase() : ""
}

export const PREFIX = /^(?:[rbfu]|rb|br|rf|fr)$/i

/** Scans the string whose quote stands at `at`. `opened` is where its prefix begins. */
export function scanString(
  text: string,
  opened: number,
  at: number,
  limit: number,
  prefix: string,
  level = 0,
): ScannedString {
  const raw = prefix.includes("r")
  const format = prefix.includes("f")
  const quote = text.charAt(at)
  const long = text.startsWith(quote.repeat(3), at)
  const closing = long ? quote.repeat(3) : quote
  const pieces: Piece[] = []
  let i = at + closing.length
  let from = i
  let literal = ""
  while (i < limit) {
    const c = text.charAt(i)
    if (c === "\\") {
      const named = format && !raw && text.startsWith("N{", i + 1)
      const brace = named ? text.indexOf("}", i) : -1
      // A raised brace in an f-string still opens a field, as in Python.
      if (brace > 0) i = brace + 1
      else i += format && (text[i + 1] === "{" || text[i + 1] === "}") ? 1 : text.startsWith("\r\n", i + 1) ? 3 : 2
    } else if (c === quote && text.startsWith(closing, i)) {
      literal += decode(text.slice(from, i), raw)
      if (literal !== "" || !format) pieces.push(literal)
      return { end: i + closing.length, pieces }
    } else if (!long && isBreak(c)) {
      break
    } else if (format && (c === "{" || c === "}")) {
      if (text[i + 1] === c && i + 1 < limit) {
        literal += decode(text.slice(from, i), raw) + c
        i += 2
      } else if (c === "}") {
        return { mistake: loneBrace(i), reached: i }
      } else {
        literal += decode(text.slice(from, i), raw)
        const field = scanField(text, i + 1, limit, level, quote)
        if ("mistake" in field) return field
        literal += field.shown
        if (literal !== "") pieces.push(literal)
        literal = ""
        pieces.push({ start: i + 1, end: field.stop })
        i = field.end
      }
      from = i
    } else {
      i++
    }
  }
  return { mistake: unclosed(opened, at, Math.min(i, limit), closing), reached: Math.min(i, limit) }
}

const loneBrace = (at: number): Mistake => ({
  start: at,
  end: at + 1,
  headline: "a `}` in an f-string has no partner",
  text: "write `}}` for the sign itself",
})

const unclosed = (start: number, quote: number, end: number, closing: string): Mistake => ({
  start: end,
  end,
  headline: "a string is still open",
  text: `\`${closing}\` is missing here`,
  also: [{ start, end: quote + closing.length, text: "opened here" }],
})

type ScannedField = { readonly stop: number; readonly end: number; readonly shown: string } | Failed

/** A field `expr!r:spec}` from behind its brace. `shown` is the `expr=` that the form `{expr=}` also prints. */
function scanField(text: string, start: number, limit: number, level: number, quote: string): ScannedField {
  if (level >= MOST_LEVELS) {
    const headline = `f-strings are nested too deeply (${MOST_LEVELS} levels at most)`
    return { mistake: { start, end: start, headline, text: "this level is one too many" }, reached: start }
  }
  let depth = 0
  let i = start
  // The last sign of the expression, and its text up to `kept` without comments.
  let last = start
  let shown = ""
  let kept = start
  for (; i < limit; i++) {
    const c = text.charAt(i)
    if (c <= " ") continue
    if (c !== "#" && c !== "}" && c !== ":" && c !== "!") last = i
    if (isQuote(c)) {
      const inner = scanString(text, i, i, limit, prefixBefore(text, i), level + 1)
      // A quote like the string's own was meant to close the string.
      if ("mistake" in inner) return c === quote ? { mistake: fieldOpen(start, i), reached: inner.reached } : inner
      i = inner.end - 1
    } else if (c === "#") {
      shown += text.slice(kept, i)
      while (i + 1 < limit && !isBreak(text[i + 1])) i++
      kept = i + 1
    } else if (c === "(" || c === "[" || c === "{") depth++
    else if (depth === 0 && (c === "}" || c === ":" || (c === "!" && text[i + 1] !== "="))) break
    else if (c === ")" || c === "]" || c === "}") depth = Math.max(0, depth - 1)
  }
  const stop = i
  // The format may have fields of its own.
  while (i < limit && text[i] !== "}") {
    if (text[i] !== "{") i++
    else {
      const inner = scanField(text, i + 1, limit, level + 1, quote)
      if ("mistake" in inner) return inner
      i = inner.end
    }
  }
  if (i >= limit) return { mistake: fieldOpen(start, limit), reached: limit }
  const asked = text[last] === "=" && !/[=!<>]/.test(text.charAt(last - 1))
  return asked ? { stop: last, end: i + 1, shown: shown + text.slice(kept, stop) } : { stop, end: i + 1, shown: "" }
}

const fieldOpen = (start: number, end: number): Mistake => ({
  start: end,
  end,
  headline: "a bracket is still open",
  text: "`}` is missing here",
  also: [{ start: start - 1, end: start, text: "opened here" }],
})
