// The page of an operation or of a function written in the language: what it does to a value and to a gradient.
import { type Composition, NONE, type Operation, type Surrogate, type Vjp, ZERO } from "../../ops/record.ts"
import { isSilent, type Signature } from "../../ops/signature.ts"
import { type Entry, isComposition, isOperation, knownPaths, spellingsOf } from "../../ops/table.ts"
import { labelled } from "../lines.ts"
import { say, type Theme } from "../theme.ts"
import { conventions, kinksOf } from "./conventions.ts"
import type { Borders, Evaluate } from "./kinks.ts"
import { page, paragraph, titled } from "./page.ts"

const natures: Readonly<Record<Operation["nature"], string>> = {
  linear: "passes the gradient on, times a number that does not depend on where it is",
  smooth: "has a slope everywhere inside its domain",
  kinked: "has a slope everywhere but at its kinks, where a framework has to choose one",
  step: "is flat between its jumps: its slope is 0 wherever it exists",
  choice:
    "gives a position or an order, which no small change of its argument moves: nothing to pass a gradient through",
  stop: "keeps its value and cuts its gradient off",
  leaf: "is where values come from",
}

/** `asked` is the name to show where the entry's own is not for people. */
export function operationPage(
  entry: Entry,
  asked: string,
  theme: Theme,
  { evaluate, borders }: { readonly evaluate: Evaluate; readonly borders: Borders },
): string[] {
  const kind = isComposition(entry)
    ? entry.family === "function"
      ? "function"
      : entry.family
    : isOperation(entry)
      ? `operation, ${entry.nature}`
      : "function"
  return page(entry.name.startsWith("_") ? asked : entry.call, kind, theme, [
    paragraph(entry.says, theme),
    ...(isOperation(entry) ? ofOperation(entry, theme) : []),
    ...(isOperation(entry) ? conventions(entry, theme, evaluate, borders) : []),
    ...(isComposition(entry) ? [...ofComposition(entry, theme), kinksOf(entry, theme, evaluate, borders)] : []),
    titled("Spellings", spellings(entry, theme), theme),
    ...("instead" in entry && entry.instead
      ? [titled("What lets a gradient through instead", surrogates(entry.instead, theme), theme)]
      : []),
  ])
}

function ofOperation({ nature, vjp, kinks, jumps, domain }: Operation, theme: Theme): string[][] {
  const room = Math.max(1, ...Object.keys(vjp).map((a) => a.length))
  const formulas = Object.entries(vjp).flatMap(([argument, formula]) =>
    gradientsOf(formula).flatMap((text, k) => labelled(k === 0 ? argument : "", text, room, theme)),
  )
  const facts = [
    ...(kinks ?? []).map((k) => ["kinks", `where ${k} is 0`] as const),
    ...(jumps ?? []).map((j) => ["jumps", `where ${j} is 0`] as const),
    ...(domain?.value ? [["value", `finite where ${domain.value}`] as const] : []),
    ...(domain?.slope ? [["slope", `finite where ${domain.slope}`] as const] : []),
  ]
  const uses = Object.values(vjp).flatMap(gradientsOf).join(" ")
  const legend = [
    /\bg\b/.test(uses) ? "g is the gradient that arrives" : "",
    /\bout\b/.test(uses) ? "out is the result" : "",
    /\bcount\b/.test(uses) ? "count is how many entries are folded into one" : "",
  ].filter((t) => t !== "")
  return [
    paragraph(`It ${natures[nature]}.`, theme),
    titled(
      "Gradient of each argument",
      [
        ...formulas,
        ...(legend.length > 0 ? paragraph(legend.join(", "), theme).map((l) => theme.paint("evidence", l)) : []),
      ],
      theme,
    ),
    titled(
      "Where",
      facts.flatMap(([label, text]) => labelled(label, text, 5, theme)),
      theme,
    ),
  ]
}

/** A formula, or one for each framework that differs. */
function gradientsOf(vjp: Vjp): string[] {
  if (vjp === ZERO) return ["0, always: there is a path, and nothing flows"]
  if (vjp === NONE) return ["none: there is no path"]
  if (typeof vjp === "string") return [vjp.replace(/\s+/g, " ").trim()]
  return Object.entries(vjp).map(([framework, formula]) => `${gradientsOf(formula)[0]}   (${framework})`)
}

const ofComposition = ({ body }: Composition, theme: Theme): string[][] => [
  titled(
    "Computed as",
    body
      .trim()
      .split("\n")
      .map((line) => `  ${say(line.trim(), theme)}`),
    theme,
  ),
]

const surrogates = (list: readonly Surrogate[], theme: Theme): string[] =>
  list.flatMap(({ text, write, when }) => [
    ...paragraph(when ? `${text}; where ${when}` : text, theme),
    ...write
      .trim()
      .split("\n")
      .map((line) => `    ${theme.paint("help", say(line.trim(), theme))}`),
  ])

const families: readonly (readonly [name: string, roots: RegExp])[] = [
  ["torch", /^(torch|F|nn|Tensor|torchmetrics)\./],
  ["tf", /^(tf|keras|K|losses)\./],
  ["jax", /^(jax|jnp|lax|optax)\./],
  ["numpy", /^(np|scipy|special)\./],
]

let paths: Map<Entry, string[]> | undefined

/** Every spelling of an entry, as it can be called. */
function pathsOf(entry: Entry): readonly string[] {
  if (!paths) {
    paths = new Map()
    for (const path of knownPaths())
      for (const { entry: own, signature } of spellingsOf(path)) {
        const list = paths.get(own)
        if (list) list.push(written(signature))
        else paths.set(own, [written(signature)])
      }
  }
  return paths.get(entry) ?? []
}

/** Arguments that mean nothing here are left out. */
function written({ path, calls }: Signature): string {
  const lists = (calls ?? []).map(
    (call) =>
      `(${call
        .filter((p) => !isSilent(p))
        .map((p) => (p.rest ? `*${p.name}` : p.name))
        .join(", ")})`,
  )
  return path + lists.join("")
}

function spellings(entry: Entry, theme: Theme): string[] {
  const all = pathsOf(entry)
  const other = all.filter((p) => !families.some(([, roots]) => roots.test(p)))
  return [
    ...families.map(([name, roots]) => [name, all.filter((p) => roots.test(p))] as const),
    ["other", other] as const,
  ]
    .filter(([, list]) => list.length > 0)
    .flatMap(([name, list]) => labelled(name, list.join("  "), 5, theme))
}
