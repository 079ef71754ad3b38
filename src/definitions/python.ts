// Which functions and classes of a Python file are losses, activations or metrics, by their names and bases.
import type { FileStmtOf } from "../syntax/file-ast.ts"
import type { Project, PythonFile } from "../syntax/project.ts"
import { ancestry, topLevel } from "./hierarchy.ts"
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

/** The methods by which frameworks call an object. */
const called: ReadonlySet<string> = new Set(["forward", "call", "__call__", "update_state"])

function ofClass(project: Project, file: PythonFile, statement: FileStmtOf<"Class">): PythonDefinition | undefined {
  const { classes, names } = ancestry(project, { file, statement })
  if (names.includes("Function")) return undefined
  const callable = classes.some((c) => c.statement.body.some((s) => s.type === "Function" && called.has(s.name)))
  if (!callable) return undefined
  const role =
    roleOfName(statement.name) ??
    (names.some((b) => /Loss$/.test(b)) ? "loss" : names.some((b) => /Metric$/.test(b)) ? "metric" : undefined)
  return role && { name: statement.name, role, statement }
}

/** Functions about losses that are none: they make, reduce, wrap, test or print them, or compute a derivative. */
const about =
  /^(test|make|get|build|create|register|reduce|weight|plot|log|print|save|load|parse|wrap|validate|check)(ed)?_|_(backward|grad|fn_factory)$/

function ofFunction(statement: FileStmtOf<"Function">): PythonDefinition | undefined {
  const role = about.test(statement.name) ? undefined : roleOfName(statement.name)
  const takes = statement.params.filter((p) => p.kind === "either" || p.kind === "positional").length > 0
  return role && takes ? { name: statement.name, role, statement } : undefined
}

/** The definitions at the top level of a file, and under its `if`s and `try`s, in order; a comment above one has the last word. */
export const definitionsIn = (
  project: Project,
  file: PythonFile,
  stated: (statement: PythonDefinition["statement"]) => Role | undefined = () => undefined,
): PythonDefinition[] =>
  topLevel(file.tree.body).flatMap((s) => {
    const role = s.type === "Function" || s.type === "Class" ? stated(s) : undefined
    if (role && (s.type === "Function" || s.type === "Class")) return [{ name: s.name, role, statement: s }]
    const one = s.type === "Function" ? ofFunction(s) : s.type === "Class" ? ofClass(project, file, s) : undefined
    return one ? [one] : []
  })
