// What stands around the command: the hook that pre-commit runs, in a real repository, and the steps of the action.
import { execFileSync, spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { gradcheck } from "../support/command.ts"
import { tree } from "../support/tree.ts"

const dead = "import torch\n\n\ndef hard_loss(pred, target):\n    return (torch.round(pred) - target).abs().mean()\n"
const alive = dead.replace("torch.round(pred)", "pred")

describe("the hook for pre-commit", () => {
  const [hook] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8"))
  /** The program that `language: node` would install. */
  const withCommand = (root: string): string => {
    const bin = join(root, "programs")
    mkdirSync(bin)
    writeFileSync(
      join(bin, "gradcheck"),
      `#!/bin/sh\nexec "${process.execPath}" "${resolve("bin/gradcheck.js")}" "$@"\n`,
    )
    chmodSync(join(bin, "gradcheck"), 0o755)
    return bin
  }
  /** A repository whose hook does what pre-commit does with an entry: staged files that fit are added as arguments. */
  function repository() {
    const root = tree({})
    const programs = withCommand(root)
    const repo = join(root, "repo")
    mkdirSync(repo)
    const env = { ...process.env, PATH: `${programs}:${process.env.PATH}`, GIT_CONFIG_GLOBAL: "/dev/null", CI: "" }
    const git = (...args: string[]) =>
      spawnSync("git", ["-C", repo, "-c", "user.name=a", "-c", "user.email=a@b", ...args], { encoding: "utf8", env })
    git("init", "-q")
    const script = `#!/bin/bash
set -o pipefail
git diff --staged --name-only --no-ext-diff -z --diff-filter=ACMRTUXB | grep -zE '${hook.files}' >"$GIT_DIR/fits" || exit 0
xargs -0 ${hook.entry} <"$GIT_DIR/fits" || exit 1
`
    writeFileSync(join(repo, ".git/hooks/pre-commit"), script)
    chmodSync(join(repo, ".git/hooks/pre-commit"), 0o755)
    const commit = (files: Record<string, string>) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(repo, name), text)
      git("add", ".")
      return git("commit", "-m", "a change")
    }
    return { commit }
  }
  it("stops a commit of a dead loss, with the message, and lets a living one through", () => {
    const { commit } = repository()
    const first = commit({ "my losses.py": dead })
    expect(first.status, first.stderr).toBe(1)
    expect(first.stdout + first.stderr).toContain("error[step-function]  no gradient reaches pred in hard_loss")
    const second = commit({ "my losses.py": alive })
    expect(second.status, second.stdout + second.stderr).toBe(0)
  })
  it("looks at definition files, and at no other YAML or JSON", () => {
    const { commit } = repository()
    expect(commit({ "package.json": "{}", "ci.yaml": "a: [", "README.md": "x" }).status).toBe(0)
    const ran = commit({ "a.losses.yaml": "losses: { a: { loss: abs(y - round(p)), expect: alive } }\n" })
    expect(ran.status).toBe(1)
    expect(ran.stdout + ran.stderr).toContain("unexpected-verdict")
  })
  it("fits the files that a search finds", () => {
    const fits = new RegExp(hook.files)
    for (const path of ["a.py", "a/b.pyi", "losses.yaml", "a/losses.yml", "a/x.losses.json"])
      expect(fits.test(path), path).toBe(true)
    for (const path of ["a.pyc", "xlosses.yaml", "losses.toml", ".losses.yaml", "a/.losses.json"])
      expect(fits.test(path), path).toBe(false)
  })
})

describe("the action", () => {
  const action = parse(readFileSync("action.yml", "utf8"))
  /** The steps that a shell runs, with what the runner would put in. */
  function steps(inputs: Record<string, string>, cwd: string) {
    const given = {
      ...Object.fromEntries(Object.entries<{ default: string }>(action.inputs).map(([k, v]) => [k, v.default])),
      ...inputs,
    }
    const filled = (text: string): string =>
      text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name: string) =>
        name === "github.action_path" ? resolve(".") : (given[name.replace("inputs.", "")] ?? expect.fail(name)),
      )
    const [output, summary] = [join(cwd, ".output"), join(cwd, ".summary")]
    writeFileSync(output, "")
    writeFileSync(summary, "")
    let [code, out] = [0, ""]
    for (const step of action.runs.steps) {
      if (!step.run) continue
      const env = Object.fromEntries(Object.entries<string>(step.env).map(([k, v]) => [k, filled(v)]))
      // As GitHub runs `shell: bash`.
      const ran = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
        cwd,
        encoding: "utf8",
        env: {
          PATH: process.env.PATH ?? "",
          GITHUB_ACTIONS: "true",
          CI: "true",
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
          ...env,
        },
      })
      out += ran.stdout + ran.stderr
      code = ran.status ?? -1
      if (code !== 0) break
    }
    return { code, out, output: readFileSync(output, "utf8"), summary: readFileSync(summary, "utf8") }
  }
  it("annotates the lines, writes the summary and the file for code scanning, and fails the job", () => {
    const root = tree({ "src/a.py": dead })
    const ran = steps({ sarif: "out/gradcheck.sarif" }, root)
    expect(ran.code, ran.out).toBe(1)
    expect(ran.out).toMatch(/^::error file=src\/a\.py,line=5/m)
    expect(ran.output).toBe("exit-code=1\n")
    expect(ran.summary).toContain("hard_loss")
    expect(JSON.parse(readFileSync(join(root, "out/gradcheck.sarif"), "utf8")).version).toBe("2.1.0")
  })
  it("passes paths with blanks and flags as they are, and nothing of them is run", () => {
    const root = tree({ "my src/a.py": dead, "b.py": alive })
    expect(steps({ paths: "b.py" }, root)).toMatchObject({ code: 0, output: "exit-code=0\n" })
    expect(steps({ paths: "my src\nb.py", args: "--fail-on\nnever", summary: "false" }, root)).toMatchObject({
      code: 0,
      summary: "",
    })
    const hostile = steps({ paths: "$(touch hacked); `touch hacked`" }, root)
    expect(hostile).toMatchObject({ code: 2, output: "exit-code=2\n" })
    expect(() => readFileSync(join(root, "hacked"))).toThrow()
  })
  it("says what it takes and gives", () => {
    for (const [name, input] of Object.entries<{ description: string }>(action.inputs))
      expect(input.description, name).toMatch(/\.$/)
    expect(action.runs.using).toBe("composite")
    for (const step of action.runs.steps) expect(step.run ? step.shell : step.uses, step.name).toBeTruthy()
  })
})

it("both belong to what the repository holds, and the command to what they run", () => {
  expect(
    execFileSync("git", ["ls-files", "action.yml", ".pre-commit-hooks.yaml"], { encoding: "utf8" })
      .split("\n")
      .filter(Boolean),
  ).toHaveLength(2)
  expect(gradcheck(["lint", "--help"]).code).toBe(0)
})
