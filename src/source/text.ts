// A piece of source and positions in it: offsets everywhere, lines and columns only when somebody asks.

/** A text with a name: an expression from the command line, a file, or the body of a composition. */
export interface Source {
  /** What to call it in messages: a file name, or "" for an expression given on the command line. */
  readonly name: string
  readonly text: string
}

/**
 * A half-open range of UTF-16 offsets in a source. `via` is the call that led there, when it lies in a composition;
 * `calls` the call of a function of the user's own, which has its own `calls`, and so on up to the definition.
 */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly via?: Span
  readonly calls?: Span
}

/** Line and column, both counted from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export const sliceOf = (span: Span): string => span.source.text.slice(span.start, span.end)

/** Line and column of an offset. A line ends at \n, \r\n or \r. */
export function positionOf(source: Source, offset: number): Position {
  let line = 1
  let lineStart = 0
  const text = source.text
  for (let i = 0; i < offset && i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++
      lineStart = i + 1
    }
  }
  return { line, column: offset - lineStart + 1 }
}

/** The text of a line, counted from 1, without its line break. */
export const lineOf = (source: Source, line: number): string => source.text.split(/\r\n|\r|\n/)[line - 1] ?? ""
