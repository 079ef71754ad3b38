// The tones in colour. Apart from the theme, so that plain output never loads the colour library.
import { Chalk } from "chalk"
import type { Paint } from "./theme.ts"

/** Sixteen colours: every terminal has them, and its owner has chosen them to be readable. */
const chalk = new Chalk({ level: 1 })
const tones = {
  error: chalk.bold.red,
  warning: chalk.bold.yellow,
  note: chalk.bold.blue,
  evidence: chalk.dim,
  help: chalk.green,
  strong: chalk.bold,
}

export const colours: Paint = (tone, text) => (text === "" ? "" : tones[tone](text))
