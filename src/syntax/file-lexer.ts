// The text of a Python file into tokens, as fast as it goes: characters by a table, each word made once, no regular
// expression where plain letters will do. A mistake is a token; reading goes on behind it.
import { number, quoted, strayCharacter } from "./file-literals.ts"
import type { Lexer } from "./reading.ts"
import { PREFIX } from "./strings.ts"
import { KEYWORDS, type Mistake, type Token, type TokenKind } from "./tokens.ts"

const [OTHER, BLANK, BREAK, LETTER, DIGIT, QUOTE, COMMENT, SIGN, OPENER, CLOSER, DOT, BACKSLASH] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
] as const

const KIND = new Uint8Array(128)
const fill = (letters: string, kind: number) => {
  for (const c of letters) KIND[c.charCodeAt(0)] = kind
}
fill(" \t\f", BLANK)
fill("\r\n", BREAK)
fill("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", LETTER)
fill("0123456789", DIGIT)
fill("\"'", QUOTE)
fill("#", COMMENT)
fill("+-*/%@&|^~<>=!,:;", SIGN)
fill("([{", OPENER)
fill(")]}", CLOSER)
fill(".", DOT)
fill("\\", BACKSLASH)

/** Signs by their code, alone and with `=` behind them, so that no text is cut out for them. */
const ALONE: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
const EQUALS: readonly (string | undefined)[] = ALONE.map((c) => ("+-*/%@&|^<>=!:".includes(c) ? `${c}=` : undefined))
const TWICE: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["*", ["**", "**="]],
  ["/", ["//", "//="]],
  ["<", ["<<", "<<="]],
  [">", [">>", ">>="]],
])

/** Words that were read lately, by a hash of their letters. */
export interface Words {
  readonly texts: (string | undefined)[]
  readonly kinds: TokenKind[]
}

const MOST_WORDS = 1024

export const noWords = (): Words => ({
  texts: new Array<string | undefined>(MOST_WORDS).fill(undefined),
  kinds: new Array<TokenKind>(MOST_WORDS).fill("name"),
})

/** As many as 4 MB of ordinary code have. */
const MOST_TOKENS = 750_000

/** Reads on until there are so many tokens or no more. */
export function readFileTo(lexer: Lexer, count: number) {
  const { text, tokens, open, nested } = lexer
  // Reading ends early where a tree would need more room than a machine may have.
  if (lexer.passed + tokens.length > MOST_TOKENS && lexer.at < lexer.end) lexer.end = lexer.at
  const { end } = lexer
  while (tokens.length < count && !lexer.done) {
    if (lexer.fresh) {
      lexer.fresh = false
      if (open.length === 0 && !nested) startLine(lexer)
    }
    const { at } = lexer
    if (at >= end) {
      finish(lexer)
      return
    }
    const code = text.charCodeAt(at)
    switch (code < 128 ? KIND[code] : OTHER) {
      case BLANK:
        lexer.at++
        break
      case BREAK:
        endLine(lexer, at, code)
        break
      case LETTER:
        word(lexer, at)
        break
      case DIGIT:
        number(lexer, at)
        break
      case QUOTE:
        quoted(lexer, at, at, "")
        break
      case COMMENT:
        comment(lexer, at)
        break
      case SIGN:
        sign(lexer, at, code)
        break
      case OPENER:
        open.push(code === 40 ? 41 : code + 2)
        put(lexer, "op", ALONE[code]!, at, at + 1)
        break
      case CLOSER:
        close(lexer, at, code)
        break
      case DOT:
        if (KIND[text.charCodeAt(at + 1)] === DIGIT) number(lexer, at)
        else if (text.startsWith("...", at)) put(lexer, "op", "...", at, at + 3)
        else put(lexer, "op", ".", at, at + 1)
        break
      case BACKSLASH:
        backslash(lexer, at)
        break
      default:
        other(lexer, at)
    }
  }
}

export function put(lexer: Lexer, kind: TokenKind, text: string, start: number, end: number) {
  lexer.tokens.push({ kind, text, start, end, match: -1, payload: null })
  lexer.at = end
}

export function putMistake(lexer: Lexer, start: number, end: number, say: () => Mistake, text = "") {
  const token: Token = { kind: "error", text, start, end, match: -1, payload: say }
  lexer.tokens.push(token)
  lexer.at = end
}

function finish(lexer: Lexer) {
  const { end, tokens, open, nested, indents } = lexer
  lexer.done = true
  if (open.length === 0 && !nested) {
    const last = tokens.at(-1)?.kind
    if (last !== undefined && last !== "newline" && last !== "dedent") put(lexer, "newline", "", end, end)
    for (let i = indents.length; i > 1; i--) put(lexer, "dedent", "", end, end)
  }
  put(lexer, "end", "", end, end)
}

