// What to say about a sign that starts no token: typographic quotes, dashes, LaTeX, brackets that do not pair up.
import type { Mistake, Token } from "./tokens.ts"

const replaced = (text: string, start: number, end: number, by: string): string =>
  text.slice(0, start) + by + text.slice(end)

/** Signs that are mistaken for others when text is copied: what was meant, and what the sign is. */
const LOOKALIKES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["“", ['"', "a typographic quote"]],
  ["”", ['"', "a typographic quote"]],
  ["„", ['"', "a typographic quote"]],
  ["«", ['"', "a typographic quote"]],
  ["»", ['"', "a typographic quote"]],
  ["‘", ["'", "a typographic quote"]],
  ["’", ["'", "a typographic quote"]],
  ["‚", ["'", "a typographic quote"]],
  ["`", ["'", "a backquote"]],
  ["´", ["'", "an accent"]],
  ["–", ["-", "a dash"]],
  ["—", ["-", "a dash"]],
  ["‐", ["-", "a hyphen"]],
  ["‑", ["-", "a hyphen"]],
  ["‖", ["||", "a double bar"]],
  ["∣", ["|", "a mathematical bar"]],
  ["⟨", ["(", "an angle bracket"]],
  ["⟩", [")", "an angle bracket"]],
  ["…", ["...", "one sign of three dots"]],
])

const WIDE = /[\uff01-\uff5e]/

export function foreignSign(text: string, start: number, end: number): Mistake {
  const sign = text.slice(start, end)
  if (sign === "$") return latex(text, start, end)
  const folded = sign.normalize("NFKC")
  const found =
    LOOKALIKES.get(sign) ?? (/^[!-~]+$/.test(folded) && folded !== sign ? [folded, "a wide sign"] : undefined)
  if (found === undefined) {
    const code = sign.codePointAt(0) ?? 0
    const shown = code < 32 || code === 127 || /\p{C}|\p{Z}/u.test(sign)
    const named = shown ? `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}` : `\`${sign}\``
    return { start, end, headline: `${named} is not part of an expression`, text: "not known here" }
  }
  const [meant, kind] = found
  const all =
    text.length > 2000 ? [] : [...text].map((c) => LOOKALIKES.get(c)?.[0] ?? (WIDE.test(c) ? c.normalize("NFKC") : c))
  return {
    start,
    end,
    headline: `\`${sign}\` is ${kind}, which is not read`,
    text: `\`${meant}\` is expected here`,
    fixes: [all.join(""), replaced(text, start, end, meant)],
  }
}

