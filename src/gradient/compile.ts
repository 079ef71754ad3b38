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
  readonly inputs: readonly { readonly name: string; readonly size: number; readonly buffer: Float64Array }[]
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
    stack.push(...node.inputs)
  }
  return [...seen].sort((a, b) => a.id - b.id)
}

/** Moves of elements, truths and choices leave rounded numbers as they are. */
export const isExact = ({ op, statics, type }: Node): boolean =>
  type === "truth" || op.exact === true || (statics.map instanceof Int32Array && !op.adds)

/** For each place in the order, the nodes that nothing reads after it; inputs, constants and outputs are kept. */
function lastReads(nodes: readonly Node[], outputs: readonly Node[]): Node[][] {
  const kept = new Set(outputs)
  const done = nodes.map((): Node[] => [])
  const seen = new Set<Node>()
  for (let k = nodes.length - 1; k >= 0; k--)
    for (const node of [nodes[k]!, ...nodes[k]!.inputs])
      if (!seen.has(node)) {
        seen.add(node)
        if (!kept.has(node) && !isInput(node) && !isConstant(node)) done[k]!.push(node)
      }
  return done
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
  const doubles = nodes.reduce((sum, n) => sum + sizeOf(n.shape), 0)
  const block = Math.max(1, Math.min(BLOCK, points, Math.floor(MOST_DOUBLES / Math.max(1, doubles))))
  const buffers = new Map<Node, Float64Array>()
  /** Buffers that nothing reads any more are computed into again: what is hot stays in the cache. */
  const free = new Map<number, Float64Array[]>()
  const done = lastReads(nodes, outputs)
  const steps: Step[] = []
  const inputs: { name: string; size: number; buffer: Float64Array }[] = []
  const round = roundingAll[format]
  for (const [at, node] of nodes.entries()) {
    const size = sizeOf(node.shape)
    // Inputs and constants are there before the first step.
    const used = isInput(node) || isConstant(node) ? undefined : free.get(size * block)?.pop()
    const buffer = used ?? take(size * block)
    buffers.set(node, buffer)
    if (isInput(node)) {
      inputs.push({ name: inputName(node), size, buffer })
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
      inputs: node.inputs.map((n) => buffers.get(n)!),
      vanishes: node.op.vanishes?.[format],
      round: isExact(node) ? undefined : round,
    }
    if (isConstant(node)) runStep(step)
    else steps.push(step)
    for (const last of done[at]!) {
      const own = buffers.get(last)!
      free.set(own.length, [...(free.get(own.length) ?? []), own])
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
    for (const { name, size, buffer } of program.inputs) {
      const values = points.values.get(name)
      if (!values) throw new Error(`no values for the input ${name}`)
      if (block === points.count) buffer.set(values)
      else
        for (let e = 0; e < size; e++) {
          const from = e * points.count + start
          buffer.set(values.subarray(from, from + count), e * block)
          // The last block is filled up with its first point, so that every kernel runs on whole blocks.
          if (count < block) buffer.fill(values[from]!, e * block + count, (e + 1) * block)
        }
      round?.(buffer)
    }
    for (const step of program.steps) {
      runStep(step)
      if (start + block >= points.count) hear?.(step)
    }
    program.outputs.forEach(({ size, buffer }, k) => {
      if (block === points.count) results[k]!.set(buffer)
      else
        for (let e = 0; e < size; e++)
          results[k]!.set(buffer.subarray(e * block, e * block + count), e * points.count + start)
    })
  }
  return results
}

/** Points looked at for sizes: enough for an order of magnitude. */
const LOOKED_AT = 16

/** The outputs at the points; and the largest finite size that any step for a node from `id` on gave, at some points of the last block. */
export function evaluateWithPeak(
  outputs: readonly Node[],
  format: NumberFormat,
  points: Points,
  id: number,
): { results: Float64Array[]; peak: number } {
  const program = compileOnce(outputs, format, points.count)
  const { block } = program
  const looked = Math.min(block, LOOKED_AT)
  let peak = 0
  const results = run(program, points, (step) => {
    if (step.id < id) return
    for (let at = 0; at < step.out.length; at += block)
      for (let i = at; i < at + looked; i++) {
        const size = Math.abs(step.out[i]!)
        if (size > peak && size < Infinity) peak = size
      }
  })
  return { results, peak }
}
