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

const starts = new WeakMap<Source, readonly number[]>()

/** Where each line starts, worked out once. A line ends at \n, \r\n or \r. */
function startsOf(source: Source): readonly number[] {
  let known = starts.get(source)
  if (!known) {
    const { text } = source
    const list = [0]
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) list.push(i + 1)
    }
    known = list
    starts.set(source, known)
  }
  return known
}

/** Line and column of an offset. */
export function positionOf(source: Source, offset: number): Position {
  const list = startsOf(source)
  let [low, high] = [0, list.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (list[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - list[low]! + 1 }
}

/** The text of a line, counted from 1, without its line break. */
export const lineOf = (source: Source, line: number): string => source.text.split(/\r\n|\r|\n/)[line - 1] ?? ""
