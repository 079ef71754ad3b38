// A file of definitions, in YAML or JSON: losses, metrics and activations by name, with what is said of each.
import { z } from "zod"
import { frameworks } from "../ops/record.ts"
import { Problem } from "../source/problem.ts"
import { languageOf, type Setting, setting } from "../source/spell.ts"
import { suggest } from "../source/suggest.ts"
import type { Source } from "../source/text.ts"
import { type Entry, entriesOf, entryOf, plain, type Scalar, spanIn, type Tree } from "../source/tree.ts"
import { type Grammar, type KeyWords, mistakes } from "./mistakes.ts"
import { parseInputSpec } from "./range-text.ts"
import { listSpec } from "./ranges.ts"
import type { Role } from "./roles.ts"

/** What may be expected: "dead" stands for both, no gradient with or without a connection. */
export const expectations = ["alive", "saturating", "partly dead", "partial", "broken", "dead", "disconnected"] as const
export type Expectation = (typeof expectations)[number]

export interface FileDefinition {
  readonly name: string
  readonly role: Role
  /** The name in the file. */
  readonly at: Entry["at"]
  readonly end: number
  readonly expression: Scalar
  readonly inputs: Readonly<Record<string, string | readonly unknown[]>>
  readonly wrt?: readonly string[]
  readonly targets?: readonly string[]
  readonly given?: Scalar
  readonly maximize?: boolean
  readonly expect?: { readonly verdict: Expectation; readonly at: Entry["at"] }
  readonly framework?: "torch" | "tf" | "jax" | "numpy"
  readonly dtypes?: readonly ("float64" | "float32" | "bfloat16" | "float16")[]
}

export interface DefinitionFile {
  readonly definitions: readonly FileDefinition[]
  readonly problems: readonly {
    readonly name: string
    readonly at: number
    readonly end: number
    readonly problem: Problem
  }[]
}

const text = z.union([z.string().min(1), z.number()])
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const dtype = z.enum(["float64", "float32", "bfloat16", "float16"])

const shape = {
  loss: text.optional(),
  value: text.optional(),
  inputs: z.record(z.string(), z.union([text, z.array(z.unknown()), z.record(z.string(), z.null())])).optional(),
  wrt: names.optional(),
  target: names.optional(),
  given: text.optional(),
  maximize: z.boolean().optional(),
  expect: z.enum(expectations).optional(),
  framework: z.enum(frameworks).optional(),
  dtype: z.union([dtype, z.array(dtype).min(1)]).optional(),
}

const definition = z.strictObject(shape)

/** For editors. */
export const definitionFileSchema = (): unknown =>
  z.toJSONSchema(
    z.strictObject({
      $schema: z.string().optional(),
      losses: z.record(z.string(), definition).optional(),
      metrics: z.record(z.string(), definition).optional(),
      activations: z.record(z.string(), definition).optional(),
    }),
  )

export const definitionWords: ReadonlyMap<string, KeyWords> = new Map<string, KeyWords>([
  ["loss", { is: "an expression", example: "mean((y - p)^2)" }],
  ["value", { is: "an expression", example: "mean(abs(y - p))" }],
  ["inputs", { is: "a map of names and ranges", example: { y: "{0, 1}", p: "0..1" } }],
  ["wrt", { is: "a name or a list of names", example: ["w", "b"] }],
  ["target", { is: "a name or a list of names", example: "y" }],
  ["given", { is: "a condition", example: "sum(y) > 0" }],
  ["maximize", { is: "true or false", example: true }],
  ["expect", { is: `one of ${expectations.filter((e) => e !== "partial").join(", ")}`, example: "alive" }],
  ["framework", { is: "one of torch, tf, jax, numpy", example: "torch" }],
  ["dtype", { is: "one or a list of float64, float32, bfloat16, float16", example: ["float32", "bfloat16"] }],
])

const grammar: Grammar = {
  keysAt: (path) => (path.length === 0 ? Object.keys(shape) : undefined),
  wordsAt: (path) => definitionWords.get(String(path[0])),
}

const sections: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["losses", "loss"],
  ["metrics", "metric"],
  ["activations", "activation"],
])

const isMisspelt = (key: string): boolean => !sections.has(key) && suggest(key, [...sections.keys()]).length > 0

const holdsDefinitions = (tree: Tree): boolean =>
  entriesOf(tree).some((e) => entriesOf(e.value).some((d) => d.key === "loss" || d.key === "value"))

/** Whether a file is meant to be one: many a losses.yaml holds the settings of something else. Names may be misspelt. */
export const isDefinitionFile = (tree: Tree): boolean =>
  entriesOf(tree).some(({ key, value }) => (sections.has(key) || isMisspelt(key)) && holdsDefinitions(value))

/** The first name that is close to one of ours, of a file that is not ours by what it holds. */
export function misspeltIn(source: Source, tree: Tree): Problem | undefined {
  const entry = entriesOf(tree).find((e) => isMisspelt(e.key))
  return entry && unknownSection(source, entry.key, entry.at)
}

