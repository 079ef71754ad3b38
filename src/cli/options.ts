// Flag texts become the options of a check; every mistake is a message with the way out.
import { existsSync } from "node:fs"
import type { CheckOptions } from "../check.ts"
import { parseInputSpec } from "../definitions/ranges.ts"
import { roles } from "../definitions/roles.ts"
import type { Levels } from "../findings/levels.ts"
import { formats, type NumberFormat } from "../gradient/formats.ts"
import { frameworks } from "../ops/record.ts"
import { reportFormats } from "../report/index.ts"
import { Problem } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import type { Source } from "../source/text.ts"
import { type FailOn, failLevels } from "./exit.ts"
import { type Colour, colours } from "./terminal.ts"

/** What commander hands over: texts, lists of texts, switches. */
export type Given = Readonly<Record<string, string | readonly string[] | boolean | undefined>>

export interface Output {
  /** What goes to the terminal; none where nothing is said of it. */
  readonly terminal: readonly string[]
  readonly files: readonly { readonly format: string; readonly file: string }[]
  readonly failOn: FailOn
  readonly color: Colour
  readonly ascii: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly stats: boolean
}

export interface Settings extends Output {
  readonly check: Omit<CheckOptions, "dtype">
  readonly dtypes: readonly NumberFormat[]
  /** Levels of rules, where a configuration says some. */
  readonly rules?: Levels
  /** The texts of --at: one point only. */
  readonly at?: readonly string[]
}

export const plainOutput: Output = {
  terminal: ["text"],
  files: [],
  failOn: "error",
  color: "auto",
  ascii: false,
  quiet: false,
  verbose: false,
  stats: false,
}
export const plainSettings: Settings = { ...plainOutput, check: {}, dtypes: ["float32"] }

export const text = (given: Given, name: string): string | undefined => {
  const value = given[name]
  return typeof value === "string" ? value : undefined
}

function choice<T extends string>(flag: string, value: string | undefined, choices: readonly T[], fallback: T): T {
  if (value === undefined) return fallback
  if (choices.includes(value as T)) return value as T
  const near = choices.find((c) => c.startsWith(value.toLowerCase()) && value !== "")
  const close = near ? [near] : suggest(value, choices)
  throw new Problem({
    headline: `${flag} has no choice ${value === "" ? "that is empty" : value}`,
    close,
    note: [`the choices are ${choices.join(", ")}`],
  })
}

/** "sarif" and "sarif=report.sarif", as flags say them. */
export function readFormats(given: readonly string[]): Pick<Output, "terminal" | "files"> {
  const files = new Map<string, string>()
  const terminal: string[] = []
  for (const one of given) {
    const equals = one.indexOf("=")
    const format = choice("--format", equals < 0 ? one : one.slice(0, equals), [...reportFormats.keys()], "text")
    const file = equals < 0 ? "-" : one.slice(equals + 1)
    if (file === "") throw new Problem({ headline: `--format ${one} names no file`, help: [`--format ${format}=FILE`] })
    if (file === "-") terminal.push(format)
    else if (files.has(file)) throw new Problem({ headline: `two formats are to go into ${file}` })
    else files.set(file, format)
  }
  const different = [...new Set(terminal)]
  if (different.length > 1)
    throw new Problem({
      headline: `${different.length} formats are to go to the terminal: ${different.join(", ")}`,
      help: different.slice(1).map((format) => `--format ${format}=FILE`),
      note: ["one of them can; the others need a file each"],
    })
  return { terminal: different, files: [...files].map(([file, format]) => ({ format, file })) }
}

/** Whether one of the formats asked for shows more than findings and verdicts. */
export const isShown = (
  what: "evidence" | "curves",
  { terminal, files }: Pick<Output, "terminal" | "files">,
): boolean => [...terminal, ...files.map((f) => f.format)].some((f) => reportFormats.get(f)!.shows.includes(what))

export function readOutput(given: Given): Output {
  return {
    ...readFormats(Array.isArray(given.format) ? (given.format as readonly string[]) : []),
    failOn: choice("--fail-on", text(given, "failOn"), failLevels, "error"),
    color: choice<Colour>("--color", text(given, "color"), colours, "auto"),
    ascii: given.ascii === true,
    quiet: given.quiet === true,
    verbose: given.verbose === true,
    stats: given.stats === true,
  }
}

const WHOLE = /^\d{1,15}$/

