// Measures lint on the definitions of public repositories whose gradients were observed (../shared/corpus/torch_truth.json).
//   npx esbuild test/dev/torch-truth.ts --bundle --platform=node --format=esm --outfile=/tmp/torch-truth.mjs
//   node /tmp/torch-truth.mjs ../shared/corpus/torch_truth.json /work/.truth [--only REGEX] [--json FILE]
// The second path holds the work trees and manifest.json: {"owner/name" or "owner/name@commit": {dir, commit, exact}}.
// Three ways of asking are told apart: "lint" is what a user gets for the file; "direct" takes the definition itself with
// its group as role and the arguments marked as predictions as parameters, found by lint's name rules or not; "with
// settings" is direct, except that what cannot be called so (constructor settings, numbers as arguments, an inherited
// forward, a prediction with a default) is called by a function appended to the text.
import { readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { isMainThread, parentPort, Worker } from "node:worker_threads"
import { definitionsIn } from "../../src/definitions/python.ts"
import type { Role } from "../../src/definitions/roles.ts"
import type { LintedFile, LossResult } from "../../src/findings/result.ts"
import { subjectOfDefinition } from "../../src/graph/definitions.ts"
import { lintFile, lookAt } from "../../src/lint.ts"
import type { Framework } from "../../src/ops/record.ts"
import { Problem } from "../../src/source/problem.ts"
import { positionOf, type Source } from "../../src/source/text.ts"
import { parseFile } from "../../src/syntax/file.ts"
import type { FileStmt, FileStmtOf } from "../../src/syntax/file-ast.ts"
import { type PythonFile, projectOf } from "../../src/syntax/project.ts"

interface Entry {
  readonly repo: string
  readonly commit: string
  readonly file: string
  readonly name: string
  readonly kind: string
  readonly line?: number
  readonly group: Role
  readonly framework?: Framework
  readonly constructor_: Readonly<Record<string, unknown>>
  readonly arguments: Readonly<Record<string, unknown>>
  readonly verdict: string
}

type Definition = FileStmtOf<"Function"> | FileStmtOf<"Class">

interface Outcome {
  readonly status: "decided" | "not understood" | "crash" | "too slow" | "not discovered" | "not tried"
  /** The prediction's, or with none known the best of all. */
  readonly verdict?: string
  readonly verdicts?: Readonly<Record<string, string>>
  /** A finding at the level at which lint fails. */
  readonly error?: boolean
  readonly headline?: string
  readonly place?: string
  readonly seconds?: number
  /** How it was asked, where that differs from the plain way. */
  readonly how?: string
}

interface Row extends Entry {
  readonly path: string
  readonly lint: Outcome
  readonly direct: Outcome
  readonly full: Outcome
}

type Job = { readonly entries: readonly Entry[]; readonly path: string }

const ways = ["lint", "direct", "full"] as const
const titles = { lint: "lint", direct: "direct", full: "direct, with settings" } as const
/** A definition that takes longer is named; one that takes far longer is given up. */
const [SLOW, LONGEST] = [2, 30]
const defaults = { dtype: "float32" } as const

// The two doors into the project.
const project = projectOf((path) =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined,
)
const lintAll = (file: PythonFile): LintedFile => lintFile(project, file, defaults, () => performance.now())
function checkOne(file: PythonFile, entry: Entry, statement: Definition, wrt: readonly string[]): LossResult {
  const result = lookAt(
    project,
    file,
    { name: statement.name, role: entry.group, statement },
    { ...defaults, role: entry.group, framework: entry.framework ?? "torch", ...(wrt.length > 0 ? { wrt } : {}) },
    () => performance.now(),
  )
  if (result instanceof Problem) throw result
  return result
}

const predictionsOf = (entry: Entry): string[] =>
  Object.keys(entry.arguments).filter((name) => entry.arguments[name] === "pred")

const liveliness = ["alive", "saturating", "partial", "broken", "dead", "disconnected"]

function decided(entry: Entry, result: LossResult, how?: string): Outcome {
  const verdicts = Object.fromEntries(Object.entries(result.parameters).map(([name, p]) => [name, p.verdict]))
  const own = predictionsOf(entry).find((name) => verdicts[name])
  const best = Object.values(verdicts).sort((a, b) => liveliness.indexOf(a) - liveliness.indexOf(b))[0]
  const finding = result.findings.find((f) => f.level === "error") ?? result.findings[0]
  const mark = finding?.marks[0]
  return {
    status: "decided",
    verdict: own ? verdicts[own]! : (best ?? result.verdict),
    verdicts,
    error: result.findings.some((f) => f.level === "error"),
    ...(finding ? { headline: finding.headline } : {}),
    ...(mark ? { place: `${mark.span.source.name}:${positionOf(mark.span.source, mark.span.start).line}` } : {}),
    seconds: result.seconds,
    ...(how ? { how } : {}),
  }
}

function failed(error: unknown, seconds: number, how?: string): Outcome {
  const rest = { seconds, ...(how ? { how } : {}) }
  if (!(error instanceof Problem)) {
    const { message, stack = "" } = error as Error
    return { status: "crash", headline: message, place: stack.split("\n")[1]?.trim() ?? "", ...rest }
  }
  const span = error.parts.mark?.span
  const place = span ? { place: `${span.source.name}:${positionOf(span.source, span.start).line}` } : {}
  return { status: "not understood", headline: error.message, ...place, ...rest }
}

/** The definition of that name that stands nearest to the line. */
function findDefinition(body: readonly FileStmt[], source: Source, entry: Entry): Definition | undefined {
  const all: Definition[] = []
  const look = (statements: readonly FileStmt[]): void => {
    for (const s of statements) {
      if ((s.type === "Function" || s.type === "Class") && s.name === entry.name) all.push(s)
      else if (s.type === "If") for (const b of [...s.branches, { body: s.otherwise }]) look(b.body)
      else if (s.type === "Try") look([...s.body, ...s.handlers.flatMap((h) => h.body)])
    }
  }
  look(body)
  const away = (s: Definition): number => Math.abs(positionOf(source, s.start).line - (entry.line ?? 0))
  return all.sort((a, b) => away(a) - away(b))[0]
}

const inputNames = (entry: Entry): string[] =>
  Object.keys(entry.arguments).filter((n) => ["pred", "target", "ones"].includes(String(entry.arguments[n])))

/** A Python literal of a setting; the corpus writes an empty dictionary as a text. */
const literal = (value: unknown): string =>
  value === "{}"
    ? "{}"
    : value === null
      ? "None"
      : typeof value === "boolean"
        ? value
          ? "True"
          : "False"
        : JSON.stringify(value)

/** A function that makes the object with its settings and calls it as it was called when it was observed. */
function wrapped(entry: Entry, statement: Definition): string {
  const inputs = inputNames(entry)
  const settings = Object.entries(entry.arguments)
    .filter(([n]) => !inputs.includes(n) && !n.startsWith("grad of"))
    .map(([n, v]) => `${n}=${literal(v)}`)
  const constructed = Object.entries(entry.constructor_).map(([n, v]) => `${n}=${literal(v)}`)
  const callee = statement.type === "Class" ? `${entry.name}(${constructed.join(", ")})` : entry.name
  const args = [...inputs.map((n) => `${n}=${n}`), ...settings].join(", ")
  return `\n\ndef observed_${entry.name}(${inputs.join(", ")}):\n    return ${callee}(${args})\n`
}

function timed(run: () => Outcome, how?: string): Outcome {
  const started = performance.now()
  try {
    return run()
  } catch (error) {
    return failed(error, (performance.now() - started) / 1000, how)
  }
}

function direct(source: Source, entry: Entry): Outcome {
  return timed(() => {
    const file = { source, tree: parseFile(source) }
    const statement = findDefinition(file.tree.body, source, entry)
    if (!statement) return { status: "not tried", headline: "it is a method or is made by an assignment" }
    const wrt = predictionsOf(entry)
    const { names } = subjectOfDefinition(project, file, { name: entry.name, role: entry.group, statement })
    const known = wrt.filter((n) => names.includes(n))
    const how = known.length < wrt.length ? `wrt is the default, not ${wrt.join(", ")}` : undefined
    return decided(entry, checkOne(file, entry, statement, known.length < wrt.length ? [] : wrt), how)
  })
}

function withSettings(source: Source, entry: Entry, plain: Outcome): Outcome {
  const inputs = inputNames(entry)
  const settings = Object.values(entry.arguments).some((v) => typeof v === "number" || v === "mean")
  const needed =
    Object.keys(entry.constructor_).length > 0 || settings || plain.how !== undefined || plain.status === "not tried"
  if (!needed || inputs.length === 0) return plain
  const how = "called by an appended function"
  return timed(() => {
    const statement = findDefinition(parseFile(source).body, source, entry)
    if (!statement) return plain
    const longer = { name: source.name, text: source.text + wrapped(entry, statement) }
    const file = { source: longer, tree: parseFile(longer) }
    const caller = file.tree.body.findLast((s) => s.type === "Function")!
    return decided(entry, checkOne(file, entry, caller, predictionsOf(entry)), how)
  }, how)
}

function linted(source: Source, entries: readonly Entry[]): Outcome[] {
  try {
    const opened = project.at(source.name)!
    const file = lintAll(opened)
    const known = new Set(definitionsIn(project, opened).map((d) => d.name))
    return entries.map((entry) => {
      const away = (line: number): number => Math.abs(line - (entry.line ?? 0))
      const found = file.losses
        .filter((l) => l.result.name === entry.name)
        .sort((a, b) => away(a.line) - away(b.line))[0]
      if (found) return decided(entry, found.result)
      const not = file.notUnderstood.find((n) => n.name === entry.name)
      if (not) return failed(not.problem, 0)
      return known.has(entry.name)
        ? { status: "crash", headline: "lint discovers it and says nothing of it" }
        : { status: "not discovered" }
    })
  } catch (error) {
    return entries.map(() => failed(error, 0))
  }
}

/** Everything of one file, told piece by piece so that what was done before a piece that never ends is kept. */
function work({ entries, path }: Job, only?: number): void {
  const source = { name: path, text: readFileSync(path, "utf8") }
  if (only === undefined) parentPort!.postMessage({ lint: linted(source, entries) })
  for (let k = only ?? 0; k < entries.length; k++) {
    const plain = direct(source, entries[k]!)
    parentPort!.postMessage({ k, direct: plain, full: withSettings(source, entries[k]!, plain) })
  }
  parentPort!.postMessage({ done: true })
}

type Told = { readonly lint?: Outcome[]; k?: number; direct?: Outcome; full?: Outcome; done?: boolean }

const tooSlow: Outcome = { status: "too slow", headline: `not done after ${LONGEST} s` }
let worker: Worker | undefined

/** Has a worker do one file from the piece `from` on (-1: lint); resolves with the first piece that took too long. */
function attend(job: Job, from: number, tell: (told: Told) => void): Promise<number | undefined> {
  worker ??= new Worker(new URL(import.meta.url))
  const own = worker
  return new Promise((resolve, reject) => {
    let at = from
    let timer = setTimeout(giveUp, LONGEST * 1000 * (from < 0 ? 1 + job.entries.length : 1))
    function leave(result: number | undefined): void {
      clearTimeout(timer)
      own.off("message", hear).off("error", reject)
      resolve(result)
    }
    function giveUp(): void {
      worker = undefined
      own.terminate().then(() => leave(at), reject)
    }
    function hear(told: Told): void {
      clearTimeout(timer)
      timer = setTimeout(giveUp, LONGEST * 1000)
      at = told.lint ? 0 : (told.k ?? at) + 1
      if (told.done) leave(undefined)
      else tell(told)
    }
    own.on("error", reject).on("message", hear)
    own.postMessage({ job, ...(from < 0 ? {} : { only: from }) })
  })
}

async function measure(job: Job): Promise<Row[]> {
  const lint: Outcome[] = []
  const rest: { direct: Outcome; full: Outcome }[] = []
  const tell = (told: Told): void => {
    if (told.lint) lint.push(...told.lint)
    else rest[told.k!] = { direct: told.direct!, full: told.full! }
  }
  let at: number | undefined = -1
  while (at !== undefined && at < job.entries.length) {
    const slow: number | undefined = await attend(job, at, tell)
    if (slow === -1) lint.push(...job.entries.map(() => tooSlow))
    else if (slow !== undefined) rest[slow] = { direct: tooSlow, full: tooSlow }
    at = slow === undefined ? undefined : slow + 1
  }
  return job.entries.map((entry, k) => ({ ...entry, path: job.path, lint: lint[k]!, ...rest[k]! }))
}

const gone = (verdict: string): boolean => verdict === "dead" || verdict === "disconnected"
const agrees = (truth: string, verdict: string): boolean =>
  truth === "nan" ? verdict === "broken" : (truth === "none" || truth === "zero") === gone(verdict)
const percent = (part: number, of: number): string => (of === 0 ? "-" : `${((100 * part) / of).toFixed(1)}%`)
const title = (r: Row): string => `${r.repo}:${r.file}:${r.line ?? "?"} ${r.name}`
/** The names that the definitions gave: headlines that differ only in one, or in a number, are one reason. */
const ownNames =
  /^(?:there is no (?:function )?(\S+)(?: here)?|(\S+) could not be made from the file|the constructor needs (.+), and nothing says what .*)$/
const alike = (headline: string): { reason: string; name?: string } => {
  const name = ownNames.exec(headline)?.slice(1).find(Boolean)
  const reason = (name ? headline.replace(name, "…").replace("they are", "it is") : headline)
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, "…")
    .replace(/\d+/g, "#")
  return { reason, ...(name ? { name } : {}) }
}

