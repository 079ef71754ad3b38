// JUnit's XML for the tables of CI servers: a suite for each file, a case for each loss, so that healthy ones show as passes.
import XmlBuilder from "fast-xml-builder"
import { levels } from "../findings/finding.ts"
import type { LintedFile, LossResult } from "../findings/result.ts"
import { drawFinding } from "./finding.ts"
import { drawProblem } from "./problem.ts"
import type { Run, View } from "./run.ts"
import { escaped, harmless, loneHalves, type Theme, themeOf } from "./theme.ts"
import { allTold, type Told, toldOfFile, whyLost } from "./told.ts"
import { speaks } from "./totals.ts"

interface Case {
  readonly name: string
  readonly seconds: number
  readonly told: readonly Told[]
  /** Why it could not be looked at. */
  readonly skipped?: string
  /** The run's own failure. */
  readonly error?: { readonly message: string; readonly text: string }
}

interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
  readonly results: readonly LossResult[]
}

/** Characters that XML has no form for, at all. */
const clean = (text: string): string =>
  text
    .split("\n")
    .map(harmless)
    .join("\n")
    .replace(loneHalves, escaped)
    .replace(/[\ufffe\uffff]/g, escaped)
const oneLine = (text: string): string => clean(text).trim().replace(/\s+/g, " ")

const ofResult = (result: LossResult, told: readonly Told[], name = result.name): Case => ({
  name,
  seconds: result.seconds,
  told: told.filter((t) => t.result === result),
})

function suiteOf(file: LintedFile): Suite {
  const told = toldOfFile(file)
  const own = told.filter((t) => t.result === undefined)
  const unread = own.filter((t) => t.finding.rule === "cannot-read")
  const others = own.filter((t) => !unread.includes(t))
  return {
    name: file.file,
    results: file.losses.map((l) => l.result),
    cases: [
      ...file.losses.map(({ result }) => ofResult(result, told)),
      ...file.notUnderstood.map((u) => ({
        name: u.name,
        seconds: 0,
        told: [],
        skipped: `not understood: ${whyLost(u)}`,
      })),
      ...unread.map((t) => ({
        name: t.loss || `line ${t.place.start.line}`,
        seconds: 0,
        told: [t],
        skipped: `cannot be read: ${t.headline}`,
      })),
      ...(others.length > 0 ? [{ name: "the file itself", seconds: 0, told: others }] : []),
    ],
  }
}

function ofExpressions(run: Run, theme: Theme): Suite {
  const told = allTold({ ...run, problems: [] })
  const formats = new Set(run.results.map((r) => r.options.dtype)).size > 1
  return {
    name: "expressions",
    results: run.results,
    cases: [
      ...run.problems.map(({ expression, problem }) => ({
        name: expression,
        seconds: 0,
        told: [],
        error: {
          message: problem.message,
          text: drawProblem(problem, { kind: "cannot-read", more: [] }, theme).join("\n"),
        },
      })),
      ...run.results.map((r) => ofResult(r, told, formats ? `${r.name} (${r.options.dtype})` : r.name)),
    ],
  }
}

/** Servers group cases by what stands before the last dot of a class. */
const classOf = (suite: string): string =>
  suite
    .replace(/\.\w+$/, "")
    .replaceAll("/", ".")
    .replace(/^\.+/, "")

const attributes = (values: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`@${name}`, oneLine(String(value))]))

const drawn = (told: readonly Told[], theme: Theme): string =>
  clean(told.map((t) => drawFinding({ ...t.finding, headline: t.headline }, theme).join("\n")).join("\n\n"))

export function junit(run: Run, { theme: { ascii } }: View): string {
  const theme = themeOf(100, ascii)
  const { failOn, version, started = "1970-01-01T00:00:00" } = run
  const fails = ({ finding }: Told): boolean =>
    failOn !== "never" && levels.indexOf(finding.level) >= levels.indexOf(failOn)

  const caseElement = ({ name, seconds, told, skipped, error }: Case, suite: Suite) => {
    const bad = told.filter(fails)
    return {
      ...attributes({ name: name || "(empty)", classname: classOf(suite.name), time: seconds.toFixed(3) }),
      ...(error
        ? { error: { ...attributes({ message: error.message, type: "cannot-read" }), "#text": clean(error.text) } }
        : bad.length > 0
          ? {
              failure: {
                ...attributes({ message: bad.map((t) => t.finding.headline).join("; "), type: bad[0]!.finding.rule }),
                "#text": drawn(bad, theme),
              },
            }
          : skipped === undefined
            ? {}
            : { skipped: clean(skipped) }),
    }
  }
  const suiteElement = (suite: Suite, id: number) => {
    const { cases, results } = suite
    const failures = cases.filter((c) => !c.error && c.told.some(fails)).length
    const errors = cases.filter((c) => c.error).length
    const skipped = cases.filter((c) => c.skipped !== undefined && !c.told.some(fails)).length
    const { samples, seed, batch, framework, dtype } = results[0]?.options ?? {}
    const properties = Object.entries({ gradcheck: version, framework, dtype, samples, seed, batch })
    return {
      ...attributes({
        name: suite.name,
        package: classOf(suite.name),
        id,
        timestamp: started,
        hostname: "localhost",
        tests: cases.length,
        failures,
        errors,
        skipped,
        time: cases.reduce((sum, c) => sum + c.seconds, 0).toFixed(3),
      }),
      properties: {
        property: properties.flatMap(([name, value]) => (value === undefined ? [] : [attributes({ name, value })])),
      },
      testcase: cases.map((c) => caseElement(c, suite)),
      // What does not fail is not lost: warnings and notes.
      "system-out": drawn(
        cases.flatMap((c) => (c.skipped === undefined ? c.told.filter((t) => !fails(t)) : [])),
        theme,
      ),
      "system-err": "",
    }
  }

  const suites = run.files ? run.files.filter(speaks).map(suiteOf) : [ofExpressions(run, theme)]
  const xml = new XmlBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    format: true,
    suppressEmptyNode: true,
  }).build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: { testsuite: suites.map(suiteElement) },
  })
  return ascii ? xml.replace(/[^\n\x20-\x7e]/gu, (sign) => `&#${sign.codePointAt(0)};`) : xml
}
