// The frame of every page: a title line, and blocks with headings.
import { joined } from "../finding.ts"
import { wrap } from "../lines.ts"
import { say, type Theme } from "../theme.ts"
import { widthOf } from "../width.ts"

/** The title to the left, its kind to the right. */
export function page(title: string, kind: string, theme: Theme, blocks: readonly (readonly string[])[]): string[] {
  const name = say(title, theme)
  const gap = Math.max(2, Math.min(theme.width, 80) - widthOf(name) - widthOf(kind))
  return joined([[theme.paint("strong", name) + " ".repeat(gap) + theme.paint("evidence", kind)], ...blocks])
}

export const titled = (title: string, lines: readonly string[], theme: Theme): string[] =>
  lines.length === 0 ? [] : [theme.paint("strong", title), ...lines]

/** Prose is best read in lines of at most 90 columns. */
export const paragraph = (text: string, theme: Theme): string[] =>
  wrap(say(text, theme), Math.min(90, theme.width) - 2).map((l) => `  ${l}`)

/** Names side by side. */
export const names = (list: readonly string[], theme: Theme, indent = 2): string[] =>
  wrap(list.map((n) => say(n, theme)).join("  "), theme.width - indent).map((l) => " ".repeat(indent) + l.trim())
