// The cache of lint: it must never change what is said, and never look again at what has not changed.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { cacheIn } from "../../src/cli/cache/cache.ts"
import type { Files } from "../../src/cli/files/sources.ts"
import { lookAtAll } from "../../src/cli/look-at-all.ts"
import { lintFile } from "../../src/lint.ts"
import { reportFormats } from "../../src/report/index.ts"
import { projectOf } from "../../src/syntax/project.ts"
import { gradcheck, shell } from "../support/command.ts"
import { timeless } from "../support/golden.ts"
import { tree } from "../support/tree.ts"

const loss = (name: string, line: string): string =>
  `import torch\n\n\ndef ${name}(pred, target):\n    x = ${line}\n    return (x - target).abs().mean()\n`

/** Imports, a helper that is not there yet, a package, comments that serve other files, what cannot be read, definitions. */
const files: Readonly<Record<string, string | Uint8Array>> = {
  "gradcheck.yaml": 'baseline: known.json\noverrides: [{ files: ["metrics/**"], role: metric }]\n',
  "known.json": `${JSON.stringify({
    version: 1,
    known: [{ file: "a.py", rule: "step-function", loss: "a_loss", blocks: "torch.round(pred)", reason: "" }],
  })}\n`,
  "a.py": loss("a_loss", "torch.round(pred)"),
  "b.py":
    "import torch\nfrom helpers import hard\n\n\ndef b_loss(pred, target):\n    return (hard(pred) - target).abs().mean()\n",
  "late.py":
    "import torch\nfrom coming import soft\n\n\ndef late_loss(pred, target):\n    return (soft(pred) - target).abs().mean()\n",
  "helpers.py":
    "import torch\n\n\ndef hard(x):\n    return torch.round(x)  # gradcheck: ignore[step-function] -- the caller knows\n\n\ndef idle(x):\n    return x  # gradcheck: ignore[flat-side] -- serves nobody\n",
  "pack/__init__.py": "from .inner import cut\n",
  "pack/inner.py": "import torch\n\n\ndef cut(x):\n    return torch.floor(x)\n",
  "metrics/m.py": loss("m_score", "torch.round(pred)"),
  "p.py": `from pack import cut\n${loss("p_loss", "cut(pred)")}`,
  "d.losses.yaml":
    "losses:\n  root: { loss: sqrt(p), expect: alive }\n  odd: 1 +\nmetrics:\n  m: mean((p > 0.5) == y)\n",
  "losses.yaml": "settings: { of: another tool }\n",
  "c.py": `# µ — 損失\n${loss("c_loss", "torch.clamp(pred, 0, 0.5)  # σ")}${loss("c2_loss", "somebody.knows(pred)")}`,
  "empty.py": "x = 1\n",
  "unreadable.py": "def f(:\n",
  "bytes.py": new Uint8Array([0x23, 0xff, 0xfe, 0x0a]),
}

const env = { CI: "true" }
const formats = [...reportFormats.keys()].filter((f) => f !== "text")
const still = (text: string): string => timeless(text).replace(/\d+\.\d s\b/g, "0 s")

/** All that a run says, in every format, but for the time and what was taken from the cache. */
function said(root: string, args: readonly string[]) {
  const out = join(root, "..", `${root.split("/").at(-1)}-out`)
  mkdirSync(out, { recursive: true })
  const asked = formats.flatMap((f) => ["--format", `${f}=${join(out, f)}`])
  const run = gradcheck(["lint", ...asked, ...args], { cwd: root, env })
  const texts = formats.map((f) => [f, still(readFileSync(join(out, f), "utf8"))])
  rmSync(out, { recursive: true })
  const told = { code: run.code, out: still(run.out), err: run.err.replace(/^from the cache.*\n/m, "") }
  return { ...Object.fromEntries(texts), ...told }
}

/** How many files a run takes from the cache. */
const taken = (root: string, args: readonly string[] = [], cwd = root): number => {
  const { err } = gradcheck(["lint", "-v", ...args], { cwd, env })
  return Number(/^from the cache: (\d+) of/m.exec(err)?.[1] ?? 0)
}
const folderIn = (root: string): string => join(root, ".gradcheck_cache")
const shelvesIn = (folder: string): string[] => readdirSync(folder).filter((f) => f.endsWith(".answers"))

