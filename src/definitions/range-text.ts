// Range texts: "0..1 [8, 10]" to a range with a shape, and back.
import { fail, type ProblemParts } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import type { Source } from "../source/text.ts"
import { DISTRIBUTIONS, EXAMPLES, INSTEAD, MAX_ELEMENTS, MAX_RANK } from "./range-names.ts"
import type { InputSpec, Range } from "./ranges.ts"

/** A text and how far it has been read. `base` is where the text starts in its source. */
interface Reader {
  readonly source: Source
  readonly text: string
  readonly base: number
  at: number
}

/**
 * Reads a range and, in square brackets, a shape: "0..1", "-3..3 int [8, 10]", "{0, 1}", "normal(0, 1) [16]",
 * "sorted(0..1) [5]". `offset` is where the text starts in `source`. Every mistake is a Problem with its place.
 */
export function parseInputSpec(text: string, source: Source = { name: "", text }, offset = 0): InputSpec {
  const reader: Reader = { source, text, base: offset, at: 0 }
  if (text.trim() === "") wrong(reader, 0, text.length, "the range is empty", "", EXAMPLES)
  const range = readRange(reader)
  const shape = readShape(reader, range)
  skip(reader)
  const rest = reader.at
  if (rest < text.length) {
    const help = shape === undefined ? [`${printRange(range)} [8, 10]`] : [printSpec({ range, shape })]
    if (shape === undefined && range.kind === "interval") help.unshift(`${printRange({ ...range, whole: true })}`)
    wrong(reader, rest, text.length, `the range ends before \`${text.slice(rest).trim()}\``, "not expected here", help)
  }
  return shape === undefined ? { range } : { range, shape }
}

function wrong(
  reader: Reader,
  start: number,
  end: number,
  headline: string,
  mark = "",
  help: readonly string[] = [],
  rest: Pick<ProblemParts, "note" | "close"> = {},
): never {
  // Blanks that were skipped in search of more are no part of the mistake.
  const length = reader.text.slice(start, end).trimEnd().length
  return fail(reader.source, reader.base + start, reader.base + start + length, headline, mark, { help, ...rest })
}

function skip(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? "")) reader.at++
}

/** Reads `pattern` (sticky) after blanks; "" when it is not there. */
function take(reader: Reader, pattern: RegExp): string {
  skip(reader)
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0] ?? ""
  reader.at += found.length
  return found
}

