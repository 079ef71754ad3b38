// Matrix products of any rank, and Einstein's sums, in terms of bmm, moves and sums.

import { broadcast, mapByStrides, stridesOf } from "../ops/shapes.ts"
import type { Span } from "../source/text.ts"
import type { Node } from "./node.ts"
import { build, type Context, fitting, ShapeProblem } from "./scope.ts"

const unfit = (span: Span, headline: string, lengths?: readonly [number, number]): never => {
  throw new ShapeProblem({ headline, mark: { span, text: "" } }, lengths)
}

/** a @ b as NumPy: vectors on either side, batches broadcast. */
export function matmul(context: Context, a: Node, b: Node, span: Span): Node {
  if (a.shape.length === 0 || b.shape.length === 0) unfit(span, "@ multiplies vectors and matrices, not single numbers")
  const left = a.shape.length === 1 ? build(context, "expand_dims", [a], { axis: 0 }, span) : a
  const right = b.shape.length === 1 ? build(context, "expand_dims", [b], { axis: 1 }, span) : b
  if (left.shape.at(-1) !== right.shape.at(-2))
    unfit(span, `[${a.shape.join(", ")}] and [${b.shape.join(", ")}] cannot be multiplied as matrices`, [
      left.shape.at(-1)!,
      right.shape.at(-2)!,
    ])
  const batch = fitting(span, () => broadcast([left.shape.slice(0, -2), right.shape.slice(0, -2)]))
  const spread = (n: Node): Node =>
    build(context, "broadcast_to", [n], { shape: [...batch, ...n.shape.slice(-2)] }, span)
  const product = build(context, "bmm", [spread(left), spread(right)], {}, span)
  const gone = [...(a.shape.length === 1 ? [-2] : []), ...(b.shape.length === 1 ? [-1] : [])]
  return gone.length ? build(context, "squeeze", [product], { axis: gone }, span) : product
}

/** The diagonal of axes that share a letter, each letter once. */
function distinct(
  context: Context,
  x: Node,
  letters: readonly string[],
  span: Span,
): { node: Node; letters: string[] } {
  const own = [...new Set(letters)]
  if (own.length === letters.length) return { node: x, letters: own }
  const strides = stridesOf(x.shape)
  const to = own.map((l) => x.shape[letters.indexOf(l)]!)
  const map = mapByStrides(
    to,
    own.map((l) => letters.reduce((sum, m, k) => sum + (m === l ? strides[k]! : 0), 0)),
  )
  return { node: build(context, "_pick", [x], { map, to }, span), letters: own }
}

/** einsum: every operand spread over all letters, multiplied, and summed over what the result does not name. */
export function einsum(context: Context, spec: string, operands: readonly Node[], span: Span): Node {
  const [ins, out] = spec.replace(/\s/g, "").split("->") as [string, string | undefined]
  if (!/^[A-Za-z,.]*$/.test(ins) || (out !== undefined && !/^[A-Za-z.]*$/.test(out)))
    unfit(span, "einsum is followed for letters and ... only, such as 'ij,jk->ik'")
  const written = ins.split(",")
  if (written.length !== operands.length)
    unfit(span, `'${spec}' names ${written.length} tensors, and ${operands.length} are given`)
  // The axes that ... stands for get digits as their letters, those of all operands the same, counted from the last.
  const unnamed = written.map((t, k) => (t.includes("...") ? operands[k]!.shape.length - t.length + 3 : 0))
  const digits = Array.from({ length: Math.max(0, ...unnamed) }, (_, k) => String(k))
  const lettersOf = (text: string, count: number): string[] => {
    const [before, after] = text.split("...") as [string, string | undefined]
    return after === undefined ? [...text] : [...before, ...digits.slice(digits.length - Math.max(0, count)), ...after]
  }
  const terms = written.map((t, k) => lettersOf(t, unnamed[k]!))
  const counts = new Map<string, number>()
  for (const l of terms.flat()) counts.set(l, (counts.get(l) ?? 0) + 1)
  const result =
    out !== undefined
      ? lettersOf(out, digits.length)
      : [...counts]
          .filter(([, n]) => n === 1)
          .map(([l]) => l)
          .sort()
  const all = [...result, ...[...counts.keys()].filter((l) => !result.includes(l))]
  const sizes = new Map<string, number>()
  terms.forEach((letters, k) => {
    const x = operands[k]!
    if (letters.length !== x.shape.length)
      unfit(span, `'${letters.join("")}' names ${letters.length} axes, and the tensor has ${x.shape.length}`)
    letters.forEach((l, j) => {
      if ((sizes.get(l) ?? x.shape[j]) !== x.shape[j])
        unfit(span, `axis ${l} has two lengths, ${sizes.get(l)} and ${x.shape[j]}`)
      sizes.set(l, x.shape[j]!)
    })
  })
  if (result.some((l) => !sizes.has(l))) unfit(span, "the result names an axis that no tensor has")
  const factors = terms.map((letters, k) => {
    const { node, letters: own } = distinct(context, operands[k]!, letters, span)
    const sorted = all.filter((l) => own.includes(l))
    const ordered = build(context, "transpose", [node], { axes: sorted.map((l) => own.indexOf(l)) }, span)
    return build(context, "reshape", [ordered], { shape: all.map((l) => (own.includes(l) ? sizes.get(l)! : 1)) }, span)
  })
  const product = factors.reduce((a, b) => build(context, "mul", [a, b], {}, span))
  const over = all.map((_, k) => k).slice(result.length)
  const full = build(context, "broadcast_to", [product], { shape: all.map((l) => sizes.get(l)!) }, span)
  return over.length ? build(context, "sum", [full], { axis: over, keepdims: false }, span) : full
}
