// Numbers and strings of a Python file as tokens; what is no token of Python at all.
import { put, putMistake } from "./file-lexer.ts"
import type { Lexer } from "./reading.ts"
import { foreignSign } from "./signs.ts"
import { decode, decodeBytes, scanString } from "./strings.ts"

const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y
/** `0777` was eight-based once, and is nothing now. */
const OLD_OCTAL = /^0[\d_]*[1-9][\d_]*$/

export function number(lexer: Lexer, at: number) {
  const { text } = lexer
  let i = at
  let c = text.charCodeAt(i)
  while (c >= 48 && c <= 57) c = text.charCodeAt(++i)
  // What may go on a number: `.`, `_`, or a letter (of which `e`, `j`, `x` and their like count).
  const plain = !(c === 46 || c === 95 || (c >= 65 && c <= 90) || (c >= 97 && c <= 122))
  if (!plain || i === at) {
    NUMBER.lastIndex = at
    NUMBER.test(text)
    i = NUMBER.lastIndex
  }
  const digits = text.slice(at, i)
  if (i - at > 1 && OLD_OCTAL.test(digits)) {
    const headline = "a whole number does not begin with 0"
    return putMistake(lexer, at, i, () => ({ start: at, end: i, headline, text: "0o… is the number to the base 8" }))
  }
  put(lexer, "number", digits, at, i)
}

/** The string whose quote stands at `quote`, `prefix` in lower case before it. */
export function quoted(lexer: Lexer, at: number, quote: number, prefix: string) {
  const { text } = lexer
  if (prefix.includes("f")) return formatted(lexer, at, quote, prefix)
  const sign = text.charCodeAt(quote)
  const long = text.charCodeAt(quote + 1) === sign && text.charCodeAt(quote + 2) === sign
  const from = long ? quote + 3 : quote + 1
  let plain = true
  let i = from
  for (; ; i++) {
    const c = text.charCodeAt(i)
    if (c === sign) {
      if (!long || (text.charCodeAt(i + 1) === sign && text.charCodeAt(i + 2) === sign)) break
    } else if (c === 92) {
      plain = false
      i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1
    } else if (c === 13) {
      if (!long) return unclosed(lexer, at, from, long, i)
      plain = false
    } else if (c === 10) {
      if (!long) return unclosed(lexer, at, from, long, i)
    } else if (!(i < lexer.end)) return unclosed(lexer, at, from, long, lexer.end)
  }
  const end = long ? i + 3 : i + 1
  const raw = text.slice(from, i)
  const value = plain ? raw : prefix.includes("b") ? decodeBytes(raw, prefix) : decode(raw, prefix.includes("r"))
  lexer.tokens.push({ kind: "string", text: "", start: at, end, match: -1, payload: [value] })
  lexer.at = end
}

function formatted(lexer: Lexer, at: number, quote: number, prefix: string) {
  const { text, end } = lexer
  const scanned = scanString(text, at, quote, end, prefix)
  if ("mistake" in scanned) {
    const { mistake, reached } = scanned
    return broken(lexer, at, reached, () => mistake)
  }
  lexer.tokens.push({ kind: "string", text: "format", start: at, end: scanned.end, match: -1, payload: scanned.pieces })
  lexer.at = scanned.end
}

function unclosed(lexer: Lexer, at: number, from: number, long: boolean, end: number) {
  const closing = lexer.text.slice(from - (long ? 3 : 1), from)
  broken(lexer, at, end, () => ({
    start: end,
    end,
    headline: "a string is still open",
    text: `\`${closing}\` is missing here`,
    also: [{ start: at, end: from, text: "opened here" }],
  }))
}

/** The mistake costs its line, unless so much has been read twice already that it must cost all that was looked at. */
function broken(lexer: Lexer, at: number, reached: number, say: Parameters<typeof putMistake>[3]) {
  const { text } = lexer
  let end = at + 1
  while (end < reached && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++
  lexer.again -= reached - end
  putMistake(lexer, at, lexer.again < 0 ? Math.max(reached, end) : end, say)
}

export function strayCharacter(lexer: Lexer, at: number) {
  const { text } = lexer
  const end = at + String.fromCodePoint(text.codePointAt(at) ?? 0).length
  putMistake(lexer, at, end, () => {
    if (!/^[!-~]$/.test(text.slice(at, end))) return foreignSign(text, at, end)
    const headline = `\`${text.slice(at, end)}\` has no place here`
    return { start: at, end, headline, text: "the statement is read up to here" }
  })
}
