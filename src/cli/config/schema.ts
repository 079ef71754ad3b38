// What a configuration can say: one schema, from which messages, the page and the JSON Schema are made.
import { z } from "zod"
import type { Grammar, KeyWords } from "../../definitions/mistakes.ts"
import { roles } from "../../definitions/roles.ts"
import { type AnyRule, allRuleNames } from "../../findings/finding.ts"
import { frameworks } from "../../ops/record.ts"
import type { Path } from "../../source/tree.ts"

const framework = z.enum([...frameworks, "auto"])
const dtype = z.enum(["float64", "float32", "bfloat16", "float16"])
const dtypes = z.union([dtype, z.array(dtype).min(1)])
const level = z.enum(["off", "note", "warning", "error"])
const globs = z.array(z.string().min(1))
const rules = z.strictObject(
  Object.fromEntries(allRuleNames.map((name) => [name, level.optional()])) as Record<
    AnyRule,
    z.ZodOptional<typeof level>
  >,
)
const range = z.union([z.string().min(1), z.number(), z.array(z.unknown()), z.record(z.string(), z.null())])
const inputs = z.record(z.string(), range)
const role = z.enum(roles)

interface Key extends KeyWords {
  /** The value when nothing is said. */
  readonly fallback: string
}

/** Each key with what stands there, a value that is right, and what holds when nothing is said. */
export const keys: ReadonlyMap<string, Key> = new Map<string, Key>([
  ["framework", { is: "one of torch, tf, jax, numpy, auto", example: "torch", fallback: "auto: told by the imports" }],
  [
    "dtype",
    {
      is: "one or a list of float64, float32, bfloat16, float16",
      example: ["float32", "bfloat16"],
      fallback: "float32",
    },
  ],
  ["samples", { is: "a whole number from 1 to 1,000,000", example: 1000, fallback: "1000" }],
  ["seed", { is: "a whole number from 0", example: 0, fallback: "0" }],
  ["batch", { is: "a whole number from 1 to 100,000", example: 8, fallback: "8" }],
  ["fail-on", { is: "one of error, warning, note, never", example: "error", fallback: "error" }],
  [
    "include",
    { is: "a list of globs", example: ["src/**/*.py"], fallback: "**/*.py, losses.yaml, NAME.losses.yaml, and .json" },
  ],
  ["exclude", { is: "a list of globs", example: ["**/legacy/**"], fallback: "nothing but what git ignores" }],
  ["inputs", { is: "a map of name patterns and ranges", example: { "y, target*": "{0, 1}" }, fallback: "see below" }],
  [
    "rules",
    {
      is: "a map of rules and off, note, warning or error",
      example: { saturation: "off" },
      fallback: "see explain rules",
    },
  ],
  [
    "overrides",
    {
      is: "a list of files with what holds for them",
      example: [{ files: ["**/metrics/**"], role: "metric" }],
      fallback: "none",
    },
  ],
  ["baseline", { is: "a path", example: "gradcheck-known.json", fallback: "none" }],
  ["cache-dir", { is: "a path", example: ".gradcheck_cache", fallback: ".gradcheck_cache beside the configuration" }],
])

const inOverrides: ReadonlyMap<string, KeyWords> = new Map<string, KeyWords>([
  ["files", { is: "a list of globs", example: ["**/metrics/**"] }],
  ["role", { is: "one of loss, metric, activation", example: "metric" }],
])

const says = (key: string): string => {
  const { is, fallback } = keys.get(key)!
  return `${is}; default: ${fallback}`
}

const override = z.strictObject({
  files: globs.min(1).describe("globs, from the folder of the configuration"),
  role: role.optional().describe("what every definition in these files is for"),
  rules: rules.optional(),
  inputs: inputs.optional(),
  framework: framework.optional(),
  dtype: dtypes.optional(),
})

const shape = {
  $schema: z.string().optional(),
  framework: framework.optional().describe(says("framework")),
  dtype: dtypes.optional().describe(says("dtype")),
  samples: z.int().min(1).max(1_000_000).optional().describe(says("samples")),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional()
    .describe(says("seed")),
  batch: z.int().min(1).max(100_000).optional().describe(says("batch")),
  "fail-on": z.enum(["error", "warning", "note", "never"]).optional().describe(says("fail-on")),
  include: globs.optional().describe(says("include")),
  exclude: globs.optional().describe(says("exclude")),
  inputs: inputs.optional().describe(says("inputs")),
  rules: rules.optional().describe(says("rules")),
  overrides: z.array(override).optional().describe(says("overrides")),
  baseline: z.string().min(1).optional().describe(says("baseline")),
  "cache-dir": z.string().min(1).optional().describe(says("cache-dir")),
}

export const configSchema = z.strictObject(shape)
export type Settings = z.infer<typeof configSchema>

/** For editors. */
export const configJsonSchema = (): unknown => ({ title: "gradcheck", ...(z.toJSONSchema(configSchema) as object) })

const isOverride = (path: Path): boolean => path[0] === "overrides" && path.length > 1

export const grammar: Grammar = {
  keysAt: (path) => {
    const own = isOverride(path) ? path.slice(2) : path
    if (own[0] === "rules") return allRuleNames
    return own.length > 0 ? undefined : isOverride(path) ? Object.keys(override.shape) : [...keys.keys()]
  },
  wordsAt: (path) => {
    const own = isOverride(path) ? path.slice(2) : path
    if (own.length === 0)
      return isOverride(path) ? { is: "a map of keys", example: [{ files: ["**/metrics/**"] }] } : undefined
    const key = String(own[0])
    if (key === "rules" && own.length > 1) return { is: "off, note, warning or error", example: "warning" }
    return (isOverride(path) ? inOverrides.get(key) : undefined) ?? keys.get(key)
  },
}
