// Where reports go: files whole or not at all, the terminal one format, and the exit code true.
import { execFileSync } from "node:child_process"
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { gradcheck, shell } from "../support/command.ts"

const folder = mkdtempSync(join(tmpdir(), "gradcheck-"))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const dead = ["abs(y - round(p))", "-q"]
const lint = ["lint", "fixtures/formats/mixed.py", "-q"]

describe("--format NAME=FILE", () => {
  it("leaves the terminal its own, and takes the folders that it needs", () => {
    const ran = gradcheck([...dead, "--format", `json=${at("new/folder/r.json")}`, "--format", `junit=${at("r.xml")}`])
    expect(ran).toMatchObject({ code: 1, out: expect.stringMatching(/^error\[step-function\]/), err: "" })
    expect(JSON.parse(readFileSync(at("new/folder/r.json"), "utf8")).summary.exit).toBe(1)
    expect(readFileSync(at("r.xml"), "utf8")).toContain("<testsuites>")
    expect(readdirSync(at("new/folder"))).toEqual(["r.json"])
  })
  it("has no colour, and tells in the text what could not be read", () => {
    const ran = gradcheck(["1 +", `--format=text=${at("r.txt")}`], { env: { FORCE_COLOR: "1" } })
    expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringContaining("\u001b[") })
    expect(readFileSync(at("r.txt"), "utf8")).toMatch(/^error\[cannot-read\] {2}something is missing/)
  })
  it("keeps a file's rights, and a link a link", () => {
    writeFileSync(at("old.txt"), "old", { mode: 0o640 })
    symlinkSync("old.txt", at("link.txt"))
    gradcheck([...dead, "--format", `text=${at("link.txt")}`])
    expect(lstatSync(at("link.txt")).isSymbolicLink()).toBe(true)
    expect(readFileSync(at("old.txt"), "utf8")).toMatch(/^error/)
    expect(statSync(at("old.txt")).mode & 0o777).toBe(0o640)
  })
  it("works for --at, too", () => {
    expect(gradcheck(["p^2", "--at", "p=1", "--format", `json=${at("at.json")}`])).toMatchObject({ code: 0, err: "" })
    expect(JSON.parse(readFileSync(at("at.json"), "utf8")).walks).toHaveLength(1)
    expect(gradcheck(["p^2", "--at", "p=1", "--format", "sarif"])).toMatchObject({ code: 2, out: "" })
  })
  // Why: a report that is cut off in the middle is worse than none, and an exit code of 0 would hide it.
  it.each([
    ["a full disk", "/dev/full", "the disk is full"],
    ["a folder", folder, "it is a folder"],
    ["a file for a folder", "package.json/r.json", "a part of its path is no folder"],
    ["a name that is too long", at("n".repeat(300)), "its name is too long"],
    ["a folder that nothing can be put into", "/proc/r.json", "could not be written"],
  ])("%s is said, ends in 2, and the other reports are there all the same", (_, file, words) => {
    const ran = gradcheck([...dead, "--format", `json=${file}`, "--format", `concise=${at("beside.txt")}`])
    expect(ran).toMatchObject({ code: 2, out: expect.stringMatching(/^error\[step-function\]/) })
    expect(ran.err).toContain(words)
    expect(ran.err).not.toContain("our fault")
    expect(readFileSync(at("beside.txt"), "utf8")).toMatch(/^expression:1:9: error/)
    rmSync(at("beside.txt"))
  })
  it.runIf(canMount())("leaves the old file as it was when the disk fills up on the way", () => {
    const small = at("small")
    mkdirSync(small)
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", small])
    try {
      writeFileSync(join(small, "r.json"), "old")
      const ran = gradcheck([...lint, "--format", `json=${join(small, "r.json")}`])
      expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("the disk is full") })
      expect(readFileSync(join(small, "r.json"), "utf8")).toBe("old")
      expect(readdirSync(small)).toEqual(["r.json"])
    } finally {
      execFileSync("umount", [small])
    }
  })
  it("reaches files when the terminal's reader has gone away", () => {
    const file = at("late.json")
    expect(
      shell(`node bin/gradcheck.js 'abs(y - round(p))' --format json=${file} | true; echo \${PIPESTATUS[0]}`),
    ).toMatchObject({ out: "1\n", err: "" })
    expect(JSON.parse(readFileSync(file, "utf8")).losses).toHaveLength(1)
  })
})

/** Only root can, and not in every container. */
function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), "gradcheck-mount-"))
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", probe], { stdio: "ignore" })
    execFileSync("umount", [probe], { stdio: "ignore" })
    return true
  } catch {
    return false
  } finally {
    rmSync(probe, { recursive: true })
  }
}

describe("the terminal", () => {
  it("takes one format", () => {
    expect(gradcheck(["p", "--format", "json", "--format", "sarif"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--format sarif=FILE"),
    })
    expect(gradcheck([...dead, "--format", "json", "--format", "json"]).code).toBe(1)
  })
  it.each([
    ["saif", "did you mean sarif?"],
    ["json=", "names no file"],
    ["pdf", "the choices are text, concise"],
  ])("%s is answered", (format, words) => {
    expect(gradcheck(["p", "--format", format])).toMatchObject({ code: 2, err: expect.stringContaining(words) })
  })
  it("refuses two formats for one file", () => {
    const both = ["--format", `json=${at("x")}`, "--format", `text=${at("x")}`]
    expect(gradcheck(["p", ...both])).toMatchObject({ code: 2, err: expect.stringContaining("two formats") })
  })
  it("is said to be full where it is a full disk", () => {
    const ran = shell("node bin/gradcheck.js lint fixtures/formats > /dev/full; echo $?")
    expect(ran.out).toBe("2\n")
    expect(ran.err).toContain("standard output could not be written: the disk is full")
  })
  it.each(["concise", "json", "jsonl", "sarif", "junit", "markdown"])("%s ends quietly behind head", (format) => {
    const ran = shell(
      `set -o pipefail; node bin/gradcheck.js lint fixtures/formats fixtures/python --format ${format} | head -c 1`,
    )
    expect(ran).toMatchObject({ code: 1, err: "" })
  })
})

describe("on GitHub", () => {
  const env = { GITHUB_ACTIONS: "true" }
  it("lint prints annotations after its text", () => {
    const { out, code } = gradcheck(lint, { env })
    expect(code).toBe(1)
    expect(out).toMatch(/^fixtures\/formats\/mixed\.py:8:13/)
    expect(out.match(/^::(error|warning|notice) /gm)).toHaveLength(4)
    expect(gradcheck([...lint, "--format", `json=${at("gh.json")}`], { env }).out).toContain("\n::error file=")
  })
  it("any format that is asked for stands alone", () => {
    for (const format of ["text", "concise"])
      expect(gradcheck([...lint, "--format", format], { env }).out).not.toMatch(/^::/m)
  })
  it("expressions have no annotations", () => {
    expect(gradcheck(dead, { env }).out).not.toMatch(/^::/m)
  })
})

describe("--stats", () => {
  it("stands behind text, and beside what programs read", () => {
    expect(gradcheck([...lint, "--stats"]).out).toMatch(/\n {2}rule +errors[\s\S]*reading files/)
    const ran = gradcheck([...lint, "--stats", "--format", "json"])
    expect(ran.err).toContain("counting-metric")
    expect(() => JSON.parse(ran.out)).not.toThrow()
  })
})
