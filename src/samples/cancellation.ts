// Telling rounding noise from a gradient: noise grows with the coarseness of the number format, a gradient does not.
import { compile, run } from "../gradient/compile.ts"
import type { Node } from "../graph/node.ts"
import type { Differentiated, Question } from "./evidence.ts"
import { pointsAt } from "./points.ts"

/** A gradient this small against the loss is looked at twice. */
const SUSPICIOUS = 1e-10
/** Half of float32's digits beyond float64's: pure noise shrinks by 2^29 = 5e8 from one to the other, a true gradient by nothing. */
const NOISE_RATIO = 2 ** 25
const CHECKED = 128

/** The median size of what is neither zero nor out of bounds. */
const medianSize = (values: Float64Array): number => {
  const sizes = values.filter((v) => v !== 0 && Number.isFinite(v)).map(Math.abs).sort()
  return sizes[sizes.length >> 1] ?? 0
}

/** True when all that the gradient shows is what rounding left over from contributions that cancel. */
export function isNoise(question: Question, { total, adjoints }: Differentiated, node: Node, gradient: Float64Array): boolean {
  const adjoint = adjoints.get(node)!
  const count = Math.min(question.points.count, CHECKED)
  const few = pointsAt(question.points, Int32Array.from({ length: count }, (_, i) => i))
  const largest = gradient.reduce((a, g) => Math.max(a, Math.abs(g)), 0)
  if (!(largest > 0) || !Number.isFinite(largest)) return false
  const [losses, fine] = run(compile([total, adjoint], "float64", count), few)
  const scale = Math.max(medianSize(losses!), Number.MIN_VALUE)
  if (!(medianSize(fine!) < SUSPICIOUS * Math.max(scale, 1e-3))) return false
  const [coarse] = run(compile([adjoint], "float32", count), few)
  return medianSize(coarse!) > NOISE_RATIO * medianSize(fine!)
}
