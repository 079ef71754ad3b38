// The user's own text as syntax: what stands at a place, and the edit that puts another expression there.
import type { Framework } from "../ops/record.ts"
import { moduleRoots } from "../ops/table.ts"
import { type Edit, editedText, inOrder } from "../source/edit.ts"
import { lineOf, positionOf, type Source, type Span } from "../source/text.ts"
import type { Expr, Program } from "../syntax/ast.ts"
import { parseFile } from "../syntax/file.ts"
import type { Module } from "../syntax/file-ast.ts"
import { importedNames } from "../syntax/imported.ts"
import { parseExpression, parseProgram } from "../syntax/parse.ts"
import { printExpr, printProgram, printSpaced } from "../syntax/print.ts"
import { expressionAt, expressionsIn, type Found, rewrite } from "../syntax/rewrite.ts"
import { outermost } from "./places.ts"
import type { View } from "./view.ts"

/** A text of the user's own: an expression in the language itself, or a Python file. */
export interface Code {
  readonly source: Source
  readonly tree: Program | Module
  readonly python: boolean
  readonly framework: Framework
  /** The dotted path of the module or function that a name stands for; undefined for any other name. */
  readonly pathOf: (name: string) => string | undefined
  /** In a Python file, all such names with their paths. */
  readonly names: ReadonlyMap<string, string>
}

export type Place = Found & { readonly code: Code }

const none: ReadonlyMap<string, string> = new Map()

export function codeOf(view: View, source: Source): Code | undefined {
  const tree = view.treeOf(source)
  if (!tree) return undefined
  const python = "comments" in tree
  const names = python ? importedNames(tree) : none
  return {
    source,
    tree,
    python,
    names,
    framework: view.evidence.question.traced.graph.framework,
    pathOf: python ? (name) => names.get(name) : (name) => (moduleRoots.has(name) ? name : undefined),
  }
}

/** The expression at a place in the user's own text; undefined where there is none of its own. */
export function placeAt(view: View, span: Span): Place | undefined {
  const code = codeOf(view, span.source)
  const found = code && expressionAt(code.tree, span.start, span.end)
  return found && { ...found, code }
}

/** An expression within another, at its own place. */
export const placeIn = ({ code }: Place, expr: Expr): Place => ({
  ...expressionAt(code.tree, expr.start, expr.end)!,
  expr,
  code,
})

/** The places of a node in the user's own text, each once; undefined where one of them is no expression of its own. */
export function placesOf(view: View, spans: readonly Span[]): Place[] | undefined {
  const own = new Map(spans.map(outermost).map((s) => [`${s.source.name}:${s.start}:${s.end}`, s]))
  const places = [...own.values()].map((span) => placeAt(view, span))
  return places.every((p) => p !== undefined) ? places : undefined
}

/** The edit that puts `other` in the place of an expression; it brings its own brackets where they are needed. */
export function editOf({ code, expr, around }: Place, other: Expr): Edit {
  const { source } = code
  const root = around[0] ?? expr
  const meant = printExpr(rewrite(root, (e) => (e === expr ? other : undefined)))
  const own = source.text.slice(root.start, root.end)
  const write = (code.python ? printSpaced : printExpr)(asWritten(other, expr, source))
  const brackets = bracketsAround(source.text, expr, root)
  for (const [{ start, end }, text] of [
    ...(brackets ? [[brackets, write] as const] : []),
    [expr, write] as const,
    [expr, `(${write})`] as const,
  ]) {
    const edited = own.slice(0, start - root.start) + text + own.slice(end - root.start)
    if (reads(code, edited, meant)) return { source, start, end, write: text }
  }
  return { source, start: root.start, end: root.end, write: meant }
}

/** Whether a text is the expression that is meant. */
function reads({ python }: Code, text: string, meant: string): boolean {
  try {
    const name = "edit"
    if (!python) return printExpr(parseExpression({ name, text })) === meant
    const { body } = parseFile({ name, text: `(${text}\n)` })
    return body.length === 1 && body[0]!.type === "Expression" && printExpr(body[0]!.value) === meant
  } catch {
    return false
  }
}

/** The brackets right around an expression, when they are within `root`. */
function bracketsAround(text: string, { start, end }: Expr, root: Expr): { start: number; end: number } | undefined {
  let [from, to] = [start - 1, end]
  while (/\s/.test(text[from] ?? "")) from--
  while (/\s/.test(text[to] ?? "")) to++
  return text[from] === "(" && text[to] === ")" && from >= root.start && to < root.end
    ? { start: from, end: to + 1 }
    : undefined
}

/** What the user wrote stays as it is written, so far as it needs no brackets anywhere; the operators between are spaced anew. */
function asWritten(other: Expr, within: Expr, { text }: Source): Expr {
  const own = expressionsIn(within)
  return rewrite(other, (e) =>
    own.has(e) && whole.has(e.type)
      ? { type: "Name", name: text.slice(e.start, e.end), start: e.start, end: e.end }
      : undefined,
  )
}
const whole: ReadonlySet<Expr["type"]> = new Set(["Number", "String", "Format", "Name", "Attribute", "Call", "Index"])

/** What edits make of the text, to be read and pasted: the whole expression, or the lines of a file that they touch. */
export function writtenAfter(view: View, edits: readonly Edit[]): string {
  return [...new Set(edits.map((e) => e.source))]
    .map((source) => {
      const own = inOrder(edits.filter((e) => e.source === source))
      const text = editedText(source.text, own) ?? source.text
      return codeOf(view, source)?.python
        ? touchedLines(source, text, own)
        : printProgram(parseProgram({ ...source, text }))
    })
    .join("\n")
}

function touchedLines(source: Source, text: string, edits: readonly Edit[]): string {
  const after = { ...source, text }
  const lines = new Set<number>()
  let moved = 0
  for (const { start, end, write } of edits) {
    const from = positionOf(after, start + moved).line
    const to = positionOf(after, start + moved + write.length).line
    for (let line = from; line <= to; line++) lines.add(line)
    moved += write.length - (end - start)
  }
  const texts = [...lines].map((line) => lineOf(after, line).trimEnd())
  const indent = Math.min(...texts.map((l) => l.length - l.trimStart().length))
  return texts.map((l) => l.slice(indent)).join("\n")
}

/** Where edits are when they are in another file than the loss: " (helpers.py:12)"; "" where they are not. */
export function whereWritten({ source }: View, edits: readonly Edit[]): string {
  const [first] = edits
  if (!first || edits.some((e) => e.source === source)) return ""
  return ` (${first.source.name}:${positionOf(first.source, first.start).line})`
}
