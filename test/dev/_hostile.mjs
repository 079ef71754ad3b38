import { build } from "esbuild"

const b = await build({
  entryPoints: ["/work/main/src/syntax/file.ts"],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
})
const { parseFile } = await import(
  "data:text/javascript;base64," + Buffer.from(b.outputFiles[0].text).toString("base64")
)
const N = 10_000_000
const fill = (part) => part.repeat(Math.ceil(N / part.length)).slice(0, N)
let s = 12345
const rnd = (letters) => {
  const out = []
  for (let i = 0; i < N; i++) {
    s = (s * 1103515245 + 12345) % 2147483648
    out.push(letters[s % letters.length])
  }
  return out.join("")
}
const indent = (() => {
  let o = ""
  for (let i = 0; o.length < N; i++) o += " ".repeat(i) + "if x:\n"
  return o
})()
const stairs = (() => {
  let o = ""
  for (let i = 0; o.length < N; i++) {
    for (let k = 0; k < 90; k++) o += " ".repeat(k) + "if x:\n"
    o += " ".repeat(90) + "x\n"
  }
  return o
})()
const cases = {
  indent,
  stairs,
  ...Object.fromEntries(
    [
      "(",
      "(\n",
      "f(\n",
      "f(x,\n",
      "a b\n",
      "x = 1\n",
      "if x:\n",
      "if x: y\n",
      "'''",
      '"""\n',
      "'''\n'",
      'f"{\n',
      'f"{"""\\\n',
      'f"{\\"""x\n',
      "f'{f\"{",
      "f'''{\n",
      "#\n",
      "\\\n",
      "\n",
      "\t\n",
      "  x\n x\n",
      "@a\n",
      "x=1;",
      "elif x: y\n",
      "x + ",
      "x\n+ ",
      "lambda: ",
      "not ",
      "await ",
      "a.b",
      "a if b else ",
      "[",
      "{",
      "match x:\n case y: pass\n",
      "match (\n",
      "match x,\n",
      "with (a, b): pass\n",
      "with (",
      "x: int\n",
      "del a\n",
      "def f(\n",
      "def f(): pass\n",
      "class A:\n pass\n",
      "x = [1, 2\nreturn\n",
      "]\n",
      "(]\n",
      "try: x\n",
      "try:\n x\nexcept: y\n",
      "$",
      "é",
      "\ud800",
      "\0",
      "x = (1,\n",
      "1,",
      "'a' ",
      "f'{x}' ",
      "0777\n",
      "x\\\n",
      "async ",
      "yield ",
      "(yield ",
      "* ",
      "x[",
      "type x = ",
      "import a.",
      "from . import (",
      "\r",
      "a\r",
      "\f",
      "'\\\n",
      "(\ndef f():\n",
      "a=",
      "-",
      "**",
      "print x\n",
      "for x in ",
      "case ",
      "x if ",
      "{x:",
      "f(a=1,b)\n",
      "# gradcheck\nx(\n",
      "if x: (\n",
      "    (\n",
    ].map((p) => [JSON.stringify(p), fill(p)]),
  ),
  random: rnd("abc123()[]{}+-*/ \n\n'\"|&!=<>.,:;\\#\t@"),
  random2: rnd("ab \n:()[],"),
  random3: rnd("f'\"{}\n a"),
}
const only = process.argv[2]
for (const [name, text] of Object.entries(cases)) {
  if (only && !name.includes(only)) continue
  global.gc?.()
  const t = performance.now(),
    c = process.cpuUsage()
  let r
  try {
    const m = parseFile({ name: "", text })
    r = m.body.length + " statements, " + m.body.filter((x) => x.type === "Error").length + " errors"
  } catch (e) {
    r = "THROWN " + e.stack.slice(0, 300)
  }
  const u = process.cpuUsage(c)
  const ms = (u.user + u.system) / 1000
  console.log(
    ms > 1500 ? "SLOW" : "    ",
    name.slice(0, 30).padEnd(30),
    ms.toFixed(0).padStart(7) + " ms",
    r,
    Math.round(process.memoryUsage().rss / 1e6) + " MB",
  )
}
