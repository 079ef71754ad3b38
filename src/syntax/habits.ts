// Answers to habits from other languages: each says what is written here, with the whole text corrected.
import type { BinaryOp, Expr } from "./ast.ts"
import { choice, ifFirst, questionMark } from "./choices.ts"
import { readTo } from "./lexer.ts"
import { isBreak, stuck } from "./messages.ts"
import { doubleBar } from "./operators.ts"
import { give, isOp, type Parser, peek, previous, replaced, tokenAt } from "./parser.ts"
import { fromLatex, prime } from "./signs.ts"
import type { Token } from "./tokens.ts"

export const COMPARISON_NOTE: readonly string[] = [
  "a comparison carries no gradient, see: gradcheck explain step-function",
]

/** Functions that people write without brackets: `sin x`. */
export const KNOWN_FUNCTIONS: ReadonlySet<string> = new Set(
  "abs cos cosh exp ln log log2 log10 max mean min norm relu round sigmoid sign sin sinh softmax sqrt sum tan tanh".split(
    " ",
  ),
)

interface Habit {
  readonly headline: string
  readonly write: string
  readonly condition?: boolean
}

const HABITS: ReadonlyMap<string, Habit> = new Map<string, Habit>([
  ["&&", { headline: "conditions are joined with `and`", write: "and", condition: true }],
  ["||", { headline: "conditions are joined with `or`", write: "or", condition: true }],
  ["!", { headline: "a condition is turned round with `not`", write: "not", condition: true }],
  ["===", { headline: "equality is written `==`", write: "==", condition: true }],
  ["!==", { headline: "inequality is written `!=`", write: "!=", condition: true }],
  ["<>", { headline: "inequality is written `!=`", write: "!=", condition: true }],
  ["=>", { headline: "at least is written `>=`", write: ">=", condition: true }],
  ["=<", { headline: "at most is written `<=`", write: "<=", condition: true }],
  ["%%", { headline: "the rest of a division is written `%`", write: "%" }],
])

const NAMES: ReadonlyMap<string, string> = new Map([
  ["null", "None"],
  ["nil", "None"],
  ["undefined", "None"],
  ["none", "None"],
  ["true", "True"],
  ["false", "False"],
])

/** As many tokens as a text that is short enough for a repair can have. */
const MANY = 3000

/** The text with every habit of the tables repaired. */
function repaired(p: Parser): string {
  let out = ""
  let done = 0
  const { tokens } = p.lexer
  readTo(p.lexer, MANY)
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const next = tokens[i + 1]
    const bars = isOp(token, "|") && isOp(next, "|") && next?.start === token.end
    const write =
      token.kind === "name"
        ? NAMES.get(token.text)
        : token.kind === "op"
          ? HABITS.get(bars ? "||" : token.text)?.write
          : undefined
    if (write === undefined) continue
    const end = bars && next !== undefined ? next.end : token.end
    const word = /^[a-z]/.test(write)
    out += p.text.slice(done, token.start)
    out += (word && /\w$|\)$/.test(out) ? " " : "") + write + (word && /[^\s]/.test(p.text.charAt(end)) ? " " : "")
    done = end
    if (bars) i++
  }
  return out + p.text.slice(done)
}

function answer(p: Parser, start: number, end: number, sign: string, habit: Habit): never {
  return give(p, {
    start,
    end,
    headline: habit.headline,
    text: `\`${sign}\` is from another language`,
    fixes: [repaired(p)],
    ...(habit.condition ? { note: COMPARISON_NOTE } : {}),
  })
}

/** Where a value is needed. Returns when the token is nobody's habit. */
export function answerOperand(p: Parser, token: Token) {
  const { start, end, kind, text } = token
  const before = previous(p)
  if (kind === "keyword") answerKeyword(p, token)
  if (kind === "op" && text === "//" && (before === undefined || isBreak(before))) commentHabit(p, token)
  const habit = kind === "op" ? HABITS.get(text) : undefined
  if (habit !== undefined) answer(p, start, end, text, habit)
  if (isOp(before, "|")) barsAfterValue(p)
  const first = tokenAt(p, p.at - 2)
  const twice = before !== undefined && (isOp(before, "+") || isOp(before, "-")) && isOp(first, before.text)
  if (!twice || first === undefined || first.end !== before.start) return
  const fix = (by: string) => replaced(p, first.start, before.end, by)
  give(p, {
    start: first.start,
    end: before.end,
    headline: `\`${before.text.repeat(2)}\` needs a number`,
    text: `\`${before.text.repeat(2)}\` is from another language`,
    fixes: [fix(` ${before.text} 1`)],
  })
}

/** `a|x|`: the first bar was taken for Python's operator, and behind the second one nothing follows. */
function barsAfterValue(p: Parser) {
  let i = p.at - 2
  while (i >= 0 && !isBreak(tokenAt(p, i)) && !isOp(tokenAt(p, i), "|")) i--
  const bar = tokenAt(p, i)
  // This repair decides what is said, so it cannot wait; deep in brackets it is not worth the stack.
  if (bar === undefined || !isOp(bar, "|") || p.text.length > 2000 || p.depth > 50) return
  const fix = replaced(p, bar.start, bar.start, "*")
  if (!p.accepts(fix)) return
  const headline = "an operator is missing before an absolute value"
  give(p, { start: bar.start, end: bar.end, headline, text: "an operator is expected before this", fixes: [fix] })
}