// Why: a lint step that says something else the second time is worse than a slow one.
describe("with the cache lint says what it says without", () => {
  const steps: readonly (readonly [string, (root: string) => void])[] = [
    ["as it stands", () => {}],
    ["a helper has changed", (r) => writeFileSync(join(r, "helpers.py"), "def hard(x):\n    return x * x\n")],
    [
      "an import that was not there has come",
      (r) => writeFileSync(join(r, "coming.py"), "def soft(x):\n    return x\n"),
    ],
    [
      "it has become a package",
      (r) => {
        mkdirSync(join(r, "coming"))
        writeFileSync(join(r, "coming/__init__.py"), "import torch\n\n\ndef soft(x):\n    return torch.sign(x)\n")
      },
    ],
    [
      "and has gone again",
      (r) => {
        rmSync(join(r, "coming"), { recursive: true })
        rmSync(join(r, "coming.py"))
      },
    ],
    [
      "what a package exports has changed",
      (r) => writeFileSync(join(r, "pack/inner.py"), "def cut(x):\n    return 2 * x\n"),
    ],
    ["a helper cannot be read", (r) => writeFileSync(join(r, "helpers.py"), new Uint8Array([0xff, 0xfe, 0x00]))],
    [
      "a file has its comment",
      (r) =>
        writeFileSync(join(r, "a.py"), loss("a_loss", "torch.round(pred)  # gradcheck: ignore[step-function] -- why")),
    ],
    [
      "the configuration has other levels",
      (r) => writeFileSync(join(r, "gradcheck.yaml"), "rules: { step-function: warning }\n"),
    ],
    ["and other ranges", (r) => writeFileSync(join(r, "gradcheck.yaml"), 'inputs: { "pred*": 0.6..0.9 }\nseed: 3\n')],
    [
      "a definition file is ours now",
      (r) => writeFileSync(join(r, "losses.yaml"), "losses: { one: { loss: abs(y - p) } }\n"),
    ],
    ["a file has gone", (r) => rmSync(join(r, "c.py"))],
  ]
  it("in every format, whatever changes", () => {
    const root = tree(files)
    cpSync("fixtures/python", join(root, "more"), { recursive: true })
    for (const [name, change] of steps) {
      change(root)
      const without = said(root, ["--no-cache"])
      expect(said(root, []), name).toEqual(without)
      expect(said(root, []), `${name}, again`).toEqual(without)
    }
    for (const flags of [
      ["--seed", "3"],
      ["--dtype", "float32,float16"],
      ["--ignore", "flat-side"],
      ["-v"],
      ["a.py", "losses.yaml"],
    ])
      for (const round of ["first", "again"])
        expect(said(root, flags), `${flags.join(" ")}, ${round}`).toEqual(said(root, [...flags, "--no-cache"]))
  }, 240_000)

  it("of parts put together as well", () => {
    const root = tree(files)
    const parts = (...flags: string[]): string => {
      for (const k of [1, 2])
        gradcheck(["lint", "--shard", `${k}/2`, "--format", `json=${k}.json`, ...flags], { cwd: root, env })
      return still(gradcheck(["merge", "-v", "1.json", "2.json"], { cwd: root, env }).out)
    }
    expect([parts(), parts()]).toEqual(Array(2).fill(parts("--no-cache")))
  }, 60_000)
})

