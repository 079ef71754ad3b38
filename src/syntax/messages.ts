// What to say where the grammar cannot go on: a value is missing, or what stands there fits nothing.
import { unread } from "./file-messages.ts"
import { answerOperand, answerOperator, COMPARISON_NOTE, KNOWN_FUNCTIONS } from "./habits.ts"
import { doubleBar } from "./operators.ts"
import { isWhere } from "./paper.ts"
import { give, isOp, lastEnd, type Parser, partnerOf, peek, previous, quoted, replaced } from "./parser.ts"
import { CLOSERS, type Token } from "./tokens.ts"

export const isBreak = (token: Token | undefined): boolean =>
  token === undefined || token.kind === "newline" || token.kind === "indent" || token.kind === "dedent"

const textOf = (p: Parser, token: Token): string =>
  token.end > token.start ? quoted(p, token.start, token.end) : token.text

const isCloser = (token: Token): boolean => token.kind === "op" && /^[)\]}]$/.test(token.text)
const isOpener = (token: Token | undefined): boolean => token?.kind === "op" && CLOSERS.has(token.text)

/** A mistake that the lexer has found comes first: what follows it was not read. */
function giveLexical(p: Parser, token: Token) {
  if (token.kind === "error" && typeof token.payload === "function") give(p, token.payload())
}

/** A value is needed and none begins at the next token. */
export function missingOperand(p: Parser): never {
  if (!p.paper) unread(p)
  const token = peek(p)
  const before = previous(p)
  giveLexical(p, token)
  answerOperand(p, token)
  const ended = token.kind === "end" || isBreak(token)
  if (ended && p.bracket !== undefined && (before === p.bracket || isOp(before, ","))) bracketOpen(p, p.bracket)
  if (before === undefined || isBreak(before) || isOp(before, ";")) {
    const { start, end } = token
    const headline = ended ? "something is missing here" : `something is missing before \`${textOf(p, token)}\``
    return give(p, { start, end, headline, text: "a value is expected before this" })
  }
  const sign = textOf(p, before)
  const after = ended || isOp(token, ";") || (isCloser(token) && !isOpener(before))
  const headline = after
    ? `something is missing after \`${sign}\``
    : `something is missing between \`${sign}\` and \`${textOf(p, token)}\``
  return give(p, { start: before.start, end: before.end, headline, text: "a value is expected after this" })
}

/** A complete value is followed by something that cannot follow it. */
export function stuck(p: Parser): never {
  if (!p.paper) unread(p)
  const token = peek(p)
  const before = previous(p)
  giveLexical(p, token)
  if (token.kind === "end" || isBreak(token)) {
    if (p.bracket !== undefined) bracketOpen(p, p.bracket)
    const headline = "the text ends too early"
    return give(p, { start: lastEnd(p), end: lastEnd(p), headline, text: "something is missing here" })
  }
  // Past a line break, a bracket that never closes explains more than what stands on the next line.
  const { bracket } = p
  if (bracket !== undefined && partnerOf(p, bracket) < 0 && /[\r\n]/.test(p.text.slice(lastEnd(p), token.start))) {
    bracketOpen(p, bracket)
  }
  if (isWhere(p)) {
    const headline = "`where` belongs at the end of the line, outside brackets"
    return give(p, { start: token.start, end: token.end, headline, text: "still inside a bracket" })
  }
  answerOperator(p, token)
  if (token.kind === "name" && token.text === "where") {
    const headline = "a definition is missing after `where`"
    give(p, { start: token.start, end: token.end, headline, text: "name = value is expected after this" })
  }
  if (isOp(token, "=")) singleEquals(p, token)
  if (isOp(token, ":=")) {
    const headline = "`:=` stands in brackets: (name := value)"
    return give(p, { start: token.start, end: token.end, headline, text: "outside brackets, write `=`" })
  }
  if (beginsValue(token)) return missingOperator(p, before, token)
  if (bracket !== undefined && partnerOf(p, bracket) < 0) bracketOpen(p, bracket)
  const shown = doubleBar(p) ? "||" : textOf(p, token)
  const closer = CLOSERS.get(bracket?.text ?? "")
  const headline = `\`${shown}\` has no place here`
  const text = closer === undefined ? "an operator or the end is expected" : `an operator or \`${closer}\` is expected`
  const fixes = shown === ";" ? [replaced(p, token.start, token.end, ",")] : []
  return give(p, { start: token.start, end: token.end, headline, text, fixes })
}

function bracketOpen(p: Parser, bracket: Token): never {
  const end = lastEnd(p)
  const closer = CLOSERS.get(bracket.text) ?? ""
  const also = [{ start: bracket.start, end: bracket.end, text: "opened here" }]
  return give(p, { start: end, end, headline: "a bracket is still open", text: `\`${closer}\` is missing here`, also })
}

export function singleEquals(p: Parser, token: Token): never {
  const { start, end } = token
  const headline = "a comparison is written `==`"
  const fixes = [replaced(p, start, end, "==")]
  return give(p, { start, end, headline, text: "`=` gives a value to a name", fixes, note: COMPARISON_NOTE })
}

function beginsValue({ kind, text }: Token): boolean {
  if (kind === "name" || kind === "number" || kind === "string") return true
  if (kind === "keyword")
    return text === "True" || text === "False" || text === "None" || text === "not" || text === "lambda"
  return kind === "op" && (CLOSERS.has(text) || text === "√" || text === "~" || text === "..." || text === "|")
}

function missingOperator(p: Parser, before: Token | undefined, token: Token): never {
  const { start, end } = token
  const gap = lastEnd(p)
  const left = before === undefined ? "" : textOf(p, before)
  const commas = p.bracket !== undefined
  const fixes: string[] = []
  if (before?.kind === "name" && KNOWN_FUNCTIONS.has(before.text)) {
    fixes.push(replaced(p, gap, end, `(${textOf(p, token)})`))
  } else if (token.kind !== "string" && before?.kind !== "string") fixes.push(replaced(p, gap, start, "*"))
  if (commas && fixes.length < 2) fixes.push(replaced(p, gap, start, ", "))
  if (isOp(token, "|")) {
    const headline = "an operator is missing between two absolute values"
    give(p, { start, end, headline, text: "an operator is expected before this", fixes })
  }
  return give(p, {
    start,
    end,
    headline: `${commas ? "a comma or an operator" : "an operator"} is missing between ${left} and ${textOf(p, token)}`,
    text: `${commas ? "a comma or an operator" : "an operator"} is expected before this`,
    fixes,
    either: true,
  })
}