/** `x'`: a letter's prime, or a string that starts right behind a name. */
export function prime(text: string, start: number, quote: number): Mistake {
  const name = text.slice(start, quote)
  return {
    start: quote,
    end: quote + 1,
    headline: `a name cannot end in a prime: ${name}'`,
    text: "letters, digits and `_` only",
    fixes: [text.replace(/(?<=[\p{L}\p{N}_])['′’]+/gu, "_prime")],
  }
}

export const complexNumber = (text: string, start: number, letter: number): Mistake => ({
  start,
  end: letter + 1,
  headline: "complex numbers are not supported",
  text: "an imaginary number",
  note: [`for a product with the name ${text[letter]}: ${text.slice(start, letter)}*${text[letter]}`],
})

export const longExponent = (start: number, end: number): Mistake => ({
  start,
  end,
  headline: `a raised exponent has ${end - start} signs at most`,
  text: "longer ones are written behind `^`",
})

export function blockComment(text: string, start: number): Mistake {
  return {
    start,
    end: start + 2,
    headline: "a comment begins with `#`",
    text: "`/*` is from another language",
    fixes: [text.replace(/\/\*[\s\S]*?\*\//g, "").trim()],
  }
}

export const extraCloser = (text: string, start: number): Mistake => ({
  start,
  end: start + 1,
  headline: "a bracket is closed that was never opened",
  text: `nothing is open before this \`${text[start]}\``,
  fixes: [replaced(text, start, start + 1, "")],
})

export const wrongCloser = (text: string, opener: Token, start: number, wanted: string): Mistake => ({
  start,
  end: start + 1,
  headline: `\`${opener.text}\` is closed by \`${text[start]}\``,
  text: `\`${wanted}\` is missing here`,
  also: [{ start: opener.start, end: opener.end, text: "opened here" }],
  fixes: [replaced(text, start, start, wanted), replaced(text, start, start + 1, wanted)],
})

/** LaTeX commands that are more than their name. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ["cdot", "*"],
  ["times", "*"],
  ["odot", "*"],
  ["div", "/"],
  ["le", "<="],
  ["leq", "<="],
  ["ge", ">="],
  ["geq", ">="],
  ["ne", "!="],
  ["neq", "!="],
  ["left", ""],
  ["right", ""],
  ["big", ""],
  ["Big", ""],
  ["lVert", "||"],
  ["rVert", "||"],
  ["lvert", "|"],
  ["rvert", "|"],
  ["infty", "inf"],
  ["quad", " "],
])

const WRAPPERS = /\\(?:mathrm|mathbf|mathit|mathcal|text|operatorname|boldsymbol|bm)\s*\{([^{}]*)\}/g
const ACCENTS = /\\(hat|bar|tilde|vec|dot)\s*\{([^{}]*)\}/g

/** A guess at what a LaTeX formula is in Python; shown only if it parses. */
export function fromLatex(text: string): string {
  let now = text.replace(/\$+/g, "").replace(WRAPPERS, "$1").replace(ACCENTS, "$2_$1").replace(/\\[|]/g, "||")
  // From the inside out, a level of braces a round.
  for (let round = 0; round < 8; round++) {
    const next = now
      .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, a: string, b: string) => `(${wrap(a)}/${wrap(b)})`)
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, "sqrt($1)")
      .replace(/_\{(\w+)\}/g, "_$1")
      .replace(/\^\s*\{([^{}]*)\}/g, (_, a: string) => `^${wrap(a)}`)
    if (next === now) break
    now = next
  }
  return now
    .replace(/\\(log|ln|exp|sin|cos|tan|tanh|max|min)\s+(\w+)/g, "$1($2)")
    .replace(/\)\s*(?=[\w(\\])(?!\\(?:cdot|times|odot|div|[lgn]eq?|right|quad)\b)/g, ")*")
    .replace(/\\([a-zA-Z]+)/g, (_, word: string) => COMMANDS.get(word) ?? word)
    .replace(/\\[,;:! ]/g, " ")
    .replace(/\\?\{/g, "(")
    .replace(/\\?\}/g, ")")
    .replace(/ +/g, " ")
    .trim()
}

const wrap = (part: string): string => (/^\s*\w+\s*$/.test(part) ? part.trim() : `(${part.trim()})`)

/** What to write for the commands that need words. */
const WRITE: ReadonlyMap<string, string> = new Map([
  ["frac", "`\\frac{a}{b}` is written a/b"],
  ["sum", "a sum over all elements is written sum(…), a mean mean(…)"],
  ["prod", "a product over all elements is written prod(…)"],
  ["sqrt", "`\\sqrt{x}` is written sqrt(x)"],
])

export function latex(text: string, start: number, end: number): Mistake {
  const command = text.slice(start, end)
  const words = WRITE.get(command.slice(1))
  const plain = /^\\[a-zA-Z]+$/.test(command)
  return {
    start,
    end: Math.max(end, start + 1),
    headline: plain || command === "$" ? "LaTeX is not read" : "a backslash is only read at the end of a line",
    text: plain || command === "$" ? `\`${command.slice(0, 30)}\` is LaTeX` : "not known here",
    fixes: text.length < 2000 && !/\\(?:sum|prod|int)/.test(text) ? [fromLatex(text)] : [],
    ...(words === undefined ? {} : { note: [words] }),
  }
}
