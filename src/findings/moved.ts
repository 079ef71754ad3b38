// Findings of an expression that stands inside of a file: their marks moved to where it stands there.
import { Problem } from "../source/problem.ts"
import type { Source, Span } from "../source/text.ts"
import { type Scalar, spanIn } from "../source/tree.ts"
import type { Finding } from "./finding.ts"

/** The texts of a file that were read as sources of their own, and where each stands. */
export interface Home {
  readonly source: Source
  readonly scalars: readonly Scalar[]
}

function movedSpan(span: Span, { source, scalars }: Home): Span {
  if (span.via) return { ...span, via: movedSpan(span.via, { source, scalars }) }
  const scalar = scalars.find((s) => s.text === span.source.text)
  return scalar ? spanIn(source, scalar.placeOf(span.start, span.end)) : span
}

const movedMark = <M extends { readonly span: Span }>(mark: M, home: Home): M => ({
  ...mark,
  span: movedSpan(mark.span, home),
})

export const movedFinding = (finding: Finding, home: Home): Finding => ({
  ...finding,
  marks: finding.marks.map((m) => movedMark(m, home)),
})

/** A message without a place gets the place of the definition. */
export function movedProblem({ parts }: Problem, home: Home, at: { start: number; end: number }): Problem {
  const { mark, also } = parts
  return new Problem({
    ...parts,
    mark: mark ? movedMark(mark, home) : { span: spanIn(home.source, at), text: "" },
    ...(also ? { also: also.map((m) => movedMark(m, home)) } : {}),
  })
}
