// Compares our trees of Python files with CPython's, node by node with line and column, and measures how fast we read.
//   node test/dev/compare-python.mjs [--python=python3] [--limit=N] [--show=N] [--speed] FOLDER…
// Development only: it runs Python (3.12 or later, where places inside f-strings are right).
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { build } from "esbuild"

const options = process.argv.slice(2).filter((a) => a.startsWith("--"))
const option = (name) => options.find((o) => o.startsWith(`--${name}`))?.split("=")[1]
const folders = process.argv.slice(2).filter((a) => !a.startsWith("--"))

const bundled = await build({
  entryPoints: [new URL("../../src/syntax/file.ts", import.meta.url).pathname],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
})
const { parseFile } = await import(
  `data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString("base64")}`
)

function find(folder, into) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) find(path, into)
    else if (entry.isFile() && entry.name.endsWith(".py")) into.push(path)
  }
}
let paths = []
for (const folder of folders) find(folder, paths)
const seen = new Set()
paths = paths.filter((path) => {
  const hash = createHash("sha1").update(readFileSync(path)).digest("base64")
  return !seen.has(hash) && seen.add(hash)
})
if (option("limit")) paths = paths.slice(0, Number(option("limit")))

/** Our tree as the text that compare-python.py makes of CPython's. */
function lower(text) {
  const starts = [0]
  for (const m of text.matchAll(/\r\n|\r|\n/g)) starts.push(m.index + m[0].length)
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const point = (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle] <= offset) low = middle
      else high = middle - 1
    }
    return `${low + 1}:${offset - starts[low] - (low === 0 ? bom : 0)}`
  }
  const named = text.includes("\\N{")
  const at = (n) => `${point(n.start)}-${point(n.end)}`
  const lines = (n) => {
    if (!named) return ""
    const [a, b] = [n.start, n.end]
    const from = Math.max(text.lastIndexOf("\n", a - 1), text.lastIndexOf("\r", a - 1)) + 1
    const ends = [text.indexOf("\n", b), text.indexOf("\r", b)].filter((i) => i >= 0)
    return text.slice(from, Math.min(text.length, ...ends))
  }
  const bits = (x) => {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, x)
    return view.getBigUint64(0).toString(16).padStart(16, "0")
  }
  const json = (s) =>
    JSON.stringify(s).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
  const truth = (v) => (v ? "True" : "False")
  const opt = (n) => (n === undefined ? "-" : expr(n))
  const all = (ns) => `[${ns.map(expr).join(" ")}]`
  const args = (as) =>
    `[${as.map((a) => (a.name || a.spread ? `${at(a)} ${a.spread ?? a.name} ${expr(a.value)}` : expr(a.value))).join(", ")}]`
  const param = (q) => {
    let start = q.start
    if (q.kind === "rest") start = q.start + /^\*[\s\\]*/.exec(text.slice(q.start, q.end))[0].length
    if (q.kind === "options") start = q.start + /^\*\*[\s\\]*/.exec(text.slice(q.start, q.end))[0].length
    return `${q.kind} ${point(start)} ${q.name} ${opt(q.annotation)} ${opt(q.default)}`
  }
  const params = (ps) => `[${ps.map(param).join(", ")}]`
  const gens = (gs) => gs.map((g) => `for ${expr(g.target)} ${expr(g.iterable)} ${all(g.conditions)}`).join(" ")
  const expr = (e) => `(${at(e)} ${kinds[e.type](e)})`
  const kinds = {
    Number: (e) => `Number ${e.whole ? "int" : "float"} ${bits(e.value)}`,
    String: (e) => `String ${lines(e).includes("\\N{") ? "NAMED" : json(e.value)}`,
    Format: (e) =>
      `Format ${e.parts.map((q) => (typeof q === "string" ? (lines(e).includes("\\N{") ? "NAMED" : json(q)) : expr(q))).join(" ")}`,
    Constant: (e) => `Constant ${e.value === null ? "None" : e.value === "..." ? "..." : truth(e.value)}`,
    Name: (e) => `Name ${e.name}`,
    Attribute: (e) => `Attribute ${expr(e.object)} ${e.name}`,
    Call: (e) => {
      if (e.callee.type === "Name") {
        if (e.callee.name === "complex" && e.callee.end === e.end) return `Complex ${bits(e.args[1].value.value)}`
        if (e.callee.name === "yield") return `yield ${opt(e.args[0]?.value)}`
        if (e.callee.name === "yield from") return `yield from ${expr(e.args[0].value)}`
      }
      return `Call ${expr(e.callee)} ${args(e.args)}`
    },
    Index: (e) => `Index ${expr(e.object)} ${expr(e.index)}`,
    Slice: (e) => `Slice ${opt(e.lower)} ${opt(e.upper)} ${opt(e.step)}`,
    Tuple: (e) => `Tuple ${all(e.items)}`,
    List: (e) => `List ${all(e.items)}`,
    Set: (e) => `Set ${all(e.items)}`,
    Dict: (e) => `Dict ${e.entries.map((x) => `${opt(x.key)}: ${expr(x.value)}`).join(" ")}`,
    Unary: (e) => `Unary ${e.op} ${expr(e.operand)}`,
    Binary: (e) => `Binary ${expr(e.left)} ${e.op} ${expr(e.right)}`,
    Compare: (e) => `Compare ${expr(e.first)} ${e.rest.map((r) => `${r.op} ${expr(r.right)}`).join(" ")}`,
    Bool: (e) => `Bool ${e.op} ${all(e.items)}`,
    Conditional: (e) => `Conditional ${expr(e.test)} ${expr(e.then)} ${expr(e.otherwise)}`,
    Lambda: (e) => `Lambda ${params(e.params)} ${expr(e.body)}`,
    Comprehension: (e) => `Comprehension ${e.kind} ${expr(e.item)} ${gens(e.generators)}`,
    DictComprehension: (e) => `DictComprehension ${expr(e.key)} ${expr(e.value)} ${gens(e.generators)}`,
    Starred: (e) => `Starred ${expr(e.value)}`,
    Walrus: (e) => `Walrus ${e.name} ${expr(e.value)}`,
  }
  const block = (ss) => `{${ss.map((s) => `\n${stmt(s)}`).join("")}}`
  const stmt = (s) => `(${at(s)} ${statements[s.type](s)})`
  const aliases = (ns) => ns.map((a) => `${at(a)} ${a.name} ${a.as ?? "-"}`).join(", ")
  const types = (ts) =>
    `[${ts.map((t) => `${at(t)} ${t.spread ?? ""}${t.name} ${opt(t.bound)} ${opt(t.default)}`).join(", ")}]`
  const statements = {
    Expression: (s) => `Expression ${expr(s.value)}`,
    Assign: (s) => `Assign ${all(s.targets)} ${expr(s.value)}`,
    AugmentedAssign: (s) => `AugmentedAssign ${expr(s.target)} ${s.op} ${expr(s.value)}`,
    AnnotatedAssign: (s) => `AnnotatedAssign ${expr(s.target)} ${expr(s.annotation)} ${opt(s.value)}`,
    TypeAlias: (s) => `TypeAlias ${s.name} ${types(s.types)} ${expr(s.value)}`,
    Return: (s) => `Return ${opt(s.value)}`,
    Raise: (s) => `Raise ${opt(s.value)} ${opt(s.cause)}`,
    Assert: (s) => `Assert ${expr(s.test)} ${opt(s.message)}`,
    Delete: (s) => `Delete ${all(s.targets)}`,
    Global: (s) => `Global ${s.names.join(" ")}`,
    Nonlocal: (s) => `Nonlocal ${s.names.join(" ")}`,
    Pass: () => "Pass",
    Break: () => "Break",
    Continue: () => "Continue",
    Import: (s) => `Import ${aliases(s.names)}`,
    ImportFrom: (s) => `ImportFrom ${s.module} ${s.level} ${aliases(s.names)}`,
    If: (s) =>
      `If ${s.branches.map((b) => `${point(b.start)} ${expr(b.test)} ${block(b.body)}`).join("")}${block(s.otherwise)}`,
    For: (s) => `For ${truth(s.async)} ${expr(s.target)} ${expr(s.iterable)} ${block(s.body)} ${block(s.otherwise)}`,
    While: (s) => `While ${expr(s.test)} ${block(s.body)} ${block(s.otherwise)}`,
    Try: (s) => {
      const handlers = s.handlers.map((h) => `${at(h)} ${opt(h.caught)} ${h.name ?? "-"} ${block(h.body)}`).join(" ")
      return `Try ${truth(s.groups)} ${block(s.body)} ${handlers} ${block(s.otherwise)} ${block(s.last)}`
    },
    With: (s) =>
      `With ${truth(s.async)} ${s.items.map((i) => `${expr(i.value)} ${opt(i.target)}`).join(", ")} ${block(s.body)}`,
    Function: (s) =>
      `Function ${truth(s.async)} ${all(s.decorators)} ${s.name} ${types(s.types)} ${params(s.params)} ${opt(s.returns)} ${block(s.body)}`,
    Class: (s) => `Class ${all(s.decorators)} ${s.name} ${types(s.types)} ${args(s.args)} ${block(s.body)}`,
    Match: (s) =>
      `Match ${expr(s.subject)} ${s.cases.map((c) => `case ${pattern(c.pattern)} ${opt(c.guard)} ${block(c.body)}`).join(" ")}`,
    Error: (s) => `Error ${s.problem.headline}`,
  }
  const pattern = (q) => `(${at(q)} ${patterns[q.type](q)})`
  const list = (qs) => `[${qs.map(pattern).join(" ")}]`
  const patterns = {
    Value: (q) => `Value ${expr(q.value)}`,
    Sequence: (q) => `Sequence ${list(q.items)}`,
    Mapping: (q) =>
      `Mapping ${q.entries.map((x) => `${expr(x.key)}: ${pattern(x.pattern)}`).join(" ")} ${q.rest ?? "-"}`,
    Class: (q) =>
      `Class ${expr(q.callee)} ${list(q.items)} ${q.named.map((x) => `${x.name} ${pattern(x.pattern)}`).join(" ")}`,
    Rest: (q) => `Rest ${q.name ?? "-"}`,
    Capture: (q) => `Capture ${q.name ?? "-"}`,
    As: (q) => `As ${pattern(q.pattern)} ${q.name}`,
    Or: (q) => `Or ${list(q.items)}`,
  }
  return block(parseFile({ name: "", text }).body)
}

