// A formula of the language in a framework's own spelling, under the names that a Python file has for it.
import type { Framework, Static } from "../ops/record.ts"
import type { Signature, SignatureParameter } from "../ops/signature.ts"
import { entryOf, shortPath, signatureOf, spellingsFor } from "../ops/table.ts"
import type { Argument, Expr, ExprOf } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"
import { rewrite } from "../syntax/rewrite.ts"
import type { Code } from "./code.ts"

/** Where the functions of a framework are, the usual place first. Methods need no name of a module. */
const homes: Readonly<Record<Framework, readonly string[]>> = {
  torch: ["torch.", "F.", "torch.linalg.", "Tensor."],
  tf: ["tf.", "tf.math.", "tf.nn.", "tf.linalg.", "keras.ops.", "K.", "keras.activations."],
  jax: ["jnp.", "jax.nn.", "jnp.linalg.", "lax.", "jax.", "jax.scipy.special."],
  numpy: ["np."],
}
/** Modules inside of those that files import. */
const inner = [
  "",
  "nn.functional.",
  "linalg.",
  "math.",
  "nn.",
  "numpy.",
  "numpy.linalg.",
  "lax.",
  "ops.",
  "activations.",
]

const METHOD = "Tensor."

/** The formula as Python would say it; undefined when the file has no name for one of its functions. */
export function spelled(formula: Expr, code: Code): Expr | undefined {
  if (!code.python) return formula
  let known = true
  const result = rewrite(formula, (e) => {
    if (e.type !== "Call" || e.callee.type !== "Name") return undefined
    const args = e.args.map((a) => ({ ...a, value: spelled(a.value, code) ?? a.value }))
    const call = spelledCall({ ...e, args, callee: e.callee }, e.callee.name, code)
    known &&= call !== undefined && e.args.every((a) => spelled(a.value, code) !== undefined)
    return call ?? e
  })
  return known ? result : undefined
}

function spelledCall(call: ExprOf<"Call">, name: string, code: Code): Expr | undefined {
  const entry = entryOf(name)
  if (!entry) return undefined
  const own = signatureOf(entry).calls![0]!
  const given = new Map(call.args.map((a, k) => [a.name ?? own[k]?.name ?? "", a]))
  for (const home of homes[code.framework])
    for (const spelling of spellingsFor(entry)) {
      if (!spelling.path.startsWith(home) || spelling.path.slice(home.length).includes(".")) continue
      const args = argumentsFor(spelling, own, given)
      const [first, ...rest] = args ?? []
      if (!args || !first) continue
      if (home === METHOD) {
        if (first.name !== undefined || first.value.type === "Number" || spelling.path.endsWith("_")) continue
        const callee: Expr = { ...call, type: "Attribute", object: first.value, name: spelling.path.slice(home.length) }
        return { ...call, callee, args: rest }
      }
      const callee = nameFor(spelling.path, code)
      if (callee) return { ...call, callee, args }
    }
  return undefined
}

/** What the file calls a function: `F.softplus`, `jax.nn.softplus`, `softplus`. */
function nameFor(path: string, { names }: Code): Expr | undefined {
  const last = path.slice(path.lastIndexOf(".") + 1)
  for (const within of inner)
    for (const [name, root] of names)
      if (shortPath(`${root}.${within}${last}`) === path)
        return parseExpression({ name: "spelling", text: `${name}.${within}${last}` })
  for (const [name, root] of names)
    if (shortPath(root) === path) return parseExpression({ name: "spelling", text: name })
  return undefined
}

/** The arguments in the order and by the names of a spelling; undefined when it has no place for one of them. */
function argumentsFor(
  { calls }: Signature,
  own: readonly SignatureParameter[],
  given: ReadonlyMap<string, Argument>,
): Argument[] | undefined {
  const params = calls?.[0] ?? own
  const args: Argument[] = []
  let inTurn = true
  for (const param of params) {
    const plain = own.find((p) => p.name === param.target)
    const said = given.get(param.target)
    const value = said?.value ?? defaultToSay(param, plain)
    if (value === undefined && param.required) return undefined
    // What the formula says by name is said by name.
    inTurn &&= value !== undefined && said?.name === undefined
    if (value) args.push({ value, start: value.start, end: value.end, ...(inTurn ? {} : { name: param.name }) })
  }
  return [...given.keys()].every((name) => params.some((p) => p.target === name)) ? args : undefined
}

/** What the language takes for granted and the framework does not. */
function defaultToSay(param: SignatureParameter, own: SignatureParameter | undefined): Expr | undefined {
  if (!own || own.required || isSame(param.default, own.default)) return undefined
  return param.default === null && !param.required ? undefined : literal(own.default)
}

const isSame = (a: Static, b: Static): boolean => String(a) === String(b)

const literal = (value: Static): Expr | undefined =>
  typeof value === "number" && Number.isFinite(value)
    ? parseExpression({ name: "default", text: String(value) })
    : undefined
