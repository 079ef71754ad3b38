// --at: the point as it is written, and the walk there in every number format that is asked for.

import { evaluate, type Nested } from "../evaluate.ts"
import type { Walk } from "../findings/walk.ts"
import type { Theme } from "../report/theme.ts"
import { walkJson, walkText } from "../report/walk.ts"
import { readyFor } from "../report/width.ts"
import { Problem } from "../source/problem.ts"
import { walk } from "../walk.ts"
import type { Settings } from "./options.ts"
import { deliver } from "./outputs.ts"
import { version } from "./version.ts"

const NAME = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)\s*/u

/** The pieces between commas that stand outside of all brackets, with their places. */
function pieces(text: string): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = []
  let [depth, from] = [0, 0]
  for (let k = 0; k <= text.length; k++) {
    const sign = text[k]
    if (sign === "[" || sign === "(") depth++
    else if (sign === "]" || sign === ")") depth--
    if (sign === undefined || ((sign === "," || sign === ";") && depth <= 0)) {
      out.push({ from, to: k })
      from = k + 1
    }
  }
  return out.filter(({ from, to }) => text.slice(from, to).trim() !== "")
}

/** "p=[0.1, 0.2],y=[0, 1]" of one flag or of several. */
export function readAt(texts: readonly string[]): Record<string, Nested> {
  const at = new Map<string, Nested>()
  for (const text of texts) {
    const source = { name: "--at", text }
    const problem = (from: number, to: number, headline: string, words: string, help: string): Problem =>
      new Problem({
        headline,
        mark: { span: { source, start: from, end: Math.max(to, from + 1) }, text: words },
        help: [`--at "${help}"`],
      })
    const all = pieces(text)
    if (all.length === 0) throw problem(0, text.length, "the point is empty", "", "p=0")
    for (const { from, to } of all) {
      const piece = text.slice(from, to)
      const match = NAME.exec(piece)
      if (!match) throw problem(from, to, "a value is written NAME=VALUE", "the name is missing", `p=${piece.trim()}`)
      const name = match[1]!
      if (at.has(name)) throw problem(from, to, `the value of ${name} is given twice`, "", `${name}=0`)
      at.set(
        name,
        readValue(piece.slice(match[0].length), name, (words) =>
          problem(
            from + match[0].length,
            to,
            `the value of ${name} is a number or a list of numbers`,
            words,
            `${name}=0`,
          ),
        ),
      )
    }
  }
  return Object.fromEntries(at)
}

/** Numbers as the language writes them: 0.5, -1e-7, 1/3, inf, nested lists. */
function readValue(text: string, name: string, problem: (words: string) => Problem): Nested {
  if (text.trim() === "") throw problem("the value is missing")
  let value: Nested
  try {
    value = evaluate(text, { at: {} }).value
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw problem(error.message.startsWith("there is no value for") ? `a name has no value here` : error.message)
  }
  const flat = (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]) as number[]
  if (flat.length === 0) throw problem("the list is empty")
  if (flat.some(Number.isNaN)) throw problem(`${name} would be NaN`)
  return value
}

export async function runWalk(expressions: readonly string[], settings: Settings): Promise<number> {
  const { dtypes, check } = settings
  const at = readAt(settings.at ?? [])
  await readyFor(expressions.join(" "))
  const walks: Walk[] = []
  for (const expression of expressions)
    for (const dtype of dtypes)
      walks.push(
        walk(expression, {
          at,
          dtype,
          ...(check.framework ? { framework: check.framework } : {}),
          ...(check.wrt ? { wrt: check.wrt } : {}),
        }),
      )
  const odd = [...settings.terminal, ...settings.files.map((f) => f.format)].find((f) => f !== "text" && f !== "json")
  if (odd !== undefined)
    throw new Problem({ headline: `--at has no form in ${odd}`, note: ["it is told as text, or as json"] })
  const text = (theme: Theme): string =>
    `${walks
      .flatMap((w, k) => [
        ...(k > 0 ? [""] : []),
        ...(expressions.length > 1 ? [theme.paint("strong", w.expression), ""] : []),
        ...walkText(w, theme),
      ])
      .join("\n")}\n`
  const terminal = settings.terminal.length > 0 ? settings.terminal : ["text"]
  return deliver(
    (format, { theme }) => (format === "json" ? walkJson(walks, version, theme) : text(theme)),
    { ...settings, terminal },
    0,
  )
}
