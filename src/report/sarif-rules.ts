// The pages of rules as SARIF has them: what code scanning shows beside an alert.
import type { ReportingDescriptor } from "sarif"
import { type AnyRule, type Level, ruleLevels } from "../findings/finding.ts"
import { pages, type RulePage } from "../findings/pages.ts"

const byName: ReadonlyMap<string, RulePage> = new Map(Object.entries(pages))

const severities: Readonly<Record<Level, string>> = { error: "error", warning: "warning", note: "recommendation" }

/** Rules about files have no examples, and so no page but a line of their own. */
export function descriptorOf(rule: AnyRule): ReportingDescriptor {
  const page = byName.get(rule)
  const more = `gradcheck explain ${rule}`
  if (!page) return { id: rule, help: { text: more, markdown: `\`${more}\`` } }
  const level = ruleLevels[page.rule]
  return {
    id: rule,
    shortDescription: { text: page.summary },
    fullDescription: { text: page.finds },
    help: { text: textOf(page, more), markdown: markdownOf(page, more) },
    defaultConfiguration: { level },
    properties: { tags: ["gradients"], precision: "high", "problem.severity": severities[level] },
  }
}

type Example = RulePage["bad"][number]

function optionsText({ options = {} }: Example): string {
  const { inputs = {}, ...others } = options
  return [
    ...Object.entries(inputs).map(
      ([name, range]) => `${name} in ${typeof range === "string" ? range : range.join(", ")}`,
    ),
    ...Object.entries(others).map(([name, value]) => `${name} ${String(value)}`),
  ].join(", ")
}

function exampleText(example: Example): string {
  const note = [optionsText(example), example.note ?? ""].filter((t) => t !== "").join("; ")
  return note === "" ? example.expression : `${example.expression}    # ${note}`
}

const parts = (page: RulePage, code: (lines: string[]) => string): [title: string, text: string][] => [
  ["What it finds", page.finds],
  ["Why it matters", page.matters],
  ["Found in", code(page.bad.map(exampleText))],
  ["Not in", code(page.good.map(exampleText))],
  ["When it is fine", page.fine],
]

const textOf = (page: RulePage, more: string): string =>
  [
    ...parts(page, (lines) => lines.map((l) => `  ${l}`).join("\n")).map(([title, text]) => `${title}\n${text}`),
    more,
  ].join("\n\n")

const markdownOf = (page: RulePage, more: string): string =>
  [
    `# ${page.rule}`,
    ...parts(page, (lines) => ["```python", ...lines, "```"].join("\n")).map(
      ([title, text]) => `## ${title}\n\n${text}`,
    ),
    `\`${more}\``,
  ].join("\n\n")
