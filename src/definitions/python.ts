// Which functions and classes of a Python file are losses, activations or metrics, by their names and bases.
import type { Parameter } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { bodiesOf } from "../syntax/file-walk.ts"
import type { Project, PythonFile } from "../syntax/project.ts"
import { ancestry, topLevel } from "./hierarchy.ts"
import { isAside, partOf, type Role } from "./roles.ts"
import { plainSetting, type Setting } from "./settings.ts"

export interface PythonDefinition {
  readonly name: string
  readonly role: Role
  /** A function, or a class whose objects are called. */
  readonly statement: FileStmtOf<"Function"> | FileStmtOf<"Class">
  /** Values of arguments, of a constructor among them, that somebody states. */
  readonly settings?: ReadonlyMap<string, Setting>
}

const lossWord =
  /loss|criterion|objective|penalty|regulari[sz]|divergence|(^|_)(nll|bce|mse|mae|kld?|rmse|ntxent|info_?nce)(_|$)|entropy|(?<!classification_)error$|hinge|huber|lovasz|tversky|log_?cosh|[gdc]iou|elbo(_|$)|chamfer|sinkhorn|wasserstein|(^|_)emd(_|$)|total_variation|discrepancy|_cost$|(^|_)info_?nce/i
/** Words for what is counted, and can only be reported. */
const countWord =
  /hamming|zero_?one_?loss|accuracy|error_?rate|classification_error|(^|_)acc(_|$)|precision|recall|sensitivity|specificity|^[tf][pn]$|(true|false)_?(pos|neg)|(^|_)au?c(_|$)|auroc|metric|hit_rate|ndcg|corrcoef|matthews|(^|_)(mcc|kappa)(_|$)/i
/** Words for measures of overlap, which are losses as often as metrics. */
const overlapWord =
  /(^|_)(macro_?)?(soft_?)?f_?1|f_?beta|f_?score|(^|_)m?iou(_|$)|jaccard|dice_(coef|score)|dice$|(^|_)score$|(^|_)(ms?)?_?ssim|psnr/i
const activationWord =
  /relu|swish|(^|_)silu|mish|gelu|sigmoid|tanh|activation|(^|_)[a-z]{0,3}elu|softplus|softsign|shrink|softmax|sparsemax|entmax|(^|_)[a-z]{0,3}glu(_|$)|(^|_)(snake|acon[a-z]?|maxout|squash|heaviside)(_|$)/i

/** Words for what is handed predictions and targets, and compares them for something else than a loss. */
const handsOn =
  /match|assign|sampl|post_?process|decod|encod|transform|augment|collat|visual|plot|wrapper|trainer|model$/i

/** camelCase and CamelCase as words: "DiceLoss" → "Dice_Loss". */
const words = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2")

/** How pytest and unittest find tests. */
const testFile = /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/

/** What the folders and the name of a file say of what it holds. */
function roleOfFile(path: string): Role | undefined {
  const parts = path.split("/").slice(-4).map(words)
  const says = (word: RegExp): boolean => parts.some((p) => word.test(p))
  if (says(/(^|_)(loss(es)?|criterions?|criteria)(_|\.|$)/i)) return "loss"
  if (says(/metrics?(_|\.|$)/i)) return "metric"
  return says(/(^|_)activations?(_|\.|$)/i) ? "activation" : undefined
}

interface Shape {
  /** How many arguments without a default there are, and whether one of them is a target. */
  readonly open: number
  readonly target: boolean
  /** Whether there are one of each: a prediction and a target. */
  readonly compares: boolean
  /** Whether there are queries and keys. */
  readonly attends: boolean
}

function shapeOf(params: readonly Parameter[], method: boolean): Shape {
  const open = params
    .slice(method ? 1 : 0)
    .filter((p) => (p.kind === "either" || p.kind === "positional") && !p.default)
  const has = (part: string): boolean => params.some((p) => partOf(p.name) === part && !isAside(p.name))
  const named = (word: RegExp): boolean => open.some((p) => word.test(p.name))
  return {
    open: open.length,
    target: params.some((p) => partOf(p.name) === "target"),
    compares: has("prediction") && has("target"),
    attends: named(/^(q|query|queries)$/i) && named(/^(k|keys?)$/i),
  }
}

