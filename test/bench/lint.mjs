// Lint of a tree of loss files, whole process: time, time of the processors and memory, without a cache, writing one, and
// with one; beside pyright on the same tree where its path is given.
//   node test/bench/lint.mjs [FILES] [PYRIGHT]      after npm run build; PYRIGHT is the path of its index.js
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { lossFiles, writeLossFiles } from "./loss-files.mjs"

const count = Number(process.argv[2] ?? 1000)
const pyright = process.argv[3]
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), "gradcheck-lint-"))
const figures = join(folder, "..", `${folder.split("/").at(-1)}.time`)

/** Seconds on the wall and of the processors, and the most memory, as GNU time tells them. */
function timed(command, args, cwd) {
  const started = performance.now()
  const { stdout, status } = spawnSync("/usr/bin/time", ["-f", "%U %S %M", "-o", figures, command, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  })
  const wall = (performance.now() - started) / 1000
  const [user, system, kilobytes] = readFileSync(figures, "utf8").trim().split("\n").at(-1).split(" ").map(Number)
  return {
    wall,
    cpu: user + system,
    memory: kilobytes / 1024,
    last: stdout
      .trim()
      .split("\n")
      .findLast((l) => /\d (definitions|errors)/.test(l)),
    status,
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1]
const show = (name, runs) => {
  const [wall, cpu] = [median(runs.map((r) => r.wall)), median(runs.map((r) => r.cpu))]
  const walls = runs.map((r) => r.wall.toFixed(2)).join(", ")
  const most = Math.max(...runs.map((r) => r.memory))
  console.log(
    `${name}: ${walls} s on the wall, ${cpu.toFixed(2)} s of processors (${((1000 * cpu) / count).toFixed(2)} ms a file), ${(count / wall).toFixed(0)} files/s, peak ${most.toFixed(0)} MB`,
  )
  return { wall, cpu }
}

try {
  writeLossFiles(folder, count)
  const bytes = [...lossFiles(count).values()].reduce((sum, text) => sum + text.length, 0)
  console.log(`${count} files, ${(bytes / 1024).toFixed(0)} kB`)
  const lint = (...flags) => timed(process.execPath, [resolve("bin/gradcheck.js"), "lint", ".", ...flags], folder)
  const kinds = [
    ["gradcheck lint --no-cache", () => lint("--no-cache")],
    ["gradcheck lint, cold", () => lint()],
    ["gradcheck lint, again", () => lint()],
    ...(pyright ? [["pyright", () => timed(process.execPath, [resolve(pyright), "."], folder)]] : []),
  ]
  const runs = new Map(kinds.map(([name]) => [name, []]))
  // By turns, so that all meet the same neighbours on the machine.
  for (let round = 0; round < ROUNDS; round++) {
    rmSync(join(folder, ".gradcheck_cache"), { recursive: true, force: true })
    for (const [name, run] of kinds) runs.get(name).push(run())
  }
  const shown = [...runs].map(([name, list]) => {
    const figures = show(name, list)
    console.log(`  ${list[0].last}`)
    return [name, figures]
  })
  const other = runs.has("pyright") ? shown.pop()[1] : undefined
  for (const [name, own] of other ? shown : [])
    console.log(
      `pyright / ${name}: ${(other.wall / own.wall).toFixed(1)} on the wall, ${(other.cpu / own.cpu).toFixed(1)} of processors`,
    )
} finally {
  rmSync(folder, { recursive: true, force: true })
  rmSync(figures, { force: true })
}
