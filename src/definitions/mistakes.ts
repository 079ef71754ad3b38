// What a schema says against a file of settings, in our own words: the place, what is meant, and a correct example.
import type { z } from "zod"
import { Problem } from "../source/problem.ts"
import { languageOf, type Setting, setting } from "../source/spell.ts"
import { suggest } from "../source/suggest.ts"
import type { Source } from "../source/text.ts"
import { follow, type Path, spanIn, type Tree } from "../source/tree.ts"

type Issue = z.core.$ZodIssue

/** What may stand at a key: "a whole number from 1 to 1,000,000", and a value that is right. */
export interface KeyWords {
  readonly is: string
  readonly example: Setting
}

export interface Grammar {
  /** The keys that are known at a path; undefined where any may stand. */
  readonly keysAt: (path: Path) => readonly string[] | undefined
  readonly wordsAt: (path: Path) => KeyWords | undefined
}

/** Every mistake, each once, in the order of their places. */
export function mistakes(source: Source, tree: Tree, issues: readonly Issue[], grammar: Grammar): Problem[] {
  const unknown = issues.filter((i) => i.code === "unrecognized_keys")
  // What is missing is often what is misspelt.
  const told =
    unknown.length > 0 ? issues.filter((i) => i.code === "unrecognized_keys" || !isMissing(tree, i.path)) : issues
  return told
    .flatMap((issue) => problemsOf(source, tree, deepest(issue), grammar))
    .sort((a, b) => (a.parts.mark?.span.start ?? 0) - (b.parts.mark?.span.start ?? 0))
}

/** Of the ways that a value may be written, the one that it comes nearest to. */
function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue
  const inner = issue.errors.flat().map((e) => deepest({ ...e, path: [...issue.path, ...e.path] } as Issue))
  const [best = issue] = inner.sort((a, b) => b.path.length - a.path.length)
  return best.path.length > issue.path.length ? best : issue
}

const named = (path: Path): string => String(path.filter((p) => typeof p === "string").at(-1) ?? "")

function problemsOf(source: Source, tree: Tree, issue: Issue, { keysAt, wordsAt }: Grammar): Problem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const { key: entry } = follow(tree, [...issue.path, key])
      const known = keysAt(issue.path) ?? []
      return new Problem({
        headline: `there is no key ${key}${issue.path.length > 0 ? ` in ${named(issue.path)}` : ""}`,
        ...(entry ? { mark: { span: spanIn(source, entry.at), text: "" } } : {}),
        close: suggest(key, known),
        note: known.length > 0 ? [`the keys here are ${known.join(", ")}`] : [],
      })
    })
  const words = wordsAt(issue.path)
  const { value, key } = follow(tree, issue.path)
  const missing = isMissing(tree, issue.path)
  const place = missing && key && typeof issue.path.at(-2) !== "number" ? key.at : value
  const name = named(issue.path)
  const known = issue.code === "invalid_value" ? issue.values.map(String) : []
  const written = value.kind === "scalar" ? value.text : ""
  return [
    new Problem({
      headline:
        issue.path.length === 0
          ? "a map of keys is expected here"
          : missing
            ? `${name} is missing`
            : words
              ? `${name} is ${words.is}`
              : `${name} cannot be this`,
      mark: {
        span: spanIn(source, place),
        text: missing ? "" : issue.code === "custom" && issue.message !== "" ? issue.message : "",
      },
      close: missing ? [] : suggest(written, known),
      help: words ? [setting(name, words.example, languageOf(source.name))] : [],
    }),
  ]
}

function isMissing(tree: Tree, path: Path): boolean {
  let at: Tree | undefined = tree
  for (const step of path) {
    at =
      at.kind === "map"
        ? at.entries.find((e) => e.key === String(step))?.value
        : at.kind === "list"
          ? at.items[Number(step)]
          : undefined
    if (!at) return true
  }
  return false
}
