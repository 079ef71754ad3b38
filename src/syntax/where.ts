// Where clauses: `EXPR where a = 1, f(x) = …` becomes assignments before the value, in an order that works.
import type { Expr, Parameter, Stmt } from "./ast.ts"
import { parseParameters } from "./calls.ts"
import { parseTest } from "./expressions.ts"
import { bounded } from "./height.ts"
import { stuck } from "./messages.ts"
import { isDefinition, isWhere, skipLines } from "./paper.ts"
import { give, isOp, isWord, lastEnd, type Parser, peek, take, tokenAt } from "./parser.ts"
import type { Token } from "./tokens.ts"
import { freeNames } from "./walk.ts"

interface Definition {
  readonly name: string
  readonly token: Token
  readonly statement: Stmt
  /** Names that it needs. */
  readonly needs: ReadonlySet<string>
}

/** `NAME = value` or `NAME(params) = value`; its value ends before a comma. */
export function parseDefinition(p: Parser): Definition {
  const token = take(p)
  const name = token.text
  const params = isOp(peek(p), "(") ? definedParameters(p) : undefined
  take(p)
  const value = bounded(p, parseTest(p))
  const needs = freeNames(value)
  const place = { start: token.start, end: lastEnd(p) }
  if (params === undefined) {
    const target: Expr = { type: "Name", name, start: token.start, end: token.end }
    return { name, token, needs, statement: { type: "Assign", targets: [target], value, ...place } }
  }
  const body: Stmt[] = [{ type: "Return", value, start: value.start, end: lastEnd(p) }]
  for (const param of params) needs.delete(param.name)
  // A function may call itself.
  needs.delete(name)
  return { name, token, needs, statement: { type: "Function", name, params, body, ...place } }
}

/** The parameters of `f(x) = …`, whose bracket has a partner. */
export function definedParameters(p: Parser): Parameter[] {
  const opener = take(p)
  const outer = p.bracket
  p.bracket = opener
  const params = parseParameters(p, ")", () => {
    const { start, end } = peek(p)
    if (peek(p).kind === "error") stuck(p)
    const headline = "the arguments of a definition are names"
    return give(p, { start, end, headline, text: "a name is expected here; a comparison is written `==`" })
  })
  take(p)
  p.bracket = outer
  return params
}

/**
 * The definitions of a where clause, if one begins here, sorted. `value` is what they serve; when that is itself given
 * to a name, a definition on a new line belongs to the clause only if something in it is needed.
 */
export function parseWhere(p: Parser, value: Expr, named: boolean): Stmt[] {
  const at = skipLines(p, p.at)
  if (!isWhere(p, at)) return []
  const needed = freeNames(value)
  const found: Definition[] = []
  const names = new Set<string>()
  let indents = skipTo(p, at + 1)
  for (;;) {
    p.clause = true
    const definition = parseDefinition(p)
    p.clause = false
    if (names.has(definition.name)) {
      const { start, end } = definition.token
      give(p, { start, end, headline: `${definition.name} is defined twice`, text: "the second time" })
    }
    names.add(definition.name)
    found.push(definition)
    for (const name of definition.needs) needed.add(name)
    const next = nextDefinition(p, (name) => !named || needed.has(name))
    if (next === undefined) break
    indents += skipTo(p, next)
  }
  closeIndents(p, indents)
  return sorted(p, found)
}

/** Moves on to a token over line breaks, and says how many levels of indentation were entered. */
function skipTo(p: Parser, at: number): number {
  let levels = 0
  const stop = skipLines(p, at)
  for (; p.at < stop; p.at++) {
    const { kind } = peek(p)
    if (kind === "indent") levels++
    else if (kind === "dedent") levels--
  }
  return levels
}

function nextDefinition(p: Parser, belongs: (name: string) => boolean): number | undefined {
  if (isWord(peek(p), "and") && isDefinition(p, p.at + 1)) return p.at + 1
  const broken = skipLines(p, p.at)
  if (isOp(peek(p), ",")) {
    const at = skipLines(p, p.at + 1)
    if (isDefinition(p, at)) return at
    const { start, end } = peek(p)
    return give(p, {
      start,
      end,
      headline: "a definition is missing after `,`",
      text: "name = value is expected after this",
    })
  }
  const at = isOp(peek(p), ";") ? skipLines(p, p.at + 1) : broken
  if (at === p.at || !isDefinition(p, at)) return undefined
  return belongs(tokenAt(p, at)?.text ?? "") ? at : undefined
}

/** Leaves the levels of indentation that the clause has entered, so that a def around it does not end. */
function closeIndents(p: Parser, levels: number) {
  for (let left = levels; left > 0; left--) {
    const at = peek(p).kind === "newline" ? p.at + 1 : p.at
    if (tokenAt(p, at)?.kind !== "dedent") return
    p.at = at + 1
  }
}

/** Each definition after those that it needs; a circle is named. */
function sorted(p: Parser, found: readonly Definition[]): Stmt[] {
  const index = new Map(found.map((d, i) => [d.name, i]))
  const waiting = found.map((d) => new Set([...d.needs].filter((name) => index.has(name))))
  const users: number[][] = found.map(() => [])
  waiting.forEach((needs, i) => {
    for (const name of needs) users[index.get(name) ?? 0]?.push(i)
  })
  const ready = waiting.flatMap((needs, i) => (needs.size === 0 ? [i] : []))
  for (let next = 0; next < ready.length; next++) {
    const i = ready[next]!
    for (const user of users[i]!) {
      waiting[user]!.delete(found[i]!.name)
      if (waiting[user]!.size === 0) ready.push(user)
    }
  }
  if (ready.length < found.length) circle(p, found, waiting)
  return ready.map((i) => found[i]!.statement)
}

function circle(p: Parser, found: readonly Definition[], waiting: readonly ReadonlySet<string>[]): never {
  const needs = new Map(found.map((d, i) => [d.name, [...waiting[i]!][0]]))
  const path = new Set<string>()
  let name = found.find((_, i) => waiting[i]!.size > 0)?.name
  while (name !== undefined && !path.has(name)) {
    path.add(name)
    name = needs.get(name)
  }
  const names = [...path].slice([...path].indexOf(name ?? ""))
  const first = found.find((d) => d.name === names[0])!
  const shown = names.length > 4 ? [...names.slice(0, 3), "others"] : names
  const listed = names.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)} are` : `${names[0]} is`
  const headline = names.length > 1 ? `${listed} defined by each other` : `${listed} defined by itself`
  const { start, end } = first.token
  return give(p, { start, end, headline, text: `its value needs ${names[1] ?? names[0]}` })
}
