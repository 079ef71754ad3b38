// Classes and their bases over files, as far as the text tells without running it.
import type { Expr } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { findModule, importedModule, type Project, type PythonFile } from "../syntax/project.ts"
import { lastName } from "../syntax/walk.ts"

export interface WrittenClass {
  readonly file: PythonFile
  readonly statement: FileStmtOf<"Class">
}

/** So many bases above each other are looked at. */
const DEEPEST = 12

/** Statements at the top level of a file, and under its `if`s and `try`s. */
export function topLevel(body: readonly FileStmt[]): FileStmt[] {
  return body.flatMap((s) =>
    s.type === "If"
      ? [...s.branches.flatMap((b) => topLevel(b.body)), ...topLevel(s.otherwise)]
      : s.type === "Try"
        ? topLevel(s.body)
        : [s],
  )
}

/** A function or a class, and the file that it is written in. */
export interface Definition {
  readonly file: PythonFile
  readonly statement: FileStmtOf<"Class"> | FileStmtOf<"Function">
}

/** The function or class that a name stands for in a file, also where it is imported from another. */
function named(project: Project, file: PythonFile, name: string, depth: number): Definition | undefined {
  if (depth > DEEPEST) return undefined
  const top = topLevel(file.tree.body)
  const own = top.findLast((s) => (s.type === "Class" || s.type === "Function") && s.name === name)
  if (own?.type === "Class" || own?.type === "Function") return { file, statement: own }
  for (const s of top) {
    if (s.type !== "ImportFrom") continue
    const alias = s.names.find((n) => (n.as ?? n.name) === name || n.name === "*")
    if (!alias) continue
    const found = findModule(project, file, s.module, s.level)
    const asked = alias.name === "*" ? name : alias.name
    const made = found?.file && named(project, found.file, asked, depth + 1)
    if (made) return made
  }
  return undefined
}

/** The function or class that `Name` or `module.Name` stands for. */
export function definitionNamed(project: Project, file: PythonFile, base: Expr): Definition | undefined {
  if (base.type === "Name") return named(project, file, base.name, 0)
  if (base.type !== "Attribute" || base.object.type !== "Name") return undefined
  const { name } = base.object
  for (const s of topLevel(file.tree.body)) {
    if (s.type !== "ImportFrom" && s.type !== "Import") continue
    const alias = s.names.find((n) => (n.as ?? n.name) === name)
    if (!alias) continue
    const found =
      s.type === "Import"
        ? findModule(project, file, alias.name, 0)
        : importedModule(project, file, s.module, s.level, alias.name)
    if (found?.file) return named(project, found.file, base.name, 0)
  }
  return undefined
}

/** What a class inherits from, as it is written; six hides the bases in a call. */
const basesOf = ({ args }: FileStmtOf<"Class">): Expr[] =>
  args.flatMap(({ name, value }) =>
    name !== undefined
      ? []
      : value.type === "Call" && lastName(value.callee) === "with_metaclass"
        ? value.args.slice(1).map((a) => a.value)
        : [value],
  )

/** The names of all bases of a class, and the classes among them whose text is at hand; the class itself comes first. */
export function ancestry(project: Project, written: WrittenClass): { classes: WrittenClass[]; names: string[] } {
  const classes = [written]
  const names: string[] = []
  for (let k = 0; k < classes.length && k < DEEPEST; k++) {
    const { file, statement } = classes[k]!
    for (const value of basesOf(statement)) {
      names.push(lastName(value))
      const base = definitionNamed(project, file, value)
      if (base?.statement.type !== "Class" || classes.some((c) => c.statement === base.statement)) continue
      classes.push({ file: base.file, statement: base.statement })
    }
  }
  return { classes, names }
}
