// Certificates of random expressions against sampled gradients: how many claims are made, and whether one is false.
import { type CheckOptions, examine } from "../../src/check.ts"
import { certify } from "../../src/samples/prove.ts"
import { Problem } from "../../src/source/problem.ts"
import { randomFrom } from "./random.ts"

export interface Verdict {
  /** Values of gradients that a certificate spoke of. */
  readonly claims: number
  /** Certified over the whole range; undefined where not, and where no path leads to the parameter at all. */
  readonly everywhere: "live" | "dead" | undefined
  readonly counter?: string
}

type Draw = () => number
const pick = <T>(from: readonly T[], random: Draw): T => from[Math.floor(random() * from.length)]!

const unary =
  "exp tanh sigmoid abs relu sqrt log softplus sin cos floor sign erf atan cosh square round silu gelu_exact elu hardtanh log1p expm1 reciprocal logsigmoid asinh frac hardswish tan sinc lgamma".split(
    " ",
  )
/** An expression in x alone. */
export function oneInput(random: Draw, depth: number): string {
  const below = (): string => oneInput(random, depth - 1)
  const kind = random()
  if (depth <= 0 || kind < 0.1) return pick(["x", "x", "x", "0.5", "2", "(-1)", "0"], random)
  if (kind < 0.45) return `${pick(unary, random)}(${below()})`
  if (kind < 0.75) return `(${below()} ${pick(["+", "-", "*", "/"], random)} ${below()})`
  if (kind < 0.83) return `${pick(["min", "max", "hypot", "atan2", "remainder"], random)}(${below()}, ${below()})`
  if (kind < 0.92) return `where(${below()} > 0.3, ${below()}, ${below()})`
  return `(${below()})**${pick(["2", "3", "0.5", "(-1)"], random)}`
}

const scalars = ["-2..2", "0..1", "-8..8", "normal(0, 2)", "{0, 1}", "1..3", "-1..-0.5", "exponential(1)", "0.5..0.6"]
const vectors = ["-2..2 [3]", "0..1 [3]", "normal(0, 1) [3]", "1..2 [3]", "simplex [3]", "0.5..0.6 [3]"]
/** Ranges for the inputs of support/expressions.ts and the one that is differentiated for. */
export function optionsFrom(random: Draw): CheckOptions {
  return {
    inputs: { a: pick(scalars, random), b: pick(scalars, random), v: pick(vectors, random), w: pick(vectors, random) },
    wrt: [pick(["a", "v"], random)],
  }
}
export const oneInputOptions = (random: Draw): CheckOptions => ({
  inputs: {
    x: pick(
      scalars.filter((s) => !s.startsWith("{")),
      random,
    ),
  },
  wrt: ["x"],
})

/** Looks for a sampled gradient that a certificate says cannot be. */
export function refute(text: string, options: CheckOptions, samples = 200, budget = 60): Verdict {
  let evidence: ReturnType<typeof examine>["evidence"]
  try {
    evidence = examine(text, { role: "activation", samples, ...options }).evidence
  } catch (error) {
    if (error instanceof Problem) return { claims: 0, everywhere: undefined }
    throw error
  }
  const parameter = evidence.parameters[0]!
  const { live, dead, finite, stretches } = certify(evidence, parameter, budget)
  const { points } = evidence.question
  const { gradient } = parameter
  if (!gradient) return { claims: 0, everywhere: undefined }
  const xs = points.values.get("x")
  const everywhere = live === 1 ? "live" : dead === 1 ? "dead" : undefined
  let claims = 0
  for (let k = 0; k < gradient.length; k++) {
    const g = gradient[k]!
    const x = xs?.[k]
    if (finite === 1) {
      claims++
      if (!Number.isFinite(g))
        return {
          claims,
          everywhere,
          counter: `${text} with ${JSON.stringify(options)} at ${x ?? k}: ${g}, certified finite`,
        }
    }
    const kind =
      everywhere ??
      (x === undefined ? undefined : stretches?.find((s) => x >= s.from && x <= s.to && s.kind !== "undecided")?.kind)
    if (!kind || kind === "undecided") continue
    claims++
    if (kind === "live" ? g === 0 || !Number.isFinite(g) : g !== 0)
      return {
        claims,
        everywhere,
        counter: `${text} with ${JSON.stringify(options)} at ${x ?? k}: ${g}, certified ${kind}`,
      }
  }
  return { claims, everywhere }
}

export const drawFor = (n: number): Draw => {
  const random = randomFrom(n * 104729 + 71)
  for (let k = 0; k < 20; k++) random()
  return random
}