const WORD = /[\p{L}_][\p{L}\p{N}_.]*/uy
const PUNCTUATION = /[{}()[\],]/y
// A number's point is not the first of the two dots of a range: "0..1" starts with 0.
const NUMBER = /[-+−]?(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y
const NAMED_NUMBER = /[-+−]?(?:pi|π)(?![\p{L}\p{N}_])/uy
const ENDLESS = /[-+−]?(?:inf(?:inity)?|nan|∞)(?![\p{L}\p{N}_])/iuy

/** Reads a finite number; `what` names it where it is missing. */
function readNumber(reader: Reader, what: string, help: readonly string[]): number {
  skip(reader)
  const start = reader.at
  const endless = take(reader, ENDLESS)
  if (endless !== "") {
    const note = ["an input without bounds is drawn from a distribution, such as normal(0, 10)"]
    wrong(reader, start, reader.at, `${what} must be finite`, "not a finite number", help, { note })
  }
  const name = take(reader, NAMED_NUMBER)
  if (name !== "") return /[-−]/.test(name) ? -Math.PI : Math.PI
  const digits = take(reader, NUMBER)
  if (digits === "")
    wrong(
      reader,
      start,
      Math.min(start + 1, reader.text.length),
      `${what} is missing`,
      "a number is expected here",
      help,
    )
  const value = Number(digits.replace("−", "-"))
  if (!Number.isFinite(value))
    wrong(reader, start, reader.at, `${what} must be finite`, "more than a float64 can hold", help)
  return value
}

function readRange(reader: Reader): Range {
  skip(reader)
  const start = reader.at
  const first = reader.text[start] ?? ""
  if (first === "{") return readSet(reader)
  if (first === "[" || first === "(") {
    wrong(reader, start, reader.text.length, "a range is written low..high", "", ["0..1", "{0, 1}"], {
      note: [
        "square brackets after a range give the shape; a list of samples belongs in a definition file or the library",
      ],
    })
  }
  for (const pattern of [NAMED_NUMBER, ENDLESS]) {
    pattern.lastIndex = start
    if (pattern.test(reader.text)) return readInterval(reader)
  }
  const word = take(reader, WORD)
  if (word === "") return readInterval(reader)
  return word === "sorted" ? readSorted(reader, start) : readDistribution(reader, word, start)
}

function readInterval(reader: Reader): Range {
  skip(reader)
  const start = reader.at
  const low = readNumber(reader, "the range's lower end", ["0..1", "-3..3"])
  skip(reader)
  const middle = reader.at
  if (take(reader, /\.*/y).length !== 2) {
    const end = reader.text.length
    const help = [`${number(low)}..${number(low + 1)}`]
    const headline = "a range is written low..high"
    if (middle < end)
      wrong(reader, middle, Math.max(reader.at, middle + 1), headline, "two dots are expected here", help)
    wrong(reader, start, end, headline, "one number is not a range", [`{${number(low)}}`, ...help])
  }
  const high = readNumber(reader, "the range's upper end", [`${number(low)}..${number(low + 1)}`])
  const end = reader.at
  const whole = take(reader, /int(?![\p{L}\p{N}_])/uy) !== ""
  if (high < low)
    wrong(reader, start, end, `the range ${number(low)}..${number(high)} is reversed`, "the lower end comes first", [
      `${number(high)}..${number(low)}`,
    ])
  if (whole && !(Number.isInteger(low) && Number.isInteger(high))) {
    wrong(reader, start, end, "a range of whole numbers has whole ends", "", [
      `${Math.floor(low)}..${Math.ceil(high)} int`,
    ])
  }
  return { kind: "interval", low, high, whole }
}

function readSet(reader: Reader): Range {
  const start = reader.at++
  const help = ["{0, 1}"]
  if (take(reader, /\}/y) !== "") wrong(reader, start, reader.at, "the set is empty", "", help)
  const values: number[] = []
  let next = ","
  for (; next === ","; next = take(reader, PUNCTUATION)) values.push(readNumber(reader, "a value of the set", help))
  if (next !== "}")
    wrong(reader, start, reader.text.length, "the set is not closed", "`}` is missing", [
      printRange({ kind: "set", values }),
    ])
  return { kind: "set", values }
}

function readSorted(reader: Reader, start: number): Range {
  const help = ["sorted(0..1) [5]"]
  if (take(reader, /\(/y) === "") wrong(reader, start, reader.at, "sorted needs the range to sort", "", help)
  skip(reader)
  const inner = reader.at
  // Nested as deep as the text is long, it would exhaust the stack, and it would say nothing new.
  if (/^sorted\b/.test(reader.text.slice(inner, inner + 7)))
    wrong(reader, inner, inner + 6, "sorted inside sorted says nothing new", "", help)
  const of = readRange(reader)
  skip(reader)
  if (reader.text[reader.at] === "[")
    wrong(reader, reader.at, reader.text.length, "the shape goes after the bracket", "", [
      `sorted(${printRange(of)}) [5]`,
    ])
  if (take(reader, /\)/y) === "")
    wrong(reader, start, reader.at, "sorted( is not closed", "`)` is missing", [`sorted(${printRange(of)})`])
  return { kind: "sorted", of }
}

