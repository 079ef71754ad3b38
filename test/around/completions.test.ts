// The scripts of `gradcheck completions`, in the shells that they are for.
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { allFlags, spellingsOf, type Verb, verbs } from "../../src/cli/flags.ts"
import { allRuleNames } from "../../src/findings/finding.ts"
import { formats } from "../../src/gradient/formats.ts"
import { reportFormats } from "../../src/report/index.ts"
import { gradcheck } from "../support/command.ts"
import { tree } from "../support/tree.ts"

const script = (shell: string): string => gradcheck(["completions", shell]).out
const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0
const files = { "one.json": "", "two words.json": "", "src/a.py": "" }

function run(shell: string, args: readonly string[], cwd: string): string[] {
  const { status, stdout, stderr } = spawnSync(shell, args, { cwd, encoding: "utf8", timeout: 20_000 })
  expect(stderr).toBe("")
  expect(status).toBe(0)
  return stdout.split("\n").filter((l) => l !== "")
}

/** What is offered for the last word of a line. */
type Complete = (line: string) => string[]

/** As readline parts a line: at blanks, and each "=" is a word of its own. */
const partsOf = (line: string): string[] =>
  line.split(" ").flatMap((w) => (w === "" ? [""] : w.split(/(=)/).filter((p, _, all) => p !== "" || all.length === 1)))

function inBash(root: string): Complete {
  writeFileSync(join(root, "c.bash"), script("bash"))
  return (line) => {
    const words = partsOf(line)
    const quoted = words.map((w) => `'${w}'`).join(" ")
    const text = `source ./c.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _gradcheck; printf '%s\\n' "\${COMPREPLY[@]}"`
    return run("bash", ["--norc", "-c", text], root)
  }
}

function inFish(root: string): Complete {
  writeFileSync(join(root, "c.fish"), script("fish"))
  return (line) =>
    run("fish", ["--no-config", "-c", `source ./c.fish; complete -C '${line}'`], root).map((l) => l.replace(/\t.*/, ""))
}

/** A terminal of its own, in which Tab is pressed, and Enter: a function in the command's place tells what it got. */
function inZsh(root: string): Complete {
  writeFileSync(join(root, "_gradcheck"), script("zsh"))
  return (line) => {
    const text = `
      zmodload zsh/zpty
      zpty z 'TERM=dumb PS1= zsh -f -i'
      zpty -w z 'stty columns 1000; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
      zpty -w z 'gradcheck() { print -r -- "<got>" "\${(F)@}" "<end>" }; print rea""dy'
      zpty -r -m z seen '*ready*'
      zpty -w -n z '${line}'$'\t\n'
      zpty -r -m z got '*<got>*<end>*'
      print -r -- "$got"
      zpty -d z`
    const out = run("zsh", ["-f", "-c", text], root).join("\n")
    return (/<got> ([^<]*?) <end>/.exec(out)?.[1] ?? "").split(/[\r\n]+/)
  }
}

