// The compiler behind one small interface: a graph becomes a program that runs over blocks of points, op by op.

import { inputName, isConstant, isInput, type Node } from "../graph/node.ts"
import type { Kernel } from "../ops/record.ts"
import { sizeOf } from "../ops/shapes.ts"
import { type NumberFormat, roundingAll } from "./formats.ts"

/** Values of named inputs at many points, each laid out [element][point]. */
export interface Points {
  readonly count: number
  readonly values: ReadonlyMap<string, Float64Array>
}

interface Step {
  /** That of the node it computes. */
  readonly id: number
  readonly kernel: Kernel
  readonly out: Float64Array
  readonly inputs: readonly Float64Array[]
  /** Results below this come out as 0. */
  readonly vanishes: number | undefined
  readonly round: Round
}
/** Rounds all numbers of a buffer in their place; undefined where nothing is to be rounded. */
type Round = ((numbers: Float64Array) => void) | undefined

export interface Program {
  readonly block: number
  readonly inputs: readonly { readonly name: string; readonly buffer: Float64Array }[]
  readonly steps: readonly Step[]
  readonly outputs: readonly { readonly size: number; readonly buffer: Float64Array }[]
  readonly round: Round
}

/** Points computed side by side: enough to hide the cost of a step, few enough to stay in the cache. */
const BLOCK = 256
/** Doubles that all buffers together may hold; larger graphs get smaller blocks. */
const MOST_DOUBLES = 4_000_000

/** The nodes that the outputs need, inputs before users. */
export function needed(outputs: readonly Node[]): Node[] {
  const seen = new Set<Node>()
  const stack = [...outputs]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    for (const input of node.inputs) stack.push(input)
  }
  return [...seen].sort((a, b) => a.id - b.id)
}

/** Moves of elements, truths and choices leave rounded numbers as they are. */
export const isExact = ({ op, statics, type }: Node): boolean =>
  type === "truth" || op.exact === true || (statics.map instanceof Int32Array && !op.adds)

/** For each place in the order, the nodes that nothing reads after it; inputs, constants and outputs are kept. */
function lastReads(nodes: readonly Node[], outputs: readonly Node[]): Node[][] {
  const seen = new Set<Node>(outputs)
  const done: Node[][] = []
  const meet = (node: Node, own: Node[]): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (!isInput(node) && !isConstant(node)) own.push(node)
  }
  for (let k = nodes.length - 1; k >= 0; k--) {
    const own: Node[] = []
    meet(nodes[k]!, own)
    for (const input of nodes[k]!.inputs) meet(input, own)
    done.push(own)
  }
  return done.reverse()
}

/** Makes a program that computes `outputs`, every step rounded to `format`. */
export const compile = (outputs: readonly Node[], format: NumberFormat = "float64", points = BLOCK): Program =>
  compileIn((doubles) => new Float64Array(doubles), outputs, format, points)

/** Memory of programs that run once: taken again by the next one. What is larger is made anew. */
let scratch = new Float64Array(0)
const MOST_SCRATCH = 2_000_000

/** Compiles, runs once and forgets the program. */
export const compute = (outputs: readonly Node[], format: NumberFormat, points: Points): Float64Array[] =>
  run(compileOnce(outputs, format, points.count), points)

/** A program that is to run before any other is made so, and never again. */
function compileOnce(outputs: readonly Node[], format: NumberFormat, points: number): Program {
  let used = 0
  const take = (doubles: number): Float64Array => {
    const from = used
    used += doubles
    return used <= scratch.length ? scratch.subarray(from, used) : new Float64Array(doubles)
  }
  const program = compileIn(take, outputs, format, points)
  if (used > scratch.length && used <= MOST_SCRATCH) scratch = new Float64Array(2 * used)
  return program
}

function compileIn(
  take: (doubles: number) => Float64Array,
  outputs: readonly Node[],
  format: NumberFormat,
  points: number,
): Program {
  const nodes = needed(outputs)
  let doubles = 0
  for (const node of nodes) doubles += sizeOf(node.shape)
  const block = Math.max(1, Math.min(BLOCK, points, Math.floor(MOST_DOUBLES / Math.max(1, doubles))))
  const buffers = new Map<Node, Float64Array>()
  /** Buffers that nothing reads any more are computed into again: what is hot stays in the cache. */
  const free = new Map<number, Float64Array[]>()
  const done = lastReads(nodes, outputs)
  const steps: Step[] = []
  const inputs: { name: string; buffer: Float64Array }[] = []
  const round = roundingAll[format]
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!
    const size = sizeOf(node.shape)
    // Inputs and constants are there before the first step.
    const used = isInput(node) || isConstant(node) ? undefined : free.get(size * block)?.pop()
    const buffer = used ?? take(size * block)
    buffers.set(node, buffer)
    if (isInput(node)) {
      inputs.push({ name: inputName(node), buffer })
      continue
    }
    const kernel = node.op.kernel({
      inputs: node.inputs.map((n) => n.shape),
      out: node.shape,
      statics: node.statics,
      block,
    })
    const step = {
      id: node.id,
      kernel,
      out: buffer,
      inputs: buffersOf(node.inputs, buffers),
      vanishes: node.op.vanishes?.[format],
      round: isExact(node) ? undefined : round,
    }
    if (isConstant(node)) runStep(step)
    else steps.push(step)
    for (const last of done[at]!) {
      const own = buffers.get(last)!
      const alike = free.get(own.length)
      if (alike) alike.push(own)
      else free.set(own.length, [own])
    }
  }
  return {
    block,
    inputs,
    steps,
    outputs: outputs.map((n) => ({ size: sizeOf(n.shape), buffer: buffers.get(n)! })),
    round,
  }
}

