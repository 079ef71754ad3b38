// The thread for files: Python source becomes its definitions, each looked at as an expression is.
import { checkLoss } from "./check.ts"
import type { CheckOptions } from "./definitions/options.ts"
import { definitionsIn, type PythonDefinition } from "./definitions/python.ts"
import type { Linted, LintedFile, NotUnderstood } from "./findings/result.ts"
import { subjectOfDefinition } from "./graph/definitions.ts"
import type { Framework } from "./ops/record.ts"
import { Problem } from "./source/problem.ts"
import { positionOf } from "./source/text.ts"
import type { Module } from "./syntax/file-ast.ts"
import type { Project, PythonFile } from "./syntax/project.ts"

/** Whose conventions and messages: told by what the file imports. */
function frameworkOf(tree: Module): Framework {
  const roots = tree.body
    .flatMap((s) => (s.type === "Import" ? s.names.map((n) => n.name) : s.type === "ImportFrom" ? [s.module] : []))
    .map((m) => m.split(".")[0])
  if (roots.includes("torch")) return "torch"
  if (roots.some((r) => r === "tensorflow" || r === "keras" || r === "tf_keras")) return "tf"
  return roots.some((r) => r === "jax" || r === "optax" || r === "flax") ? "jax" : "torch"
}

/** Looks at every loss, activation and metric of a Python file, with what it imports from the project. Nothing of the file is executed. */
export function lintFile(project: Project, file: PythonFile, options: CheckOptions, now: () => number): LintedFile {
  const { source, tree } = file
  const framework = options.framework ?? frameworkOf(tree)
  const losses: Linted[] = []
  const notUnderstood: NotUnderstood[] = []
  const told = (name: string, at: number, problem: Problem): NotUnderstood => ({
    file: source.name,
    line: positionOf(source, at).line,
    name,
    problem,
  })
  const look = (definition: PythonDefinition): void => {
    const { name, role, statement } = definition
    try {
      const result = checkLoss(subjectOfDefinition(project, file, definition), { ...options, framework, role }, now)
      losses.push({ result, line: positionOf(source, statement.start).line })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      notUnderstood.push(
        told(name, error.parts.mark?.span.source === source ? error.parts.mark.span.start : statement.start, error),
      )
    }
  }
  for (const definition of definitionsIn(tree)) look(definition)
  const unreadable = tree.body.flatMap((s) => (s.type === "Error" ? [told("", s.start, new Problem(s.problem))] : []))
  return { file: source.name, losses, notUnderstood, unreadable }
}