function histogram(rows: readonly Row[], way: (typeof ways)[number]): void {
  const reasons = new Map<string, { readonly rows: Row[]; readonly names: Map<string, number> }>()
  for (const row of rows) {
    const { status, headline = "" } = row[way]
    if (status === "decided") continue
    const { reason, name } = alike(headline)
    const key = status === "not understood" ? reason : `(${status}) ${reason}`
    const own = reasons.get(key) ?? { rows: [] as Row[], names: new Map<string, number>() }
    reasons.set(key, own)
    own.rows.push(row)
    if (name) own.names.set(name, (own.names.get(name) ?? 0) + 1)
  }
  for (const [reason, own] of [...reasons].sort((a, b) => b[1].rows.length - a[1].rows.length)) {
    const names = [...own.names].sort((a, b) => b[1] - a[1]).slice(0, 12)
    const told = names.length > 0 ? `  [${names.map(([n, k]) => `${n} ${k}`).join(", ")}]` : ""
    console.log(`  ${String(own.rows.length).padStart(4)}  ${reason}${told}`)
    for (const row of own.rows.slice(0, 3)) console.log(`          ${title(row)}  [at ${row[way].place ?? "-"}]`)
  }
}

function summary(rows: readonly Row[], way: (typeof ways)[number]): void {
  for (const group of ["loss", "activation", "metric"]) {
    const own = rows.filter((r) => r.group === group)
    const sure = own.filter((r) => r[way].status === "decided")
    const right = sure.filter((r) => agrees(r.verdict, r[way].verdict!))
    const count = (status: string): number => own.filter((r) => r[way].status === status).length
    const others = ["not understood", "not discovered", "not tried", "crash", "too slow"]
      .filter((s) => count(s) > 0)
      .map((s) => `${s} ${count(s)}`)
    console.log(
      `  ${group.padEnd(10)} ${own.length}: decided ${sure.length} (${percent(sure.length, own.length)}), right ${right.length} (${percent(right.length, sure.length)} of decided, ${percent(right.length, own.length)} of all)${others.length > 0 ? `; ${others.join(", ")}` : ""}`,
    )
  }
}

