// Which files a run looks at: git's rules, globs and lists; what cannot be read is told and never ends the run.
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { describe, expect, it } from "vitest"
import { discover, discoverListed, everywhere } from "../../../src/cli/files/discover.ts"
import { readText } from "../../../src/cli/files/read.ts"
import { listedPaths } from "../../../src/cli/files/sources.ts"
import { gradcheck } from "../../support/command.ts"
import { tree } from "../../support/tree.ts"

const dead = "def a_loss(pred, y):\n    return (pred.round() - y).abs().mean()\n"
const found = async (root: string, ...paths: string[]): Promise<string[]> =>
  (await discover(paths.length > 0 ? paths.map((p) => join(root, p)) : [root], everywhere)).files.map((f) =>
    relative(root, join(process.cwd(), f.path)),
  )

/** What git itself would list: the reference for its own rules. */
const gitLists = (root: string): string[] =>
  execFileSync("git", ["-C", root, "ls-files", "--others", "--exclude-standard", "*.py"], {
    encoding: "utf8",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  })
    .split("\n")
    .filter((l) => l !== "")
    .sort()

// Why: build output and generated code are not what a team wants to hear about, and git already knows them.
describe("git's rules", () => {
  const files = Object.fromEntries(
    [
      "a.py",
      "gen.py",
      "build/x.py",
      "deep/build/x.py",
      "deep/only_here.py",
      "deep/kept/gen.py",
      "deep/kept/other.py",
      "deep/logs/a.py",
      "deep/logs/keep.py",
      "excluded.py",
      "Case.py",
      "sub dir/b.py",
      "x/y/z/w.py",
      "#odd.py",
    ].map((p) => [p, ""]),
  )
  const rules = {
    ".gitignore": "build/\ngen.py\n/case.py\n\\#odd.py\n# a comment\n\nx/**/w.py\n",
    "deep/.gitignore": "/only_here.py\n!kept/gen.py\nlogs/*\n!logs/keep.py\n",
  }
  it("are those of git, file by file, with nested files, negations and .git/info/exclude", async () => {
    const root = tree({ ...files, ...rules })
    execFileSync("git", ["-C", root, "init", "-q"])
    writeFileSync(join(root, ".git/info/exclude"), "excluded.py\n")
    expect((await found(root)).sort()).toEqual(gitLists(root))
    expect(await found(root)).toContain("deep/kept/gen.py")
    expect(await found(root)).not.toContain("build/x.py")
  })
  it("hold from the root of the repository when the search begins below it", async () => {
    const root = tree({ ...files, ...rules })
    execFileSync("git", ["-C", root, "init", "-q"])
    expect(await found(root, "deep")).toEqual(["deep/kept/gen.py", "deep/kept/other.py", "deep/logs/keep.py"])
  })
  it("do not hide what is named: a file, or a folder and what is in it", async () => {
    const root = tree({ ...files, ...rules })
    execFileSync("git", ["-C", root, "init", "-q"])
    expect(await found(root, "gen.py", "build")).toEqual(["gen.py", "build/x.py"])
  })
  it("hold in a work tree, whose .git is a file", async () => {
    const root = tree({ "main/a.py": "", "main/.gitignore": "gen.py\n" })
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", join(root, "main"), "-c", "user.name=a", "-c", "user.email=a@b", ...args])
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    git("worktree", "add", "-q", "../other")
    writeFileSync(join(root, "main/.git/info/exclude"), "excluded.py\n")
    for (const name of ["gen.py", "excluded.py"]) writeFileSync(join(root, "other", name), "")
    expect(await found(root, "other")).toEqual(["other/a.py"])
  })
})

describe("a search", () => {
  it("leaves out hidden folders, other people's code and virtual environments of any name", async () => {
    const root = tree({
      "a.py": "",
      ".hidden/a.py": "",
      "node_modules/a.py": "",
      "lib/site-packages/a.py": "",
      "myenv/pyvenv.cfg": "",
      "myenv/lib/a.py": "",
    })
    expect(await found(root)).toEqual(["a.py"])
  })
  it("does not go round in links, and says which it did not follow", async () => {
    const root = tree({ "a/b.py": "" })
    symlinkSync("..", join(root, "a/up"))
    const { files, links } = await discover([root], everywhere)
    expect(files).toHaveLength(1)
    expect(links.map((l) => relative(root, join(process.cwd(), l)))).toEqual(["a/up"])
  })
  it("takes globs that no shell has expanded, and names what fits nothing", async () => {
    const root = tree({ "src/a.py": "", "src/deep/b.py": "", "src/deep/c.txt": "", "d.py": "" })
    expect(await found(root, "src/**/*.py")).toEqual(["src/a.py", "src/deep/b.py"])
    await expect(found(root, "src/**/*.pyx")).rejects.toThrow(/no file fits/)
    await expect(found(root, "nowhere.py")).rejects.toThrow(/there is no file or folder/)
  })
  it("reads a file named twice once", async () => {
    const root = tree({ "a.py": "" })
    expect(await found(root, "a.py", ".", "./a.py")).toEqual(["a.py"])
  })
})

