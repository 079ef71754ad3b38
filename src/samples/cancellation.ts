// Telling rounding noise from a gradient: noise grows with the coarseness of the number format, a gradient does not.
import { compile, run } from "../gradient/compile.ts"
import type { Node } from "../graph/node.ts"
import type { Differentiated, Question } from "./evidence.ts"
import { pointsAt } from "./points.ts"

/** A gradient that is nowhere larger than this against the loss is looked at twice. */
const SUSPICIOUS = 1e-10
/** float64 has 29 bits more than float32: pure noise shrinks by about 2^29 from one to the other, a gradient by nothing. */
const NOISE_RATIO = 2 ** 25
const CHECKED = 128

function median(values: number[]): number {
  values.sort((a, b) => a - b)
  return values[values.length >> 1] ?? Number.NaN
}

/** True when all that the gradient shows is what rounding left over from contributions that cancel. */
export function isNoise(
  question: Question,
  { total, adjoints }: Differentiated,
  node: Node,
  gradient: Float64Array,
): boolean {
  const largest = gradient.reduce((a, g) => Math.max(a, Math.abs(g)), 0)
  if (!(largest > 0 && largest < SUSPICIOUS)) return false
  const adjoint = adjoints.get(node)!
  const count = Math.min(question.points.count, CHECKED)
  const few = pointsAt(
    question.points,
    Int32Array.from({ length: count }, (_, i) => i),
  )
  const [losses, fine] = run(compile([total, adjoint], "float64", count), few)
  const scale = median([...losses!].filter(Number.isFinite).map(Math.abs))
  if (!(largest < SUSPICIOUS * Math.max(scale, 1e-3))) return false
  const [coarse] = run(compile([adjoint], "float32", count), few)
  const ratios: number[] = []
  for (let k = 0; k < fine!.length; k++)
    if (fine![k] !== 0 && coarse![k] !== 0) ratios.push(Math.abs(coarse![k]! / fine![k]!))
  return median(ratios) > NOISE_RATIO
}
