// The verb explain: a page for every rule, verdict, operation, framework spelling and format.

import { bordersAlong } from "../borders.ts"
import { evaluate } from "../evaluate.ts"
import { fileRuleNames, type RuleName, ruleNames } from "../findings/finding.ts"
import { pages } from "../findings/pages.ts"
import { formats } from "../gradient/formats.ts"
import { check } from "../index.ts"
import {
  callableNames,
  type Entry,
  entryOf,
  isComposition,
  knownPaths,
  publicEntries,
  shortPath,
  spellingsOf,
} from "../ops/table.ts"
import { joined } from "../report/finding.ts"
import { reportFormats } from "../report/index.ts"
import {
  cannotReadPage,
  jsonPage,
  operationsPage,
  rangesPage,
  rulesPage,
  topicsPage,
  verdictsPage,
} from "../report/pages/lists.ts"
import { atPage, formatsPage } from "../report/pages/numbers.ts"
import { operationPage } from "../report/pages/operation.ts"
import { outputPage } from "../report/pages/output.ts"
import { rulePage } from "../report/pages/rule.ts"
import type { Theme } from "../report/theme.ts"
import { readyFor } from "../report/width.ts"
import { stateNames, verdicts } from "../samples/states.ts"
import { Problem } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import type { Output } from "./options.ts"
import { themeFor, write } from "./terminal.ts"

type Page = (theme: Theme) => string[]

/** Pages that are read when they are asked for: what they are made of takes time to load. */
const ofFiles: ReadonlySet<string> = new Set([
  "config",
  "definitions",
  ...fileRuleNames.filter((r) => r !== "cannot-read"),
])

const lists: ReadonlyMap<string, Page> = new Map<string, Page>([
  ["topics", topicsPage],
  ["rules", rulesPage],
  ["verdicts", verdictsPage],
  ["verdict", verdictsPage],
  ["states", verdictsPage],
  ["operations", operationsPage],
  ["ranges", rangesPage],
  ["range", rangesPage],
  ["--in", rangesPage],
  ["json", jsonPage],
  ["output", outputPage],
  ["--format", outputPage],
  ...[...reportFormats.keys()].flatMap((f) => (f === "json" ? [] : [[f, outputPage] as const])),
  ["formats", formatsPage],
  ["format", formatsPage],
  ["dtype", formatsPage],
  ["--dtype", formatsPage],
  ...formats.map((f) => [f, formatsPage] as const),
  ["at", atPage],
  ["--at", atPage],
  ["cannot-read", cannotReadPage],
  ["partly dead", verdictsPage],
  ["partly-dead", verdictsPage],
  ...verdicts.map((v) => [v, verdictsPage] as const),
  ...stateNames.map((s) => [s, verdictsPage] as const),
])

export async function runExplain(
  topics: readonly string[],
  { terminal, files, color, ascii }: Output,
): Promise<number> {
  await readyFor(topics.join(" "))
  const [format = "text"] = terminal
  if (files.length > 0 || (format !== "text" && format !== "json"))
    throw new Problem({
      headline: "explain prints text, or a JSON Schema, to the terminal",
      help: ["gradcheck explain json --format json"],
    })
  const asked = topics.join(" ").toLowerCase()
  const { fileTopics, fileSchemas } = ofFiles.has(asked)
    ? await import("./config/topics.ts")
    : { fileTopics: undefined, fileSchemas: undefined }
  if (format === "json") {
    const { jsonSchemas } = await import("../report/schema.ts")
    const schema = fileSchemas?.get(asked) ?? jsonSchemas.get(asked.replace(/^--/, ""))
    if (!schema)
      throw new Problem({
        headline: "only the topics json, at, config and definitions have a form in JSON",
        help: ["json", "at", "config", "definitions"].map((t) => `gradcheck explain ${t} --format json`),
      })
    write(1, `${JSON.stringify(schema(), null, 2)}\n`, ascii)
    return 0
  }
  const theme = await themeFor(1, color, ascii)
  const own = fileTopics?.get(asked)
  if (own) {
    write(1, `${own(theme).join("\n")}\n`, ascii)
    return 0
  }
  // "partly dead" is one topic, typed as two.
  const wanted = topics.length === 0 ? ["topics"] : lists.has(asked) ? [asked] : topics
  write(1, `${joined(wanted.map((topic) => pageOf(topic.trim())(theme))).join("\n")}\n`, ascii)
  return 0
}

function pageOf(topic: string): Page {
  const list = lists.get(topic.toLowerCase())
  if (list) return list
  const rule = ruleNames.find((name) => name === topic.toLowerCase().replaceAll("_", "-"))
  if (rule) return (theme) => rulePage(pages[rule], check, theme)
  const name = topic.replace(/\(.*\)$/s, "")
  const own = entryOf(name)
  if (own && !own.internal && !own.name.startsWith("_")) return titledPage(name, [own])
  const spelled = [
    ...new Set(
      [name, `Tensor${name.startsWith(".") ? name : `.${name}`}`]
        .flatMap((path) => spellingsOf(path))
        .map((s) => s.entry),
    ),
  ]
  if (spelled.length > 0) return titledPage(name, spelled)
  throw unknownTopic(topic)
}

/** One page for each thing that a name stands for, with a word on names that are not its own. */
function titledPage(name: string, entries: readonly Entry[]): Page {
  return (theme) =>
    joined(
      entries.map((entry) => {
        const visible = !entry.name.startsWith("_")
        const same = entry.name === name || !visible
        return [
          ...(same
            ? []
            : [
                theme.paint(
                  "evidence",
                  `${name} is ${entry.name}${isComposition(entry) ? ", a function written in gradcheck's own language" : ""}`,
                ),
                "",
              ]),
          ...operationPage(entry, name, theme, { evaluate, borders: bordersAlong }),
        ]
      }),
    )
}

/** What can be asked for by one name; spellings of frameworks are not among them. */
export const topicNames = (): string[] => [...lists.keys(), ...ofFiles, ...ruleNames, ...callableNames()]

function unknownTopic(topic: string): Problem {
  const path = topic.includes(".")
  const known = path ? knownPaths() : topicNames()
  const close = suggest(path ? shortPath(topic) : topic, known)
  // Where no name is near, one that has the word in it may be meant.
  const has =
    topic.length >= 3
      ? [
          ...ruleNames.filter((r: RuleName) => r.includes(topic)),
          ...publicEntries()
            .map((e) => e.name)
            .filter((n) => n.includes(topic)),
        ]
      : []
  return new Problem({
    headline: topic === "" ? "the topic is empty" : `there is no topic ${topic}`,
    close: close.length > 0 ? close : has.slice(0, 3),
    note: ["gradcheck explain lists the topics, gradcheck explain operations what can be called"],
  })
}