// Why: what is looked at again for nothing is what people wait for.
describe("what is looked at again", () => {
  it("is what has changed, and what depends on it", () => {
    const root = tree(files)
    const all = 14
    expect([taken(root), taken(root)]).toEqual([0, all])
    writeFileSync(join(root, "helpers.py"), "def hard(x):\n    return x * x\n")
    // helpers.py and b.py
    expect([taken(root), taken(root)]).toEqual([all - 2, all])
    writeFileSync(join(root, "coming.py"), "def soft(x):\n    return x\n")
    // late.py; coming.py itself is one more
    expect([taken(root), taken(root)]).toEqual([all - 1, all + 1])
    // Levels, limits and baselines are told, not looked for.
    writeFileSync(
      join(root, "gradcheck.yaml"),
      'fail-on: warning\noverrides: [{ files: ["metrics/**"], role: metric }]\n',
    )
    expect(taken(root, ["--fail-on", "never"])).toBe(all + 1)
  }, 60_000)

  it("is nothing of what another run over some files has left alone", () => {
    const root = tree(files)
    taken(root)
    writeFileSync(join(root, "a.py"), loss("a_loss", "pred"))
    expect([taken(root, ["a.py"]), taken(root, ["a.py"]), taken(root)]).toEqual([0, 1, 14])
    writeFileSync(join(root, "list"), "b.py\nc.py\n")
    const part = ["--shard", "1/3"]
    const runs = [["--files-from", "list"], part, part, []]
    expect(runs.map((flags) => taken(root, flags))).toEqual([2, 0, 5, 14])
    const typed = gradcheck(["lint", "-v", "--stdin-name", "a.py"], {
      cwd: root,
      env,
      input: loss("a_loss", "torch.sign(pred)"),
    })
    expect(typed.out).toContain("step-function")
    expect(typed.err).not.toContain("cache")
    expect(taken(root)).toBe(14)
  }, 60_000)

  // Why: a clock, or a fault of ours, may give another answer the next time.
  it("is what hung on the clock", () => {
    // What asks for a shape is looked at with other shapes, too.
    const text = loss("slow_loss", "torch.round(pred) * pred.dim()")
    const project = projectOf((path) => (path === "a.py" ? text : undefined))
    const heard = (step: number): number => {
      let [time, count] = [0, 0]
      lintFile(
        project,
        project.at("a.py")!,
        { dtype: "float32" },
        () => (time += step),
        () => count++,
      )
      return count
    }
    expect(heard(0)).toBe(0)
    expect(heard(30_000)).toBeGreaterThan(0)
  })

  it("is in a round of --fix what the round before has changed", async () => {
    const root = tree({ "a.py": loss("a_loss", "pred"), "b.py": files["b.py"]!, "helpers.py": files["helpers.py"]! })
    const found = ["a.py", "b.py", "helpers.py"].map((f) => ({ path: join(root, f), named: false }))
    const options = { common: { dtypes: ["float32"] as const, named: {} }, rules: new Map(), failOn: "never" as const }
    const cache = cacheIn(undefined)
    const looked: string[] = []
    const counting = {
      ...cache,
      keep: (...args: Parameters<typeof cache.keep>) => {
        looked.push(args[0].path.slice(root.length + 1))
        cache.keep(...args)
      },
    }
    const look = (texts: Files["texts"]) =>
      lookAtAll(
        { files: found, troubles: [], links: [], folders: [], left: [], texts },
        async () => options,
        true,
        counting,
      )
    await look(new Map())
    expect(looked.splice(0)).toEqual(["a.py", "b.py", "helpers.py"])
    await look(new Map([[join(root, "helpers.py"), "def hard(x):\n    return x\n"]]))
    expect(looked).toEqual(["b.py", "helpers.py"])
  })
})

