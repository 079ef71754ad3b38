// From nodes to places in the source, and from places to text.

import type { Node } from "../graph/node.ts"
import type { Blocker } from "../samples/blame.ts"
import { positionOf, type Source, type Span, sliceOf } from "../source/text.ts"
import type { FindingMark } from "./finding.ts"

/** The place in the user's own text that led to a span: the outermost call. */
export function outermost(span: Span): Span {
  let at = span
  while (at.via) at = at.via
  return at
}

/** Functions of gradcheck's own are sources with a plain name; what a user wrote is a file or has no name. */
const isFile = ({ name }: Source): boolean => /[./\\]/.test(name)

/** The innermost place in what the user wrote: past gradcheck's own compositions, in whichever of the user's files. */
export function ownPlace(span: Span): Span {
  let at = span
  while (at.via && !isFile(at.source)) at = at.via
  return at
}

/** A call's text in a line; a long one ends where it grows dull. */
const LONGEST_CALL = 60
const shortText = (span: Span): string => {
  const text = sliceOf(span).replace(/\s+/g, " ")
  return text.length > LONGEST_CALL ? `${text.slice(0, LONGEST_CALL - 1)}…` : text
}

/** The calls from a definition to a place in a helper, the first one first: "losses.py:12 hard(pred)". */
export function callsTo(span: Span): string[] {
  const calls: string[] = []
  for (let at = outermost(span).calls; at?.calls; at = at.calls)
    calls.unshift(`${at.source.name}:${positionOf(at.source, at.start).line} ${shortText(at)}`)
  return calls
}

/** The nearest places that stand for a node: its own, or those of the nodes that use what has none. */
export const spansOf = (node: Node): readonly Span[] => node.spans

/** Marks for a node: the first place with the words, the others as "and here". */
export function marksOf(node: Node, text: string, again = "and here"): FindingMark[] {
  return spansOf(node)
    .slice(0, 4)
    .map((span, k) => ({ span, text: k === 0 ? text : again }))
}

/** Marks for what blocks: the side of an `if` that is to blame, or the node itself. */
export const marksOfBlocker = ({ node, side }: Blocker, text: string, again?: string): FindingMark[] =>
  marksOf(side ?? node, text, again)

/** The text of a node as the user wrote it; the operation's name where it has no place. */
export const textOf = (node: Node): string =>
  node.spans[0] ? sliceOf(node.spans[0]).replace(/\s+/g, " ") : node.op.name
