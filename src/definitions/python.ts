// Which functions and classes of a Python file are losses, activations or metrics, by their names and bases.
import type { Expr } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf, Module } from "../syntax/file-ast.ts"
import type { Role } from "./roles.ts"

export interface PythonDefinition {
  readonly name: string
  readonly role: Role
  /** A function, or a class whose objects are called. */
  readonly statement: FileStmtOf<"Function"> | FileStmtOf<"Class">
}

const lossWord =
  /loss|criterion|objective|penalty|regulari[sz]|divergence|(^|_)(nll|bce|mse|mae|kld?|rmse)(_|$)|entropy|error$/i
const metricWord =
  /accuracy|(^|_)acc(_|$)|(^|_)f1|f_?beta|f_?score|precision|recall|(^|_)m?iou(_|$)|jaccard|(^|_)au?c(_|$)|auroc|metric|dice_(coef|score)|dice$|hit_rate|ndcg|(^|_)score$/i
const activationWord =
  /relu|swish|(^|_)silu|mish|gelu|sigmoid|tanh|activation|(^|_)[a-z]?elu|softplus|softsign|shrink|softmax|sparsemax|entmax/i

/** camelCase and CamelCase as words: "DiceLoss" → "Dice_Loss". */
const words = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2")

/** The role that a name tells; undefined when it tells none. A loss by name is one whatever else the name says. */
function roleOfName(name: string): Role | undefined {
  const text = words(name)
  if (lossWord.test(text)) return "loss"
  if (metricWord.test(text)) return "metric"
  return activationWord.test(text) ? "activation" : undefined
}

const lastName = (expr: Expr): string => (expr.type === "Attribute" ? expr.name : expr.type === "Name" ? expr.name : "")

/** The methods by which frameworks call an object. */
const called: ReadonlySet<string> = new Set(["forward", "call", "__call__"])

function ofClass(statement: FileStmtOf<"Class">): PythonDefinition | undefined {
  const bases = statement.args.filter((a) => a.name === undefined).map((a) => lastName(a.value))
  if (bases.includes("Function")) return undefined
  const callable = statement.body.some((s) => s.type === "Function" && called.has(s.name))
  if (!callable) return undefined
  const base = bases.some((b) => /^_?(Weighted)?Loss$/.test(b))
    ? "loss"
    : bases.some((b) => /Metric$/.test(b))
      ? "metric"
      : undefined
  const role = base ?? roleOfName(statement.name)
  return role && { name: statement.name, role, statement }
}

function ofFunction(statement: FileStmtOf<"Function">): PythonDefinition | undefined {
  // A test is no loss, and neither is what computes a loss's derivative.
  const role = /^test|_(backward|grad)$/.test(statement.name) ? undefined : roleOfName(statement.name)
  const takes = statement.params.filter((p) => p.kind === "either" || p.kind === "positional").length > 0
  return role && takes ? { name: statement.name, role, statement } : undefined
}

/** The definitions at the top level of a file, and under its `if`s and `try`s, in order. */
export function definitionsIn(tree: Module): PythonDefinition[] {
  const found: PythonDefinition[] = []
  const look = (body: readonly FileStmt[]): void => {
    for (const s of body) {
      const one = s.type === "Function" ? ofFunction(s) : s.type === "Class" ? ofClass(s) : undefined
      if (one) found.push(one)
      else if (s.type === "If") for (const b of s.branches) look(b.body)
      else if (s.type === "Try") look(s.body)
    }
  }
  look(tree.body)
  return found
}
