// The values an expression begins with: names, numbers, strings, everything in brackets, comprehensions.
import type { Expr, Generator } from "./ast.ts"
import { parseBinary, parseTest } from "./expressions.ts"
import { foreignName } from "./habits.ts"
import { numberOf, parseStrings } from "./literals.ts"
import { missingOperand, stuck } from "./messages.ts"
import { LEVEL } from "./operators.ts"
import { parseBars } from "./paper.ts"
import { acceptOp, acceptWord, give, isOp, isWord, lastEnd, type Parser, peek, quoted, take } from "./parser.ts"
import { CLOSERS, type Token } from "./tokens.ts"

export function parseAtom(p: Parser): Expr {
  const token = peek(p)
  const { start, end } = token
  if (token.kind === "name") {
    if (p.paper) foreignName(p, token)
    take(p)
    return { type: "Name", name: token.text, start, end }
  }
  if (token.kind === "number") {
    take(p)
    return numberOf(token)
  }
  if (token.kind === "string") return parseStrings(p)
  if (token.kind === "keyword") {
    const constant = CONSTANTS.get(token.text)
    if (constant === undefined) return missingOperand(p)
    take(p)
    return { type: "Constant", value: constant, start, end }
  }
  if (token.kind === "op") {
    if (token.text === "(") return parseRound(p)
    if (token.text === "[") return parseSquare(p)
    if (token.text === "{") return parseCurly(p)
    if (token.text === "|" && p.paper) return parseBars(p)
    if (token.text === "...") {
      take(p)
      return { type: "Constant", value: "...", start, end }
    }
  }
  return missingOperand(p)
}

const CONSTANTS: ReadonlyMap<string, true | false | null> = new Map<string, true | false | null>([
  ["True", true],
  ["False", false],
  ["None", null],
])

/** What a bracket hides while it is read: bars outside cannot close inside it. */
export interface Outside {
  readonly bracket: Token | undefined
  readonly bars: number
  readonly clause: boolean
}

export function openBracket(p: Parser): Outside {
  const outside = { bracket: p.bracket, bars: p.bars, clause: p.clause }
  p.bracket = take(p)
  p.bars = 0
  p.clause = false
  return outside
}

export function closeBracket(p: Parser, outside: Outside) {
  if (!acceptOp(p, CLOSERS.get(p.bracket?.text ?? "") ?? "")) stuck(p)
  p.bracket = outside.bracket
  p.bars = outside.bars
  p.clause = outside.clause
}

/** One item of a bracket: a test, `name := value`, or `*values`. */
export function parseItem(p: Parser): Expr {
  const { start, kind, text } = peek(p)
  if (acceptOp(p, "*")) {
    const value = parseBinary(p, LEVEL.bitOr)
    return { type: "Starred", value, start, end: lastEnd(p) }
  }
  if (kind !== "name" || !isOp(peek(p, 1), ":=")) return parseTest(p)
  p.at += 2
  const value = parseTest(p)
  return { type: "Walrus", name: text, value, start, end: lastEnd(p) }
}

/** Items with commas up to a closing bracket, which is left alone. */
function parseItems(p: Parser, items: Expr[], closer: string): Expr[] {
  while (!isOp(peek(p), closer)) {
    items.push(parseItem(p))
    if (!acceptOp(p, ",")) break
  }
  return items
}

const startsFor = (p: Parser): boolean =>
  isWord(peek(p), "for") || (isWord(peek(p), "async") && isWord(peek(p, 1), "for"))

function parseRound(p: Parser): Expr {
  const { start } = peek(p)
  const outside = openBracket(p)
  if (isOp(peek(p), ")")) {
    closeBracket(p, outside)
    return { type: "Tuple", items: [], start, end: lastEnd(p) }
  }
  if (!p.paper && isWord(peek(p), "yield")) {
    const value = parseYield(p)
    closeBracket(p, outside)
    return value
  }
  const item = parseItem(p)
  if (startsFor(p)) {
    const generators = parseGenerators(p)
    closeBracket(p, outside)
    return { type: "Comprehension", kind: "generator", item, generators, start, end: lastEnd(p) }
  }
  const items = acceptOp(p, ",") ? parseItems(p, [item], ")") : undefined
  closeBracket(p, outside)
  return items === undefined ? notStarred(p, item) : { type: "Tuple", items, start, end: lastEnd(p) }
}

/** A star spreads values over something, so it needs a comma or a call around it. */
function notStarred(p: Parser, e: Expr): Expr {
  if (e.type !== "Starred") return e
  const { start } = e
  return give(p, {
    start,
    end: start + 1,
    headline: "something is missing before `*`",
    text: "a value is expected before this",
  })
}

function parseSquare(p: Parser): Expr {
  const { start } = peek(p)
  const outside = openBracket(p)
  const items: Expr[] = []
  if (!isOp(peek(p), "]")) {
    const item = parseItem(p)
    if (startsFor(p)) {
      const generators = parseGenerators(p)
      closeBracket(p, outside)
      return { type: "Comprehension", kind: "list", item, generators, start, end: lastEnd(p) }
    }
    items.push(item)
    if (acceptOp(p, ",")) parseItems(p, items, "]")
  }
  closeBracket(p, outside)
  return { type: "List", items, start, end: lastEnd(p) }
}

