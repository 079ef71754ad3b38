// What a shell can complete: the verbs, their flags from the one table, and the words that stand behind them.
import { roles } from "../../definitions/roles.ts"
import { allRuleNames } from "../../findings/finding.ts"
import { formats } from "../../gradient/formats.ts"
import { frameworks } from "../../ops/record.ts"
import { reportFormats } from "../../report/index.ts"
import { failLevels } from "../exit.ts"
import { topicNames } from "../explain.ts"
import { allFlags, type Flag, spellingsOf, type Takes, takesValue, type Verb, verbs } from "../flags.ts"
import { colours } from "../terminal.ts"
import { type Shell, shells } from "./shells.ts"

/** What can stand in a place: a file; one of some words; several of them with commas; a word with "=" and a file. */
export interface Place {
  readonly kind: "file" | "word" | "list" | "format"
  readonly words: readonly string[]
}

const word = (words: readonly string[]): Place => ({ kind: "word", words })
const file: Place = { kind: "file", words: [] }

const taken: Readonly<Record<Takes, Place>> = {
  file,
  format: { kind: "format", words: [...reportFormats.keys()] },
  dtypes: { kind: "list", words: [...formats, "all"] },
  rules: { kind: "list", words: allRuleNames },
  framework: word(frameworks),
  role: word(roles),
  level: word(failLevels),
  colour: word(colours),
}

export interface FlagPlace {
  /** "-q" and "--quiet". */
  readonly names: readonly string[]
  /** A few words on it. */
  readonly says: string
  readonly hasValue: boolean
  /** Where nothing is known of its value, there is nothing to complete. */
  readonly value?: Place
  readonly repeat: boolean
}

export interface VerbPlace {
  readonly verb: Verb
  readonly flags: readonly FlagPlace[]
  /** What stands between the flags; an expression cannot be completed. */
  readonly rest?: Place
}

/** As far as the first pause. */
const short = (says: string): string => says.replace(/\s*[:;(].*$/s, "").replace(/, (?=and is an error).*$/s, "")

const flagPlace = (flag: Flag): FlagPlace => ({
  names: spellingsOf(flag),
  says: short(flag.says),
  hasValue: takesValue(flag),
  ...(flag.takes ? { value: taken[flag.takes] } : {}),
  repeat: flag.repeat === true,
})

/** A topic of several words would have to be quoted; one that looks like a flag is completed as a flag. */
const topics = (): Place => word([...new Set(topicNames())].filter((t) => /^[\w.]([\w.-]*\w)?$/.test(t)).sort())

export const verbPlaces = (): readonly VerbPlace[] => {
  const rest: ReadonlyMap<Verb, Place> = new Map([
    ["lint", file],
    ["merge", file],
    ["explain", topics()],
    ["completions", word(shells)],
  ])
  return verbs.map((verb) => {
    const place = rest.get(verb)
    return {
      verb,
      flags: allFlags.filter((f) => f.verbs.includes(verb)).map(flagPlace),
      ...(place ? { rest: place } : {}),
    }
  })
}

export const verbSays: Readonly<Record<Verb, string>> = {
  check: "check expressions",
  lint: "check the losses of files",
  merge: "one report from those of parts",
  explain: "tell what a word means",
  completions: "a script for a shell",
}

/** In single quotes, as all three shells read them; fish alone heeds a backslash there. */
export const quoted = (text: string, shell: Shell): string =>
  shell === "fish" ? `'${text.replace(/[\\']/g, "\\$&")}'` : `'${text.replaceAll("'", "'\\''")}'`
