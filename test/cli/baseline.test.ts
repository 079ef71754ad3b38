// The baseline: it hides what is known and nothing else, grows by flag only, shrinks by itself, and merges by itself.
import { execFileSync, spawnSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { baselineText } from "../../src/findings/baseline.ts"
import { gradcheck, type How } from "../support/command.ts"
import { tree } from "../support/tree.ts"

const loss = (name: string, line = "torch.round(pred)"): string =>
  `\n\ndef ${name}(pred, target):\n    x = ${line}\n    return (x - target).abs().mean()\n`
const file = (...losses: string[]): string => `import torch\n${losses.join("")}`
const CI = { env: { CI: "true" } }

const known = "known.json"
const run = (root: string, args: readonly string[] = [], how: How = {}) =>
  gradcheck(["lint", "-q", "--baseline", known, ...args], { cwd: root, ...how })
const entries = (root: string): string[] =>
  JSON.parse(readFileSync(join(root, known), "utf8")).known.map(
    (k: Record<string, string>) => `${k.file}|${k.rule}|${k.loss}|${k.blocks}|${k.reason}`,
  )
/** A folder with one dead loss that is known. */
const withKnown = (files: Record<string, string> = { "a.py": file(loss("a_loss")) }): string => {
  const root = tree(files)
  expect(run(root, ["--update-baseline"])).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^known\.json: \d+ added, \d+ known in all\n$/),
  })
  return root
}

describe("what is known", () => {
  it("is written by the flag, and not told again", () => {
    const root = withKnown()
    expect(entries(root)).toEqual(["a.py|step-function|a_loss|torch.round(pred)|"])
    expect(run(root)).toMatchObject({ code: 0, err: "", out: expect.not.stringContaining("step-function") })
    expect(run(root, [], CI)).toMatchObject({ code: 0, err: "" })
  })
  it("is told with --show-known, and fails nothing", () => {
    expect(run(withKnown(), ["--show-known"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/error\[step-function\].*\(known\)/),
    })
  })
  // Why: a formatter's run, or a new import, must not bring the old findings back.
  it("stays known when code moves and is formatted anew", () => {
    const root = withKnown()
    writeFileSync(
      join(root, "a.py"),
      `# moved\nimport os\n${file(loss("a_loss", "torch.round(  # hard\n        pred\n    )"))}`,
    )
    expect(run(root).code).toBe(0)
  })
  it("is no more when the file, the loss or what blocks is another", () => {
    const root = withKnown()
    for (const text of [file(loss("b_loss")), file(loss("a_loss", "torch.floor(pred)"))]) {
      writeFileSync(join(root, "a.py"), text)
      expect(run(root, [], CI).code).toBe(1)
    }
    rmSync(join(root, "a.py"))
    writeFileSync(join(root, "b.py"), file(loss("a_loss")))
    expect(run(root, [], CI).code).toBe(1)
  })
  it("is so from whatever folder the run begins", () => {
    const root = withKnown({ "src/a.py": file(loss("a_loss")) })
    const ran = gradcheck(["lint", "-q", "--baseline", `../${known}`], { cwd: join(root, "src") })
    expect(ran).toMatchObject({ code: 0, err: "" })
  })
  it("can be named by the configuration, from its folder", () => {
    const root = tree({
      "gradcheck.yaml": "baseline: deep/known.json\n",
      "deep/.keep": "",
      "src/a.py": file(loss("a_loss")),
    })
    expect(gradcheck(["lint", "--update-baseline"], { cwd: join(root, "src") }).code).toBe(0)
    expect(JSON.parse(readFileSync(join(root, "deep/known.json"), "utf8")).known[0].file).toBe("../src/a.py")
    expect(gradcheck(["lint", "src"], { cwd: root }).code).toBe(0)
  })
  it("may be a warning, a comment or a file that cannot be read, and is never a note", () => {
    const root = withKnown({
      "a.py": file(loss("a_loss", "pred  # gradcheck: ignore[flat-side]")),
      "b.py": "x = = 1\n",
      "m.py": file(loss("accuracy")),
    })
    expect(run(root, ["--fail-on", "warning"]).code).toBe(0)
    expect(entries(root).map((e) => e.split("|").slice(0, 3).join("|"))).toEqual([
      "a.py|unused-ignore|",
      "b.py|cannot-read|",
    ])
  })
})

