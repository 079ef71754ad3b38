// The whole command line, read with commander: loaded when there is more than an expression to read.
import { Command, CommanderError, Option } from "commander"
import { listed } from "../report/numbers.ts"
import { Problem } from "../source/problem.ts"
import { arrange } from "./arrange.ts"
import { allFlags, type Verb, verbs } from "./flags.ts"
import { helpText } from "./help.ts"
import type { Given } from "./options.ts"
import { themeFor, write } from "./terminal.ts"
import { version } from "./version.ts"

/** Reads the arguments and does what they ask; gives the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const { flags, rest } = arrange(argv)
  if (flags.includes("--version")) {
    write(1, `${version}\n`)
    return 0
  }
  const { readOutput, readSettings, refuseMissingVerb } = await import("./options.ts")
  refuseMissingVerb(rest)
  const asksHelp = rest[0] === "help" || flags.includes("--help") || flags.includes("-h")
  const words = rest[0] === "help" ? rest.slice(1) : rest
  const verb = verbs.find((v) => v === words[0])
  const given = optionsOf(verb ?? "check", flags)
  if (asksHelp || argv.length === 0) {
    const { color, ascii } = readOutput(given)
    write(1, helpText(verb, version, await themeFor(1, color, ascii)), ascii)
    return argv.length === 0 ? 2 : 0
  }
  const subjects = verb ? words.slice(1) : words
  if (verb === "explain") {
    const { runExplain } = await import("./explain.ts")
    return runExplain(subjects, readOutput(given))
  }
  if (verb === "completions") return (await import("./completions/index.ts")).runCompletions(subjects)
  if (verb === "lint") {
    const [{ runLint }, { readLint }] = await Promise.all([import("./lint.ts"), import("./lint-options.ts")])
    return runLint(subjects, readSettings(given), readLint(given))
  }
  if (verb === "merge") {
    const [{ runMerge }, { readBaseline }] = await Promise.all([import("./merge.ts"), import("./lint-options.ts")])
    return runMerge(subjects, readOutput(given), { ...readBaseline(given), failOnSaid: given.failOn !== undefined })
  }
  const { runCheck } = await import("./check.ts")
  const settings = readSettings(given)
  if (typeof given.config !== "string") return runCheck(subjects, settings)
  const [{ withConfig }, { readConfigSettings }] = await Promise.all([
    import("./config/apply.ts"),
    import("./lint-options.ts"),
  ])
  return runCheck(subjects, await withConfig(settings, readConfigSettings(given)))
}

/** Values by flag name, as commander tells them. */
function optionsOf(verb: Verb, flags: readonly string[]): Given {
  const command = new Command("gradcheck").exitOverride().helpOption(false).allowExcessArguments(false)
  command.configureOutput({ writeOut: () => {}, writeErr: () => {} })
  for (const flag of allFlags) {
    const option = new Option(flag.text, flag.says)
    if (flag.repeat)
      option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
    command.addOption(option)
  }
  try {
    command.parse(flags, { from: "user" })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    throw new Problem({ headline: error.message.replace(/^error: /, "") })
  }
  for (const flag of allFlags) {
    const option = command.options.find((o) => o.flags === flag.text)
    if (option && command.getOptionValueSource(option.attributeName()) === "cli" && !flag.verbs.includes(verb))
      throw new Problem({
        headline: `${option.long} belongs to gradcheck ${listed(flag.verbs)}, not to ${verb}`,
        ...(flag.elsewhere ? { note: [flag.elsewhere] } : {}),
      })
  }
  return command.opts<Given>()
}
