// Pages that are lists: topics, rules, verdicts, operations, ranges, assumed ranges.

import { printRange } from "../../definitions/ranges.ts"
import { anyRange, assumedRanges } from "../../definitions/roles.ts"
import { ruleLevels, ruleNames } from "../../findings/finding.ts"
import { pages } from "../../findings/pages.ts"
import type { Composition, Operation } from "../../ops/record.ts"
import { isComposition, isOperation, publicEntries } from "../../ops/table.ts"
import { verdicts } from "../../samples/states.ts"
import { labelled } from "../lines.ts"
import type { Theme } from "../theme.ts"
import { verdictWords } from "../verdict.ts"
import { names, page, paragraph, titled } from "./page.ts"

const table = (rows: readonly (readonly [string, string])[], theme: Theme): string[] => {
  const room = Math.max(...rows.map(([a]) => a.length))
  return rows.flatMap(([a, b]) => labelled(a, b, room, theme))
}

export const topicsPage = (theme: Theme): string[] =>
  page("gradcheck explain TOPIC", "topics", theme, [
    table(
      [
        ["rules", "what gradcheck finds, and each by its name: step-function, flat-side …"],
        ["verdicts", "alive, saturating, partly dead, broken, dead, disconnected, and the states of a point"],
        [
          "operations",
          "what can be written in an expression, and each by its name or by a framework's: round, torch.relu …",
        ],
        ["ranges", "how the range of an input is written"],
        ["formats", "the number formats of --dtype: what the model of them is and is not"],
        ["at", "--at: one point, step by step"],
        ["config", "the configuration, ignore comments, and the ranges that are assumed from names"],
        ["definitions", "files of losses, metrics and activations, and what can be said of each"],
        ["output", "the formats of --format, and where they go"],
        ["json", "what --format json prints; with --format json its JSON Schema"],
        ["cannot-read", "what an expression can be"],
      ],
      theme,
    ),
    titled("Rules", ruleRows(theme), theme),
  ])

const ruleRows = (theme: Theme): string[] =>
  table(
    ruleNames.map((name) => [name, `${ruleLevels[name]}: ${pages[name].summary}`]),
    theme,
  )

export const rulesPage = (theme: Theme): string[] =>
  page("rules", "each has a page: gradcheck explain RULE", theme, [
    paragraph(
      "An error says that as it stands this cannot train a parameter. Everything that is a risk, a blind spot or a special point is a warning. A note is worth knowing.",
      theme,
    ),
    ruleRows(theme),
  ])

const states = [
  ["live", "the gradient is finite and not 0"],
  ["resting", "the gradient is 0 and nothing is left to learn: the loss is at its least for this target"],
  ["stuck", "the gradient is 0 and something is left to learn"],
  ["flat", "the gradient is 0, of an activation, which has no target to be wrong about"],
  ["broken", "the value or the gradient is NaN or infinite, or backward() raises"],
] as const

export const verdictsPage = (theme: Theme): string[] =>
  page("verdicts", "of a parameter; a loss has the worst of its parameters", theme, [
    table(
      verdicts.map((v) => [verdictWords[v].name, verdictWords[v].says]),
      theme,
    ),
    titled("Each drawn point is one of", table(states, theme), theme),
    paragraph(
      "A point is an element of a vector where the loss separates over elements. Special points, such as the ends of a range, are told in findings and do not count. Proved means shown from the structure for every point; seen means at the points drawn.",
      theme,
    ),
  ])

const natureTitles: readonly (readonly [Operation["nature"], string])[] = [
  ["smooth", "Smooth"],
  ["linear", "Linear"],
  ["kinked", "Kinked"],
  ["step", "Flat between jumps"],
  ["choice", "Positions and orders"],
  ["stop", "Stops"],
]
const familyTitles: readonly (readonly [Composition["family"], string])[] = [
  ["activation", "Activations"],
  ["loss", "Losses"],
  ["metric", "Metrics"],
  ["function", "Functions"],
]

export function operationsPage(theme: Theme): string[] {
  const entries = publicEntries()
  const sorted = (list: readonly { name: string }[]): string[] => list.map((e) => e.name).sort()
  const operations = entries.filter(isOperation).filter((o) => o.nature !== "leaf")
  const compositions = entries.filter(isComposition)
  const others = entries.filter((e) => !isOperation(e) && !isComposition(e))
  return page("operations", "each has a page: gradcheck explain NAME", theme, [
    paragraph(
      "Python's expressions, with + - * / ** % // @, comparisons, and/or/not, x if c else y, indexing, and what is written on paper: ^ as a power, |x|, 2x, sigmoid as a Greek letter. Calls can be pasted as they are: torch.relu(x), tf.nn.softmax(z), y.sub(p).abs().mean().",
      theme,
    ),
    ...natureTitles.map(([nature, title]) =>
      titled(title, names(sorted(operations.filter((o) => o.nature === nature)), theme), theme),
    ),
    titled("Lists and shapes", names(sorted(others), theme), theme),
    ...familyTitles.map(([family, title]) =>
      titled(title, names(sorted(compositions.filter((c) => c.family === family)), theme), theme),
    ),
  ])
}

