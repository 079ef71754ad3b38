// The verb completions: prints a script with which a shell completes verbs, flags and what stands behind them.
import { Problem } from "../../source/problem.ts"
import { suggest } from "../../source/suggest.ts"
import { write } from "../terminal.ts"
import { bash } from "./bash.ts"
import { fish } from "./fish.ts"
import { type Shell, setUp, shells } from "./shells.ts"
import { zsh } from "./zsh.ts"

const scripts: Readonly<Record<Shell, () => string>> = { bash, zsh, fish }

export function runCompletions(words: readonly string[]): number {
  const [name, ...more] = words
  const shell = shells.find((s) => s === name)
  if (shell && more.length === 0) {
    write(1, scripts[shell]())
    return 0
  }
  throw new Problem({
    headline:
      name === undefined
        ? "for which shell?"
        : shell
          ? "completions are for one shell at a time"
          : `there are no completions for ${name}`,
    ...(name === undefined || shell ? {} : { close: suggest(name, shells) }),
    help: shells.map((s) => setUp[s]),
  })
}