function parseCurly(p: Parser): Expr {
  const { start } = peek(p)
  const outside = openBracket(p)
  const first = peek(p)
  if (isOp(first, "}") || isOp(first, "**")) return parseDict(p, start, outside, undefined)
  const item = parseItem(p)
  if (isOp(peek(p), ":")) return parseDict(p, start, outside, item)
  if (startsFor(p)) {
    const generators = parseGenerators(p)
    closeBracket(p, outside)
    return { type: "Comprehension", kind: "set", item, generators, start, end: lastEnd(p) }
  }
  const items = acceptOp(p, ",") ? parseItems(p, [item], "}") : [item]
  closeBracket(p, outside)
  return { type: "Set", items, start, end: lastEnd(p) }
}

function parseDict(p: Parser, start: number, outside: Outside, first: Expr | undefined): Expr {
  const entries: { key?: Expr; value: Expr }[] = []
  let key = first
  while (key !== undefined || !isOp(peek(p), "}")) {
    if (key === undefined && acceptOp(p, "**")) entries.push({ value: parseBinary(p, LEVEL.bitOr) })
    else {
      key ??= parseTest(p)
      if (isOp(peek(p), ",") || isOp(peek(p), "}")) valueMissing(p, key)
      if (!acceptOp(p, ":")) stuck(p)
      const value = parseTest(p)
      if (startsFor(p) && entries.length === 0) {
        const generators = parseGenerators(p)
        closeBracket(p, outside)
        return { type: "DictComprehension", key, value, generators, start, end: lastEnd(p) }
      }
      entries.push({ key, value })
    }
    key = undefined
    if (!acceptOp(p, ",")) break
  }
  closeBracket(p, outside)
  return { type: "Dict", entries, start, end: lastEnd(p) }
}

function valueMissing(p: Parser, { start, end }: Expr): never {
  const headline = `the value of the key ${quoted(p, start, end)} is missing`
  return give(p, { start: end, end, headline, text: "`: value` is missing here" })
}

/** The `for … in … if …` parts of a comprehension. */
export function parseGenerators(p: Parser): Generator[] {
  const generators: Generator[] = []
  while (startsFor(p)) {
    acceptWord(p, "async")
    take(p)
    const target = parseTargets(p)
    if (!acceptWord(p, "in")) {
      const { start, end } = peek(p)
      if (peek(p).kind === "error") stuck(p)
      give(p, { start, end, headline: "`in` is missing after `for`", text: "`in` is expected here" })
    }
    const iterable = parseBinary(p, LEVEL.or)
    const conditions: Expr[] = []
    while (acceptWord(p, "if")) conditions.push(parseBinary(p, LEVEL.or))
    generators.push({ target, iterable, conditions })
  }
  return generators
}

/** The names behind `for`: operators stop before `in`. */
export function parseTargets(p: Parser): Expr {
  const { start } = peek(p)
  const first = parseTargetItem(p)
  if (!isOp(peek(p), ",")) return checkTarget(p, first)
  const items = [first]
  while (acceptOp(p, ",") && !isWord(peek(p), "in")) items.push(parseTargetItem(p))
  return checkTarget(p, { type: "Tuple", items, start, end: lastEnd(p) })
}

export function parseTargetItem(p: Parser): Expr {
  const { start } = peek(p)
  if (!acceptOp(p, "*")) return parseBinary(p, LEVEL.bitOr)
  const value = parseBinary(p, LEVEL.bitOr)
  return { type: "Starred", value, start, end: lastEnd(p) }
}

/** Only names, attributes, subscripts, and tuples of them take a value. */
export function checkTarget(p: Parser, target: Expr): Expr {
  const { type, start, end } = target
  if (type === "Name" || type === "Attribute" || type === "Index") return target
  if (type === "Starred") checkTarget(p, target.value)
  else if (type === "Tuple" || type === "List") for (const item of target.items) checkTarget(p, item)
  else {
    const headline = `only a name takes a value, and ${quoted(p, start, end)} is none`
    give(p, { start, end, headline, text: "a name is expected here" })
  }
  return target
}

/** Expressions with commas outside brackets: one alone is itself, several are a tuple. */
export function parseList(p: Parser): Expr {
  const { start } = peek(p)
  const first = parseItemBare(p)
  if (!isOp(peek(p), ",")) return notStarred(p, first)
  const items = [first]
  while (acceptOp(p, ",") && !endsList(p)) items.push(parseItemBare(p))
  return { type: "Tuple", items, start, end: lastEnd(p) }
}

function parseItemBare(p: Parser): Expr {
  const { start } = peek(p)
  if (!acceptOp(p, "*")) return parseTest(p)
  const value = parseBinary(p, LEVEL.bitOr)
  return { type: "Starred", value, start, end: lastEnd(p) }
}

/** `yield`, with values or without; or a list. */
export const parseValue = (p: Parser): Expr => (!p.paper && isWord(peek(p), "yield") ? parseYield(p) : parseList(p))

/** A yield is a call of a name that nobody can define: what it gives is not known. */
function parseYield(p: Parser): Expr {
  const { start, end } = take(p)
  const from = acceptWord(p, "from")
  const callee: Expr = { type: "Name", name: from ? "yield from" : "yield", start, end: from ? lastEnd(p) : end }
  if (!from && endsList(p)) return { type: "Call", callee, args: [], start, end }
  const value = from ? parseTest(p) : parseList(p)
  const args = [{ value, start: value.start, end: lastEnd(p) }]
  return { type: "Call", callee, args, start, end: lastEnd(p) }
}

function endsList(p: Parser): boolean {
  const { kind, text } = peek(p)
  return kind === "newline" || kind === "end" || kind === "dedent" || (kind === "op" && ENDS.has(text))
}

const ENDS: ReadonlySet<string> = new Set([")", "]", "}", "=", ";", ":", "|"])
