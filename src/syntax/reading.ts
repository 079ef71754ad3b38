// A text that is being read into tokens: how far, and what the two lexers have to remember.
import { noWords, type Words } from "./file-lexer.ts"
import type { Token } from "./tokens.ts"

export interface LexOptions {
  /** Paper's signs count: `≤`, `√`, raised numbers. */
  readonly paper: boolean
  /** The part to read; all of the text by default. */
  readonly start?: number
  readonly end?: number
  /** Inside a bracket, where line breaks mean nothing. */
  readonly nested?: boolean
  /** The lexer of the text around the part. */
  readonly outer?: Lexer
}

/** A text that is being read; it is read as far as somebody asks, so that an early mistake in a long text comes early. */
export interface Lexer {
  readonly text: string
  end: number
  readonly paper: boolean
  readonly nested: boolean
  readonly tokens: Token[]
  /** On paper the indices of the brackets that are open, in a file the codes of what closes them. */
  readonly open: number[]
  readonly indents: number[]
  /** In a file: where comments begin, words that were read, and how many characters may still be read twice. */
  readonly comments: number[]
  readonly words: Words
  again: number
  /** Tokens that were let go, and those inside f-strings. */
  passed: number
  /** No token may be let go, since the parser may go back to it. */
  keep: boolean
  at: number
  /** A line begins at `at`. */
  fresh: boolean
  done: boolean
}

export function openLexer(text: string, options: LexOptions): Lexer {
  const { paper, start = 0, end = text.length, nested = false, outer } = options
  const at = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start
  const words = outer?.words ?? (paper ? NONE : noWords())
  const again = paper || nested ? 0 : MOST_AGAIN + text.length
  const state = { at, fresh: true, done: false, again, passed: 0, keep: false }
  return { text, end, paper, nested, tokens: [], open: [], indents: paper ? [] : [0], comments: [], words, ...state }
}

/** Behind a bracket that never closes, a file is read again; so much is cheap, and more would add up. */
const MOST_AGAIN = 1_000_000
const NONE: Words = { texts: [], kinds: [] }
