// Law: the parts of a run put together say what one run over all files says, in every format, with the same exit code.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { dealOut } from "../../src/cli/parts.ts"
import { reportFormats } from "../../src/report/index.ts"
import { reportSchema } from "../../src/report/schema.ts"
import { gradcheck } from "../support/command.ts"
import { timeless } from "../support/golden.ts"
import { tree } from "../support/tree.ts"

interface Report {
  readonly tool: { version: string }
  readonly shard: { part: unknown; carried: string }
}

const formats = [...reportFormats.keys()]

const loss = (name: string, line: string): string =>
  `\n\ndef ${name}(pred, target):\n    x = ${line}\n    return (x - target).abs().mean()\n`
const dead = (name: string): string => `import torch\n${loss(name, "torch.round(pred)")}`

/**
 * What only the whole can judge: a comment in a helper that serves another file (its own file sorts to another part), one
 * that serves nobody, a known finding that is there and one that is gone, levels and limits by folder, a file that cannot
 * be read, one that cannot be opened, sources with signs outside ASCII, and numbers that JSON does not have.
 */
const files: Readonly<Record<string, string | Uint8Array>> = {
  "gradcheck.yaml":
    'baseline: known.json\noverrides:\n  - files: ["notes/**"]\n    rules: { step-function: warning }\ninputs: { "far*": -1e6..1e6 }\n',
  "known.json": `${JSON.stringify({
    version: 1,
    known: [
      { file: "a.py", rule: "step-function", loss: "a_loss", blocks: "torch.round(pred)", reason: "" },
      { file: "gone.py", rule: "step-function", loss: "gone_loss", blocks: "torch.round(pred)", reason: "" },
    ],
  })}\n`,
  "a.py": dead("a_loss"),
  "b.py":
    "import torch\nfrom helpers import hard, soft\n\n\ndef b_loss(pred, target):\n    return (hard(pred) - target).abs().mean()\n",
  "c.py": `# µ — 損失\nimport torch\n${loss("c_loss", "torch.clamp(pred, 0, 0.5)  # σ")}${loss("c2_loss", "somebody.knows(pred)")}`,
  "d.losses.yaml":
    "losses:\n  fine: (y - p)^2\n  root: { loss: sqrt(p), expect: alive }\n  far: exp(far - y)\n  odd: 1 +\nmetrics:\n  m: mean((p > 0.5) == y)\n",
  "empty.py": "x = 1\n",
  "helpers.py":
    "import torch\n\n\ndef hard(x):\n    return torch.round(x)  # gradcheck: ignore[step-function] -- the caller knows\n\n\ndef soft(x):\n    return x  # gradcheck: ignore[flat-side] -- serves nobody\n",
  "notes/e.py": dead("e_loss"),
  "unreadable.py": "def f(:\n",
  "bytes.py": new Uint8Array([0x23, 0xff, 0xfe, 0x0a]),
}

const write = (root: string, folder: string, name: string): string[] =>
  formats.flatMap((f) => ["--format", `${f}=${join(root, folder, `${name}.${f}`)}`])
const read = (root: string, folder: string, name: string): Record<string, string> =>
  Object.fromEntries(
    formats.map((f) => [
      f,
      timeless(readFileSync(join(root, folder, `${name}.${f}`), "utf8")).replace(/\d+\.\d s\b/g, "0 s"),
    ]),
  )

