// What a file does with losses and metrics: whose result is minimised, and what is only reported.
import type { Expr, ExprOf } from "../syntax/ast.ts"
import type { FileStmt } from "../syntax/file-ast.ts"
import { bodiesOf, partsOf } from "../syntax/file-walk.ts"
import type { Project, PythonFile } from "../syntax/project.ts"
import { children, lastName } from "../syntax/walk.ts"
import { type Definition, definitionNamed } from "./hierarchy.ts"
import type { Role } from "./roles.ts"

export interface Use extends Definition {
  readonly role: Role
  /** Where it is used. */
  readonly at: number
}

function callsIn(e: Expr, found: ExprOf<"Call">[] = []): ExprOf<"Call">[] {
  if (e.type === "Call") found.push(e)
  for (const child of children(e)) callsIn(child, found)
  return found
}

/** What is called when a name is: the function or class that was last assigned to it in the scope. */
type Sources = Map<string, Expr>

/** The expression that made a value: through names, calls of objects, sums and products. */
function makersOf(e: Expr, names: Sources, depth = 0): Expr[] {
  if (depth > 8) return []
  if (e.type === "Name") {
    const value = names.get(e.name)
    return value ? makersOf(value, names, depth + 1) : []
  }
  if (e.type === "Binary") return [...makersOf(e.left, names, depth + 1), ...makersOf(e.right, names, depth + 1)]
  if (e.type !== "Call") return []
  const { callee } = e
  // criterion = Loss(); criterion(out, y)
  const made = callee.type === "Name" ? names.get(callee.name) : undefined
  if (made?.type === "Call") return [made.callee]
  if (callee.type === "Attribute" && /^(mean|sum|item|to|float)$/.test(callee.name))
    return makersOf(callee.object, names, depth + 1)
  return callee.type === "Call" ? [callee.callee] : [callee]
}

/** Functions whose first argument is minimised by the gradient that they give. */
const gradients = /^(value_and_grad|grad|filter_value_and_grad|filter_grad|jacrev|jacfwd|vjp)$/

/** The uses in a file that tell a role: `.backward()`, `tape.gradient`, `value_and_grad`, `compile(loss=…, metrics=…)`. */
export function usesIn(project: Project, file: PythonFile): Use[] {
  const found: Use[] = []
  const add = (e: Expr, role: Role): void => {
    const target = e.type === "Call" ? e.callee : e
    const definition = definitionNamed(project, file, target)
    if (definition) found.push({ ...definition, role, at: e.start })
  }
  const listed = (e: Expr): readonly Expr[] =>
    e.type === "List" || e.type === "Tuple" ? e.items : e.type === "Dict" ? e.entries.map((x) => x.value) : [e]
  const look = (body: readonly FileStmt[], outer: Sources): void => {
    const names: Sources = new Map(outer)
    for (const s of body) {
      if (s.type === "Assign" && s.targets[0]?.type === "Name") names.set(s.targets[0].name, s.value)
      for (const call of partsOf(s).flatMap((e) => callsIn(e))) {
        const name = lastName(call.callee)
        const [first] = call.args
        if (name === "backward" && call.callee.type === "Attribute")
          for (const maker of makersOf(call.callee.object, names)) add(maker, "loss")
        else if (name === "gradient" && first && call.callee.type === "Attribute")
          for (const maker of makersOf(first.value, names)) add(maker, "loss")
        else if (gradients.test(name) && first) add(first.value, "loss")
        else if (name === "compile")
          for (const { name: key, value } of call.args) {
            if (key === "loss") for (const e of listed(value)) add(e, "loss")
            if (key === "metrics") for (const e of listed(value)) add(e, "metric")
          }
      }
      for (const inner of bodiesOf(s)) look(inner, names)
    }
  }
  look(file.tree.body, new Map())
  return found
}
