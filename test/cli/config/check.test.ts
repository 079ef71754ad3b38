// The configuration of expressions: what holds for all files, when it is named, and never by itself.
import { describe, expect, it } from "vitest"
import { gradcheck } from "../../support/command.ts"
import { tree } from "../../support/tree.ts"

const settings = `dtype: [float32, float16]
samples: 100
seed: 3
framework: jax
fail-on: warning
inputs: { "p*, z": -2..2 }
rules: { step-function: warning, saturation: off }
overrides: [{ files: ["**"], dtype: float64, rules: { step-function: off } }]
baseline: known.json
`
const root = (text = settings): string => tree({ "gradcheck.yaml": text })
const report = (cwd: string, ...args: string[]) => JSON.parse(gradcheck([...args, "--format", "json"], { cwd }).out)

describe("check --config", () => {
  it("takes what the configuration says for all files, and what is said of some for none", () => {
    const { losses, summary } = report(root(), "abs(y - round(p))", "--config", "gradcheck.yaml")
    expect(losses.map((l: { options: object }) => l.options)).toMatchObject([
      { dtype: "float32", samples: 100, seed: 3, framework: "jax" },
      { dtype: "float16" },
    ])
    expect(losses[0].inputs).toMatchObject([{ name: "y" }, { name: "p", range: "-2..2" }])
    expect(losses[0].findings).toMatchObject([{ rule: "step-function", level: "warning" }])
    expect(summary).toMatchObject({ errors: 0, exit: 1 })
  })
  it("is overruled by flags", () => {
    const flags = ["--dtype", "bfloat16", "--seed", "1", "--in", "p=0..1", "--fail-on", "never", "--framework", "tf"]
    const { losses, summary } = report(root(), "abs(y - round(p))", "--config", "gradcheck.yaml", ...flags)
    expect(losses).toMatchObject([{ options: { dtype: "bfloat16", samples: 100, seed: 1, framework: "tf" } }])
    expect(losses[0].inputs[1].range).toBe("0..1")
    expect(summary.exit).toBe(0)
  })
  it("leaves out the rules that are off", () => {
    const rules = (...args: string[]) =>
      report(root(), "(y - sigmoid(z))^2", "--in", "z=-20..20", ...args).findings.map((f: { rule: string }) => f.rule)
    expect(rules()).toContain("saturation")
    expect(rules("--config", "gradcheck.yaml")).not.toContain("saturation")
  })
  it("holds for one point, too", () => {
    const ran = gradcheck(["round(p)", "--at", "p=0", "--config", "gradcheck.yaml"], { cwd: root() })
    expect(ran.out).toContain("jax conventions")
  })
  // Why: an expression lies in no folder; the same command line is to say the same wherever it is typed.
  it("is not looked for", () => {
    for (const args of [[], ["--no-config"]]) {
      const { losses } = report(root(), "abs(y - round(p))", ...args)
      expect(losses).toMatchObject([{ options: { dtype: "float32", samples: 1000, framework: "torch" } }])
    }
  })
  it("answers a mistake with its place, and a file that is not there", () => {
    const cwd = root("sampels: 3\n")
    const ran = gradcheck(["p^2", "--config", "gradcheck.yaml"], { cwd })
    expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringContaining("did you mean samples?") })
    expect(gradcheck(["p^2", "--config", "no.yaml"], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error {2}there is no configuration no\.yaml/),
    })
  })
})

describe("check --watch", () => {
  it("says what can be watched", () => {
    expect(gradcheck(["p^2", "--watch"])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(
        /^error {2}--watch belongs to gradcheck lint[\s\S]*gradcheck lint\s+--watch losses\.yaml/,
      ),
    })
  })
})
