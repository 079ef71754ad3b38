// Flags and expressions told apart: an expression may begin with a minus, as in -log(p).
import { Problem } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import { allFlags, type Flag, longNames, spellingsOf, takesValue } from "./flags.ts"

export interface Arranged {
  readonly flags: string[]
  /** Expressions or topics, in order. */
  readonly rest: string[]
}

const known: ReadonlyMap<string, Flag> = new Map(allFlags.flatMap((f) => spellingsOf(f).map((s) => [s, f] as const)))

/** A word after a dash, with or without a value: nobody's expression, but a flag by its looks. */
const flagLike = /^--?[a-z][a-z-]*(=(?!=).*)?$/is

/** Everything after "--" is no flag; a flag's value is taken as it stands. */
export function arrange(argv: readonly string[]): Arranged {
  const flags: string[] = []
  const rest: string[] = []
  for (let k = 0; k < argv.length; k++) {
    const word = argv[k]!
    if (word === "--") {
      rest.push(...argv.slice(k + 1))
      break
    }
    const equals = word.indexOf("=")
    const name = word.startsWith("--") && equals > 0 ? word.slice(0, equals) : word
    const flag = known.get(name)
    if (flag && takesValue(flag)) {
      const value = name === word ? argv[++k] : word.slice(equals + 1)
      if (value === undefined || (name === word && known.has(value))) throw missingValue(flag)
      // Joined, so that a value may begin with a dash.
      flags.push(`${name}=${value}`)
    } else if (flag && name === word) flags.push(word)
    else if (flag) throw new Problem({ headline: `${name} takes no value`, help: [name] })
    else if (/^-[qv]{2,}$/.test(word)) flags.push(...[...word.slice(1)].map((c) => `-${c}`))
    else if (flagLike.test(word)) throw unknownFlag(name)
    else rest.push(word)
  }
  return { flags, rest }
}

function missingValue({ text, says }: Flag): Problem {
  const [name = "", value = ""] = text.split(" ")
  return new Problem({ headline: `${name} needs a value`, help: [`${name} ${value.slice(1, -1)}`], note: [says] })
}

function unknownFlag(word: string): Problem {
  const name = word.replace(/=.*/s, "")
  const close = suggest(
    name.replace(/^-+/, ""),
    longNames.map((n) => n.slice(2)),
  ).map((n) => `--${n}`)
  return new Problem({
    headline: `there is no flag ${name}`,
    close: longNames.includes(`-${name}`) ? [`-${name}`] : close,
    note: word.startsWith("--")
      ? []
      : [`an expression that looks like a flag goes after two dashes: gradcheck -- "${word}"`],
  })
}