// Why: `git diff --name-only | gradcheck lint --files-from -` must work as it comes: deleted files, other languages.
describe("a list of paths", () => {
  it("leaves out what is gone and what is no loss file, and says so", async () => {
    const root = tree({ "a.py": "", "README.md": "" })
    const listed = await discoverListed(
      ["a.py", "README.md", "gone.py"].map((p) => join(root, p)),
      everywhere,
    )
    expect(listed.files).toHaveLength(1)
    expect(listed.left.map((l) => l.why)).toEqual(["it is neither Python nor a definition file", "it is not there"])
  })
  it("is read as git writes it: quoted with octal bytes, or parted by zero bytes", () => {
    expect(listedPaths('a.py\r\n"\\303\\244 \\"b\\".py"\n\n')).toEqual(["a.py", 'ä "b".py'])
    expect(listedPaths("a.py\0ä b.py\0")).toEqual(["a.py", "ä b.py"])
  })
  it("comes from a file or from standard input", () => {
    const root = tree({ "a_loss.py": dead, list: "" })
    writeFileSync(join(root, "list"), `${join(root, "a_loss.py")}\n`)
    const fromFile = gradcheck(["lint", "--files-from", join(root, "list"), "-q"])
    expect(fromFile).toMatchObject({ code: 1, err: "" })
    const fromInput = gradcheck(["lint", "--files-from", "-", "-q"], { input: join(root, "a_loss.py") })
    expect(fromInput.out.replace(/[\d.]+ s$/m, "")).toBe(fromFile.out.replace(/[\d.]+ s$/m, ""))
    expect(gradcheck(["lint", "--files-from", join(root, "nolist")])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/there is no list .*nolist/),
    })
  })
})

it("source on standard input is looked at as the file that is named", () => {
  const ran = gradcheck(["lint", "--stdin-name", "pkg/losses.py", "-q"], { input: dead })
  expect(ran).toMatchObject({ code: 1, out: expect.stringMatching(/^pkg\/losses\.py:2:\d+ +error\[step-function\]/) })
  expect(gradcheck(["lint", "a.py", "--stdin-name", "b.py"]).code).toBe(2)
})

// Why: one odd file must not hide the rest, and no file may vanish in silence.
describe("what cannot be read", () => {
  it("is told as a finding for each file, and the others are looked at", () => {
    const root = tree({
      "binary.py": Uint8Array.of(1, 0, 2, 0),
      "latin.py": Buffer.from("# gr\xfc\xdfe\n", "latin1"),
      "utf16.py": Buffer.from("\ufeffx = 1\n", "utf16le"),
      "declared.py": Buffer.from("# -*- coding: latin-1 -*-\n# gr\xfc\xdfe\n", "latin1"),
      "martian.py": "# coding: martian\n",
      "broken.py": "x = = 1\n",
      "good_loss.py": dead,
      "notes.txt": "",
    })
    symlinkSync("loop.py", join(root, "loop.py"))
    symlinkSync("nowhere.py", join(root, "dangling.py"))
    mkdirSync(join(root, "folder.py"))
    const ran = gradcheck(["lint", root, join(root, "notes.txt"), "-q"])
    const told = ran.out
      .split("\n")
      .filter((l) => l.includes("["))
      .map((l) => l.replace(/^.*\/gradcheck-[^/]*\//, "").replace(/ +/g, " "))
    expect(ran.code).toBe(1)
    expect(told).toEqual([
      "binary.py:1:1 warning[cannot-read] this is no text: it holds zero bytes",
      "broken.py:1:5 warning[cannot-read] `=` has no place here",
      "dangling.py:1:1 warning[cannot-read] this cannot be read: it is no longer there",
      expect.stringMatching(/^good_loss\.py:2:\d+ error\[step-function\]/),
      "latin.py:1:1 warning[cannot-read] this is not UTF-8",
      "loop.py:1:1 warning[cannot-read] this cannot be read: its links lead round in a circle",
      "martian.py:1:1 warning[cannot-read] this says that it is written in martian, and that cannot be read here",
      "utf16.py:1:1 warning[cannot-read] this is UTF-16, and source is read as UTF-8",
      "notes.txt:1:1 warning[cannot-read] this is neither Python nor a definition file",
    ])
  })
  it.runIf(process.getuid?.() === 0)("may be so for want of permission", () => {
    const root = tree({ "shut/a.py": "", "shut.py": "", "a_loss.py": dead })
    chmodSync(root, 0o755)
    chmodSync(join(root, "shut"), 0)
    chmodSync(join(root, "shut.py"), 0)
    const ran = gradcheck(["lint", root, "-q"], { uid: 65534 })
    expect(ran).toMatchObject({ code: 1, err: "" })
    expect(ran.out.match(/warning\[cannot-read\] {2}this cannot be read: permission denied/g)).toHaveLength(2)
  })
  it("says where a text stops being UTF-8", () => {
    const root = tree({ "a.py": Buffer.concat([Buffer.from("ä".repeat(3000)), Buffer.from([0xff])]) })
    expect(() => readText(join(root, "a.py"))).toThrow(
      expect.objectContaining({
        parts: expect.objectContaining({ note: ["byte 6,001 is the first that does not fit"] }),
      }),
    )
    rmSync(join(root, "a.py"))
    expect(() => readText(join(root, "a.py"))).toThrow("this cannot be read: it is no longer there")
  })
})

// Why: lint is run at the root of large repositories.
it("100,000 files are found, and left alone where git ignores them", async () => {
  const root = tree({ ".gitignore": "data/\n" })
  mkdirSync(join(root, ".git"))
  for (const folder of ["src", "data"])
    for (let d = 0; d < 50; d++) {
      mkdirSync(join(root, folder, String(d)), { recursive: true })
      for (let f = 0; f < 1000; f++)
        writeFileSync(join(root, folder, String(d), `f${f}.${f % 10 === 0 ? "py" : "txt"}`), "")
    }
  expect((await discover([root], everywhere)).files).toHaveLength(5000)
})
