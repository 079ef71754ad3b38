// Statements of the expression door: assignments, `return`, short functions, values; imports are read and dropped.
import type { BinaryOp, Expr, Stmt } from "./ast.ts"
import { checkTarget, parseList } from "./atoms.ts"
import { parseParameters } from "./calls.ts"
import { parseTest } from "./expressions.ts"
import { bounded } from "./height.ts"
import { isBreak, missingOperand, singleEquals, stuck } from "./messages.ts"
import { assignsOr, BINARY_OPS, infixAt } from "./operators.ts"
import { isDefinition } from "./paper.ts"
import {
  acceptOp,
  enter,
  give,
  isOp,
  isWord,
  lastEnd,
  type Parser,
  peek,
  previous,
  quoted,
  replaced,
  take,
  tokenAt,
} from "./parser.ts"
import { definedParameters, parseWhere } from "./where.ts"

/** Statements up to the end of the text, or of an indented block. */
export function parseStatements(p: Parser, into: Stmt[], inBlock: boolean) {
  let first = true
  for (;;) {
    const { kind, text } = peek(p)
    if (kind === "end" || (inBlock && kind === "dedent")) return
    if (kind === "indent") deeperLine(p, into.at(-1), first)
    else if (kind === "newline" || kind === "dedent" || text === ";") take(p)
    else {
      goesOnBelow(p, into.at(-1))
      parseStatement(p, into)
      endStatement(p)
      first = false
    }
  }
}

function endStatement(p: Parser) {
  const { kind } = peek(p)
  if (kind === "newline" || isOp(peek(p), ";")) take(p)
  else if (kind !== "end" && kind !== "dedent" && kind !== "indent" && !isBreak(previous(p))) stuck(p)
}

/**
 * A line that is indented further. A block pasted from its first letter on looks so, and is fine; a line that begins
 * with an operator was meant to go on with the line before, and would silently be a statement of its own.
 */
function deeperLine(p: Parser, before: Stmt | undefined, first: boolean) {
  take(p)
  const token = peek(p)
  if (before === undefined || first || (infixAt(p) === undefined && !isOp(token, "~"))) return
  loneLine(p, before)
}

function goesOnBelow(p: Parser, before: Stmt | undefined) {
  const signed = isOp(peek(p), "+") || isOp(peek(p), "-")
  if (before?.type === "Expression" && signed && previous(p)?.kind === "newline") loneLine(p, before)
}

function loneLine(p: Parser, before: Stmt): never {
  const { start, end, text } = peek(p)
  const value = before.type === "Return" || before.type === "Assign" ? before.value : undefined
  const from = value?.start ?? before.start
  let stop = p.at
  while (!isBreak(tokenAt(p, stop)) && tokenAt(p, stop)?.kind !== "end") stop++
  const last = tokenAt(p, stop - 1)?.end ?? end
  return give(p, {
    start,
    end,
    headline: `a line that begins with \`${text}\` does not go on with the line before`,
    text: "brackets around both lines join them",
    fixes: [replaced(p, from, last, `(${p.text.slice(from, last)})`)],
  })
}

export function parseStatement(p: Parser, into: Stmt[]) {
  const token = peek(p)
  if (token.kind === "keyword") {
    if (token.text === "import" || token.text === "from") return skipStatement(p)
    if (token.text === "pass") return void take(p)
    if (token.text === "return") return parseReturn(p, into)
    if (token.text === "def" || (token.text === "async" && isWord(peek(p, 1), "def"))) return parseDef(p, into)
  } else if (isOp(token, "@")) {
    // A decorator: what it does to a function is not what the function computes.
    if (peek(p, 1).kind === "name") return skipStatement(p)
  } else if (p.paper && isDefinition(p, p.at) && isOp(peek(p, 1), "(")) return parsePaperFunction(p, into)
  parseSimple(p, into)
}

function skipStatement(p: Parser) {
  while (!isBreak(peek(p)) && !isOp(peek(p), ";") && peek(p).kind !== "end") {
    if (peek(p).kind === "error") stuck(p)
    take(p)
  }
}

function parseReturn(p: Parser, into: Stmt[]) {
  const { start } = take(p)
  if (isBreak(peek(p)) || peek(p).kind === "end" || isOp(peek(p), ";")) {
    into.push({ type: "Return", start, end: lastEnd(p) })
    return
  }
  const value = bounded(p, parseList(p))
  const end = lastEnd(p)
  if (p.paper) into.push(...parseWhere(p, value, false))
  into.push({ type: "Return", value, start, end })
}

