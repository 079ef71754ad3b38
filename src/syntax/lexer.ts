// Text into tokens: Python's, and paper's signs where asked for. Linear in the text; a mistake is a token, never thrown.
import { readFileTo } from "./file-lexer.ts"
import type { Lexer } from "./reading.ts"
import {
  blockComment,
  complexNumber,
  extraCloser,
  foreignSign,
  latex,
  longExponent,
  prime,
  wrongCloser,
} from "./signs.ts"
import { PREFIX, scanString } from "./strings.ts"
import {
  BLANK,
  CLOSERS,
  KEYWORDS,
  type Mistake,
  OPERATORS,
  RAISED,
  SIGNS,
  type Token,
  type TokenKind,
} from "./tokens.ts"

/** Reads on until there are so many tokens or no more. */
export function readTo(lexer: Lexer, count: number) {
  if (!lexer.paper) return readFileTo(lexer, count)
  const { end, tokens, open, nested } = lexer
  while (lexer.at < end && tokens.length < count) {
    if (lexer.fresh && open.length === 0 && !nested) startLine(lexer)
    lexer.fresh = false
    if (lexer.at < end) lexer.fresh = step(lexer)
  }
  if (lexer.at < end || lexer.done) return
  lexer.done = true
  if (open.length === 0) for (let i = lexer.indents.length; i > 1; i--) push(lexer, "dedent", "", end, end)
  push(lexer, "end", "", end, end)
}

function push(
  lexer: Lexer,
  kind: TokenKind,
  text: string,
  start: number,
  end: number,
  payload: Token["payload"] = null,
) {
  lexer.tokens.push({ kind, text, start, end, match: -1, payload })
  lexer.at = end
}

/** On paper nothing is read past a mistake; a file has other statements to offer. */
function mistaken(lexer: Lexer, start: number, end: number, say: () => Mistake) {
  push(lexer, "error", "", start, end, say)
  if (lexer.paper) lexer.at = lexer.end
}

/** Measures the indentation of a line that holds something, and says when it changed. */
function startLine(lexer: Lexer) {
  const { text, end, indents } = lexer
  let column = 0
  let i = lexer.at
  for (; i < end; i++) {
    const c = text.charCodeAt(i)
    if (c === 32 || c === 0xa0) column++
    else if (c === 9) column += 8 - (column % 8)
    else if (c === 12) column = 0
    else break
  }
  lexer.at = i
  const c = text[i]
  if (i >= end || c === "\n" || c === "\r" || c === "#") return
  const current = indents.at(-1)
  if (current === undefined) indents.push(column)
  else if (column > current) {
    indents.push(column)
    push(lexer, "indent", "", i, i)
  } else if (column < current) {
    while (indents.length > 1 && (indents.at(-1) ?? 0) > column) {
      indents.pop()
      push(lexer, "dedent", "", i, i)
    }
    if (indents.length === 1) indents[0] = column
  }
}

/** One token or blank; true when a line has ended. */
function step(lexer: Lexer): boolean {
  const { text, at } = lexer
  const code = text.charCodeAt(at)
  if (code === 32 || code === 9 || code === 12) lexer.at++
  else if (code === 10 || code === 13) return lineEnd(lexer)
  else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) name(lexer)
  else if (code >= 48 && code <= 57) number(lexer)
  else if (code === 34 || code === 39) string(lexer, at, "")
  else if (code === 35) comment(lexer)
  else if (code === 92) backslash(lexer)
  else if (code === 46 && isDigit(text.charCodeAt(at + 1))) number(lexer)
  else if (code < 128) operator(lexer)
  else other(lexer)
  return false
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

function lineEnd(lexer: Lexer): boolean {
  const length = lexer.text.startsWith("\r\n", lexer.at) ? 2 : 1
  const last = lexer.tokens.at(-1)?.kind
  const counts = lexer.open.length === 0 && !lexer.nested && last !== undefined && last !== "newline"
  if (counts) push(lexer, "newline", "", lexer.at, lexer.at + length)
  else lexer.at += length
  return true
}