function disagreements(rows: readonly Row[], way: (typeof ways)[number]): void {
  const wrong = rows.filter((r) => r[way].status === "decided" && !agrees(r.verdict, r[way].verdict!))
  const line = (r: Row): string =>
    `  ${title(r)}  truth ${r.verdict}, ours ${JSON.stringify(r[way].verdicts)}${r[way].how ? ` (${r[way].how})` : ""}: ${r[way].headline ?? "-"} [at ${r[way].place ?? "-"}]`
  const dead = wrong.filter((r) => r.group === "loss" && r.verdict === "value")
  console.log(`\nliving losses called dead (${titles[way]}): ${dead.length}`)
  for (const r of dead) console.log(line(r))
  const errors = rows.filter((r) => r.group === "loss" && r.verdict === "value" && r[way].error)
  console.log(`\nliving losses with an error (${titles[way]}): ${errors.length}`)
  for (const r of errors) console.log(line(r))
  console.log(`\nother disagreements (${titles[way]}): ${wrong.length - dead.length}`)
  for (const r of wrong.filter((r) => !dead.includes(r))) console.log(line(r))
}

function report(name: string, rows: readonly Row[]): void {
  console.log(`\n==== ${name}: ${rows.length} definitions ====`)
  for (const way of ways) {
    console.log(`\n${titles[way]}`)
    summary(rows, way)
  }
  for (const way of ["lint", "full"] as const) disagreements(rows, way)
  for (const group of ["loss", "activation", "metric"])
    for (const way of ["lint", "full"] as const) {
      console.log(`\nnot decided, ${group} (${titles[way]})`)
      histogram(
        rows.filter((r) => r.group === group),
        way,
      )
    }
  console.log(`\nlonger than ${SLOW} s`)
  for (const r of rows)
    for (const way of ways)
      if ((r[way].seconds ?? 0) > SLOW || r[way].status === "too slow")
        console.log(`  ${title(r)}: ${titles[way]} ${r[way].seconds?.toFixed(1) ?? `> ${LONGEST}`} s, ${r[way].status}`)
}