/** The role of a definition; undefined when nothing tells one. What a name says is read in the light of its file. */
function roleOf(
  name: string,
  file: Role | undefined,
  { open, target, compares, attends }: Shape,
  bases: readonly string[],
): Role | undefined {
  const text = words(name)
  if (lossWord.test(text)) return file === "metric" && (!/loss/i.test(text) || countWord.test(text)) ? "metric" : "loss"
  if (countWord.test(text) && file !== "activation") return "metric"
  if (overlapWord.test(text) && file !== "activation") return file === "loss" ? "loss" : "metric"
  // What is compared with a target is no activation, whatever it is made of.
  if (activationWord.test(text) || activationWord.test(name))
    return target && open > 1 ? (file ?? "loss") : "activation"
  if (attends && /attention|attn/i.test(text) && !/^_|_map$/i.test(text)) return "activation"
  if (bases.some((b) => /Loss$/.test(b))) return "loss"
  if (bases.some((b) => /Metric$/.test(b))) return "metric"
  // A module that is handed predictions and targets compares them.
  if (compares && !handsOn.test(text) && bases.some((b) => /^(Module|Layer)$/.test(b))) return file ?? "loss"
  if (file === "activation") return open === 1 && !name.startsWith("_") ? "activation" : undefined
  return target && open > 1 && !name.startsWith("_") ? file : undefined
}

/** The methods by which frameworks call an object. */
const called: readonly string[] = ["forward", "call", "__call__", "update_state"]

function ofClass(project: Project, file: PythonFile, statement: FileStmtOf<"Class">): PythonDefinition | undefined {
  const { classes, names } = ancestry(project, { file, statement })
  if (names.includes("Function")) return undefined
  const methods = classes.flatMap((c) => c.statement.body.filter((s) => s.type === "Function"))
  const entry = called.flatMap((name) => methods.find((m) => m.name === name) ?? [])[0]
  if (!entry) return undefined
  const role = roleOf(statement.name, roleOfFile(file.source.name), shapeOf(entry.params, true), names)
  return role && { name: statement.name, role, statement }
}

/** Functions about losses that are none: they make, reduce, wrap, test or print them, or compute a derivative. */
const about =
  /^(test|assert|make|get|build|create|register|reduce|weight_reduce|plot|print|save|load(?!_balanc)|parse|wrap|validate|check|convert)_|_(backward|bwd|grad|gradient|prime|deriv|derivative|jvp|vjp|fn_factory)$/

/** Whether what is returned gets less the more there is: 1 - x, or -x. */
const isTurned = (body: readonly FileStmt[]): boolean =>
  body.some((s) =>
    s.type === "Return"
      ? (s.value?.type === "Unary" && s.value.op === "-") ||
        (s.value?.type === "Binary" && s.value.op === "-" && s.value.left.type === "Number")
      : s.type !== "Function" && s.type !== "Class" && bodiesOf(s).some(isTurned),
  )

function ofFunction(file: PythonFile, statement: FileStmtOf<"Function">): PythonDefinition | undefined {
  const shape = shapeOf(statement.params, false)
  const named = about.test(statement.name) ? undefined : roleOf(statement.name, roleOfFile(file.source.name), shape, [])
  // Beside losses stands what they are made of: an overlap that is not turned round is reported.
  const text = words(statement.name)
  const overlap = overlapWord.test(text) && !lossWord.test(text)
  const told = named === "loss" && overlap && !isTurned(statement.body) ? "metric" : named
  // What a helper of a test computes is compared, not trained.
  const role = told && testFile.test(file.source.name) ? "metric" : told
  const open = statement.params.filter(
    (p) => (p.kind === "either" || p.kind === "positional") && !p.default && plainSetting(p) === undefined,
  )
  // What is made of targets alone prepares them.
  const held = open.filter((p) => !isAside(p.name))
  const prepares =
    role === "loss" &&
    held.length === 1 &&
    partOf(held[0]!.name) === "target" &&
    !(open.length > 1 && /_loss$/.test(statement.name))
  const takes = !prepares && statement.params.some((p) => p.kind === "either" || p.kind === "positional")
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
    const one = s.type === "Function" ? ofFunction(file, s) : s.type === "Class" ? ofClass(project, file, s) : undefined
    return one ? [one] : []
  })