/** Measures the indentation of the next line that holds something, and says when it changed. */
function startLine(lexer: Lexer) {
  const { text, end, indents } = lexer
  let i = lexer.at
  let from = i
  let column = 0
  for (; i < end; i++) {
    const c = text.charCodeAt(i)
    if (c === 32) column++
    else if (c === 9) column += 8 - (column % 8)
    else if (c === 12) column = 0
    else if (c === 10 || c === 13) {
      column = 0
      from = i + 1
    } else if (c === 35) {
      comment(lexer, i)
      i = lexer.at - 1
    } else if (c === 92 && column === 0 && lineEndAt(text, i + 1) > 0) {
      i = lineEndAt(text, i + 1) - 1
      from = i + 1
    } else break
  }
  lexer.at = i
  if (i >= end) return
  const current = indents[indents.length - 1]!
  if (column === current) return
  if (column > current) {
    indents.push(column)
    put(lexer, "indent", "", i, i)
    return
  }
  while (indents[indents.length - 1]! > column) {
    indents.pop()
    if (indents[indents.length - 1]! >= column) put(lexer, "dedent", "", i, i)
  }
  if (indents[indents.length - 1] === column) return
  // Between two levels: the inner one goes on with this indentation, and the parser is told.
  indents.push(column)
  const headline = "the indentation fits no line before"
  putMistake(lexer, from, i, () => ({ start: from, end: i, headline, text: "not one of those above" }), "dedent")
}

/** Where the line goes on behind a line break at an offset, or -1. */
function lineEndAt(text: string, at: number): number {
  const c = text.charCodeAt(at)
  return c === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : c === 10 || c === 13 ? at + 1 : -1
}

function endLine(lexer: Lexer, at: number, code: number) {
  const { tokens } = lexer
  const stop = code === 13 && lexer.text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1
  lexer.fresh = true
  if (lexer.open.length === 0 && !lexer.nested && tokens.length > 0 && tokens[tokens.length - 1]!.kind !== "newline") {
    put(lexer, "newline", "", at, stop)
  } else lexer.at = stop
}

function comment(lexer: Lexer, at: number) {
  const { text, end, comments } = lexer
  let i = at + 1
  while (i < end) {
    const c = text.charCodeAt(i)
    if (c === 10 || c === 13) break
    i++
  }
  comments.push(at)
  lexer.at = i
}

function word(lexer: Lexer, at: number) {
  const { text, words } = lexer
  let hash = 0
  let i = at
  let c = text.charCodeAt(i)
  let kind = KIND[c]
  do {
    hash = (Math.imul(hash, 31) + c) | 0
    c = text.charCodeAt(++i)
    kind = c < 128 ? KIND[c] : OTHER
  } while (kind === LETTER || kind === DIGIT)
  if (c >= 128) return wideWord(lexer, at)
  if (kind === QUOTE && i - at < 3 && PREFIX.test(text.slice(at, i))) {
    return quoted(lexer, at, i, text.slice(at, i).toLowerCase())
  }
  const slot = (hash ^ (hash >>> 10)) & (MOST_WORDS - 1)
  let known = words.texts[slot]
  if (known === undefined || known.length !== i - at || !text.startsWith(known, at)) {
    known = text.slice(at, i)
    words.texts[slot] = known
    words.kinds[slot] = KEYWORDS.has(known) ? "keyword" : "name"
  }
  put(lexer, words.kinds[slot]!, known, at, i)
}

const WIDE = /[\p{ID_Start}_][\p{ID_Continue}]*/uy

/** A name with letters beyond ASCII, in Unicode's own spelling. */
function wideWord(lexer: Lexer, at: number) {
  WIDE.lastIndex = at
  if (!WIDE.test(lexer.text)) return strayCharacter(lexer, at)
  const stop = WIDE.lastIndex
  const plain = lexer.text.slice(at, stop).normalize("NFKC")
  put(lexer, KEYWORDS.has(plain) ? "keyword" : "name", plain, at, stop)
}

function sign(lexer: Lexer, at: number, code: number) {
  const { text } = lexer
  const next = text.charCodeAt(at + 1)
  if (next === 61) {
    const found = EQUALS[code]
    if (found !== undefined) return put(lexer, "op", found, at, at + 2)
  } else if (next === code) {
    const found = TWICE.get(ALONE[code]!)
    if (found !== undefined) {
      const longer = text.charCodeAt(at + 2) === 61
      return put(lexer, "op", longer ? found[1] : found[0], at, at + (longer ? 3 : 2))
    }
  } else if (code === 45 && next === 62) return put(lexer, "op", "->", at, at + 2)
  if (code === 33) return strayCharacter(lexer, at)
  put(lexer, "op", ALONE[code]!, at, at + 1)
}

function close(lexer: Lexer, at: number, code: number) {
  const wanted = lexer.open.pop()
  if (wanted === code) return put(lexer, "op", ALONE[code]!, at, at + 1)
  putMistake(lexer, at, at + 1, () => ({
    start: at,
    end: at + 1,
    headline: `\`${ALONE[code]}\` closes no bracket`,
    text: wanted === undefined ? "nothing is open here" : `\`${ALONE[wanted]}\` is expected here`,
  }))
}

function backslash(lexer: Lexer, at: number) {
  const stop = lineEndAt(lexer.text, at + 1)
  if (stop > 0) lexer.at = stop
  else if (at + 1 >= lexer.end) lexer.at = lexer.end
  else strayCharacter(lexer, at)
}

function other(lexer: Lexer, at: number) {
  if (lexer.text.charCodeAt(at) >= 128) wideWord(lexer, at)
  else strayCharacter(lexer, at)
}