function readDistribution(reader: Reader, word: string, start: number): Range {
  const known = DISTRIBUTIONS.get(word)
  if (known === undefined) {
    const names = [...DISTRIBUTIONS.keys(), "sorted"]
    const instead = INSTEAD.get(word.toLowerCase())
    const close = instead === undefined ? suggest(word, names) : []
    const examples =
      instead === undefined ? close.map((name) => DISTRIBUTIONS.get(name)?.example ?? "sorted(0..1) [5]") : [instead]
    wrong(reader, start, reader.at, `no range is called \`${word}\``, "", examples.length > 0 ? examples : EXAMPLES, {
      close,
      note: [`the names are ${names.join(", ")}`],
    })
  }
  const { parameters, example, make } = known
  const values: number[] = []
  if (take(reader, /\(/y) !== "" && take(reader, /\)/y) === "") {
    let next = ","
    for (; next === ","; next = take(reader, PUNCTUATION)) {
      skip(reader)
      const at = reader.at
      const parameter = parameters[values.length]
      if (parameter === undefined)
        wrong(
          reader,
          at,
          reader.text.length,
          `${word} takes ${["no number", "one number", "two numbers"][parameters.length]}`,
          "one too many",
          [example],
        )
      const value = readNumber(reader, `${word}'s ${parameter.name}`, [example])
      if (!parameter.fits(value))
        wrong(reader, at, reader.at, `${word}'s ${parameter.name} must be ${parameter.must}`, "", [example])
      values.push(value)
    }
    if (next !== ")") wrong(reader, start, reader.at, `${word}( is not closed`, "`)` or `,` is missing", [example])
  }
  const missing = parameters.find((p, i) => i >= values.length && p.fallback === undefined)
  if (missing !== undefined) wrong(reader, start, reader.at, `${word} needs its ${missing.name}`, "", [example])
  const [a = 0, b = 0] = parameters.map((p, i) => values[i] ?? p.fallback ?? 0)
  return make(a, b)
}

const ROWWISE = new Set(["simplex", "onehot", "unit"])

/** Reads "[8, 10]"; undefined where no bracket opens. */
function readShape(reader: Reader, range: Range): number[] | undefined {
  if (take(reader, /\[/y) === "") return undefined
  const start = reader.at - 1
  const shape: number[] = []
  const help = [`${printRange(range)} [8, 10]`]
  let next = take(reader, /\]/y)
  while (next !== "]") {
    skip(reader)
    const at = reader.at
    const digits = take(reader, /\d+/y)
    next = take(reader, /[\],]/y)
    if (digits === "" || next === "") {
      if (reader.at >= reader.text.length)
        wrong(reader, start, reader.at, "the shape is not closed", "`]` is missing", help)
      wrong(reader, at, reader.text.length, "a shape is a list of whole numbers", "", help)
    }
    if (Number(digits) < 1) wrong(reader, at, at + digits.length, "a shape's sizes are 1 or more", "", help)
    shape.push(Number(digits))
  }
  if (shape.length > MAX_RANK)
    wrong(reader, start, reader.at, `shapes have at most ${MAX_RANK} axes`, `${shape.length} axes`)
  if (shape.reduce((product, size) => product * size, 1) > MAX_ELEMENTS)
    wrong(reader, start, reader.at, "shapes hold at most 1,000,000 elements")
  if (shape.length === 0 && ROWWISE.has(range.kind)) {
    wrong(reader, start, reader.at, `${range.kind} needs a last axis, and [] is a scalar`, "", [
      `${printRange(range)} [10]`,
    ])
  }
  return shape
}

/** A number so that reading gives the same float64 again; String would lose the sign of -0. */
const number = (value: number): string => (Object.is(value, -0) ? "-0" : String(value))

/** The text of a range, read back by `parseInputSpec`; a list of samples has no text and says how many it holds. */
export function printRange(range: Range): string {
  switch (range.kind) {
    case "interval":
      return `${number(range.low)}..${number(range.high)}${range.whole ? " int" : ""}`
    case "set":
      return `{${range.values.map(number).join(", ")}}`
    case "bernoulli":
      return `bernoulli(${number(range.q)})`
    case "normal":
      return `normal(${number(range.mean)}, ${number(range.sd)})`
    case "exponential":
      return `exponential(${number(range.scale)})`
    case "poisson":
      return `poisson(${number(range.mean)})`
    case "gamma":
      return `gamma(${number(range.shape)}, ${number(range.scale)})`
    case "simplex":
      return `simplex(${number(range.spread)})`
    case "sorted":
      return `sorted(${printRange(range.of)})`
    case "list":
      return range.samples.length === 1 ? "1 sample" : `${range.samples.length} samples`
    default:
      return range.kind
  }
}

/** The text of a range and its shape, when it has one. */
export const printSpec = (spec: InputSpec): string =>
  spec.shape === undefined ? printRange(spec.range) : `${printRange(spec.range)} [${spec.shape.join(", ")}]`
