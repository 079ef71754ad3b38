// The evidence: value and gradients at the drawn points, each case in one of its states, and what can be said of a parameter.
import type { Range } from "../definitions/ranges.ts"
import type { Role } from "../definitions/roles.ts"
import { evaluateWithPeaks, type Points } from "../gradient/compile.ts"
import { differentiate, type Reach, reachOf } from "../gradient/differentiate.ts"
import type { NumberFormat } from "../gradient/formats.ts"
import type { Traced } from "../graph/inputs.ts"
import { addConstant, apply, type Node } from "../graph/node.ts"
import { sizeOf } from "../ops/shapes.ts"
import { operation } from "../ops/table.ts"
import { type Beyond, beyond } from "./beyond.ts"
import { cancelsExactly, isNoise } from "./cancellation.ts"
import { markStuck } from "./floor.ts"
import { type Separation, separate } from "./separate.ts"
import { BROKEN, type Counts, FLAT, LIVE, RESTING, STUCK } from "./states.ts"

export interface Question {
  readonly traced: Traced
  readonly ranges: ReadonlyMap<string, Range>
  readonly points: Points
  readonly role: Role
  readonly maximize: boolean
  readonly format: NumberFormat
  readonly parameters: readonly string[]
  readonly targets: readonly string[]
  /** Inputs whose range nobody stated: what lies beyond it may well occur. */
  readonly assumed?: ReadonlySet<string>
  /** A condition that every point meets. */
  readonly given?: Node
  /** True where states are asked for only as far as the verdict hangs on them. */
  readonly lean?: boolean
}

/** A loss as a graph with its adjoints: what every look at it starts from. */
export interface Differentiated {
  /** The number to go down: the value itself, its sum where it has a shape, its negative where larger is better. */
  readonly total: Node
  readonly adjoints: ReadonlyMap<Node, Node>
}

export interface ParameterEvidence {
  readonly name: string
  readonly node: Node
  readonly reach: Reach
  readonly separation: Separation | undefined
  /** Cases are elements (element-major, as the gradient is) or whole points. */
  readonly kind: "element" | "point"
  readonly states: Uint8Array
  readonly counts: Counts
  readonly zero: { readonly elements: number; readonly points: number }
  /** [element][point]; undefined when nothing reaches the parameter. */
  readonly gradient: Float64Array | undefined
  /** Size of the gradient of each case. */
  readonly sizes: Float64Array
  /** Distance of each case from its target, or the loss where there is none to compare with. */
  readonly errors: Float64Array
  readonly errorKind: "distance" | "loss"
  /** The contributions are not zero but their sum is: what is left is rounding. */
  readonly cancelled: boolean
  /** Few cases are broken, and all inputs are assumed: such batches may never occur. */
  readonly rarely: boolean
  /** What there is in a finer number format, or at values beside the samples given. */
  readonly beyond?: Beyond
}

export interface Evidence {
  readonly question: Question
  readonly differentiated: Differentiated
  /** The value at each point: [element][point]. */
  readonly values: Float64Array
  /** The number to go down at each point. */
  readonly losses: Float64Array
  readonly parameters: readonly ParameterEvidence[]
}

/** Fixed weights by which a value with a shape becomes one number, so that sums over it do not cancel by accident. */
const weightOf = (k: number): number => 1 + Math.sin(1.7 * k) / 2 + Math.cos(2.9 * k * k) / 4

/** Adds the adjoints of the parameters to the graph. */
export function prepare({
  traced,
  role,
  maximize,
  parameters,
}: Pick<Question, "traced" | "role" | "maximize" | "parameters">): Differentiated {
  const { graph, root } = traced
  const size = sizeOf(root.shape)
  const sign = maximize ? -1 : 1
  const seed =
    role === "activation" && size > 1
      ? addConstant(
          graph,
          Float64Array.from({ length: size }, (_, k) => sign * weightOf(k)),
          root.shape,
        )
      : addConstant(graph, new Float64Array(size).fill(sign), root.shape)
  const weighted = apply(graph, operation("mul"), [root, seed])
  const total =
    size === 1 && root.shape.length === 0
      ? weighted
      : apply(graph, operation("sum"), [weighted], { axis: null, keepdims: false })
  const wrt = new Set(traced.inputs.filter((i) => parameters.includes(i.name)).map((i) => i.node))
  return { total, adjoints: differentiate(graph, root, seed, wrt) }
}

/** Looks at every parameter at every point. */
export function gather(question: Question): Evidence {
  const { traced, points, format, parameters } = question
  const forward = traced.graph.nodes.length
  const differentiated = prepare(question)
  const nodes = traced.inputs.filter((i) => parameters.includes(i.name)).map((i) => i.node)
  const gradients = nodes.map((n) => differentiated.adjoints.get(n))
  const outputs = [traced.root, differentiated.total, ...gradients.flatMap((g) => (g ? [g] : []))]
  const { results: all, peaks } = evaluateWithPeaks(outputs, format, points, forward)
  const [values, losses, ...results] = all
  const found = nodes.map((node, k) => {
    const gradient = gradients[k] ? results.shift()! : undefined
    const noise = gradient !== undefined && isNoise(question, differentiated, node, gradient, losses!, peaks)
    const isFinerNoise = (finer: Float64Array, own: Float64Array): boolean =>
      isNoise({ ...question, format: "float64" }, differentiated, node, finer, own, peaks)
    return look(question, differentiated, node, gradient, noise, values!, losses!, isFinerNoise)
  })
  return { question, differentiated, values: values!, losses: losses!, parameters: found }
}