// Why: a matrix build that says less, or more, than one machine would is a lint step that nobody can trust.
describe("merge after shards", () => {
  const env = { CI: "true" }
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["as it stands", [], []],
    ["with flags of the look", ["--seed", "3", "--dtype", "float32,float16", "--ignore", "non-finite-loss"], []],
    ["with flags of the report", [], ["--fail-on", "never", "--show-known"]],
    ["of files that are named", ["a.py", "b.py", "helpers.py", "c.py"], ["-v"]],
  ]
  it.each(cases)("%s, is the run over all files", (_, looks, tells) => {
    const root = tree(files)
    const whole = gradcheck(["lint", ...looks, ...tells, ...write(root, "out", "whole")], { cwd: root, env })
    const expected = read(root, "out", "whole")
    expect(expected.text).toMatch(/a_loss|c_loss/)
    for (const n of [1, 2, 3, 4]) {
      const parts = Array.from({ length: n }, (_, k) => join(root, "out", `${k + 1}-${n}.json`))
      for (const [k, file] of parts.entries()) {
        const ran = gradcheck(["lint", ...looks, "--shard", `${k + 1}/${n}`, "--format", `json=${file}`], {
          cwd: root,
          env,
        })
        expect([0, 1], ran.err).toContain(ran.code)
      }
      // Their order is nothing to heed.
      const merged = gradcheck(["merge", ...tells, ...parts.toReversed(), ...write(root, "out", `m${n}`)], {
        cwd: root,
        env,
      })
      expect(read(root, "out", `m${n}`), `${n} parts`).toEqual(expected)
      expect({ ...merged, seconds: 0, out: "" }).toEqual({ ...whole, seconds: 0, out: "" })
    }
  })
  it("removes from a baseline what is gone, and adds by the flag, as one run does", () => {
    const [one, two] = [tree(files), tree(files)]
    for (const flags of [[], ["--update-baseline"]]) {
      const whole = gradcheck(["lint", ...flags], { cwd: one })
      for (const k of [1, 2]) {
        const before = readFileSync(join(two, "known.json"), "utf8")
        gradcheck(["lint", "--shard", `${k}/2`, "--format", `json=${k}.json`], { cwd: two })
        expect(readFileSync(join(two, "known.json"), "utf8")).toBe(before)
      }
      const merged = gradcheck(["merge", ...flags, "1.json", "2.json"], { cwd: two })
      expect({ code: merged.code, err: merged.err }).toEqual({ code: whole.code, err: whole.err })
      expect(readFileSync(join(two, "known.json"), "utf8")).toBe(readFileSync(join(one, "known.json"), "utf8"))
    }
  })
  // Why: the folder of a build on another machine has another path; a baseline must be found all the same.
  it("works in another folder than the parts were made in", () => {
    const [there, here] = [tree(files), tree(files)]
    for (const k of [1, 2])
      gradcheck(["lint", "--shard", `${k}/2`, "--format", `json=${join(here, `${k}.json`)}`], { cwd: there })
    const merged = gradcheck(["merge", "1.json", "2.json"], { cwd: here, env })
    const whole = gradcheck(["lint"], { cwd: here, env })
    expect(timeless(merged.out)).toBe(timeless(whole.out))
    expect(merged.code).toBe(whole.code)
  })
})

describe("a part", () => {
  const names = ["b", "a/z", "a", "é", "Z", "c", "a/b", "0"]
  const found = {
    files: names.slice(2).map((path) => ({ path, named: false })),
    troubles: names.slice(0, 2).map((path) => ({ path, problem: undefined as never })),
    links: [],
    folders: [],
    texts: new Map<string, string>(),
    left: [],
  }
  it("holds each file once, and is as large as the others but for one", () => {
    for (const of of [1, 2, 3, 4, 7, 8, 9, 20]) {
      const parts = Array.from({ length: of }, (_, k) => dealOut(found, { part: k + 1, of }))
      const sizes = parts.map((p) => p.files.files.length + p.files.troubles.length)
      const places = parts.flatMap((p, k) =>
        Array.from({ length: sizes[k]! }, (_, place) => p.placed({ place } as never).place),
      )
      expect(places.toSorted((a, b) => a - b)).toEqual(names.map((_, k) => k))
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(new Set(parts.map((p) => p.dealt)).size).toBe(1)
    }
  })
  it("does not hang on the order in which files were found", () => {
    const other = { ...found, files: found.files.toReversed() }
    const paths = (f: typeof found) =>
      dealOut(f, { part: 2, of: 3 })
        .files.files.map((x) => x.path)
        .sort()
    expect(paths(other)).toEqual(paths(found))
  })
})