function comment(lexer: Lexer) {
  const { text, end } = lexer
  let i = lexer.at
  while (i < end && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++
  lexer.at = i
}

// The middle dots are letters to Unicode, and so are raised letters and the transposition sign; on paper they are not.
const WORD = /(?![ⁿⁱˣʸʲᵏᵐᵖᵗᵃᵇᶜᵈᵉᵀ])[\p{ID_Start}_](?:(?![·\u0387ⁿⁱˣʸʲᵏᵐᵖᵗᵃᵇᶜᵈᵉᵀ])\p{ID_Continue}|[₀-₉])*/uy
const PLAIN = /[A-Za-z0-9_]*/y

function name(lexer: Lexer) {
  const { text, at, end, paper } = lexer
  PLAIN.lastIndex = at
  PLAIN.test(text)
  let stop = Math.min(PLAIN.lastIndex, end)
  const plain = !(stop < end && text.charCodeAt(stop) >= 128)
  if (!plain) {
    WORD.lastIndex = at
    if (WORD.test(text)) stop = Math.min(WORD.lastIndex, end)
  }
  const raw = text.slice(at, stop)
  const next = stop < end ? text[stop] : ""
  if (next === '"' || next === "'") {
    if (raw.length < 3 && PREFIX.test(raw)) return string(lexer, stop, raw.toLowerCase())
    if (next === "'" && paper) return mistaken(lexer, at, stop + 1, () => prime(text, at, stop))
  }
  if (next === "′" || next === "’") return mistaken(lexer, at, stop + 1, () => prime(text, at, stop))
  const word = plain ? raw : raw.normalize("NFKC")
  push(lexer, KEYWORDS.has(word) ? "keyword" : "name", paper && word === "π" ? "pi" : word, at, stop)
}

const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y
const WORD_GOES_ON = /[\p{ID_Continue}]/u

function number(lexer: Lexer) {
  const { text, at, end } = lexer
  NUMBER.lastIndex = at
  NUMBER.test(text)
  const stop = Math.min(NUMBER.lastIndex, end)
  const next = text[stop]
  const imaginary = (next === "j" || next === "J") && stop < end && !WORD_GOES_ON.test(text[stop + 1] ?? " ")
  if (imaginary) return mistaken(lexer, at, stop + 1, () => complexNumber(text, at, stop))
  push(lexer, "number", text.slice(at, stop), at, stop)
}

function string(lexer: Lexer, quote: number, prefix: string) {
  const { text, at, end, paper } = lexer
  const scanned = scanString(text, at, quote, end, prefix)
  if ("mistake" in scanned) {
    const { mistake } = scanned
    // `f'(x)` is a derivative and not an f-string.
    if (paper && prefix.length === 1 && text[quote] === "'")
      return mistaken(lexer, at, quote + 1, () => prime(text, at, quote))
    return mistaken(lexer, at, Math.max(mistake.end, quote + 1), () => mistake)
  }
  push(lexer, "string", prefix.includes("f") ? "format" : "", at, scanned.end, scanned.pieces)
}

function backslash(lexer: Lexer) {
  const { text, at, end } = lexer
  const blank = /\\[ \t]*(?:\r\n|\r|\n|$)/y
  blank.lastIndex = at
  if (blank.test(text)) {
    lexer.at = blank.lastIndex
    return
  }
  const command = /\\(?:[a-zA-Z]+|[^\n\r])?/y
  command.lastIndex = at
  command.test(text)
  mistaken(lexer, at, Math.min(end, Math.max(command.lastIndex, at + 1)), () => latex(text, at, command.lastIndex))
}

function operator(lexer: Lexer) {
  const { text, at, end } = lexer
  const three = text.slice(at, Math.min(end, at + 3))
  const two = three.slice(0, 2)
  if (two === "/*") return mistaken(lexer, at, at + 2, () => blockComment(text, at))
  const found = OPERATORS.has(three) ? three : OPERATORS.has(two) ? two : three.slice(0, 1)
  if (!OPERATORS.has(found)) return mistaken(lexer, at, at + 1, () => foreignSign(text, at, at + 1))
  if (found.length > 1) push(lexer, "op", found, at, at + found.length)
  else if (CLOSERS.has(found)) openBracket(lexer, found, at, at + 1)
  else if (found === ")" || found === "]" || found === "}") closeBracket(lexer, found, at, at + 1)
  else push(lexer, "op", found, at, at + 1)
}

function openBracket(lexer: Lexer, sign: string, start: number, end: number) {
  lexer.open.push(lexer.tokens.length)
  push(lexer, "op", sign, start, end)
}

function closeBracket(lexer: Lexer, sign: string, start: number, end: number) {
  const { text, open, tokens } = lexer
  const index = open.at(-1)
  const opener = index === undefined ? undefined : tokens[index]
  if (index === undefined || opener === undefined) return mistaken(lexer, start, end, () => extraCloser(text, start))
  open.pop()
  const wanted = CLOSERS.get(opener.text) ?? ""
  if (wanted !== sign) return mistaken(lexer, start, end, () => wrongCloser(text, opener, start, wanted))
  opener.match = tokens.length
  push(lexer, "op", sign, start, end)
  tokens[tokens.length - 1]!.match = index
}

/** Everything beyond ASCII: names, blanks, signs of paper. */
function other(lexer: Lexer) {
  const { text, at, end, paper } = lexer
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
  const known = SIGNS.get(sign)
  if (paper && known !== undefined && sign !== "π") return push(lexer, known[0], known[1], at, at + sign.length)
  if (paper && RAISED.has(sign)) return raised(lexer)
  if (paper && sign === "ᵀ") {
    push(lexer, "op", ".", at, at)
    return push(lexer, "name", "T", at, at + 1)
  }
  WORD.lastIndex = at
  if (WORD.test(text)) return name(lexer)
  if (BLANK.test(sign)) lexer.at += sign.length
  else mistaken(lexer, at, Math.min(end, at + sign.length), () => foreignSign(text, at, at + sign.length))
}

/** No exponent is longer; a run of raised signs that is makes no formula. */
const LONGEST_RAISED = 200

/** `x²` and `xⁿ⁻¹` become `x**(2)` and `x**(n-1)`; the brackets leave no trace in the tree. */
function raised(lexer: Lexer) {
  const { text, at, end } = lexer
  push(lexer, "op", "**", at, at)
  openBracket(lexer, "(", at, at)
  let digits = ""
  let i = at
  for (; i < end; i++) {
    const c = RAISED.get(text.charAt(i))
    if (c === undefined) break
    if (i - at === LONGEST_RAISED) return mistaken(lexer, at, i, () => longExponent(at, i))
    if (c >= "0" && c <= "9") {
      digits += c
      continue
    }
    if (digits !== "") push(lexer, "number", digits, i - digits.length, i)
    digits = ""
    if (c === "(") openBracket(lexer, c, i, i + 1)
    else if (c === ")") closeBracket(lexer, c, i, i + 1)
    else push(lexer, c === "+" || c === "-" ? "op" : "name", c, i, i + 1)
    if (lexer.tokens.at(-1)?.kind === "error") return
  }
  if (digits !== "") push(lexer, "number", digits, i - digits.length, i)
  closeBracket(lexer, ")", i, i)
}