/** Where an operator is needed. Returns when the token is nobody's habit. */
export function answerOperator(p: Parser, token: Token) {
  const { start, end, kind, text } = token
  const before = previous(p)
  const bars = doubleBar(p)
  const habit = kind === "op" ? HABITS.get(bars ? "||" : text) : undefined
  if (habit !== undefined && text !== "!") answer(p, start, bars ? peek(p, 1).end : end, bars ? "||" : text, habit)
  if (isOp(token, "?")) questionMark(p, start)
  if (isOp(token, "->") && before?.kind === "name") {
    const headline = "a function is written `lambda x: …`"
    const fixes = [replaced(p, before.start, end, `lambda ${before.text}:`)]
    give(p, { start, end, headline, text: "`->` is from another language", fixes })
  }
  if (isOp(token, "{") && (before?.text.endsWith("_") || before?.text === "^")) {
    const headline = "LaTeX is not read"
    give(p, { start, end, headline, text: "a name goes on without brackets", fixes: [fromLatex(p.text)] })
  }
  if (kind === "name" && /^(?:then|elif|elseif|elsif)$/.test(text))
    choice(p, start, end, `\`${text}\` has no place in it`)
  if (kind === "keyword" && text === "elif") choice(p, start, end, "`elif` has no place in it")
  if (kind === "keyword" && text === "else") choice(p, start, end, "no `if` stands before it")
  if (kind === "keyword" && STATEMENTS.has(text)) statementWord(p, token)
  if (kind === "name")
    for (let i = p.at - 1; i >= 0 && !isBreak(p.lexer.tokens[i]); i--)
      if (isOp(p.lexer.tokens[i], "//")) commentHabit(p, p.lexer.tokens[i]!)
}

function commentHabit(p: Parser, { start, end }: Token): never {
  const headline = "a comment begins with `#`"
  return give(p, { start, end, headline, text: "`//` divides and rounds down", fixes: [replaced(p, start, end, "#")] })
}

const STATEMENTS: ReadonlySet<string> = new Set(
  "assert async await break class continue def del elif except finally for from global if import nonlocal pass raise return try while with yield".split(
    " ",
  ),
)
/** Statements' words that begin no value even in the middle of a line. */
const NEVER_NAMES: ReadonlySet<string> = new Set(["yield", "await", "return", "raise"])
const JOINERS: ReadonlySet<string> = new Set(["and", "or", "in", "is", "else", "as"])

function answerKeyword(p: Parser, token: Token) {
  const { start, end, text } = token
  const before = previous(p)
  const first = before === undefined || isBreak(before) || isOp(before, ";") || isOp(before, ":")
  if (text === "lambda") lambdaIsAWord(p, token)
  if (text === "if") ifFirst(p, token, first)
  if (JOINERS.has(text)) return
  if (NEVER_NAMES.has(text) || (first && STATEMENTS.has(text) && !isOp(peek(p, 1), "="))) statementWord(p, token)
  if (text === "for" && p.bracket === undefined) statementWord(p, token)
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_.])${text}(?![\\p{L}\\p{N}_])`, "gu")
  give(p, {
    start,
    end,
    headline: `\`${text}\` is a word of Python, not a name`,
    text: "another name is expected here",
    fixes: [p.text.length > 2000 ? p.text : p.text.replace(pattern, `${text}_`)],
  })
}

function statementWord(p: Parser, { start, end, text }: Token): never {
  return give(p, {
    start,
    end,
    headline: `a statement with \`${text}\` is not an expression`,
    text: "assignments, `return` and one-line functions are read here",
    note: ["a file with whole programs is read by: gradcheck lint FILE.py"],
  })
}

export function lambdaIsAWord(p: Parser, { start, end }: Token): never {
  const next = peek(p)
  if (next.kind === "error" || !p.paper) stuck(p)
  if (next.kind === "name" && previous(p)?.kind === "name") {
    let i = p.at
    while (tokenAt(p, i)?.kind === "name" || isOp(tokenAt(p, i), ",")) i++
    const headline = `a comma is missing between ${previous(p)?.text} and ${next.text}`
    const { start: from, end: to } = next
    const fixes = [replaced(p, previous(p)?.end ?? from, from, ", ")]
    if (isOp(tokenAt(p, i), ":"))
      give(p, { start: from, end: to, headline, text: "a comma is expected before this", fixes })
  }
  return give(p, {
    start,
    end,
    headline: "`lambda` is a word of Python, not a name",
    text: "a function begins here: lambda x: …",
    fixes: [p.text.replace(/\blambda\b/g, "lam"), replaced(p, start, end, "lam")],
  })
}

/** `null`, `true` and their like. */
export function foreignName(p: Parser, { start, end, text }: Token) {
  const write = NAMES.get(text)
  if (write === undefined) return
  answer(p, start, end, text, { headline: `\`${text}\` is written \`${write}\``, write })
}

/** `f'(x) + g'(x)` reads as a string that is called, which nobody means. */
export function calledString(p: Parser, { type, start }: Expr) {
  if (type !== "String" && type !== "Format") return
  const quote = /^[a-zA-Z]+'/.exec(p.text.slice(start, start + 3))
  if (quote !== null) give(p, prime(p.text, start, start + quote[0].length - 1))
}

const ARITHMETIC: ReadonlySet<BinaryOp> = new Set<BinaryOp>(["+", "*", "/", "//", "%", "**", "@"])

/** `{a + b}*c` groups with LaTeX's brackets; in Python they make a set, with which nothing can be reckoned. */
export function setInArithmetic(p: Parser, op: BinaryOp, left: Expr, right: Expr) {
  const set = left.type === "Set" ? left : right.type === "Set" ? right : undefined
  if (set === undefined || set.items.length !== 1 || !ARITHMETIC.has(op)) return
  const inside = p.text.slice(set.start + 1, set.end - 1)
  give(p, {
    start: set.start,
    end: set.end,
    headline: "curly brackets make a set",
    text: "round brackets are expected",
    fixes: [replaced(p, set.start, set.end, `(${inside})`), fromLatex(p.text)],
  })
}