describe("a baseline grows by flag only", () => {
  it("and a run without it leaves it as it is", () => {
    const root = withKnown()
    const before = readFileSync(join(root, known), "utf8")
    writeFileSync(join(root, "a.py"), file(loss("a_loss"), loss("b_loss")))
    expect(run(root)).toMatchObject({ code: 1, err: "", out: expect.stringContaining("b_loss") })
    expect(readFileSync(join(root, known), "utf8")).toBe(before)
  })
  it("and keeps the reasons that were written into it", () => {
    const root = withKnown()
    const text = readFileSync(join(root, known), "utf8").replace('"reason": ""', '"reason": "see #12"')
    writeFileSync(join(root, known), text)
    writeFileSync(join(root, "a.py"), file(loss("a_loss"), loss("b_loss")))
    expect(run(root, ["--update-baseline"]).code).toBe(0)
    expect(entries(root)).toEqual([
      "a.py|step-function|a_loss|torch.round(pred)|see #12",
      "a.py|step-function|b_loss|torch.round(pred)|",
    ])
  })
})

describe("a baseline shrinks by itself", () => {
  const two = { "a.py": file(loss("a_loss"), loss("b_loss")), "c.py": file(loss("c_loss")) }
  it("when a finding is gone, and says so", () => {
    const root = withKnown(two)
    writeFileSync(join(root, "a.py"), file(loss("a_loss")))
    expect(run(root)).toMatchObject({ code: 0, err: "known.json: 1 that no longer occur removed, 2 known in all\n" })
    rmSync(join(root, "c.py"))
    expect(run(root, ["a.py"]).err).toBe("known.json: 1 that no longer occur removed, 1 known in all\n")
    expect(entries(root)).toHaveLength(1)
  })
  it("but in CI that is an error with a place, and nothing is written", () => {
    const root = withKnown(two)
    const before = readFileSync(join(root, known), "utf8")
    writeFileSync(join(root, "a.py"), file(loss("a_loss")))
    expect(run(root, [], CI)).toMatchObject({
      code: 1,
      err: "",
      out: expect.stringMatching(
        /^known\.json:\d+:\d+ {2}error\[unused-ignore\] {2}one known finding no longer occurs/,
      ),
    })
    expect(readFileSync(join(root, known), "utf8")).toBe(before)
    expect(run(root, ["--update-baseline"], CI).code).toBe(0)
    expect(run(root, [], CI).code).toBe(0)
  })
  // Why: a run that asks for less must not throw away what it did not look for.
  it("not by what was not looked at, not looked for, or not understood", () => {
    const root = withKnown(two)
    const before = readFileSync(join(root, known), "utf8")
    const unchanged = (...args: string[]): void => {
      expect(run(root, args)).toMatchObject({ err: "" })
      expect(run(root, args, CI).out).not.toContain("no longer")
      expect(readFileSync(join(root, known), "utf8"), args.join(" ")).toBe(before)
    }
    unchanged("c.py")
    writeFileSync(join(root, "a.py"), file(loss("a_loss", "pred"), loss("b_loss", "pred")))
    unchanged("--select", "flat-side")
    unchanged("--ignore", "step-function")
    unchanged("--samples", "10")
    unchanged("--in", "pred=0..1")
    writeFileSync(join(root, "a.py"), file(loss("a_loss", "no_library.f(pred)"), loss("b_loss", "no_library.f(pred)")))
    unchanged()
    writeFileSync(join(root, "a.py"), "def a_loss(pred, target:\n")
    unchanged()
    renameSync(join(root, "a.py"), join(root, "kept"))
    symlinkSync("a.py", join(root, "a.py"))
    expect(run(root).err).toBe("")
  }, 120_000)
})