const decode = (path, encoding) => {
  const bytes = readFileSync(path)
  return new TextDecoder(encoding === "utf-8-sig" ? "utf-8" : encoding, { ignoreBOM: true }).decode(bytes)
}

if (option("speed") !== undefined || options.includes("--speed")) speed()
else await compare()

function speed() {
  const texts = paths.map((path) => readFileSync(path, "utf8"))
  const size = paths.reduce((sum, path) => sum + readFileSync(path).length, 0)
  for (let round = 0; round < 6; round++) {
    const began = process.cpuUsage()
    const wall = performance.now()
    for (const text of texts) parseFile({ name: "", text })
    const { user, system } = process.cpuUsage(began)
    const mb = size / 1e6
    console.log(
      `round ${round}: ${texts.length} files, ${mb.toFixed(1)} MB, ${(mb / ((performance.now() - wall) / 1000)).toFixed(1)} MB/s by the clock, ${(mb / ((user + system) / 1e6)).toFixed(1)} MB/s of processor time`,
    )
  }
}

async function compare() {
  const python = spawn(option("python") ?? "python3", [new URL("compare-python.py", import.meta.url).pathname], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  python.stdin.end(`${paths.join("\n")}\n`)
  const count = { files: 0, equal: 0, different: 0, refusedByPython: 0, readThough: 0, encodings: 0 }
  let shown = Number(option("show") ?? 5)
  for await (const line of createInterface({ input: python.stdout })) {
    const { path, encoding, tree, error } = JSON.parse(line)
    count.files++
    let text
    try {
      text = decode(path, encoding ?? "utf-8")
    } catch {
      count.encodings++
      continue
    }
    const ours = lower(text)
    if (tree === undefined) {
      count.refusedByPython++
      if (!/\(\S+ Error /.test(ours)) {
        count.readThough++
        if (options.includes("--refused")) console.log(`${path}: ${error}`)
      }
    } else if (ours === tree) count.equal++
    else {
      count.different++
      if (shown-- > 0) difference(path, ours, tree)
    }
  }
  console.log(JSON.stringify(count))
}

function difference(path, ours, theirs) {
  const a = ours.split("\n")
  const b = theirs.split("\n")
  const i = a.findIndex((line, k) => line !== b[k])
  let k = 0
  while (a[i]?.[k] === b[i]?.[k] && k < (a[i] ?? "").length) k++
  const from = Math.max(0, k - 100)
  console.log(`${path}\n  ours    …${a[i]?.slice(from, k + 150)}\n  CPython …${b[i]?.slice(from, k + 150)}`)
}