type Trees = Readonly<Record<string, { readonly dir: string } | undefined>>

/** One job for each file, so that lint looks at it once. */
function jobsOf(entries: readonly (Entry & { constructor?: unknown })[], trees: Trees, only: RegExp): Job[] {
  const jobs = new Map<string, Entry[]>()
  for (const e of entries) {
    const tree = trees[`${e.repo}@${e.commit}`] ?? trees[e.repo]
    if (!tree) console.log(`no work tree: ${e.repo}`)
    if (!tree || !only.test(`${e.repo}:${e.file}:${e.name}`)) continue
    const path = join(tree.dir, e.file.replace(/@.*/, ""))
    const constructor_ = Object.hasOwn(e, "constructor") ? (e.constructor as unknown as Record<string, unknown>) : {}
    jobs.set(path, [...(jobs.get(path) ?? []), { ...e, constructor_, arguments: e.arguments ?? {} }])
  }
  return [...jobs].map(([path, own]) => ({ path, entries: own }))
}

async function main([corpus, folder, ...flags]: readonly string[]): Promise<void> {
  const flag = (name: string): string | undefined => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined)
  const truth = JSON.parse(readFileSync(corpus!, "utf8"))
  const trees = JSON.parse(readFileSync(join(folder!, "manifest.json"), "utf8")) as Trees
  const only = new RegExp(flag("--only") ?? "")
  const all: Row[] = []
  const run = async (name: string, entries: readonly Entry[]): Promise<void> => {
    const rows: Row[] = []
    for (const job of jobsOf(entries, trees, only)) rows.push(...(await measure(job)))
    report(name, rows)
    all.push(...rows)
  }
  await run("torch", truth.open)
  await run("tensorflow and jax", truth.other_frameworks.open)
  if (flag("--json")) writeFileSync(flag("--json")!, JSON.stringify(all, undefined, 1))
  await worker?.terminate()
}

if (isMainThread) await main(process.argv.slice(2))
else parentPort!.on("message", ({ job, only }: { job: Job; only?: number }) => work(job, only))