/** Every definition that can be read, and what is wrong with the others. */
export function definitionsOf(source: Source, tree: Tree): DefinitionFile {
  const spell = spellerFor(source)
  const definitions: FileDefinition[] = []
  const problems: { name: string; at: number; end: number; problem: Problem }[] = []
  const refuse = (name: string, place: Entry["at"], problem: Problem, end = place.end): void => {
    problems.push({ name, at: problem.parts.mark?.span.start ?? place.start, end, problem })
  }
  for (const { key, at, value } of entriesOf(tree)) {
    const role = sections.get(key)
    if (!role) {
      if (key !== "$schema") refuse("", at, unknownSection(source, key, at))
      continue
    }
    if (value.kind !== "map") {
      refuse(
        "",
        at,
        wrong(source, at, `${key} is a map of names and definitions`, [
          spell(key, { mine: { [bodyKey(role)]: "abs(y - p)" } }),
        ]),
      )
      continue
    }
    for (const entry of value.entries) {
      const read = readOne(source, role, entry)
      if (Array.isArray(read)) for (const problem of read) refuse(entry.key, entry.at, problem, entry.value.end - 1)
      else definitions.push(read as FileDefinition)
    }
  }
  return { definitions, problems }
}

const bodyKey = (role: Role): string => (role === "loss" ? "loss" : "value")
const spellerFor =
  ({ name }: Source) =>
  (key: string, value: Setting): string =>
    setting(key, value, languageOf(name))

const wrong = (source: Source, at: Entry["at"], headline: string, help: readonly string[] = [], text = ""): Problem =>
  new Problem({ headline, mark: { span: spanIn(source, at), text }, help })

function unknownSection(source: Source, key: string, at: Entry["at"]): Problem {
  const [problem] = mistakes(
    source,
    { kind: "map", entries: [{ key, at, value: { kind: "map", entries: [], ...at } }], ...at },
    [{ code: "unrecognized_keys", keys: [key], path: [], message: "" }],
    { keysAt: () => [...sections.keys()], wordsAt: () => undefined },
  )
  return problem!
}

function readOne(source: Source, role: Role, { key: name, at, value: tree }: Entry): FileDefinition | Problem[] {
  const spell = spellerFor(source)
  if (tree.kind !== "map")
    return [
      wrong(source, at, "a definition is a map: its expression, and what is said of it", [
        spell(name, { [bodyKey(role)]: tree.kind === "scalar" && tree.text !== "" ? tree.text : "abs(y - p)" }),
      ]),
    ]
  const { success, data, error } = definition.safeParse(plain(tree))
  if (!success) return mistakes(source, tree, error.issues, grammar)
  const bodies = ["loss", "value"].flatMap((k) => entryOf(tree, k) ?? [])
  const [body, second] = bodies
  if (!body) return [wrong(source, at, "there is no expression", [spell(bodyKey(role), "abs(y - p)")])]
  if (second) return [wrong(source, second.at, "there are two expressions", [], "one of loss and value is enough")]
  const inputs = readInputs(source, entryOf(tree, "inputs")?.value)
  if (inputs instanceof Problem) return [inputs]
  const expect = entryOf(tree, "expect")?.value
  const given = entryOf(tree, "given")?.value
  const list = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one])
  return {
    name,
    role,
    at,
    end: tree.end - 1,
    expression: body.value as Scalar,
    inputs,
    ...(data.wrt === undefined ? {} : { wrt: list(data.wrt) }),
    ...(data.target === undefined ? {} : { targets: list(data.target) }),
    ...(given === undefined ? {} : { given: given as Scalar }),
    ...(data.maximize === undefined ? {} : { maximize: data.maximize }),
    ...(data.expect === undefined ? {} : { expect: { verdict: data.expect, at: expect! } }),
    ...(data.framework === undefined ? {} : { framework: data.framework }),
    ...(data.dtype === undefined ? {} : { dtypes: list(data.dtype) }),
  }
}

/** Ranges as texts, samples as lists. A set without quotes, { 0, 1 }, is a map of keys without values to YAML. */
export function readInputs(
  source: Source,
  tree: Tree | undefined,
): Readonly<Record<string, string | readonly unknown[]>> | Problem {
  const inputs: [string, string | readonly unknown[]][] = []
  for (const { key, value } of entriesOf(tree)) {
    try {
      if (value.kind === "list") {
        const samples = plain(value) as unknown[]
        listSpec(samples)
        inputs.push([key, samples])
      } else {
        const range = value.kind === "map" ? source.text.slice(value.start, value.end) : value.text
        parseInputSpec(range, { name: source.name, text: range })
        inputs.push([key, range])
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const { mark } = error.parts
      const place =
        mark && value.kind === "scalar"
          ? value.placeOf(mark.span.start, mark.span.end)
          : { start: value.start, end: value.end }
      return new Problem({ ...error.parts, mark: { span: spanIn(source, place), text: mark?.text ?? "" } })
    }
  }
  return Object.fromEntries(inputs)
}
