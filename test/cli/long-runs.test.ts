// Long runs: the same findings from threads as from one, a line of progress on a terminal only, Ctrl-C, and --watch.
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { packed, unpacked } from "../../src/cli/parcel.ts"
import { Problem } from "../../src/source/problem.ts"
import { gradcheck, shell } from "../support/command.ts"
import { tree } from "../support/tree.ts"

/** Back to the start of the line, and all of it away. */
const ERASE = "\r\u001b[K"
const command = resolve("bin/gradcheck.js")
const loss = (k: number, line: string): string =>
  `import torch\n\n\ndef loss_${k}(pred, target):\n    x = ${line}\n    return (x - target * ${k + 1}).abs().mean()\n`
const many = (count: number): Record<string, string> => ({
  "gradcheck.yaml": 'overrides: [{ files: ["**/m_*.py"], role: metric }]\n',
  "odd.py": "x = = 1\n",
  "a.losses.yaml": "losses: { a: { loss: abs(y - sigmod(p)) } }\n",
  ...Object.fromEntries(
    Array.from({ length: count }, (_, k) => [
      `src/${k % 3 === 0 ? "m_" : ""}${String(k).padStart(3, "0")}.py`,
      loss(k, k % 5 === 0 ? "no_library.f(pred)" : k % 2 === 0 ? "torch.round(pred)" : "pred"),
    ]),
  ),
})

/** The command beside the test; `text` is what it has said so far. */
function start(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [command, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] })
  let text = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (text += data.toString()))
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
  onTestFinished(() => void child.kill("SIGKILL"))
  return {
    ended,
    signal: () => child.kill("SIGINT"),
    text: () => text,
    says: async (words: RegExp): Promise<void> => {
      for (const end = Date.now() + 30_000; !words.test(text); ) {
        if (Date.now() > end) throw new Error(`it never said ${words}: ${text}`)
        await new Promise((r) => setTimeout(r, 20))
      }
    },
  }
}

// Why: a run must not depend on how many threads a machine has.
it("threads find what one thread finds, in the same order", () => {
  const root = tree(many(60))
  const untimed = (text: string): unknown => JSON.parse(text.replace(/"(seconds|started)": [^,\n]+/g, '"$1": 0'))
  const together = gradcheck(["lint", "--format", "json"], { cwd: root })
  const names = JSON.parse(together.out).losses.map((l: { file: string }) => l.file)
  expect(names).toEqual([...names].sort())
  const alone = shell(`cd ${root} && taskset -c 0 node ${command} lint --format json`)
  expect([together.code, alone.code]).toEqual([1, 1])
  expect(untimed(together.out)).toEqual(untimed(alone.out))
}, 60_000)

it("what travels between threads arrives as it was", () => {
  const problem = new Problem({
    headline: "odd",
    mark: { span: { source: { name: "a.py", text: "x" }, start: 0, end: 1 }, text: "here" },
  })
  const source = { name: "a.py", text: "x" }
  const one = { file: "a.py", line: 1, name: "", problem }
  const looked = { file: { file: "a.py", losses: [], notUnderstood: [one], unreadable: [one] }, source, comments: [] }
  const back = unpacked<typeof looked>(packed(looked))!
  expect(back.file.unreadable[0]!.problem).toBeInstanceOf(Problem)
  expect(back).toEqual(looked)
  const light = packed(looked, new Set([source]))
  expect(unpacked<typeof looked>(light, (name) => ({ name, text: "y" }))!.source).toEqual({ name: "a.py", text: "y" })
  expect([unpacked(light), unpacked(light.slice(1))]).toEqual([undefined, undefined])
})

describe("Ctrl-C", () => {
  it("ends a run with what was found, says that it is not all, and writes nothing", async () => {
    const root = tree(many(400))
    const run = start(
      ["lint", "-q", "--baseline", "known.json", "--update-baseline", "--format", "text", "--format", "json=out.json"],
      root,
    )
    await new Promise((r) => setTimeout(r, 1500))
    run.signal()
    expect(await run.ended).toBe(130)
    expect(run.text()).toMatch(/stopped: [\d,]+ of 402 files were looked at, and nothing was written/)
    expect(run.text()).toMatch(/\d+ definitions? in/)
    expect(existsSync(join(root, "out.json"))).toBe(false)
    expect(existsSync(join(root, "known.json"))).toBe(false)
  }, 60_000)
})

describe("progress", () => {
  it("is one line of a terminal that vanishes, and is in no pipe", () => {
    const root = tree(many(60))
    const piped = shell(`cd ${root} && node ${command} lint -v 2>&1`)
    expect(piped.out).not.toContain("\r")
    const seen = shell(`cd ${root} && script -qec "node ${command} lint > /dev/null" /dev/null`)
    // On a fast machine the run is over before the line is worth it.
    if (seen.seconds > 2) expect(seen.out.replaceAll(ERASE, "|")).toMatch(/\|\d+ of 62 files/)
    if (seen.out !== "") expect(seen.out.endsWith(ERASE)).toBe(true)
  }, 60_000)
})

describe("--watch", () => {
  it("looks again when a file, a folder or the configuration changes, outlives mistakes, and ends with Ctrl-C", async () => {
    const root = tree({ "a.py": loss(0, "torch.round(pred)") })
    const run = start(["lint", "-q", "--watch"], root)
    await run.says(/1 error[\s\S]*watching 1 folder/)
    writeFileSync(join(root, "a.py"), loss(0, "pred"))
    await run.says(/a\.py has changed[\s\S]*nothing found/)
    writeFileSync(join(root, "gradcheck.yaml"), "sampels: 1\n")
    await run.says(/there is no key sampels[\s\S]*watching/)
    writeFileSync(join(root, "gradcheck.yaml"), "samples: 100\n")
    await run.says(/there is no key[\s\S]*nothing found/)
    mkdirSync(join(root, "deep"))
    await run.says(/watching 2 folders/)
    writeFileSync(join(root, "deep/b.py"), loss(1, "torch.floor(pred)"))
    await run.says(/deep\/b\.py has changed[\s\S]*deep\/b\.py:5/)
    run.signal()
    expect(await run.ended).toBe(130)
  }, 60_000)
  it("is not for standard input", () => {
    expect(gradcheck(["lint", "--watch", "--files-from", "-"]).code).toBe(2)
  })
})
