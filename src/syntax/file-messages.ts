// What to say of a statement in a file that could not be read. Files are code that runs elsewhere: one plain sentence.
import { give, lastEnd, type Parser, peek, previous, quoted } from "./parser.ts"
import type { Token } from "./tokens.ts"

export function unread(p: Parser): never {
  const token = peek(p)
  const before = previous(p)
  const { start, end, kind } = token
  if (kind === "error" && typeof token.payload === "function") give(p, token.payload())
  if (kind === "indent") {
    return give(p, { start, end, headline: "a line is indented without a reason", text: "no block begins before this" })
  }
  if (p.bracket !== undefined && /[\r\n]/.test(p.text.slice(before?.end ?? start, start).slice(0, 1000))) {
    return bracketOpen(p, p.bracket)
  }
  if (kind === "newline" || kind === "dedent" || kind === "end") {
    const at = before?.end ?? start
    if (p.bracket !== undefined) return bracketOpen(p, p.bracket)
    return give(p, { start: at, end: at, headline: "the statement ends too early", text: "something is missing here" })
  }
  if (before?.kind === "name" && (before.text === "print" || before.text === "exec") && kind !== "op") {
    const headline = `\`${before.text}\` without brackets is Python 2`
    return give(p, { start: before.start, end: before.end, headline, text: `${before.text}(…) is expected` })
  }
  const headline = `\`${quoted(p, start, end)}\` has no place here`
  return give(p, { start, end, headline, text: "the statement is read up to here" })
}

function bracketOpen(p: Parser, { start, end }: Token): never {
  const at = lastEnd(p)
  const also = [{ start, end, text: "opened here" }]
  return give(p, { start: at, end: at, headline: "a bracket is still open", text: "something is missing here", also })
}
