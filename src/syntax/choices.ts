// Choices written as in other languages, `c ? a : b` and `if c then a else b`: answered with Python's `a if c else b`.
import { parseBinary, parseTest } from "./expressions.ts"
import { isBreak, singleEquals, stuck } from "./messages.ts"
import { LEVEL } from "./operators.ts"
import {
  acceptOp,
  acceptWord,
  give,
  isOp,
  isWord,
  lastEnd,
  type Parser,
  peek,
  quoted,
  replaced,
  take,
} from "./parser.ts"
import type { Token } from "./tokens.ts"

export const choice = (p: Parser, start: number, end: number, text: string, fixes: string[] = []): never =>
  give(p, { start, end, headline: "a choice is written `a if c else b`", text, fixes })

/** Runs a guess at how the text goes on; what goes wrong in it is not what is reported. */
function guess(p: Parser, read: () => string | undefined): string[] {
  if (p.text.length > 2000) return []
  try {
    const fix = read()
    return fix === undefined ? [] : [fix]
  } catch {
    return []
  }
}

/** `if c then a else b`, and the statement. */
export function ifFirst(p: Parser, token: Token, first: boolean): never {
  const { start, end } = token
  let statement = false
  const fixes = guess(p, () => {
    take(p)
    const part = (): string => {
      const from = peek(p).start
      parseBinary(p, LEVEL.or)
      return p.text.slice(from, lastEnd(p))
    }
    const test = part()
    statement = isOp(peek(p), ":")
    if (peek(p).kind === "name" && peek(p).text === "then") take(p)
    acceptOp(p, ":")
    const then = part()
    if (!acceptWord(p, "else")) return undefined
    acceptOp(p, ":")
    const otherwise = part()
    return replaced(p, start, lastEnd(p), `${then} if ${test} else ${otherwise}`)
  })
  if (!(first && statement)) return choice(p, start, end, "a value is expected before `if`", fixes)
  return give(p, {
    start,
    end,
    headline: "a statement with `if` is not an expression",
    text: "a choice is written `a if c else b`",
    fixes,
    note: ["a file with whole programs is read by: gradcheck lint FILE.py"],
  })
}

/** `c ? a : b`; the condition begins at `start`. */
export function questionMark(p: Parser, start: number): never {
  const mark = peek(p)
  const test = p.text.slice(start, lastEnd(p))
  const fixes = guess(p, () => {
    take(p)
    const from = peek(p).start
    parseTest(p)
    const then = p.text.slice(from, lastEnd(p))
    if (!acceptOp(p, ":")) return undefined
    const other = peek(p).start
    parseTest(p)
    const otherwise = p.text.slice(other, lastEnd(p))
    return replaced(p, start, lastEnd(p), `${then} if ${test} else ${otherwise}`)
  })
  return choice(p, mark.start, mark.end, "`?` is from another language", fixes)
}

/** `a if c` without its other case; `a` begins at `start`. */
export function noElse(p: Parser, start: number): never {
  const token = peek(p)
  if (!p.paper) stuck(p)
  if (isOp(token, "=")) singleEquals(p, token)
  const ended = token.kind === "end" || isBreak(token) || (token.kind === "op" && /^[)\]},;|]$/.test(token.text))
  const open = token.kind === "end" && p.bracket !== undefined
  if (!(ended && !open) && !isWord(token, "for")) stuck(p)
  const at = lastEnd(p)
  const headline = `the other case is missing in ${quoted(p, start, at, 40)}`
  return give(p, {
    start: at,
    end: at,
    headline,
    text: "`else …` is missing here",
    fixes: [replaced(p, at, at, " else 0")],
  })
}

export function notNeedsBrackets(p: Parser): never {
  if (!p.paper) stuck(p)
  const { start, end } = peek(p)
  const fixes = guess(p, () => {
    parseBinary(p, LEVEL.not)
    return replaced(p, start, lastEnd(p), `(${p.text.slice(start, lastEnd(p))})`)
  })
  return give(p, {
    start,
    end,
    headline: "`not` needs brackets behind an operator",
    text: "brackets begin here",
    fixes,
  })
}