describe("what cannot be merged", () => {
  const root = (): string => {
    const folder = tree({ "a.py": dead("a_loss"), "b.py": dead("b_loss"), "c.py": dead("c_loss") })
    for (const k of [1, 2, 3]) gradcheck(["lint", "--shard", `${k}/3`, "--format", `json=${k}.json`], { cwd: folder })
    return folder
  }
  const said = (folder: string, ...args: string[]) => {
    const { code, out, err } = gradcheck(["merge", ...args], { cwd: folder })
    expect(code).toBe(2)
    expect(out).toBe("")
    expect(err).not.toContain("our fault")
    return err.split("\n")[0]!
  }
  it("is told", () => {
    const folder = root()
    const edit = (name: string, change: (report: Report) => void): void => {
      const report = JSON.parse(readFileSync(join(folder, "1.json"), "utf8"))
      change(report)
      writeFileSync(join(folder, name), JSON.stringify(report))
    }
    gradcheck(["lint", "--format", "json=whole.json"], { cwd: folder })
    gradcheck(["lint", "--shard", "2/3", "--samples", "10", "--format", "json=other.json"], { cwd: folder })
    gradcheck(["lint", "--shard", "2/3", "--no-config", "--format", "json=bare.json"], { cwd: folder })
    gradcheck(["lint", "--shard", "2/2", "--format", "json=half.json"], { cwd: folder })
    writeFileSync(join(folder, "text.json"), "not JSON")
    writeFileSync(join(folder, "list.json"), "[1, 2]")
    writeFileSync(join(folder, "binary.json"), new Uint8Array([0, 1, 2, 255]))
    edit("old.json", (r) => {
      r.tool.version = "0.0.1"
    })
    edit("damaged.json", (r) => {
      r.shard.carried = `${r.shard.carried.slice(0, 200)}AAAA${r.shard.carried.slice(204)}`
    })
    edit("strange.json", (r) => {
      r.shard.part = "one"
    })
    expect(said(folder)).toBe("error  there is no report to merge")
    expect(said(folder, "1.json", "3.json")).toBe("error  part 2/3 is missing")
    expect(said(folder, "3.json")).toBe("error  parts 1/3 and 2/3 are missing")
    expect(said(folder, "1.json", "2.json", "1.json")).toBe("error  part 1/3 is there twice: 1.json and 1.json")
    expect(said(folder, "1.json", "half.json")).toBe("error  1.json is part 1/3, and half.json is part 2/2")
    expect(said(folder, "1.json", "other.json", "3.json")).toBe(
      "error  1.json and other.json are not of one run: they differ in --samples",
    )
    expect(said(folder, "1.json", "bare.json", "3.json")).toContain("they differ in --config")
    expect(said(folder, "whole.json")).toBe("error  whole.json is no part of a run: it is the report of a whole run")
    expect(said(folder, "text.json")).toBe("error  text.json is no part of a run: it is no JSON")
    expect(said(folder, "list.json")).toBe("error  list.json is no part of a run: it is no JSON report of gradcheck")
    expect(said(folder, "strange.json")).toContain("it is no JSON report of gradcheck")
    expect(said(folder, "old.json")).toMatch(/^error {2}old\.json was written by gradcheck 0\.0\.1, and this is /)
    expect(said(folder, "damaged.json")).toBe("error  damaged.json is no part of a run: what it carries is damaged")
    expect(said(folder, "nowhere.json")).toBe("error  there is no report nowhere.json")
    expect(said(folder, "binary.json")).toContain("binary.json is no part of a run: ")
    expect(said(folder, ".")).toBe("error  . is no part of a run: this cannot be read: it is a folder")
    expect(said(folder, "1.json", "--shard", "1/2")).toContain("--shard belongs to gradcheck lint, not to merge")
    writeFileSync(join(folder, "d.py"), dead("d_loss"))
    gradcheck(["lint", "--shard", "2/3", "--format", "json=2.json"], { cwd: folder })
    expect(said(folder, "1.json", "2.json", "3.json")).toContain("they were dealt from different files")
  })
  it.each([["0/3"], ["4/3"], ["1"], ["a/b"], ["1/0"], [""], ["-1/2"], ["1/2/3"], ["1.5/2"]])(
    "--shard %s is no part",
    (text) => {
      const ran = gradcheck(["lint", "--shard", text])
      expect(ran).toMatchObject({ code: 2, out: "" })
      expect(ran.err).toMatch(/^error {2}--shard/)
      expect(ran.err).not.toContain("^")
    },
  )
  it.each([[["--update-baseline"]], [["--watch"]], [["--stdin-name", "a.py"]]])("%s has no parts", (flags) => {
    expect(gradcheck(["lint", "--shard", "1/2", ...flags])).toMatchObject({ code: 2, out: "" })
  })
  it("leaves a folder without a file in its part healthy", () => {
    const folder = tree({ "a.py": dead("a_loss") })
    mkdirSync(join(folder, "empty"))
    const ran = gradcheck(["lint", "--shard", "2/2", "--format", "json=2.json"], { cwd: folder })
    expect(ran.code).toBe(0)
    const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, "2.json"), "utf8")))
    expect(report.shard).toMatchObject({ part: 2, of: 2, files: 1 })
  })
})