/** `f(x) = …` */
function parsePaperFunction(p: Parser, into: Stmt[]) {
  const { start, text: name } = take(p)
  const params = definedParameters(p)
  take(p)
  const value = bounded(p, parseList(p))
  const end = lastEnd(p)
  // What the clause defines may use the function's own arguments, so it belongs into the body.
  const body: Stmt[] = parseWhere(p, value, true)
  body.push({ type: "Return", value, start: value.start, end })
  into.push({ type: "Function", name, params, body, start, end })
}

function parseDef(p: Parser, into: Stmt[]) {
  const { start } = peek(p)
  if (take(p).text === "async") take(p)
  const name = peek(p)
  if (name.kind !== "name") missingOperand(p)
  take(p)
  if (!isOp(peek(p), "(")) stuck(p)
  const outer = p.bracket
  p.bracket = take(p)
  const params = parseParameters(p, ")", () => {
    const { kind, text } = peek(p)
    return kind === "keyword" || text === "," ? missingOperand(p) : stuck(p)
  })
  take(p)
  p.bracket = outer
  if (acceptOp(p, "->")) parseTest(p)
  if (!acceptOp(p, ":")) colonMissing(p)
  const body: Stmt[] = []
  enter(p)
  if (peek(p).kind === "newline") {
    take(p)
    if (peek(p).kind !== "indent") bodyMissing(p)
    take(p)
    parseStatements(p, body, true)
    if (peek(p).kind === "dedent") take(p)
  } else {
    do if (!isBreak(peek(p)) && peek(p).kind !== "end") parseStatement(p, body)
    while (acceptOp(p, ";"))
    if (body.length === 0 && p.at > 0 && isOp(previous(p), ":")) bodyMissing(p)
  }
  p.depth--
  const end = lastEnd(p)
  while (body[0]?.type === "Expression" && isDocstring(body[0])) body.shift()
  into.push({ type: "Function", name: name.text, params, body, start, end: body.at(-1)?.end ?? end })
}

/** A string that stands alone; one in brackets is told by its place. */
const isDocstring = (s: Stmt & { readonly type: "Expression" }): boolean =>
  s.value.type === "String" && s.value.start === s.start && s.value.end === s.end

function colonMissing(p: Parser): never {
  const at = lastEnd(p)
  if (peek(p).kind === "error") stuck(p)
  const headline = "`:` is missing after the arguments"
  return give(p, { start: at, end: at, headline, text: "`:` is missing here", fixes: [replaced(p, at, at, ":")] })
}

function bodyMissing(p: Parser): never {
  const at = lastEnd(p)
  if (peek(p).kind === "error") stuck(p)
  const headline = "what the function returns is missing"
  return give(p, { start: at, end: at, headline, text: "`return …` is missing here" })
}

const AUGMENTED: ReadonlyMap<string, BinaryOp> = new Map(BINARY_OPS.map((op) => [`${op}=`, op]))

/** A value, or an assignment of one of the three kinds. */
function parseSimple(p: Parser, into: Stmt[]) {
  const { start } = peek(p)
  const first = bounded(p, parseList(p))
  const token = peek(p)
  if (isOp(token, ":") && (first.type === "Name" || first.type === "Attribute" || first.type === "Index")) {
    take(p)
    parseTest(p)
    if (!isOp(peek(p), "=")) return
  }
  const or = assignsOr(p)
  const op = or ? "|" : token.kind === "op" ? AUGMENTED.get(token.text) : undefined
  if (op !== undefined) {
    checkTarget(p, first)
    p.at += or ? 2 : 1
    const value = bounded(p, parseList(p))
    const end = lastEnd(p)
    if (p.paper) into.push(...parseWhere(p, value, true))
    into.push({ type: "AugmentedAssign", target: first, op: op === "^" && p.paper ? "**" : op, value, start, end })
    return
  }
  const targets: Expr[] = []
  let value = first
  while (isOp(peek(p), "=")) {
    targets.push(assignable(p, value))
    take(p)
    value = bounded(p, parseList(p))
  }
  const end = lastEnd(p)
  if (p.paper) into.push(...parseWhere(p, value, targets.length > 0))
  into.push(
    targets.length > 0 ? { type: "Assign", targets, value, start, end } : { type: "Expression", value, start, end },
  )
}

/** What stands left of `=`: a target, or one side of an equation or a comparison. */
function assignable(p: Parser, target: Expr): Expr {
  const { type, start, end } = target
  const equals = peek(p)
  if (type === "Compare" || type === "Bool" || type === "Conditional" || (type === "Unary" && target.op === "not")) {
    singleEquals(p, equals)
  }
  if (["Name", "Attribute", "Index", "Tuple", "List", "Starred"].includes(type)) return checkTarget(p, target)
  return give(p, {
    start,
    end,
    headline: `only a name stands left of \`=\`, not ${quoted(p, start, end)}`,
    text: "a comparison is written `==`",
    fixes: [replaced(p, equals.start, equals.end, "==")],
  })
}
