// Which names of a program stand for inputs: those that are read before anything is assigned to them.
import { moduleRoots } from "../ops/table.ts"
import type { Expr, Program, Stmt } from "../syntax/ast.ts"
import { children } from "../syntax/walk.ts"

/** The free names of a program in the order of their first use, each with the place of that use. */
export function freeNames(program: Program): Map<string, { readonly start: number; readonly end: number }> {
  const free = new Map<string, { start: number; end: number }>()
  block(program.body, new Set(), free)
  return free
}

type Free = Map<string, { start: number; end: number }>

function block(body: readonly Stmt[], bound: Set<string>, free: Free): void {
  for (const statement of body) {
    switch (statement.type) {
      case "Expression":
        read(statement.value, bound, free)
        break
      case "Return":
        if (statement.value) read(statement.value, bound, free)
        break
      case "Assign":
        read(statement.value, bound, free)
        for (const target of statement.targets) bind(target, bound)
        break
      case "AugmentedAssign":
        read(statement.target, bound, free)
        read(statement.value, bound, free)
        bind(statement.target, bound)
        break
      case "Function": {
        bound.add(statement.name)
        for (const p of statement.params) if (p.default) read(p.default, bound, free)
        block(statement.body, new Set([...bound, ...statement.params.map((p) => p.name)]), free)
        break
      }
    }
  }
}

function bind(target: Expr, bound: Set<string>): void {
  if (target.type === "Name") bound.add(target.name)
  else if (target.type === "Tuple" || target.type === "List") for (const item of target.items) bind(item, bound)
  else if (target.type === "Starred") bind(target.value, bound)
}

function note(expr: Expr & { type: "Name" }, bound: ReadonlySet<string>, free: Free): void {
  if (!bound.has(expr.name) && !free.has(expr.name)) free.set(expr.name, { start: expr.start, end: expr.end })
}

/** True for torch.nn.functional and the like, whose root is a module. */
function isModulePath(expr: Expr, bound: ReadonlySet<string>): boolean {
  let at = expr
  while (at.type === "Attribute") at = at.object
  return at.type === "Name" && expr.type === "Attribute" && moduleRoots.has(at.name) && !bound.has(at.name)
}

function read(expr: Expr, bound: Set<string>, free: Free): void {
  // Long sums lean left: walk them in a loop, the left end first.
  const rights: Expr[] = []
  let at = expr
  while (at.type === "Binary") {
    rights.push(at.right)
    at = at.left
  }
  readOne(at, bound, free)
  for (const right of rights.reverse()) read(right, bound, free)
}

function readOne(at: Expr, bound: Set<string>, free: Free): void {
  switch (at.type) {
    case "Name":
      note(at, bound, free)
      return
    case "Attribute":
      if (!isModulePath(at, bound)) read(at.object, bound, free)
      return
    case "Call":
      // A name that is called is a function, not an input.
      if (at.callee.type !== "Name") read(at.callee, bound, free)
      for (const a of at.args) read(a.value, bound, free)
      return
    case "Lambda": {
      for (const p of at.params) if (p.default) read(p.default, bound, free)
      read(at.body, new Set([...bound, ...at.params.map((p) => p.name)]), free)
      return
    }
    case "Comprehension":
    case "DictComprehension": {
      const inner = new Set(bound)
      for (const g of at.generators) {
        read(g.iterable, inner, free)
        bind(g.target, inner)
        for (const c of g.conditions) read(c, inner, free)
      }
      if (at.type === "Comprehension") read(at.item, inner, free)
      else {
        read(at.key, inner, free)
        read(at.value, inner, free)
      }
      return
    }
    case "Walrus":
      read(at.value, bound, free)
      bound.add(at.name)
      return
    default:
      for (const child of children(at)) read(child, bound, free)
  }
}
