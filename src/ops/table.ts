// All operations and compositions in one table, and the look-up of names and framework spellings.
import { activations } from "./activations.ts"
import { arithmetic } from "./arithmetic.ts"
import { decompositions } from "./decompositions.ts"
import { pointwiseDoubles } from "./doubles.ts"
import { foldDoubles, rowDoubles, wholeDoubles } from "./doubles-shaped.ts"
import { fourier } from "./fourier.ts"
import { spellings } from "./helpers.ts"
import { constant, input } from "./leaves.ts"
import { linalg } from "./linalg.ts"
import { moving } from "./moving.ts"
import { compositions, moreNames, secondNames } from "./named/index.ts"
import { innerNames } from "./named/inner.ts"
import { order } from "./order.ts"
import { homesOf, moduleRoots, shortPath } from "./paths.ts"
import { products } from "./products.ts"
import { pointwiseRanges } from "./ranges.ts"
import { foldRanges, rowRanges, wholeRanges } from "./ranges-shaped.ts"
import type { Composition, DoubleForm, Operation } from "./record.ts"
import { reductions } from "./reductions.ts"
import { rowwise } from "./rowwise.ts"
import { parseSignature, type Signature } from "./signature.ts"
import { elementary } from "./smooth.ts"
import { steps } from "./steps.ts"
import { type Structural, structural } from "./structural.ts"

export { moduleRoots, shortPath }

const records: readonly Operation[] = [
  ...arithmetic,
  ...elementary,
  ...activations,
  ...steps,
  ...reductions,
  ...rowwise,
  ...products,
  ...order,
  ...moving,
  ...linalg,
  ...decompositions,
  ...fourier,
  input,
  constant,
]

function doubleOf({ name }: Operation): DoubleForm | undefined {
  if (pointwiseDoubles[name]) return { kind: "point", f: pointwiseDoubles[name] }
  if (foldDoubles[name]) return { kind: "fold", f: foldDoubles[name] }
  if (rowDoubles[name]) return { kind: "row", f: rowDoubles[name] }
  return wholeDoubles[name] ? { kind: "whole", f: wholeDoubles[name] } : undefined
}

/** Every operation, with its transfer on intervals and its form in double-double where there are such. */
export const operations: readonly Operation[] = records.map((op) => {
  const more = {
    range: op.value || op.pointwise ? pointwiseRanges[op.name] : undefined,
    foldRange: foldRanges[op.name],
    rowRange: rowRanges[op.name],
    wholeRange: wholeRanges[op.name],
    double: doubleOf(op),
  }
  const found = Object.fromEntries(Object.entries(more).filter(([, f]) => f !== undefined))
  return Object.keys(found).length > 0 ? { ...op, ...found } : op
})

export type Entry = Operation | Composition | Structural
export const isComposition = (entry: Entry): entry is Composition => "body" in entry
export const isOperation = (entry: Entry): entry is Operation => "kernel" in entry

const byName = new Map<string, Entry>()
for (const entry of [...operations, ...structural, ...compositions]) byName.set(entry.name, entry)
/** Second names that people type, in the language itself. */
const aliases: readonly (readonly [string, string])[] = [
  ["ln", "log"],
  ["clamp", "clip"],
  ["detach", "stop_gradient"],
  ["stopgrad", "stop_gradient"],
  ["sg", "stop_gradient"],
  ["cat", "concatenate"],
  ["arcsin", "asin"],
  ["arccos", "acos"],
  ["arctan", "atan"],
  ["arctan2", "atan2"],
  ["arcsinh", "asinh"],
  ["arccosh", "acosh"],
  ["arctanh", "atanh"],
  ["gamma_ln", "lgamma"],
  ["gammaln", "lgamma"],
  ["psi", "digamma"],
  ["expit", "sigmoid"],
  ["logistic", "sigmoid"],
  ["swish", "silu"],
  ["log_sigmoid", "logsigmoid"],
  ["power", "pow"],
  ["rint", "round"],
  ["mod", "remainder"],
  ["permute", "transpose"],
  ["unsqueeze", "expand_dims"],
  ["view", "reshape"],
  ["lse", "logsumexp"],
  ["reduce_sum", "sum"],
  ["reduce_mean", "mean"],
  ["average", "mean"],
  ["Φ", "ndtr"],
  ["step", "heaviside"],
  ["absolute", "abs"],
  ["index_select", "take"],
  ["gather", "take_along"],
  ...secondNames,
]
for (const [alias, name] of aliases) {
  const entry = byName.get(name)
  if (!entry) throw new Error(`alias ${alias} of the unknown ${name}`)
  if (!byName.has(alias)) byName.set(alias, entry)
}

