// Certificates of random expressions against sampled gradients: how many claims are made, and whether one is false.
import { type CheckOptions, examine } from "../../src/check.ts"
import { compile, run } from "../../src/gradient/compile.ts"
import { sizeOf } from "../../src/ops/shapes.ts"
import type { Evidence, ParameterEvidence } from "../../src/samples/evidence.ts"
import { type Certificate, certify, certifyValue, prove } from "../../src/samples/prove.ts"
import { besides, bordersBetween } from "../../src/samples/sides.ts"
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

const places = ["[1, 2, 0.5]", "[0, 1, -1]", "arange(3)", "[1, 1, 0]"]
/** A loss of vectors p and y place by place, with weights, masks and moves here and there, and things that mix. */
export function separable(random: Draw, depth: number): string {
  const term = (d: number): string => {
    const below = (): string => term(d - 1)
    const kind = random()
    if (d <= 0) return pick(["p", "p", "p", "y", "y", "a", "0.5", "p[1]", "flip(p)", pick(places, random)], random)
    if (kind < 0.3) return `${pick(unary, random)}(${below()})`
    if (kind < 0.4) return `clip(${below()}, ${pick(["-1, 1", "0.1, 0.9", "-0.5, a"], random)})`
    if (kind < 0.65) return `(${below()} ${pick(["+", "-", "*", "/", "-"], random)} ${below()})`
    if (kind < 0.77) return `${pick(["min", "max"], random)}(${below()}, ${below()})`
    if (kind < 0.85)
      return `where(${below()} ${pick([">", "<", "<=", ">="], random)} ${below()}, ${below()}, ${below()})`
    if (kind < 0.9) return `(${below()})**2`
    if (kind < 0.94) return `${pick(["flip", "sort", "softmax", "cumsum"], random)}(${below()})`
    return pick([`relu(${below()})`, `abs(${below()})`, `stop_gradient(${below()})`, `mean(${below()})`], random)
  }
  return random() < 0.85 ? `${pick(["mean", "sum"], random)}(${term(depth)})` : term(depth)
}
export const separableOptions = (random: Draw): CheckOptions => ({
  inputs: {
    p: pick(["-2..2 [3]", "0..1 [3]", "normal(0, 1) [3]", "1..2 [3]", "exponential(1) [3]"], random),
    y: pick(
      [
        "-2..2 [3]",
        "{0, 1} [3]",
        "{-1, 1} [3]",
        "simplex [3]",
        "0.5..0.6 [3]",
        "bernoulli(0.2) [3]",
        "poisson(2) [3]",
        "gamma(2, 1) [3]",
        "gumbel [3]",
      ],
      random,
    ),
    a: pick(scalars, random),
  },
  wrt: ["p"],
})

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

/** Looks for a sampled gradient that a certificate, or any part of the proof behind it, says cannot be. */
export function refute(text: string, options: CheckOptions, samples = 200, budget = 60): Verdict {
  let evidence: Evidence
  try {
    evidence = examine(text, { role: "activation", samples, ...options }).evidence
  } catch (error) {
    if (error instanceof Problem) return { claims: 0, everywhere: undefined }
    throw error
  }
  const parameter = evidence.parameters[0]!
  const { gradient } = parameter
  if (!gradient) return { claims: 0, everywhere: undefined }
  if (certifyValue(evidence, budget) === 1) {
    const broken = evidence.values.find((v) => !Number.isFinite(v))
    if (broken !== undefined)
      return {
        claims: 1,
        everywhere: undefined,
        counter: `${text} with ${JSON.stringify(options)} is ${broken}, certified finite`,
      }
  }
  const certificate = certify(evidence, parameter, budget)
  const said = { claims: 0, everywhere: everywhereOf(certificate) }
  for (const claim of claimsOf(evidence, parameter, certificate, budget)) {
    const g = gradient[claim.at]!
    said.claims++
    const holds =
      claim.says === "finite" ? Number.isFinite(g) : claim.says === "dead" ? g === 0 : g !== 0 && Number.isFinite(g)
    if (!holds)
      return {
        ...said,
        counter: `${text} with ${JSON.stringify(options)} at case ${claim.at}: ${g}, ${claim.by} says ${claim.says}`,
      }
  }
  return said
}

const everywhereOf = ({ live, dead }: Certificate): "live" | "dead" | undefined =>
  live === 1 ? "live" : dead === 1 ? "dead" : undefined

interface Claim {
  /** The place in the gradient: [element][point]. */
  readonly at: number
  readonly says: "live" | "dead" | "finite"
  /** What says so. */
  readonly by: string
}

/** All that is claimed of the gradient at the drawn points, element by element. */
function* claimsOf(
  evidence: Evidence,
  parameter: ParameterEvidence,
  certificate: Certificate,
  budget: number,
): Generator<Claim> {
  const { points, format } = evidence.question
  const everywhere = everywhereOf(certificate)
  const { finite, stretches, deadSides } = certificate
  const own = points.values.get(parameter.name)!
  for (let at = 0; at < parameter.gradient!.length; at++) {
    if (finite === 1) yield { at, says: "finite", by: "the certificate" }
    if (everywhere) yield { at, says: everywhere, by: "the certificate" }
    for (const { from, to, kind } of stretches ?? [])
      if (kind !== "undecided" && own[at]! >= from && own[at]! <= to) yield { at, says: kind, by: "a stretch" }
  }
  const borders = bordersBetween(evidence, parameter)
  for (const { group, cells } of prove(evidence, parameter, borders, budget) ?? [])
    for (const { element, reads } of group.members)
      for (let point = 0; point < points.count; point++) {
        const at = element * points.count + point
        const values = reads.map((r) => points.values.get(r.name)![r.element * points.count + point]!)
        for (const { box, kind, finite } of cells) {
          if (!box.every(({ lo, hi }, k) => values[k]! >= lo && values[k]! <= hi)) continue
          if (finite) yield { at, says: "finite", by: "a cell" }
          if (kind !== "undecided") yield { at, says: kind, by: "a cell" }
        }
      }
  for (const side of deadSides) {
    const border = borders.find((b) => b.node === side.node && b.formula === side.formula)!
    const program = compile([border.left, border.right], format, points.count)
    const [left, right] = run(program, points)
    for (let element = 0; element < sizeOf(parameter.node.shape); element++) {
      const [l, r] = besides(border, element).map((w) => w.element * points.count)
      for (let point = 0; point < points.count; point++) {
        const [a, b] = [left![l! + point]!, right![r! + point]!]
        if (side.sign > 0 ? a > b : a < b)
          yield { at: element * points.count + point, says: "dead", by: `the side ${side.formula} ${side.sign}` }
      }
    }
  }
}

export const drawFor = (n: number): Draw => {
  const random = randomFrom(n * 104729 + 71)
  for (let k = 0; k < 20; k++) random()
  return random
}
