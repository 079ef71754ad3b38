// The help page: what the tool is not, the one-minute guide, and the flags by group.
import { hanging, labelled, padEnd, wrap } from "../report/lines.ts"
import type { Theme } from "../report/theme.ts"
import { setUp, shells } from "./completions/shells.ts"
import { flagGroups, type Verb } from "./flags.ts"

const first =
  "This is not torch.autograd.gradcheck: it asks of a loss not whether the derivative is right, but whether it does any good: does a useful gradient reach the parameters, and if not, which piece of the expression stops it?"

const guide = [
  ['gradcheck "abs(y - round(p))"', "does a gradient reach p?"],
  ['gradcheck "-log(p)" --in p=0..1 --dtype all', "in which number formats does it break?"],
  ['gradcheck "(y-p)^2" "abs(y-p)" "min(abs(y-p),1)"', "which of these learns from large errors?"],
  ["gradcheck explain step-function", "what does a message mean?"],
] as const

const usage = [
  ["gradcheck [check] EXPRESSION...", "check one expression, or compare several; - reads standard input"],
  ["gradcheck lint [PATH...]", "the losses, activations and metrics of Python files; nothing of them is executed"],
  ["gradcheck merge FILE...", "one report from the JSON reports of gradcheck lint --shard 1/N … N/N"],
  ["gradcheck explain [TOPIC]", "a rule, a verdict, an operation, a format; without topic the list"],
  ["gradcheck completions SHELL", "a script for bash, zsh or fish"],
] as const

const codes = [
  ["0", "nothing at or above the fail level"],
  ["1", "findings at or above it"],
  ["2", "gradcheck could not do its work: the text says why"],
] as const

/** Two columns, or one below the other where the terminal is narrow. */
function pairs(rows: readonly (readonly [string, string])[], theme: Theme): string[] {
  const room = Math.max(...rows.map(([a]) => a.length))
  const beside = theme.width - room - 5 >= 24 && rows.every(([, b]) => room + 5 + b.length <= theme.width || room <= 30)
  return rows.flatMap(([a, b]) =>
    beside ? labelled(a, b, room, theme) : [`  ${a}`, ...wrap(b, theme.width - 8).map((l) => `        ${l}`)],
  )
}

export function helpText(verb: Verb | undefined, version: string, theme: Theme): string {
  const title = (text: string): string => theme.paint("strong", text)
  const groups = flagGroups
    .map((g) => ({ ...g, flags: g.flags.filter((f) => verb === undefined || f.verbs.includes(verb)) }))
    .filter((g) => g.flags.length > 0)
  const room = Math.max(...groups.flatMap((g) => g.flags.map((f) => f.text.length)))
  const lines = [
    ...hanging(first, theme, 0, 0),
    "",
    ...pairs(guide, theme),
    "",
    title("Usage"),
    ...pairs(usage, theme),
    ...(verb === "completions" ? ["", title("Once for each shell"), ...shells.map((s) => `  ${setUp[s]}`)] : []),
    ...groups.flatMap((g) => [
      "",
      title(g.title),
      ...g.flags.flatMap((f) =>
        labelled(
          padEnd(f.text.startsWith("--") ? `    ${f.text}` : f.text, room + 4),
          f.says + (f.repeat ? " (repeat for each)" : ""),
          room + 4,
          theme,
        ),
      ),
    ]),
    "",
    title("Exit codes"),
    ...pairs(codes, theme),
    "",
    theme.paint("evidence", `gradcheck ${version}`),
  ]
  return `${lines.join("\n")}\n`
}
