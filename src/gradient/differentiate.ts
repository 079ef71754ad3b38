// Reverse mode, graph to graph: the walk is short because all knowledge is in the operations' formulas.

import { evaluateFormula } from "../graph/calls.ts"
import { addConstant, apply, belowOf, type Graph, type Node } from "../graph/node.ts"
import { type Context, fitting } from "../graph/scope.ts"
import { tensor, type Value } from "../graph/values.ts"
import { type Framework, NONE, type Operation, type Shape, type Vjp, ZERO } from "../ops/record.ts"
import { axesOf, broadcastMap, groupsOf, sameShape, sizeOf } from "../ops/shapes.ts"
import { operation, signatureOf } from "../ops/table.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseExpression } from "../syntax/parse.ts"

const formulas = new Map<string, Expr>()

export function parsed(text: string): Expr {
  let expr = formulas.get(text)
  if (!expr) {
    expr = parseExpression({ name: "derivative", text })
    formulas.set(text, expr)
  }
  return expr
}

/** The formula for one argument under a framework's conventions; ZERO or NONE where there is none. */
export function vjpOf(op: Operation, argument: string, framework: Framework): string {
  const vjp: Vjp = op.vjp[argument] ?? NONE
  if (typeof vjp === "string") return vjp
  return (framework === "tf" ? vjp.tf : framework === "jax" ? vjp.jax : undefined) ?? vjp.torch
}

/** How the gradient of a node goes to its inputs, in order: a formula, ZERO or NONE. */
export function edgesOf(node: Node, framework: Framework): string[] {
  const params = signatureOf(node.op).calls![0]!
  return node.inputs.map((_, k) => vjpOf(node.op, params[k]!.name, framework))
}

/** The nodes below `root` that depend on any of `wrt`, `root` last. */
export function dependents(root: Node, wrt: ReadonlySet<Node>): Node[] {
  const known = new Map<Node, boolean>()
  const stack: Node[] = [root]
  while (stack.length > 0) {
    const node = stack.at(-1)!
    if (known.has(node)) {
      stack.pop()
      continue
    }
    const open = node.inputs.filter((i) => !known.has(i))
    if (open.length > 0) stack.push(...open)
    else {
      known.set(node, wrt.has(node) || node.inputs.some((i) => known.get(i)))
      stack.pop()
    }
  }
  return [...known]
    .filter(([, depends]) => depends)
    .map(([node]) => node)
    .sort((a, b) => a.id - b.id)
}

/** Names that every formula may use: the arguments, `g`, `out`, static arguments, the shape moved from, and the count folded. */
export function bindings(graph: Graph, node: Node, g: Node): Map<string, Value> {
  const names = new Map<string, Value>()
  for (const [name, value] of Object.entries(node.statics))
    names.set(
      name,
      value instanceof Float64Array
        ? [...value]
        : value instanceof Int32Array || !Array.isArray(value)
          ? (value as Value)
          : [...value],
    )
  signatureOf(node.op)
    .calls![0]!.slice(0, node.inputs.length)
    .forEach((param, k) => {
      names.set(param.name, tensor(node.inputs[k]!))
    })
  const from = node.inputs[0]?.shape ?? []
  names.set("origin", [...from])
  let [incoming, out] = [g, node]
  if (node.op.spreads) {
    const groups = groupsOf(from, axesOf(node.statics.axis, from.length))
    const spread = (n: Node): Node =>
      apply(graph, operation("broadcast_to"), [apply(graph, operation("reshape"), [n], { shape: groups.kept })], {
        shape: from,
      })
    ;[incoming, out] = [spread(g), spread(node)]
    names.set("count", groups.count)
  }
  names.set("g", tensor(incoming))
  names.set("out", tensor(out))
  return names
}

/** Adds up what broadcasting repeated, so that a gradient has the shape of what it is the gradient of. */
function unbroadcast(graph: Graph, gradient: Node, shape: Shape): Node {
  if (sameShape(gradient.shape, shape)) return gradient
  if (
    gradient.shape.length < shape.length ||
    gradient.shape.some((d, k) => d === 1 && (shape[k - gradient.shape.length + shape.length] ?? 1) > 1)
  )
    return apply(graph, operation("broadcast_to"), [gradient], { shape })
  return apply(graph, operation("_place"), [gradient], { map: broadcastMap(shape, gradient.shape)!, to: shape })
}