const rangeRows = [
  ["0..1", "real numbers, evenly spread; the ends are looked at as special points"],
  ["0..9 int", "whole numbers"],
  ["{0, 1}", "one of these, each element on its own"],
  ["bernoulli(0.3)", "1 with this probability, else 0"],
  ["normal(0, 1)", "mean and standard deviation"],
  ["gumbel", "Gumbel noise"],
  ["exponential(1)", "its scale"],
  ["poisson(3)", "its mean"],
  ["gamma(2, 1)", "its shape and scale"],
  ["simplex(1) [5]", "not negative and summing to 1 along the last axis: the softmax of normals"],
  ["onehot [5]", "one 1 among 0s along the last axis"],
  ["unit [5]", "of length 1 along the last axis"],
  ["sorted(0..1) [5]", "ascending along the last axis"],
] as const

export const rangesPage = (theme: Theme): string[] =>
  page("ranges", "--in NAME=RANGE", theme, [
    table(rangeRows, theme),
    paragraph(
      "A shape may follow in square brackets: p=0..1 [8, 10]. Without one an input has the shape that the expression asks for, a single number where it can be.",
      theme,
    ),
    table([['--given "sum(y) > 0"', "keeps only points where this holds"]], theme),
    titled(
      "Where no range is given",
      paragraph(
        "It is assumed from the name, as gradcheck explain config shows, and said in the last line of every report.",
        theme,
      ),
      theme,
    ),
  ])

/** `keys` are those of the configuration: their names, what stands there, and what holds when nothing is said. */
export const configPage =
  (keys: ReadonlyMap<string, { readonly is: string; readonly fallback: string }>, example: string) =>
  (theme: Theme): string[] =>
    page("config", "what is assumed where nothing is said, and how to say it", theme, [
      paragraph(
        "gradcheck lint reads gradcheck.yaml, gradcheck.json or the table tool.gradcheck of pyproject.toml: for each file the nearest above it, and nothing is merged. An expression has one only when --config FILE names it; overrides and baseline are for files. Flags overrule it. gradcheck explain config --format json prints its JSON Schema, for editors.",
        theme,
      ),
      titled(
        "Keys",
        table(
          [...keys].map(([name, { is, fallback }]) => [name, `${is} (${fallback})`] as const),
          theme,
        ),
        theme,
      ),
      titled(
        "Example",
        example.split("\n").map((l) => `  ${l}`),
        theme,
      ),
      titled(
        "Ranges by name",
        table(
          [
            ...assumedRanges.map(({ names: n, range }) => [n, printRange(range)] as const),
            ["any other name", printRange(anyRange)] as const,
          ],
          theme,
        ),
        theme,
      ),
      paragraph(
        "Where a name's range gives no finite value, narrower ones are tried. What inputs says of a name holds as it stands. --in NAME=RANGE overrides all of it.",
        theme,
      ),
      titled(
        "Ignore comments, in Python and YAML",
        table(
          [
            [
              "# gradcheck: ignore[RULE] -- REASON",
              "hides findings of the rule that stand in this line, or in the definition that begins in it",
            ],
            ["# gradcheck: skip-file -- REASON", "the file is left alone"],
          ],
          theme,
        ),
        theme,
      ),
    ])

export const jsonPage = (theme: Theme): string[] =>
  page("json", "--format json", theme, [
    paragraph(
      "One object. Its shape is a contract: version changes when something that programs rely on changes. gradcheck explain json --format json prints it as JSON Schema, gradcheck explain at --format json that of --at.",
      theme,
    ),
    table(
      [
        ["version", "of the contract"],
        ["tool", "name and version of gradcheck"],
        [
          "options",
          "samples, seed, batch, framework, dtype, select, ignore, failOn: enough to have the same run again",
        ],
        ["summary", "losses by verdict, findings by level, the exit code"],
        [
          "losses",
          "for each expression and number format: verdict, parameters with the cases in each state, inputs and what was assumed of them, findings",
        ],
        ["findings", "all of them in one list: rule, level, message, where, also, evidence, help, key"],
        ["problems", "expressions that could not be read, and why"],
      ],
      theme,
    ),
    paragraph(
      "A place has line and column, counted from 1, and offset, counted from 0, in UTF-16 units. What is not a finite number is null. The key of a finding stays the same when code moves.",
      theme,
    ),
  ])

export const cannotReadPage = (theme: Theme): string[] =>
  page("cannot-read", "exit code 2", theme, [
    titled(
      "What it says",
      paragraph(
        "The text cannot be read as an expression, or calls something that is not known. The caret marks where reading stopped; what is probably meant stands below it.",
        theme,
      ),
      theme,
    ),
    titled(
      "What an expression can be",
      table(
        [
          ["abs(y - p)", "a formula: names that are not known are inputs"],
          ["torch.mean((y - p)**2)", "pasted code; also tf., jnp., F., (y - p).pow(2).mean()"],
          ["2x^2 + |x|", "as on paper"],
          ["e = y - p; e*tanh(e)", "statements before the last one, which gives the value"],
          ["m + s^2 where m = mean(p), s = std(p)", "definitions afterwards"],
        ],
        theme,
      ),
      theme,
    ),
    titled(
      "Lists",
      table(
        [
          ["gradcheck explain operations", "all that can be called"],
          ["gradcheck explain ranges", "how the range of an input is written"],
        ],
        theme,
      ),
      theme,
    ),
  ])
