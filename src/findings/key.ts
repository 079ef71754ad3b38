// The key of a finding: what it is about and not where it stands, so that it outlives moves and reformatting of code.
import { Problem } from "../source/problem.ts"
import { type Source, type Span, sliceOf } from "../source/text.ts"
import { parseFile } from "../syntax/file.ts"
import { parseExpression } from "../syntax/parse.ts"
import { printExpr } from "../syntax/print.ts"
import type { Finding } from "./finding.ts"
import { ownPlace } from "./places.ts"

export interface KeyParts {
  /** The file that defines the loss, also where what blocks stands in another one: it tells losses of one name apart. */
  readonly file: string
  readonly rule: string
  readonly loss: string
  /** Canonical text of the blocking expression. */
  readonly blocks: string
}

/** What a key needs of a finding. */
type Keyed = Pick<Finding, "marks" | "blocks" | "parameters" | "headline"> & { readonly rule: string }

/** `file|rule|loss|canonical text`: no line, no column, no count. */
export function keyOf(finding: Keyed, file: string, loss: string): string {
  const parts = keyPartsOf(finding, file, loss)
  return [parts.file, parts.rule, parts.loss, parts.blocks].join("|")
}

export const keyPartsOf = (finding: Keyed, file: string, loss: string): KeyParts => ({
  file,
  rule: finding.rule,
  loss: oneLine(loss),
  // Where nothing blocks, it is the same finding as long as it is about the same parameters, or says the same.
  blocks: blockingText(finding) || finding.parameters.join(", ") || oneLine(finding.headline),
})

const oneLine = (text: string): string => text.trim().replace(/\s+/g, " ")

/** The marks know the text as it stands in the user's file, with its line breaks and comments; `blocks` only in one line. */
function blockingText({ blocks, marks }: Keyed): string {
  const wanted = oneLine(blocks)
  const mark = marks.find(({ span }) => oneLine(sliceOf(span)) === wanted)
  if (!mark) return canonical({ name: "", text: blocks })
  const own: Span = ownPlace(mark.span)
  return canonical({ name: own.source.name, text: sliceOf(own) })
}

/** As our printer writes it; what is no expression of its own, with single blanks. */
function canonical({ name, text }: Source): string {
  // In brackets, so that it may be broken into lines, and a comment may end it.
  const source = { name, text: `(${text}\n)` }
  if (name !== "") {
    const [first, ...more] = parseFile(source).body
    return first?.type === "Expression" && more.length === 0 ? printExpr(first.value) : oneLine(text)
  }
  if (text.trim() === "") return ""
  try {
    return printExpr(parseExpression(source))
  } catch (error) {
    if (error instanceof Problem) return oneLine(text)
    throw error
  }
}
