// The one door for a user's mistake: a headline, a place, and ways on. Our own faults are plain errors instead.
import type { Source, Span } from "./text.ts"

/** A place with a few words, drawn under the source line. */
export interface Mark {
  readonly span: Span
  readonly text: string
}

/** What a message says. Headline: lower case, no full stop. `help` lines are code or commands that can be pasted. */
export interface ProblemParts {
  readonly headline: string
  readonly mark?: Mark
  /** Further places, drawn lighter. */
  readonly also?: readonly Mark[]
  readonly help?: readonly string[]
  readonly note?: readonly string[]
  /** Names that are close to a misspelt one, best first, at most three. */
  readonly close?: readonly string[]
}

/** An error that is caught and told, or tried around: guesses fail by the hundred, and a stack trace costs more than all else in them. */
export class Foreseen extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** A mistake in what the user gave us: shown as a message, never as a stack trace; the process ends with exit code 2. */
export class Problem extends Foreseen {
  readonly parts: ProblemParts
  constructor(parts: ProblemParts) {
    super(parts.headline)
    this.name = "Problem"
    this.parts = parts
  }
}

/** Throws a Problem at a range of a source. */
export function fail(
  source: Source,
  start: number,
  end: number,
  headline: string,
  text = "",
  rest: Omit<ProblemParts, "headline" | "mark"> = {},
): never {
  throw new Problem({ headline, mark: { span: { source, start, end }, text }, ...rest })
}