describe("bash", () => {
  it("completes verbs, flags of the verb alone, and what stands behind each", () => {
    const complete = inBash(tree(files))
    expect(complete("gradcheck ")).toEqual([...verbs])
    expect(complete("gradcheck li")).toEqual(["lint"])
    expect(complete("gradcheck lint --sh")).toEqual(["--shard", "--show-known"])
    expect(complete("gradcheck abs(p) --sh")).toEqual([])
    expect(complete("gradcheck abs(p) --wr")).toEqual(["--wrt"])
    expect(complete("gradcheck --dtype float32 lint --wa")).toEqual(["--watch"])
    expect(complete("gradcheck lint --fail-on ")).toEqual(["error", "warning", "note", "never"])
    expect(complete("gradcheck lint --fail-on=w")).toEqual(["warning"])
    expect(complete("gradcheck lint --color=")).toEqual(["auto", "always", "never"])
    expect(complete("gradcheck lint --dtype float32,b")).toEqual(["float32,bfloat16"])
    expect(complete("gradcheck lint --select=flat-side,dead-w")).toEqual(["flat-side,dead-where-wrong"])
    expect(complete("gradcheck lint --in p=0..1 --fail-on n")).toEqual(["note", "never"])
    expect(complete("gradcheck lint --samples ")).toEqual([])
    expect(complete("gradcheck lint -- --sh")).toEqual([])
    expect(complete("gradcheck explain step-f")).toEqual(["step-function"])
    expect(complete("gradcheck completions ")).toEqual(["bash", "zsh", "fish"])
  })
  it("completes files where files stand, with blanks in their names", () => {
    const complete = inBash(tree(files))
    expect(complete("gradcheck merge o")).toEqual(["one.json"])
    expect(complete("gradcheck merge t")).toEqual(["two words.json"])
    expect(complete("gradcheck lint --baseline o")).toEqual(["one.json"])
    expect(complete("gradcheck lint --format json=o")).toEqual(["one.json"])
    expect(complete("gradcheck lint --format=json=o")).toEqual(["one.json"])
    expect(complete("gradcheck lint src/")).toEqual(["src/a.py"])
  })
  // Why: one table is the place of flags; a script that knows others is a second one.
  it("knows all flags, formats, number formats and rules that there are", () => {
    const complete = inBash(tree(files))
    const of = (verb: Verb): string[] => allFlags.filter((f) => f.verbs.includes(verb)).flatMap(spellingsOf)
    for (const verb of verbs) expect(complete(`gradcheck ${verb} -`), verb).toEqual(of(verb))
    expect(complete("gradcheck lint --format ")).toEqual([...reportFormats.keys()])
    expect(complete("gradcheck lint --dtype ")).toEqual([...formats, "all"])
    expect(complete("gradcheck lint --ignore ")).toEqual([...allRuleNames])
  })
  it("offers only topics that have a page", () => {
    const topics = inBash(tree(files))("gradcheck explain ")
    expect(topics).toEqual(expect.arrayContaining(["relu", "json", "config", "dead", "flat-side", "float16"]))
    // A page is made of examples that are run; a sample tells as much.
    for (const topic of topics.filter((_, k) => k % 90 === 0)) expect(gradcheck(["explain", topic]).code, topic).toBe(0)
  })
})

describe("fish", () => {
  it.skipIf(!has("fish"))("completes the same (skipped where fish is not installed)", { timeout: 60_000 }, () => {
    const complete = inFish(tree(files))
    expect(complete("gradcheck ").toSorted()).toEqual([...verbs].sort())
    expect(complete("gradcheck lint --sh")).toEqual(["--shard", "--show-known"])
    expect(complete('gradcheck "abs(p)" --sh')).toEqual([])
    expect(complete("gradcheck lint --fail-on n").toSorted()).toEqual(["never", "note"])
    expect(complete("gradcheck lint --dtype float32,b")).toEqual(["float32,bfloat16"])
    expect(complete("gradcheck lint --format sar")).toEqual(["sarif"])
    expect(complete("gradcheck lint --format json=o")).toEqual(["json=one.json"])
    expect(complete("gradcheck explain step-f")).toEqual(["step-function"])
    expect(complete("gradcheck merge o")).toEqual(["one.json"])
    expect(complete("gradcheck completions z")).toEqual(["zsh"])
  })
})

describe("zsh", () => {
  it.skipIf(!has("zsh"))("completes the same (skipped where zsh is not installed)", { timeout: 60_000 }, () => {
    const complete = inZsh(tree(files))
    const last = (line: string): string | undefined => complete(line).at(-1)
    expect(last("gradcheck li")).toBe("lint")
    expect(last("gradcheck lint --watc")).toBe("--watch")
    expect(last("gradcheck lint --fail-on wa")).toBe("warning")
    expect(last("gradcheck lint --fail-on=wa")).toBe("--fail-on=warning")
    expect(last("gradcheck lint --select flat-side,dead-w")).toBe("flat-side,dead-where-wrong")
    expect(last("gradcheck lint --format sar")).toBe("sarif")
    expect(last("gradcheck lint --format json=o")).toBe("json=one.json")
    expect(last("gradcheck explain step-f")).toBe("step-function")
    expect(last("gradcheck merge tw")).toBe("two words.json")
    expect(last("gradcheck p --maxi")).toBe("--maximize")
    expect(last("gradcheck lint --maxi")).toBe("--maxi")
    expect(last("gradcheck completions fi")).toBe("fish")
  })
})

describe("the verb", () => {
  it("tells how a shell takes it up, and what it cannot do", () => {
    expect(gradcheck(["completions", "--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("gradcheck completions fish > ~/.config/fish/completions/gradcheck.fish"),
    })
    expect(gradcheck(["completions"])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/^error {2}for which shell\?/),
    })
    expect(gradcheck(["completions", "fsh"])).toMatchObject({ code: 2, err: expect.stringContaining("fish") })
    expect(gradcheck(["completions", "bash", "zsh"])).toMatchObject({ code: 2, out: "" })
    expect(gradcheck(["completions", "bash", "--format", "json"])).toMatchObject({ code: 2, out: "" })
  })
})
