// Builds what is shipped: the command in bin/ and the library with its types in dist/. Needs nothing but node_modules.
import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { build, transform } from "esbuild"

const { version } = JSON.parse(readFileSync("package.json", "utf8"))
const target = "node20"
const shared = {
  bundle: true,
  platform: "node",
  target,
  format: "esm",
  charset: "utf8",
  logLevel: "warning",
  legalComments: "none",
  define: { GRADCHECK_VERSION: JSON.stringify(version) },
}

/**
 * Reads a piece of the command. Compiling it is most of what a start costs, so what V8 has compiled is kept beside it;
 * another version of Node refuses that, and compiles as ever.
 */
const loader = (build) => `"use strict"
const { readFileSync } = require("node:fs")
const { join } = require("node:path")
const { Script } = require("node:vm")
const pieces = new Map()
function load(name) {
  const known = pieces.get(name)
  if (known) return known.module.exports
  const filename = join(__dirname, name)
  let cachedData
  try {
    cachedData = readFileSync(filename + ".compiled")
  } catch {}
  const code = readFileSync(filename, "utf8")
  const script = new Script("(function (exports, require, module, load) {" + code + "\\n})", { filename, cachedData })
  const module = { exports: {} }
  pieces.set(name, { module, script, filename })
  script.runInThisContext()(module.exports, require, module, load)
  // esbuild exports getters, and a getter is called at every use; nothing exported changes. The mark is not enumerable.
  module.exports = Object.defineProperty({ ...module.exports }, "__esModule", { value: true })
  return module.exports
}
load.pieces = pieces
load.thread = join(__dirname, "thread.js")
load.build = "${build}"
module.exports = load
`

/** Runs the command once and keeps what V8 has compiled by then, functions that ran included. */
const keepCompiled = `
const load = require("./bin/load.cjs")
load("./main.js")
process.on("exit", () => {
  for (const { script, filename } of load.pieces.values())
    require("node:fs").writeFileSync(filename + ".compiled", script.createCachedData())
})
`

// Tests need the command only.
if (!process.argv.includes("--command")) {
  rmSync("dist", { recursive: true, force: true })
  await build({ ...shared, entryPoints: { index: "src/index.ts" }, outdir: "dist" })
  declarations()
}
await command()

/** TypeScript writes the types of every module of the library beside the bundle; `npm run check` is what checks them. */
function declarations() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc")
  execFileSync(process.execPath, [tsc, "--project", "tsconfig.build.json", "--noCheck"], { stdio: "inherit" })
}

/**
 * Only ES modules can be split by esbuild and only CommonJS starts fast (the loader of ES modules costs 10 ms), so the
 * pieces are made as the one and turned into the other. A piece is read when the command needs it.
 */
async function command() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { main: "src/cli/main.ts", worker: "src/cli/worker.ts" },
    define: { ...shared.define, GRADCHECK_THREAD: "load.thread", GRADCHECK_BUILD: "load.build" },
    outdir: "bin",
    chunkNames: "[name]-[hash]",
    splitting: true,
    minify: true,
    write: false,
  })
  const files = new Map([
    ["package.json", '{ "type": "commonjs" }\n'],
    ["thread.js", '"use strict"\nrequire("./load.cjs")("./worker.js")\n'],
    ["gradcheck.js", '#!/usr/bin/env node\nrequire("./load.cjs")("./main.js")\n'],
  ])
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: "cjs",
      platform: "node",
      target,
      charset: "utf8",
      minify: true,
      supported: { "dynamic-import": false },
    })
    files.set(basename(path), code.replace(/\brequire\("\.\//g, 'load("./'))
  }
  // What a run keeps for the next one holds for these very pieces: a version has many builds while it is worked on.
  const digest = createHash("sha256")
  for (const [name, text] of [...files].sort()) digest.update(`${name}\0${text}\0`)
  files.set("load.cjs", loader(digest.digest("hex").slice(0, 32)))
  mkdirSync("bin", { recursive: true })
  for (const [name, text] of files) writeFileSync(join("bin", name), text)
  chmodSync(join("bin", "gradcheck.js"), 0o755)
  for (const old of readdirSync("bin")) if (!files.has(old)) rmSync(join("bin", old), { recursive: true })
  // Without it the command works as well, and starts more slowly.
  const run = (...args) => spawnSync(process.execPath, [...args, "--fail-on=never"], { stdio: "ignore" }).status === 0
  const scratch = mkdtempSync(join(tmpdir(), "gradcheck-build-"))
  writeFileSync(join(scratch, "losses.py"), "def l1_loss(p, y):\n    return abs(p - round(y))\n")
  const lint = ["gradcheck", "lint", scratch, `--cache-dir=${join(scratch, "cache")}`]
  // Of lint the run that finds all in the cache is kept: beside looking, starting costs nothing.
  const kept =
    run("-e", keepCompiled, "gradcheck", "abs(y - round(p))") &&
    run(join("bin", "gradcheck.js"), ...lint.slice(1)) &&
    run("-e", keepCompiled, ...lint)
  rmSync(scratch, { recursive: true, force: true })
  if (!kept) console.warn("build: the command did not run, so nothing compiled is kept beside it")
}
