// Tokens, and the tables that tell them apart: Python's words and operators, paper's signs, other languages' habits.

/** A mistake before it is known whether its repairs parse; `messages.ts` turns it into a Problem. */
export interface Mistake {
  readonly start: number
  readonly end: number
  readonly headline: string
  readonly text: string
  readonly also?: readonly { readonly start: number; readonly end: number; readonly text: string }[]
  /** Whole corrected texts, best first; the first that parses is shown. */
  readonly fixes?: readonly string[]
  /** The repairs mean different things: all that parse are shown. */
  readonly either?: boolean
  readonly note?: readonly string[]
}

/** A piece of an f-string: literal text, or where an expression stands. */
export type Piece = string | { readonly start: number; readonly end: number }

export type TokenKind =
  | "name"
  | "keyword"
  | "number"
  | "string"
  | "op"
  | "newline"
  | "indent"
  | "dedent"
  | "end"
  | "error"

export interface Token {
  readonly kind: TokenKind
  /** The canonical spelling: `<=` for `≤`, `pi` for `π`; empty where the kind says it all. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Of a bracket: the index of its partner, -1 while it has none. */
  match: number
  /** Of a string its pieces (`format` in the text when it is an f-string), of an error what to say. */
  readonly payload: readonly Piece[] | (() => Mistake) | null
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "))

export const KEYWORDS = words(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield",
)

/** Includes what only other languages have, so that it can be answered as one thing. No `|=`: `|x|==1` needs its bar. */
export const OPERATORS = words(
  "**= //= <<= >>= ... === !== ** // << >> <= >= == != -> := += -= *= /= %= @= &= ^= && => =< <> %% + - * / % @ & | ^ ~ < > ( ) [ ] { } , : . ; = ! ?",
)

export const CLOSERS: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
])

/** Signs of paper: what they are in Python. */
export const SIGNS: ReadonlyMap<string, readonly [TokenKind, string]> = new Map<string, readonly [TokenKind, string]>([
  ["≤", ["op", "<="]],
  ["⩽", ["op", "<="]],
  ["≥", ["op", ">="]],
  ["⩾", ["op", ">="]],
  ["≠", ["op", "!="]],
  ["·", ["op", "*"]],
  ["\u0387", ["op", "*"]],
  ["⋅", ["op", "*"]],
  ["×", ["op", "*"]],
  ["∗", ["op", "*"]],
  ["⊙", ["op", "*"]],
  ["÷", ["op", "/"]],
  ["∕", ["op", "/"]],
  ["−", ["op", "-"]],
  ["√", ["op", "√"]],
  ["∞", ["name", "inf"]],
  ["π", ["name", "pi"]],
  ["∑", ["name", "sum"]],
  ["∏", ["name", "prod"]],
  ["∧", ["keyword", "and"]],
  ["∨", ["keyword", "or"]],
  ["¬", ["keyword", "not"]],
  ["∈", ["keyword", "in"]],
])

/** Raised signs and what they are on the line. */
export const RAISED: ReadonlyMap<string, string> = new Map([
  ...[..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, digit): [string, string] => [sign, String(digit)]),
  ["⁺", "+"],
  ["⁻", "-"],
  ["⁽", "("],
  ["⁾", ")"],
  ...[..."ⁿⁱˣʸʲᵏᵐᵖᵗᵃᵇᶜᵈᵉ"].map((sign): [string, string] => [sign, sign.normalize("NFKC")]),
])

/** What separates `2` and `x` for the eye: every blank that is not a line break. */
export const BLANK = /[\s\u200b\u2060\ufeff]|\u200c|\u200d/u