function whole(flag: string, value: string): number {
  const digits = value.trim().replace(/[,_](?=\d{3}(\D|$))/g, "")
  if (WHOLE.test(digits)) return Number(digits)
  throw new Problem({
    headline: `${flag} is a whole number, not ${value === "" ? "nothing" : value}`,
    help: [`${flag} ${flag === "--seed" ? 0 : flag === "--batch" ? 8 : flag === "--prove" ? 400 : 1000}`],
  })
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

function names(flag: string, value: string): string[] {
  const list = value
    .split(",")
    .map((n) => n.trim())
    .filter((n) => n !== "")
  for (const name of list)
    if (!NAME.test(name))
      throw new Problem({
        headline: `${flag} takes names with commas between them, and ${name} is no name`,
        help: [`${flag} w,b`],
      })
  if (list.length === 0) throw new Problem({ headline: `${flag} needs at least one name`, help: [`${flag} p`] })
  return list
}

/** Which rules there are is known to check(), which says what a misspelt one may have meant. */
function rules(flag: string, value: string): string[] {
  const list = value
    .split(",")
    .map((n) => n.trim())
    .filter((n) => n !== "")
  if (list.length === 0)
    throw new Problem({ headline: `${flag} needs at least one rule`, help: [`${flag} flat-side,saturation`] })
  return list
}

/** "p=0..1" with its place in the message when the range cannot be read. */
function readInput(given: string): [name: string, range: string] {
  const source: Source = { name: "--in", text: given }
  const mark = (start: number, end: number, words: string) => ({ span: { source, start, end }, text: words })
  const equals = given.indexOf("=")
  const name = (equals < 0 ? given : given.slice(0, equals)).trim()
  if (equals < 0) {
    const parts = /^\s*([\p{L}_][\p{L}\p{N}_]*)(?:\s+in\b|\s*:|\s*∈|\s+)\s*(\S.*)$/u.exec(given)
    const example = parts ? `${parts[1]}=${parts[2]}` : `${NAME.test(name) ? name : "p"}=0..1`
    throw new Problem({
      headline: "an input is written NAME=RANGE",
      mark: mark(0, given.length, parts ? "`=` is missing between the name and the range" : "the range is missing"),
      help: [`--in "${example}"`],
      note: ["gradcheck explain ranges shows what a range can be"],
    })
  }
  if (!NAME.test(name))
    throw new Problem({
      headline: name === "" ? "the input has no name" : `${name} is no name of an input`,
      mark: mark(0, Math.max(1, equals), "a name is expected here"),
      help: [`--in "p=${given.slice(equals + 1).trim() || "0..1"}"`],
    })
  const range = given.slice(equals + 1)
  parseInputSpec(range, source, equals + 1)
  return [name, range.trim()]
}

function readInputs(given: Given): Record<string, string> {
  const inputs = new Map<string, string>()
  const list = given.in
  for (const one of Array.isArray(list) ? (list as readonly string[]) : []) {
    const [name, range] = readInput(one)
    if (inputs.has(name))
      throw new Problem({
        headline: `the range of ${name} is given twice`,
        note: [`--in "${name}=${inputs.get(name)}" and --in "${one}"`],
      })
    inputs.set(name, range)
  }
  return Object.fromEntries(inputs)
}

function readDtypes(value: string | undefined): readonly NumberFormat[] {
  if (value === undefined) return ["float32"]
  if (value.trim() === "all") return formats
  const short: ReadonlyMap<string, NumberFormat> = new Map([
    ["fp64", "float64"],
    ["f64", "float64"],
    ["double", "float64"],
    ["fp32", "float32"],
    ["f32", "float32"],
    ["float", "float32"],
    ["single", "float32"],
    ["bf16", "bfloat16"],
    ["fp16", "float16"],
    ["f16", "float16"],
    ["half", "float16"],
  ])
  const chosen = value
    .split(",")
    .map((n) => n.trim())
    .map((n) => {
      if (formats.includes(n as NumberFormat)) return n as NumberFormat
      const close = short.get(n.toLowerCase())
      throw new Problem({
        headline: `${n === "" ? "an empty name" : n} is no number format`,
        close: close ? [close] : suggest(n, formats),
        note: [`the number formats are ${formats.join(", ")}; all checks each of them`],
      })
    })
  return [...new Set(chosen)]
}

export function readSettings(given: Given): Settings {
  const {
    wrt,
    target,
    role,
    framework,
    samples,
    seed,
    batch,
    prove,
    select,
    ignore,
    given: condition,
  } = Object.fromEntries(
    ["wrt", "target", "role", "framework", "samples", "seed", "batch", "prove", "select", "ignore", "given"].map(
      (n) => [n, text(given, n)],
    ),
  )
  if (given.quiet === true && given.verbose === true)
    throw new Problem({ headline: "-q and -v ask for opposite things", help: ["-q", "-v"] })
  return {
    ...readOutput(given),
    dtypes: readDtypes(text(given, "dtype")),
    ...(Array.isArray(given.at) ? { at: given.at as readonly string[] } : {}),
    check: {
      inputs: readInputs(given),
      ...(wrt === undefined ? {} : { wrt: names("--wrt", wrt) }),
      ...(target === undefined ? {} : { targets: names("--target", target) }),
      ...(role === undefined ? {} : { role: choice("--role", role, roles, "loss") }),
      ...(framework === undefined ? {} : { framework: choice("--framework", framework, frameworks, "torch") }),
      ...(samples === undefined ? {} : { samples: whole("--samples", samples) }),
      ...(seed === undefined ? {} : { seed: whole("--seed", seed) }),
      ...(batch === undefined ? {} : { batch: whole("--batch", batch) }),
      ...(prove === undefined ? {} : { prove: whole("--prove", prove) }),
      ...(select === undefined ? {} : { select: rules("--select", select) }),
      ...(ignore === undefined ? {} : { ignore: rules("--ignore", ignore) }),
      ...(condition === undefined ? {} : { given: condition }),
      ...(given.maximize === true ? { maximize: true } : {}),
    },
  }
}

/** Verbs that people expect and that are not there yet; better said than read as an expression. */
export function refuseMissingVerb(words: readonly string[]): void {
  const [verb, ...rest] = words
  if (verb !== "rescue" || rest.length === 0) return
  throw new Problem({
    headline: "this version has no rescue: it cannot look for ways to train a dead loss by itself",
    help: ['gradcheck "abs(y - p)"'],
    note: ["what it can do is check expressions, given as text"],
  })
}

/** A file's name in the place of an expression. */
export const looksLikeFile = (word: string): boolean =>
  /^[\w./\\~-]+\.(py|ipynb|ya?ml|json|toml|js|ts|txt)$/i.test(word) && existsSync(word)