describe("the file", () => {
  it("is sorted, and the same however it came about", () => {
    const root = withKnown({ "b.py": file(loss("z_loss"), loss("a_loss")), "a.py": file(loss("m_loss")) })
    const once = readFileSync(join(root, known), "utf8")
    rmSync(join(root, known))
    for (const name of ["b.py", "a.py"]) run(root, [name, "--update-baseline"])
    expect(readFileSync(join(root, known), "utf8")).toBe(once)
    expect(entries(root).map((e) => e.split("|")[2])).toEqual(["m_loss", "a_loss", "z_loss"])
  })
  it("merges by itself when two branches add and remove entries", () => {
    const entry = (loss: string) => ({ file: "a.py", rule: "step-function", loss, blocks: "round(p)", reason: "" })
    const of = (...losses: string[]): string => baselineText(losses.map(entry))
    const root = tree({
      base: of("b", "d", "f", "h"),
      ours: of("b", "c", "d", "f", "h"),
      theirs: of("b", "d", "f", "g", "h"),
    })
    const merged = execFileSync("git", ["-C", root, "merge-file", "-p", "ours", "base", "theirs"], { encoding: "utf8" })
    expect(merged).toBe(of("b", "c", "d", "f", "g", "h"))
    writeFileSync(join(root, "theirs"), of("b", "d", "h"))
    expect(execFileSync("git", ["-C", root, "merge-file", "-p", "ours", "base", "theirs"], { encoding: "utf8" })).toBe(
      of("b", "c", "d", "h"),
    )
  })
  it("is written whole or not at all: no draft is left, and a link stays one", () => {
    const root = withKnown()
    renameSync(join(root, known), join(root, "elsewhere.json"))
    symlinkSync("elsewhere.json", join(root, known))
    writeFileSync(join(root, "a.py"), file(loss("a_loss"), loss("b_loss")))
    run(root, ["--update-baseline"])
    expect(JSON.parse(readFileSync(join(root, "elsewhere.json"), "utf8")).known).toHaveLength(2)
    expect(readdirSync(root).sort()).toEqual([".gradcheck_cache", "a.py", "elsewhere.json", known])
  })
  it.runIf(process.getuid?.() === 0)("that cannot be written is told", () => {
    const root = withKnown()
    writeFileSync(join(root, "a.py"), file())
    chmodSync(root, 0o555)
    const ran = run(root, [], { uid: 65534 })
    expect(ran).toMatchObject({
      code: 2,
      err: expect.stringContaining("known.json could not be written: permission denied"),
    })
    expect(entries(root)).toHaveLength(1)
  })
  it.each([
    ["", []],
    ["{", ["this is no JSON"]],
    ['{ "version": 2, "known": [] }', ["version is 1", ":1:14"]],
    [
      '{ "version": 1, "known": [{ "file": "a", "rule": "r", "loss": "l", "block": "b" }] }',
      ["there is no key block", "did you mean blocks?"],
    ],
    ["<<<<<<< ours\n{}\n", ["a merge has left its marks here", "known.json:1:1"]],
  ])("with a mistake is never written over: %j", (text, parts) => {
    const root = tree({ "a.py": file(loss("a_loss")), [known]: text })
    const ran = run(root, ["--update-baseline"])
    if (parts.length > 0) {
      expect(ran.code, ran.out).toBe(2)
      expect(readFileSync(join(root, known), "utf8")).toBe(text)
    }
    for (const part of parts) expect(ran.err).toContain(part)
  })
  it("that is not there is told, with the way to make one", () => {
    const root = tree({ "a.py": file() })
    expect(run(root)).toMatchObject({
      code: 2,
      err: expect.stringContaining("gradcheck lint --baseline known.json --update-baseline"),
    })
    expect(gradcheck(["lint", "--update-baseline"], { cwd: root })).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no baseline to update"),
    })
    expect(existsSync(join(root, known))).toBe(false)
  })
})

it("git itself is there for these tests", () => expect(spawnSync("git", ["--version"]).status).toBe(0))