/**
 * The adjoints of all nodes that a gradient can come by on its way from `root` to `wrt`, as nodes of the same graph.
 * `seed` is the gradient of root itself. Truths and whole numbers get an adjoint, and pass none on. `onShare` hears what
 * each node hands to each of its inputs. With `zeros`, a step hands zeros back, as torch's do, and does not end the way.
 */
export function differentiate(
  graph: Graph,
  root: Node,
  seed: Node,
  wrt: ReadonlySet<Node>,
  onShare?: (node: Node, input: Node, share: Node) => void,
  zeros = false,
): Map<Node, Node> {
  const path = dependents(root, wrt)
  const onPath = new Set(path)
  const adjoints = new Map<Node, Node>([[root, seed]])
  const context: Context = {
    graph,
    source: { name: "derivative", text: "" },
    via: undefined,
    depth: 0,
    used: { steps: 0 },
    places: false,
  }
  for (const node of path.reverse()) {
    const g = adjoints.get(node)
    if (!g || node.type !== "real") continue
    const edges = edgesOf(node, graph.framework)
    const open = node.inputs.flatMap((input, k) =>
      onPath.has(input) && edges[k] !== NONE && (zeros || edges[k] !== ZERO) ? [k] : [],
    )
    if (open.length === 0) continue
    const names = fitting(node.spans[0], () => bindings(graph, node, g))
    fitting(node.spans[0], () => {
      for (const k of open) {
        const input = node.inputs[k]!
        const share =
          edges[k] === ZERO
            ? addConstant(graph, new Float64Array(sizeOf(input.shape)), input.shape)
            : unbroadcast(
                graph,
                authoredShare(graph, node, k, g) ?? evaluateFormula(context, parsed(edges[k]!), names),
                input.shape,
              )
        onShare?.(node, input, share)
        const before = adjoints.get(input)
        adjoints.set(input, before ? apply(graph, operation("add"), [before, share]) : share)
      }
    })
    context.used.steps = 0
  }
  return adjoints
}

/** What an author's own backward pass hands to an argument; undefined where there is none. */
function authoredShare(graph: Graph, { statics }: Node, argument: number, g: Node): Node | undefined {
  const back = statics.author === undefined || argument === 0 ? undefined : graph.backward[Number(statics.author)]!
  if (back === undefined || typeof back === "function") return back?.(g)
  // A slope is linear in its tangent: turned round, it takes the gradient back.
  const share = differentiate(graph, back.slope, g, new Set([back.tangent])).get(back.tangent)
  return share && !belowOf(share).has(back.tangent) ? share : g
}

/** A formula over a node's own names (its arguments, `out`, static arguments) as a node: kinks, domains. */
export function lowerFormula(graph: Graph, node: Node, text: string): Node {
  const context: Context = {
    graph,
    source: { name: "formula", text },
    via: undefined,
    depth: 0,
    used: { steps: 0 },
    places: false,
  }
  return evaluateFormula(context, parsed(text), bindings(graph, node, node))
}

/** What stands between a result and a parameter, by structure alone. */
export type Reach = "reached" | "zero" | "cut"

/**
 * reached: some path carries a formula all the way; zero: paths exist, each through a step; cut: no path of reals.
 * `taken` says of an argument whether it counts: the sides of an `if` at one point.
 */
export function reachOf(
  root: Node,
  parameter: Node,
  framework: Framework,
  taken: (node: Node, argument: number) => boolean = () => true,
): Reach {
  const path = dependents(root, new Set([parameter]))
  const onPath = new Set(path)
  const best = new Map<Node, Reach>([[root, "reached"]])
  for (const node of path.reverse()) {
    const here = best.get(node)
    if (!here || (node.type !== "real" && node !== parameter)) continue
    edgesOf(node, framework).forEach((edge, k) => {
      const input = node.inputs[k]!
      if (!onPath.has(input) || edge === NONE || !taken(node, k)) return
      const there: Reach = here === "reached" && edge !== ZERO ? "reached" : "zero"
      if (best.get(input) !== "reached") best.set(input, there)
    })
  }
  return best.get(parameter) ?? "cut"
}
