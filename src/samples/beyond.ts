// Where no case has a gradient: whether a finer number format has one there, or other values of a parameter of which
// only samples were given.
import type { Range } from "../definitions/ranges.ts"
import { rangeOfName } from "../definitions/roles.ts"
import { compile, type Points, run } from "../gradient/compile.ts"
import { inputName, type Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import { draw } from "./distributions.ts"
import type { Question } from "./evidence.ts"
import { pointsAt } from "./points.ts"
import { halton } from "./sequence.ts"

/** finer: the gradient is lost to rounding; better, other: it is there at other values, and some of them are better or none is. */
export type Beyond = "finer" | "better" | "other"

/** So many other values are tried. */
const TRIED = 64
/** And so many fractions of the samples themselves, for what is only too large. */
const SCALES = [0.5, 0.1, 0.01, 0.001, -1, 0]

const nonZero = (values: Float64Array): boolean => values.some((x) => x !== 0 && Number.isFinite(x))

export function beyond(question: Question, total: Node, parameter: Node, gradient: Node): Beyond | undefined {
  const { points, ranges, format } = question
  if (format !== "float64" && nonZero(run(compile([gradient], "float64", points.count), points)[0]!)) return "finer"
  if (ranges.get(inputName(parameter))?.kind !== "list") return undefined
  const look = compile([gradient, total], "float64", TRIED)
  const tried = others(question, parameter).map((p) => run(look, p))
  if (!tried.some(([slope]) => nonZero(slope!))) return undefined
  const here = run(look, points)[1]!
  const slack = 1e-9 * Math.max(1, ...here.map(Math.abs))
  return tried.some(([, losses]) => losses!.some((x, i) => x < here[i % points.count]! - slack)) ? "better" : "other"
}

/** The given points with other values of the parameter: a usual range, and the samples shrunk. */
function others({ points }: Question, parameter: Node): Points[] {
  const name = inputName(parameter)
  const size = sizeOf(parameter.shape)
  const rows = pointsAt(
    points,
    Int32Array.from({ length: TRIED }, (_, i) => i % points.count),
  )
  const range: Range = rangeOfName(name)
  const drawn = draw(range, parameter.shape, TRIED, halton(size, TRIED, 0), 0)
  const own = points.values.get(name)!
  return [
    { count: TRIED, values: new Map([...rows.values, [name, drawn]]) },
    ...SCALES.map((scale) => ({
      count: points.count,
      values: new Map([...points.values, [name, own.map((x) => scale * x)]]),
    })),
  ]
}
