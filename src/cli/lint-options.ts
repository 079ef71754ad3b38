// The flags of lint alone: where its files come from.
import { type Given, text } from "./options.ts"

export interface LintSettings {
  readonly filesFrom?: string
  readonly stdinName?: string
}

export function readLint(given: Given): LintSettings {
  const filesFrom = text(given, "filesFrom")
  const stdinName = text(given, "stdinName")
  return {
    ...(filesFrom === undefined ? {} : { filesFrom }),
    ...(stdinName === undefined ? {} : { stdinName }),
  }
}
