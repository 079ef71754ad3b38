// Markup that is safe by construction: what stands between the tags of a template is escaped, unless it is markup itself.
import { escaped, harmless, loneHalves } from "../theme.ts"

export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | undefined | readonly Part[]

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** A user's text, in an element or in a quoted attribute; what would steer a terminal or hide text is made visible. */
const safe = (text: string): string =>
  text
    .split("\n")
    .map(harmless)
    .join("\n")
    .replace(loneHalves, escaped)
    .replace(/[&<>"']/g, (sign) => signs[sign]!)

function drawn(part: Part): string {
  if (part === undefined) return ""
  if (typeof part === "number") return String(part)
  if (typeof part === "string") return safe(part)
  return "markup" in part ? part.markup : part.map(drawn).join("")
}

/** A template of markup. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, k) => text + (k < parts.length ? drawn(parts[k]) : "")).join(""),
})

/** The same page in bytes of ASCII: every form of HTML for text and attributes reads these. */
export const inAscii = (page: string): string =>
  page.replace(/[^\0-\x7f]/gu, (sign) => `&#x${sign.codePointAt(0)!.toString(16)};`)
