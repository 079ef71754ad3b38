// How a report looks: tones, signs and width. A tone adds colour to words that say the same without it.

export type Tone = "error" | "warning" | "note" | "evidence" | "help" | "strong"
export type Paint = (tone: Tone, text: string) => string

export interface Theme {
  /** Columns that a line may fill: no more than is good to read. */
  readonly width: number
  /** Columns that there are: a table or a list may fill them. Where nobody looks, as many as it takes. */
  readonly room: number
  /** No byte outside ASCII is printed. */
  readonly ascii: boolean
  readonly paint: Paint
  readonly signs: Signs
}

interface Signs {
  readonly bar: string
  /** From a mark down to its words, which stand to the right or, at the edge, to the left. */
  readonly corner: string
  readonly back: string
  readonly fork: string
  readonly more: string
  readonly dot: string
  readonly arrow: string
  /** A bin without gradient, the sizes from small to large, a bin that is not a number. */
  readonly none: string
  readonly bars: readonly string[]
  readonly broken: string
}

const unicode: Signs = {
  bar: "│",
  corner: "╰",
  back: "╯",
  fork: "├",
  more: "…",
  dot: "·",
  arrow: "→",
  none: "·",
  bars: [..."▁▂▃▄▅▆▇█"],
  broken: "×",
}
const ascii: Signs = {
  bar: "|",
  corner: "`",
  back: "'",
  fork: "|",
  more: "...",
  dot: "-",
  arrow: "->",
  none: "0",
  bars: [..."12345678"],
  broken: "x",
}

export const noPaint: Paint = (_, text) => text

export const themeOf = (width: number, plain: boolean, paint: Paint = noPaint, room = width): Theme => ({
  width: Math.max(40, Math.min(width, 100)),
  room: Math.max(40, room),
  ascii: plain,
  paint,
  signs: plain ? ascii : unicode,
})

const inAscii: ReadonlyMap<string, string> = new Map([
  ["│", "|"],
  ["╰", "`"],
  ["╯", "'"],
  ["├", "|"],
  ["…", "..."],
  ["·", "-"],
  ["×", "x"],
  ["→", "->"],
  ["−", "-"],
  ["–", "-"],
  ["—", "-"],
  ["‘", "'"],
  ["’", "'"],
  ["“", '"'],
  ["”", '"'],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["±", "+/-"],
  ["²", "^2"],
  ["³", "^3"],
  ["\u00a0", " "],
])

/** The text with nothing outside ASCII in it; what has no near sign is escaped. */
export const asciiOf = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is defined by its first character.
  text.replace(/[^\x00-\x7f]/gu, (sign) => inAscii.get(sign) ?? escaped(sign))

export const escaped = (sign: string): string => {
  const code = sign.codePointAt(0)!
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`
}

/** Words of a message as this theme can show them: what would steer the terminal is made visible. */
export function say(text: string, { ascii }: Theme): string {
  const safe = harmless(text)
  return ascii ? asciiOf(safe) : safe
}

/** Control characters come from users' texts; printed as they are they could move the cursor or change colours. */
export const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be shown.
  text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) =>
    c === "\t" ? "    " : escaped(c),
  )

/** Halves of characters, which UTF-8 and what is built on it have no form for. */
export const loneHalves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