function look(
  question: Question,
  differentiated: Differentiated,
  node: Node,
  gradient: Float64Array | undefined,
  noise: boolean,
  values: Float64Array,
  losses: Float64Array,
  isFinerNoise: (finer: Float64Array, losses: Float64Array) => boolean,
): ParameterEvidence {
  const { traced, points, role, format } = question
  const { root, graph } = traced
  const name = node.statics.name as string
  const count = points.count
  const size = sizeOf(node.shape)
  const reach = reachOf(root, node, graph.framework)
  const separation = separate(root, node)
  const ownShape =
    role === "activation" &&
    sizeOf(root.shape) === size &&
    separation?.traceable === true &&
    separation.frontier.includes(root)
  const kind = size === 1 || ownShape || (separation && role !== "activation") ? "element" : "point"
  const shown = gradient && !noise ? gradient : new Float64Array(size * count)
  const measured = measure(shown, count)
  const sizes = kind === "element" ? measured.sizes : measured.largest
  const states = statesOf(sizes, ownShape ? values : losses, role === "activation" ? FLAT : RESTING)
  // What no gradient can reach is dead or disconnected, however its points rest.
  if (role !== "activation" && !(question.lean && reach !== "reached"))
    markStuck({ question, differentiated, node, separation, kind, states, losses, format })
  let counts = countStates(states)
  const nothing = gradient !== undefined && counts.live + counts.broken === 0
  const cancelled = noise || (nothing && reach === "reached" && cancelsExactly(question, differentiated, node))
  const { errors, errorKind } = errorsOf(question, node, kind, losses)
  const adjoint = differentiated.adjoints.get(node)
  const asked = adjoint && gradient && !cancelled && counts.broken === 0 && role === "loss"
  const further = asked ? beyond(question, differentiated.total, node, adjoint, gradient, isFinerNoise) : undefined
  if (further?.kind === "better") {
    states.forEach((state, k) => {
      if (state === RESTING) states[k] = STUCK
    })
    counts = countStates(states)
  }
  return {
    name,
    node,
    reach,
    separation,
    kind,
    states,
    gradient,
    sizes,
    errors,
    errorKind,
    cancelled,
    rarely: isAssumed(question) && counts.broken > 0 && counts.broken < RARE * states.length,
    ...(further ? { beyond: further } : {}),
    counts,
    zero: { elements: shareOfZeros(measured.sizes), points: shareOfZeros(measured.largest) },
  }
}

/** The sizes of all entries; and of each point the largest, NaN or infinite where one is. */
function measure(gradient: Float64Array, count: number): { sizes: Float64Array; largest: Float64Array } {
  const sizes = new Float64Array(gradient.length)
  const largest = new Float64Array(count)
  for (let from = 0; from < sizes.length; from += count)
    for (let i = 0; i < count; i++) {
      const size = Math.abs(gradient[from + i]!)
      sizes[from + i] = size
      largest[i] = Math.max(largest[i]!, size)
    }
  return { sizes, largest }
}

/** The state of each case by the size of its gradient and by its value; fewer values stand for each row of so many cases. */
function statesOf(sizes: Float64Array, values: Float64Array, without: number): Uint8Array {
  const states = new Uint8Array(sizes.length)
  for (let from = 0; from < sizes.length; from += values.length)
    for (let i = 0; i < values.length; i++) {
      const size = sizes[from + i]!
      states[from + i] = !Number.isFinite(size) || !Number.isFinite(values[i]!) ? BROKEN : size > 0 ? LIVE : without
    }
  return states
}

/** How many of the finite sizes are 0. */
function shareOfZeros(sizes: Float64Array): number {
  let [zero, finite] = [0, 0]
  for (let k = 0; k < sizes.length; k++) {
    if (!Number.isFinite(sizes[k]!)) continue
    finite++
    if (sizes[k] === 0) zero++
  }
  return finite > 0 ? zero / finite : 0
}

/** Of assumed inputs, a smaller share of broken cases says more of the inputs than of the loss. */
const RARE = 0.25

/** True when nobody stated the range of any input. */
const isAssumed = ({ traced, assumed }: Question): boolean =>
  traced.inputs.every((i) => i.kind === "uniform" || i.kind === "normal" || assumed?.has(i.name) === true)

function countStates(states: Uint8Array): Counts {
  const counts = [0, 0, 0, 0, 0]
  for (const s of states) counts[s]!++
  return { live: counts[0]!, resting: counts[1]!, stuck: counts[2]!, flat: counts[3]!, broken: counts[4]! }
}

/** How wrong each case is: its distance from a target of the same shape, else the loss itself. */
function errorsOf(
  question: Question,
  node: Node,
  kind: "element" | "point",
  losses: Float64Array,
): { errors: Float64Array; errorKind: "distance" | "loss" } {
  const { points, traced, targets } = question
  const own = points.values.get(node.statics.name as string)!
  const target = traced.inputs.find(
    (i) => targets.includes(i.name) && i.classes === undefined && sizeOf(i.node.shape) === sizeOf(node.shape),
  )
  const count = points.count
  const size = sizeOf(node.shape)
  const cases = kind === "element" ? size * count : count
  const errors = new Float64Array(cases)
  if (!target) {
    for (let at = 0; at < cases; at += count) errors.set(losses, at)
    return { errors, errorKind: "loss" }
  }
  const theirs = points.values.get(target.name)!
  if (kind === "element") {
    for (let at = 0; at < cases; at++) errors[at] = Math.abs(own[at]! - theirs[at]!)
    return { errors, errorKind: "distance" }
  }
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (let e = 0; e < size; e++) sum += (own[e * count + i]! - theirs[e * count + i]!) ** 2
    errors[i] = Math.sqrt(sum)
  }
  return { errors, errorKind: "distance" }
}