/** Pushed one by one: what V8 makes of map() has holes, to it, and kernels that met both kinds of arrays are compiled anew. */
function buffersOf(nodes: readonly Node[], buffers: ReadonlyMap<Node, Float64Array>): Float64Array[] {
  const found: Float64Array[] = []
  for (const node of nodes) found.push(buffers.get(node)!)
  return found
}

function runStep({ kernel, out, inputs, vanishes, round }: Step): void {
  kernel(out, inputs)
  if (vanishes !== undefined) for (let i = 0; i < out.length; i++) if (Math.abs(out[i]!) < vanishes) out[i] = 0
  round?.(out)
}

/** Runs a program; the outputs in their order, each laid out [element][point]. `hear` is told what each step gave in the last block. */
export function run(program: Program, points: Points, hear?: (step: Step) => void): Float64Array[] {
  const { block, round } = program
  const results = program.outputs.map(({ size }) => new Float64Array(size * points.count))
  for (let start = 0; start < points.count; start += block) {
    const count = Math.min(block, points.count - start)
    const there = (numbers: Float64Array): Rows => ({ numbers, length: points.count, from: start })
    const here = (numbers: Float64Array): Rows => ({ numbers, length: block, from: 0 })
    for (const { name, buffer } of program.inputs) {
      const values = points.values.get(name)
      if (!values) throw new Error(`no values for the input ${name}`)
      if (block === points.count) buffer.set(values)
      else {
        copyRows(there(values), here(buffer), count)
        // The last block is filled up with its first point, so that every kernel runs on whole blocks.
        for (let at = 0; at < buffer.length; at += block) buffer.fill(buffer[at]!, at + count, at + block)
      }
      round?.(buffer)
    }
    for (const step of program.steps) {
      runStep(step)
      if (start + block >= points.count) hear?.(step)
    }
    for (let k = 0; k < results.length; k++) {
      const { buffer } = program.outputs[k]!
      if (block === points.count) results[k]!.set(buffer)
      else copyRows(here(buffer), there(results[k]!), count)
    }
  }
  return results
}

/** Numbers in rows, one for each element, of which those from a place on are meant. */
interface Rows {
  readonly numbers: Float64Array
  readonly length: number
  readonly from: number
}

/** Copies `count` numbers of each row. */
function copyRows(source: Rows, target: Rows, count: number): void {
  const [read, write] = [source.numbers, target.numbers]
  for (let from = source.from, to = target.from; to < write.length; from += source.length, to += target.length)
    for (let i = 0; i < count; i++) write[to + i] = read[from + i]!
}

/** Points looked at for sizes: enough for an order of magnitude. */
const LOOKED_AT = 16

/** The largest finite sizes that steps gave at some points, one after the other from the point `from` on. */
export interface Peaks {
  readonly from: number
  readonly sizes: Float64Array
}

/** The outputs at the points; and at some of them the largest size that any step for a node from `id` on gave. */
export function evaluateWithPeaks(
  outputs: readonly Node[],
  format: NumberFormat,
  points: Points,
  id: number,
): { results: Float64Array[]; peaks: Peaks } {
  const program = compileOnce(outputs, format, points.count)
  const { block } = program
  const from = Math.floor((points.count - 1) / block) * block
  const sizes = new Float64Array(Math.min(points.count - from, LOOKED_AT))
  const results = run(program, points, ({ id: own, out }) => {
    if (own >= id) raise(sizes, out, block)
  })
  return { results, peaks: { from, sizes } }
}

/** Raises `sizes` to the finite sizes among the first of every `block` numbers. */
function raise(sizes: Float64Array, numbers: Float64Array, block: number): void {
  for (let at = 0; at < numbers.length; at += block)
    for (let i = 0; i < sizes.length; i++) {
      const size = Math.abs(numbers[at + i]!)
      if (size > sizes[i]! && size < Infinity) sizes[i] = size
    }
}