/** An entry by its own name. */
export const entryOf = (name: string): Entry | undefined => byName.get(name)

/** An operation that must exist: a missing one is our fault. */
export function operation(name: string): Operation {
  const entry = byName.get(name)
  if (!entry || !isOperation(entry)) throw new Error(`no operation ${name}`)
  return entry
}

/** Every name that can be called in the language, second names included. */
export const callableNames = (): string[] => [...byName.keys()].filter((name) => !name.startsWith("_"))

/** The names that a user can call, own names only. */
export const publicEntries = (): Entry[] =>
  [...new Set(byName.values())].filter((e) => !e.internal && !e.name.startsWith("_"))

export interface Spelling {
  readonly entry: Entry
  /** Parameters of the spelling; undefined when they are the entry's own. */
  readonly signature: Signature
}

let spelled: Map<string, Spelling[]> | undefined

function spellingTable(): Map<string, Spelling[]> {
  if (spelled) return spelled
  const table = new Map<string, Spelling[]>()
  const add = (entry: Entry, text: string): void => {
    const signature = parseSignature(text)
    const list = table.get(signature.path)
    if (list) list.push({ entry, signature })
    else table.set(signature.path, [{ entry, signature }])
  }
  for (const entry of new Set(byName.values())) for (const text of spellings(entry.names)) add(entry, text)
  const plain = [...byName.values()].filter((e): e is Operation | Composition => !("structural" in e))
  for (const [name, texts] of [...moreNames, ...innerNames(plain)])
    for (const text of spellings(texts)) add(byName.get(name)!, text)
  spelled = table
  return table
}

/** What a framework path such as torch.nn.functional.relu or Tensor.abs stands for; several when one name has several forms. */
export function spellingsOf(path: string): readonly Spelling[] {
  const table = spellingTable()
  for (const home of homesOf(path)) {
    const found = table.get(home)
    if (found) return found
  }
  return []
}

let known: Set<string> | undefined

/** Whether a path is a function of the vocabulary, or the beginning of some: torch.nn, tf.math. */
export function isPath(path: string): boolean {
  known ??= new Set(
    [...spellingTable().keys()].flatMap((p) => p.split(".").map((_, k, parts) => parts.slice(0, k + 1).join("."))),
  )
  return homesOf(path).some((home) => known!.has(home)) || known.has(shortPath(`${path}.`).replace(/\.$/, ""))
}

/** True for objects that keep what they are given in variables of their own, and hand those out. */
export const keepsState = (path: string): boolean => shortPath(path).startsWith("keras.metrics.")

/** Every path that is known, in short form. */
export const knownPaths = (): string[] => [...spellingTable().keys()]

const signatures = new Map<string, Signature>()

/** An entry's own signature, read once. */
export function signatureOf(entry: Entry): Signature {
  let signature = signatures.get(entry.call)
  if (!signature) {
    signature = parseSignature(entry.call)
    signatures.set(entry.call, signature)
  }
  return signature
}

let spelledAs: Map<Entry, Signature[]> | undefined

/** Every spelling of an entry that is one call, its path in short form; parameters are undefined when they are the entry's own. */
export function spellingsFor(entry: Entry): readonly Signature[] {
  if (!spelledAs) {
    spelledAs = new Map()
    for (const { entry: own, signature } of [...spellingTable().values()].flat()) {
      if (signature.calls && signature.calls.length !== 1) continue
      const list = spelledAs.get(own)
      if (list) list.push(signature)
      else spelledAs.set(own, [signature])
    }
  }
  return spelledAs.get(entry) ?? []
}