describe("its folder", () => {
  it("lies beside the configuration, or where the flag, the environment or the configuration says", () => {
    const root = tree({ ...files, "sub/e.py": loss("e_loss", "pred") })
    gradcheck(["lint"], { cwd: join(root, "sub"), env })
    expect([existsSync(folderIn(root)), existsSync(folderIn(join(root, "sub")))]).toEqual([true, false])
    gradcheck(["lint", "--no-config"], { cwd: join(root, "sub"), env })
    expect(existsSync(folderIn(join(root, "sub")))).toBe(true)
    writeFileSync(join(root, "gradcheck.yaml"), "cache-dir: said/here\n")
    gradcheck(["lint"], { cwd: join(root, "sub"), env })
    gradcheck(["lint"], { cwd: root, env: { GRADCHECK_CACHE_DIR: "by-env" } })
    gradcheck(["lint", "--cache-dir", "by-flag"], { cwd: root, env: { GRADCHECK_CACHE_DIR: "not-here" } })
    expect(["said/here", "by-env", "by-flag", "not-here"].map((f) => existsSync(join(root, f)))).toEqual([
      true,
      true,
      true,
      false,
    ])
    rmSync(folderIn(root), { recursive: true })
    gradcheck(["lint"], { cwd: root, env: { GRADCHECK_NO_CACHE: "1" } })
    expect(existsSync(folderIn(root))).toBe(false)
  }, 60_000)

  it("is nothing to git, to backups and to lint itself", () => {
    const root = tree(files)
    shell(`cd ${root} && git init -q`)
    taken(root, ["--cache-dir", "kept"])
    expect(shell(`cd ${root} && git status --porcelain -- kept`).out).toBe("")
    expect(readFileSync(join(root, "kept/CACHEDIR.TAG"), "utf8")).toMatch(
      /^Signature: 8a477f597d28d172789f06886806bc55\n/,
    )
    writeFileSync(join(root, "kept/stray.py"), loss("stray_loss", "torch.round(pred)"))
    expect(gradcheck(["lint"], { cwd: root, env }).out).not.toContain("stray")
    // A folder with other things in it stays as git sees it. One file of answers is for metrics.
    mkdirSync(join(root, "mine"))
    writeFileSync(join(root, "mine/file"), "")
    taken(root, ["--cache-dir", "mine"])
    expect([existsSync(join(root, "mine/.gitignore")), shelvesIn(join(root, "mine")).length]).toEqual([false, 2])
  }, 60_000)

  // Why: whatever lies there, lint has its own work to do.
  it("may be damaged, cut short, mixed up, full of something else, or a file", () => {
    const root = tree(files)
    const without = still(gradcheck(["lint", "--no-cache"], { cwd: root, env }).out)
    const folder = folderIn(root)
    const file = (k = 0): string => join(folder, shelvesIn(folder)[k]!)
    const damages: readonly (() => void)[] = [
      () => truncateSync(file(), 400),
      () => truncateSync(file(), 0),
      () => writeFileSync(file(), "rubbish\n\n\n"),
      () => {
        const bytes = readFileSync(file())
        bytes[bytes.length >> 1]! ^= 1
        writeFileSync(file(), bytes)
      },
      () => {
        gradcheck(["lint", "--seed", "5"], { cwd: root, env })
        const [one, two] = [file(0), file(1)]
        renameSync(one, `${one}.x`)
        renameSync(two, one)
        renameSync(`${one}.x`, two)
      },
      () => {
        const name = file()
        rmSync(name)
        mkdirSync(name)
      },
      () => rmSync(folder, { recursive: true }),
    ]
    for (const [k, damage] of damages.entries()) {
      gradcheck(["lint"], { cwd: root, env })
      damage()
      for (const _ of [1, 2]) {
        const { out, err } = gradcheck(["lint"], { cwd: root, env })
        expect({ out: still(out), err }, `damage ${k}`).toEqual({ out: without, err: "" })
      }
      rmSync(folder, { recursive: true })
    }
    writeFileSync(folder, "")
    const { out, err } = gradcheck(["lint"], { cwd: root, env })
    expect({ out: still(out), err }).toEqual({ out: without, err: "" })
    expect(gradcheck(["lint", "-v"], { cwd: root, env }).err).toMatch(
      /^the cache could not be written: a part of its path is no folder$/m,
    )
  }, 120_000)

  it("may be one that cannot be written: that is said with -v only", () => {
    const root = tree(files)
    chmodSync(root, 0o555)
    const ran = (flag: string) =>
      gradcheck(["lint", flag], { cwd: root, env, ...(process.getuid?.() === 0 ? { uid: 65534 } : {}) })
    expect(ran("-q").err).toBe("")
    expect(ran("-v").err).toMatch(/^the cache could not be written: permission denied$/m)
    expect(ran("-q").code).toBe(1)
    chmodSync(root, 0o755)
  }, 60_000)

  it("keeps nothing of files that are gone, and not every set of flags for ever", () => {
    const root = tree(files)
    taken(root)
    rmSync(join(root, "a.py"))
    writeFileSync(join(root, "b.py"), loss("b_loss", "pred"))
    taken(root)
    const folder = folderIn(root)
    expect(readFileSync(join(folder, shelvesIn(folder)[0]!), "utf8")).not.toContain("a_loss")
    // As many as a year of flags and versions leaves behind; the last has not been used for long.
    const stale = Array.from({ length: 80 }, (_, k) => join(folder, `${k.toString(16).padStart(32, "0")}.answers`))
    for (const path of stale) writeFileSync(path, "")
    utimesSync(stale[79]!, 0, 0)
    writeFileSync(join(folder, "mine.answers"), "")
    gradcheck(["lint", "empty.py", "--seed", "1"], { cwd: root, env })
    expect([stale.filter(existsSync).length <= 64, existsSync(stale[79]!)]).toEqual([true, false])
    expect(existsSync(join(folder, "mine.answers"))).toBe(true)
  }, 60_000)

  it("serves runs at the same time, and one that is stopped leaves no draft", () => {
    const root = tree(files)
    const command = `node ${resolve("bin/gradcheck.js")} lint --format json`
    const env = "env -u GRADCHECK_NO_CACHE CI=true"
    const all = shell(
      `cd ${root} && for k in 1 2 3 4; do ${env} ${command} > ${root}.$k & done; wait; cat ${root}.?; rm ${root}.?`,
    )
    const without = gradcheck(["lint", "--format", "json", "--no-cache"], { cwd: root, env: { CI: "true" } }).out
    expect(timeless(all.out)).toBe(timeless(without).repeat(4))
    expect(taken(root, ["--format", "json"])).toBe(14)
    shell(
      `cd ${root} && rm -r .gradcheck_cache && (${env} timeout -s INT 0.25 ${command}; ${env} timeout -s KILL 0.4 ${command}) > /dev/null`,
    )
    const left = existsSync(folderIn(root)) ? readdirSync(folderIn(root)) : []
    expect(left.filter((f) => /^\.[0-9a-f]/.test(f))).toEqual([])
  }, 60_000)
})
