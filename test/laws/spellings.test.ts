// Law: every framework spelling means exactly one thing, and hands every parameter to an argument that exists.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { isSilent, type SignatureParameter } from "../../src/ops/signature.ts"
import { knownPaths, type Spelling, signatureOf, spellingsOf } from "../../src/ops/table.ts"

const { rows } = JSON.parse(readFileSync(new URL("../../fixtures/spellings.json", import.meta.url), "utf8")) as {
  rows: (readonly [path: string, operation: string])[]
}
const paths = knownPaths()
const argumentsOf = ({ entry }: Spelling): Set<string> => new Set(signatureOf(entry).calls![0]!.map((p) => p.target))
const firstCall = ({ entry, signature }: Spelling): readonly SignatureParameter[] =>
  signature.calls?.[0] ?? signatureOf(entry).calls![0]!

// Why: a target that is misspelt would drop what the user wrote, and check another loss than theirs.
describe("parameters of spellings", () => {
  it("go to arguments of the entry or are set aside as _ or !", () => {
    const wrong: string[] = []
    for (const path of paths)
      for (const spelling of spellingsOf(path)) {
        const own = argumentsOf(spelling)
        for (const p of (spelling.signature.calls ?? []).flat())
          if (!isSilent(p) && !own.has(p.target))
            wrong.push(`${path}: ${p.name} goes to ${p.target} of ${spelling.entry.name}`)
      }
    expect(wrong).toEqual([])
  })

  it("give every required argument of the entry", () => {
    const wrong: string[] = []
    for (const path of paths)
      for (const spelling of spellingsOf(path)) {
        const given = new Set((spelling.signature.calls ?? [firstCall(spelling)]).flat().map((p) => p.target))
        for (const p of signatureOf(spelling.entry).calls![0]!)
          if (p.required && !given.has(p.target))
            wrong.push(`${path} never gives ${p.target} of ${spelling.entry.name}`)
      }
    expect(wrong).toEqual([])
  })

  it("have names of their own, required ones first", () => {
    const wrong: string[] = []
    for (const path of paths)
      for (const { signature } of spellingsOf(path))
        for (const call of signature.calls ?? []) {
          const names = call.map((p) => p.name)
          if (new Set(names).size < names.length) wrong.push(`${path} names a parameter twice`)
          const optional = call.findIndex((p) => !p.required && !p.rest)
          if (optional >= 0 && call.slice(optional).some((p) => p.required))
            wrong.push(`${path} has a required parameter after an optional one`)
        }
    expect(wrong).toEqual([])
  })
})

/** Whether a call with so many positional arguments and these keywords fits, as the tracer decides it. */
function fits(params: readonly SignatureParameter[], positional: number, keywords: readonly string[]): boolean {
  const rest = params.some((p) => p.rest)
  if (positional > params.length && !rest) return false
  if (keywords.some((k) => !params.some((p) => p.name === k || p.target === k))) return false
  return params.every(
    (p, k) => !p.required || k < positional || keywords.includes(p.name) || keywords.includes(p.target),
  )
}
/** Calls that a spelling is meant for: its required parameters in order, and with each optional one by name. */
const callsOf = (params: readonly SignatureParameter[]): [number, string[]][] => {
  const required = params.filter((p) => p.required).length
  const optional = params.filter((p) => !p.required && !p.rest)
  const named = params.filter((p) => !p.rest).map((p) => p.name)
  return [
    [0, named],
    [required, []],
    [required, optional.map((p) => p.name)],
    [params.length, []],
    ...optional.map((p): [number, string[]] => [required, [p.name]]),
  ]
}

// The rule: one path may have several forms (torch.max(x), torch.max(x, y)); they are tried in turn and the first whose
// parameters fit is meant. So each form needs some call of its own that every form before it refuses.
describe("one path, one meaning", () => {
  const several = paths.filter((p) => spellingsOf(p).length > 1)
  it("lets each further form of a path be called", () => {
    const hidden: string[] = []
    for (const path of several) {
      const forms = spellingsOf(path)
      forms.forEach((form, k) => {
        const own = callsOf(firstCall(form))
        const reached = own.some(([n, words]) => forms.slice(0, k).every((f) => !fits(firstCall(f), n, words)))
        if (!reached)
          hidden.push(
            `${path}: ${form.entry.name} is hidden by ${forms
              .slice(0, k)
              .map((f) => f.entry.name)
              .join(", ")}`,
          )
      })
    }
    expect(hidden).toEqual([])
  })
})

/** Spellings of the reference that are not followed, each group for its reason. */
const unknown = new Map<string, string>(
  Object.entries({
    "no formula: a decomposition is computed by iteration": "eigen_svd",
    "a neighbour in floating point, not a function of reals": "nextafter",
    "a draw whose gradient is implicit": "other_samples",
    "takes functions or shapes of windows, not tensors alone": "lax.reduce_window lax.dot_general lax.cond",
    "hands values to Python, where no gradient can follow": "K.get_value K.eval keras.ops.convert_to_numpy",
    "takes a tree of tensors": "optax.global_norm optax.projections.projection_simplex",
    "makes parameters of its own": "nn.PReLU keras.layers.PReLU nn.Embedding keras.layers.Embedding",
    "rare, and said by matmul, take and bernoulli": "K.batch_dot keras.ops.image.resize K.random_binomial",
    "an internal of TensorFlow": "tf.raw_ops.NthElement tf.raw_ops.Bucketize",
  }).flatMap(([reason, keys]) => keys.split(" ").map((k) => [k, reason] as const)),
)

describe("spellings of the reference", () => {
  // Why: code is pasted from frameworks; a spelling that is not known costs the user an error message.
  it("resolve, but for those listed with a reason", () => {
    const missing = rows.filter(
      ([path, op]) => spellingsOf(path).length === 0 && !unknown.has(path) && !unknown.has(op),
    )
    expect(missing.map(([path, op]) => `${path} (${op})`)).toEqual([])
  })

  it("are known for the most part", () => {
    const known = rows.filter(([path]) => spellingsOf(path).length > 0)
    expect(known.length / rows.length).toBeGreaterThan(0.95)
  })
})
