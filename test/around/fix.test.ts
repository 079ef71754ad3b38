// --fix and --diff on real files: what is changed, what is left alone, and what the patch is good for.
import { spawnSync } from "node:child_process"
import { chmodSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { gradcheck } from "../support/command.ts"
import { tree } from "../support/tree.ts"

const trap = `import torch


def entropy_loss(p, y):
    return torch.where(p > 0, p * torch.log(p), torch.zeros_like(p)).mean() + (y - p).pow(2).mean()
`
const guarded = trap.replace("torch.log(p)", "torch.log(torch.where(p > 0, p, torch.ones_like(p)))")
const dead = "import torch\n\n\ndef hard_loss(pred, target):\n    return (torch.round(pred) - target).abs().mean()\n"
const alive = dead.replace("torch.round(pred)", "pred")
const lint = (cwd: string, ...args: string[]) => gradcheck(["lint", "--no-config", ...args], { cwd })
const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8")

describe("--fix", () => {
  // Why: a flag that changes what a loss computes behind one's back is switched off for good.
  it("applies what keeps the value and nothing else, tells how many, and looks again", () => {
    const root = tree({ "a.py": trap, "b.py": dead })
    const { code, out, err } = lint(root, "--fix")
    expect(read(root, "a.py")).toBe(guarded)
    expect(read(root, "b.py")).toBe(dead)
    expect(out).toContain("1 fixed")
    expect(out).not.toContain("a.py:5")
    expect({ code, err }).toEqual({ code: 1, err: "" })
    expect(lint(root, "--fix").out).toContain("0 fixed")
  })
  // Why: an editor's line ends, a byte order mark and a mode are the user's, and a whole-file diff hides the change.
  it("keeps line ends, the byte order mark and the mode", () => {
    const crlf = (text: string): string => `\ufeff${text.replaceAll("\n", "\r\n")}`
    const root = tree({ "a.py": crlf(trap) })
    chmodSync(join(root, "a.py"), 0o750)
    lint(root, "--fix")
    expect(read(root, "a.py")).toBe(crlf(guarded))
    expect(statSync(join(root, "a.py")).mode & 0o777).toBe(0o750)
  })
  it("leaves a read-only file alone, says so, ends with 2, and fixes the others", () => {
    const root = tree({ "a.py": trap, "b.py": trap })
    chmodSync(join(root, "a.py"), 0o444)
    const { code, err } = lint(root, "--fix")
    expect([read(root, "a.py"), read(root, "b.py")]).toEqual([trap, guarded])
    expect(err).toContain("a.py could not be fixed: it is read-only")
    expect(code).toBe(2)
  })
  it("prints the fixed text of standard input, and its report beside it", () => {
    const { out, err } = gradcheck(["lint", "--no-config", "--fix", "--stdin-name", "a.py"], { input: trap })
    expect(out).toBe(guarded)
    expect(err).toContain("1 fixed")
  })
  it("fixes expressions in YAML where the text stands as it is", () => {
    const yaml = (text: string): string => `losses:\n  entropy:\n    loss: ${text}\n    inputs: {p: 0..1}\n`
    const root = tree({ "losses.yaml": yaml("where(p > 0, p*log(p), 0)") })
    lint(root, "--fix")
    expect(read(root, "losses.yaml")).toBe(yaml("where(p > 0, p*log(where(p > 0, p, 1)), 0)"))
  })
})

describe("--diff", () => {
  const git = (cwd: string, input: string) => spawnSync("git", ["apply", "-"], { cwd, input, encoding: "utf8" })
  // Why: a patch is worth what git makes of it.
  it("prints a patch that git applies, and changes nothing itself", () => {
    const root = tree({ "src/a.py": trap, "src/b c.py": dead })
    const { code, out } = lint(root, "--diff")
    expect([read(root, "src/a.py"), read(root, "src/b c.py")]).toEqual([trap, dead])
    expect(code).toBe(1)
    const { status, stderr } = git(root, out)
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    expect([read(root, "src/a.py"), read(root, "src/b c.py")]).toEqual([guarded, alive])
    const after = lint(root, "--diff")
    expect([after.code, after.out]).toEqual([0, ""])
  })
  it("with --fix it is the patch of what --fix would do", () => {
    const root = tree({ "a.py": trap, "b.py": dead })
    const { out } = lint(root, "--diff", "--fix")
    expect(git(root, out).status).toBe(0)
    expect([read(root, "a.py"), read(root, "b.py")]).toEqual([guarded, dead])
  })
  // Why: one helper serves several losses, and its edit is one.
  it("has an edit of a shared helper once", () => {
    const helpers = "import torch\ndef hard(x):\n    return torch.round(x)\n"
    const loss = (name: string): string => `def ${name}_loss(pred, y):\n    return (hard(pred) - y).pow(2).mean()\n`
    const root = tree({ "helpers.py": helpers, "losses.py": `from helpers import hard\n${loss("a")}${loss("b")}` })
    const { out } = lint(root, "--diff", "losses.py")
    expect(out.split("\n").filter((l) => l.startsWith("+") && !l.startsWith("+++"))).toEqual(["+    return x"])
    expect(git(root, out).status).toBe(0)
  })
  it.each([
    ["--watch", "--watch looks at what others change"],
    ["--update-baseline", "--update-baseline notes what is there"],
    ["--shard=1/2", "--shard is for a report in parts"],
    ["--format=json", "--diff prints a patch, and --format another report to the same place"],
  ])("is refused beside %s", (flag, says) => {
    const root = tree({ "a.py": trap })
    const { code, err } = lint(root, "--diff", flag)
    expect(code).toBe(2)
    expect(err).toContain(says)
    expect(read(root, "a.py")).toBe(trap)
  })
})
