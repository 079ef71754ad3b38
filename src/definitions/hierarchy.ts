// Classes and their bases over files, as far as the text tells without running it.
import type { Expr } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { findModule, type Project, type PythonFile, submodule } from "../syntax/project.ts"

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

/** The last part of a name: "Loss" of keras.losses.Loss. */
export const lastName = (expr: Expr): string =>
  expr.type === "Attribute"
    ? expr.name
    : expr.type === "Name"
      ? expr.name
      : expr.type === "Index"
        ? lastName(expr.object)
        : ""

/** The class that a name stands for in a file, also where it is imported from another. */
function classNamed(project: Project, file: PythonFile, name: string, depth: number): WrittenClass | undefined {
  if (depth > DEEPEST) return undefined
  const top = topLevel(file.tree.body)
  const own = top.findLast((s) => s.type === "Class" && s.name === name)
  if (own?.type === "Class") return { file, statement: own }
  for (const s of top) {
    if (s.type !== "ImportFrom") continue
    const alias = s.names.find((n) => (n.as ?? n.name) === name || n.name === "*")
    if (!alias) continue
    const found = findModule(project, file, s.module, s.level)
    const asked = alias.name === "*" ? name : alias.name
    const made = found?.file && classNamed(project, found.file, asked, depth + 1)
    if (made) return made
  }
  return undefined
}

/** The class that `module.Name` stands for. */
function classAt(project: Project, file: PythonFile, base: Expr, depth: number): WrittenClass | undefined {
  if (base.type === "Name") return classNamed(project, file, base.name, depth)
  if (base.type !== "Attribute" || base.object.type !== "Name") return undefined
  const { name } = base.object
  for (const s of topLevel(file.tree.body)) {
    if (s.type !== "ImportFrom" && s.type !== "Import") continue
    const alias = s.names.find((n) => (n.as ?? n.name) === name)
    if (!alias) continue
    const found =
      s.type === "Import"
        ? findModule(project, file, alias.name, 0)
        : (() => {
            const parent = findModule(project, file, s.module, s.level)
            return parent && submodule(project, parent, alias.name)
          })()
    if (found?.file) return classNamed(project, found.file, base.name, depth)
  }
  return undefined
}

/** The names of all bases of a class, and the classes among them whose text is at hand; the class itself comes first. */
export function ancestry(project: Project, written: WrittenClass): { classes: WrittenClass[]; names: string[] } {
  const classes = [written]
  const names: string[] = []
  for (let k = 0; k < classes.length && k < DEEPEST; k++) {
    const { file, statement } = classes[k]!
    for (const { name, value } of statement.args) {
      if (name !== undefined) continue
      names.push(lastName(value))
      const base = classAt(project, file, value, 0)
      if (base && !classes.some((c) => c.statement === base.statement)) classes.push(base)
    }
  }
  return { classes, names }
}
