// What a constructor's argument without a default may be, by its name and annotation, when nobody says.
import type { Expr, ExprOf, Parameter } from "../syntax/ast.ts"
import type { FileStmt } from "../syntax/file-ast.ts"
import { expressionsIn } from "../syntax/file-walk.ts"
import { children, lastName } from "../syntax/walk.ts"
import { CLASSES, WIDTH } from "./candidates.ts"
import { partOf } from "./roles.ts"

/** A number, a truth, a text, None, a list of numbers, or an empty dictionary. */
export type Setting = number | boolean | string | null | readonly number[] | "{}"

/** A setting as it was chosen: its value as Python writes it, and what told it. */
export interface AssumedSetting {
  readonly name: string
  readonly value: string
  readonly why: string
}

/** As it is written in Python. */
export function settingText(value: Setting): string {
  if (value === null) return "None"
  if (typeof value === "boolean") return value ? "True" : "False"
  if (typeof value === "number" || value === "{}") return String(value)
  return typeof value === "string" ? `"${value}"` : `[${value.join(", ")}]`
}

const words: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ["None", null],
  ["True", true],
  ["False", false],
])

/** A setting as Python writes it; undefined for any other text. */
export function readSetting(text: string): Setting | undefined {
  if (words.has(text)) return words.get(text)!
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
  if (number.test(text)) return Number(text)
  if (/^(["'])[^"'\\]*\1$/.test(text)) return text.slice(1, -1)
  const entries = /^[[(](.*)[\])]$/s
    .exec(text)?.[1]
    ?.split(",")
    .map((e) => e.trim())
  return entries?.every((e) => number.test(e)) ? entries.map(Number) : undefined
}

/** How often each class occurs: never equally often. */
const counts: readonly number[] = Array.from({ length: CLASSES }, (_, k) => 100 - 10 * k)

/** How much of the whole each class is. */
const shares: readonly number[] = [0.3, 0.25, 0.2, 0.15, 0.1]

const byName: readonly (readonly [RegExp, Setting])[] = [
  [/(cls|class|label)\w*_(list|counts?|nums|freq\w*|distribution)$|(samples?|count|num|img)\w*_per_\w*cl/, counts],
  [
    /^(n|num)?_?(class(es)?|labels|categories)(_?num)?$|^c$|^out_(features|channels|dim)$|^vocab_size$|^tgt_vocab_size$/,
    CLASSES,
  ],
  [/(^|_)(proportions?|priors?|frequencies)$/, shares],
  [/kwargs$|^(cfg|config|options|params|args)$/, "{}"],
  [/^(with|use|is|has|do|apply|add|enable|return|normali[sz]e|log|per|only|force)_/, false],
  [/weights?$|^(ignore_index|reduction_override|device|dtype)$/, null],
  [/^(spatial_dims|n_?dims?|ndim|num_views|n_?views|k|p|gamma|num_(proxies|embeddings|centers|prototypes))$/, 2],
  // Odd, as most filters want to be.
  [/(window|win|kernel|filter)_?(size|length)$|^(ksize|kernel|window|patch_?size)$/, 3],
  [/(dims?|feats?|features|size|channels?|width|hidden)$|^(in|c|dim|feat|ch|hidden)_|^(d_model|n_?in|n_?out)$/, WIDTH],
  [/^(stride|padding|dilation|groups)$/, 1],
  [/^t$|^theta$/, 2],
  [/^batch_?size$/, WIDTH],
  [
    /margin|alpha|beta|lamb|tau|temp|thresh|eps|sigma|smooth|ratio|scale|rate|prob|coef|factor|epsilon|delta|radius|quantile|value|min|max/,
    0.5,
  ],
  [/^(n|num)_\w+$/, WIDTH],
  [/^mode$/, "multiclass"],
  [/^reduction$/, "mean"],
]
const byType: readonly (readonly [RegExp, Setting])[] = [
  [/^(Optional|None)/, null],
  [/^float/, 0.5],
  [/^int/, 2],
  [/^bool/, false],
  [/^(dict|Dict|Mapping)/, "{}"],
]

const typeOf = ({ annotation }: Parameter): string => (annotation ? lastName(annotation) : "")

/** What stands where neither name nor type says what a number is. */
export const UNSAID = 2

/** Types of what is no tensor. */
const plain = /^(float|int|bool|str|dict|Dict|Mapping|Optional|None|Callable|device|dtype)$/
/** Names of what is no tensor, whatever its type. */
const counted = /class(es)?$|^n_|^num_|labels_num|kwargs$|^mode$|^reduction$|^spatial_dims$|_size$/

/** What the program compares an argument with, or a field of its name: texts that it may be, the first one first. */
function choicesFor(name: string, body: readonly FileStmt[]): string[] {
  const isIt = (e: Expr): boolean =>
    (e.type === "Name" || e.type === "Attribute") && e.name === name ? true : e.type === "Call" && isLower(e)
  const isLower = (e: ExprOf<"Call">): boolean => e.callee.type === "Attribute" && isIt(e.callee.object)
  const textsOf = (e: Expr): string[] =>
    e.type === "String" ? [e.value] : ["List", "Tuple", "Set"].includes(e.type) ? children(e).flatMap(textsOf) : []
  return [...expressionsIn(body)].flatMap((e) => {
    if (e.type !== "Compare") return []
    const sides = [e.first, ...e.rest.map((r) => r.right)]
    return sides.some(isIt) ? sides.flatMap(textsOf) : []
  })
}

/** The value of an argument of a function that is a setting, not a tensor; undefined for all others. */
export function plainSetting(param: Parameter, body: readonly FileStmt[] = []): Setting | undefined {
  const part = partOf(param.name)
  if (part === "prediction" || part === "target" || part === "mask") return undefined
  const type = typeOf(param)
  return plain.test(type) || (type === "" && counted.test(param.name.toLowerCase()))
    ? settingFor(param, body)
    : undefined
}

/** A likely value; undefined where neither name nor annotation tells one, and `body` compares it with no text. */
export function settingFor(param: Parameter, body: readonly FileStmt[] = []): Setting | undefined {
  const lower = param.name.toLowerCase()
  const type = typeOf(param)
  const named = byName.find(([p]) => p.test(lower))?.[1]
  const fits = named !== undefined && !(type === "int" && typeof named === "number" && !Number.isInteger(named))
  const usual = fits ? named : byType.find(([p]) => p.test(type))?.[1]
  if (usual !== undefined && typeof usual !== "string") return usual
  const choices = choicesFor(param.name, body)
  return typeof usual === "string" && (choices.length === 0 || choices.includes(usual)) ? usual : choices[0]
}
