// Python signatures written as text: "torch.clamp(input: x, min: lo = None)" names parameters, what they map to, and defaults.
import type { Static } from "./record.ts"

export interface SignatureParameter {
  readonly name: string
  /** The operation's own argument that it sets; "_" when it has no meaning here (out, device, name), and "!"
   * when a value other than the default changes the result in a way that is not followed. */
  readonly target: string
  readonly required: boolean
  /** Collects all further positional arguments. */
  readonly rest: boolean
  readonly default: Static
}

/** Sets no argument: it has no meaning here, or only its default is followed. */
export const isSilent = (param: SignatureParameter): boolean => param.target === "_" || param.target === "!"

export interface Signature {
  readonly path: string
  /** Parameters of each call in turn: a class such as nn.BCELoss is called twice. Undefined when the text has none. */
  readonly calls: readonly (readonly SignatureParameter[])[] | undefined
}

const literals = new Map<string, Static>([
  ["None", null],
  ["True", true],
  ["False", false],
  ["inf", Infinity],
  ["-inf", -Infinity],
])

function literal(text: string): Static {
  const known = literals.get(text)
  if (known !== undefined) return known
  if (/^(['"]).*\1$/.test(text)) return text.slice(1, -1)
  const tuple = /^\((.*)\)$/.exec(text)
  if (tuple) return tuple[1]!.split(",").map(Number)
  const number = Number(text)
  if (text === "" || Number.isNaN(number)) throw new Error(`a default cannot be read: ${text}`)
  return number
}

const splitTop = (text: string): string[] => text.match(/(?:\([^)]*\)|'[^']*'|[^,])+/g) ?? []

function parameters(text: string): SignatureParameter[] {
  return splitTop(text).map((part) => {
    const [head, value] = part.split("=").map((s) => s.trim()) as [string, string | undefined]
    const [written, target] = head.split(":").map((s) => s.trim()) as [string, string | undefined]
    const rest = written.startsWith("*")
    const name = rest ? written.slice(1) : written
    return {
      name,
      target: target ?? name,
      rest,
      required: value === undefined && !rest,
      default: value === undefined ? null : literal(value),
    }
  })
}

/** Reads a signature such as "clip(x, lo = -inf)", "nn.ReLU(inplace: _ = False)(input: x)" or the bare path "torch.exp". */
export function parseSignature(text: string): Signature {
  const open = text.indexOf("(")
  if (open < 0) return { path: text.trim(), calls: undefined }
  const calls = text
    .slice(open)
    .slice(1, -1)
    .split(/\)\s*\((?=[^)]*$)/)
  return { path: text.slice(0, open).trim(), calls: calls.map(parameters) }
}

/** "{torch,jnp}.exp" stands for torch.exp and jnp.exp. */
export function expandBraces(text: string): string[] {
  const match = /^(.*?)\{([^}]*)\}(.*)$/.exec(text)
  if (!match) return [text]
  const [, before, choices, after] = match
  return choices!.split(",").flatMap((c) => expandBraces(`${before}${c.trim()}${after}`))
}
