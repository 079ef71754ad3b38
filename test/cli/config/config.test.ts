// The configuration: three spellings that say the same, the nearest above each file, and mistakes with place and example.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { parse as parseToml } from "smol-toml"
import { describe, expect, it } from "vitest"
import { parse as parseYaml } from "yaml"
import { z } from "zod"
import { configSchema, grammar, keys } from "../../../src/cli/config/schema.ts"
import { configExample } from "../../../src/cli/config/topics.ts"
import { type Language, setting } from "../../../src/source/spell.ts"
import { gradcheck } from "../../support/command.ts"
import { tree } from "../../support/tree.ts"

const dead = "import torch\ndef hard_loss(pred, target):\n    return (pred.round() - target).abs().mean()\n"
const run = (cwd: string, ...args: string[]) => gradcheck(["lint", ...args], { cwd })
const report = (cwd: string, ...args: string[]) => JSON.parse(run(cwd, "--format", "json", ...args).out)

describe("a configuration", () => {
  const spelled = {
    "gradcheck.yaml":
      'framework: jax\nsamples: 300\ninputs: { "pred*": "0..1 [4]" }\nrules: { step-function: warning }\n',
    "gradcheck.json":
      '{ "framework": "jax", "samples": 300,\n\t"inputs": { "pred*": "0..1 [4]" }, "rules": { "step-function": "warning" } }',
    "pyproject.toml":
      '[project]\nname = "x"\n[tool.gradcheck]\nframework = "jax"\nsamples = 300\n[tool.gradcheck.inputs]\n"pred*" = "0..1 [4]"\n[tool.gradcheck.rules]\nstep-function = "warning"\n',
  }
  it.each(Object.entries(spelled))("says the same as %s", (name, text) => {
    const { losses, summary } = report(tree({ [name]: text, "src/losses.py": dead }))
    expect(summary).toMatchObject({ errors: 0, warnings: 1, exit: 0 })
    expect(losses[0].options).toMatchObject({ framework: "jax", samples: 300 })
    expect(losses[0].inputs[0]).toMatchObject({ name: "pred", range: "0..1", shape: [4] })
  })
  it("is that of the nearest folder, and nothing is merged", () => {
    const root = tree({
      "gradcheck.yaml": "samples: 300\nseed: 7\n",
      "a/losses.py": dead,
      "b/gradcheck.json": '{ "seed": 1 }',
      "b/deep/losses.py": dead,
      "b/pyproject.toml": "[tool.black]\nline-length = 1\n",
    })
    const seen = report(root).losses.map((l: { file: string; options: object }) => [l.file, l.options])
    expect(seen).toMatchObject([
      ["a/losses.py", { samples: 300, seed: 7 }],
      ["b/deep/losses.py", { seed: 1 }],
    ])
    expect(seen[1][1].samples).not.toBe(300)
  })
  it("gives way to flags, to --config and to --no-config", () => {
    const root = tree({
      "gradcheck.yaml": "samples: 300\nfail-on: never\n",
      "other.yaml": "samples: 200\n",
      "a_loss.py": dead,
    })
    const samples = (...args: string[]): number => report(root, ...args).losses[0].options.samples
    expect([samples(), samples("--samples", "100"), samples("--config", "other.yaml")]).toEqual([300, 100, 200])
    // What lint draws by itself goes by how large the inputs are.
    expect([300, 100, 200]).not.toContain(samples("--no-config"))
    expect([run(root).code, run(root, "--fail-on", "error").code, run(root, "--no-config").code]).toEqual([0, 1, 1])
    expect(run(root, "--config", "nowhere.yaml")).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no configuration nowhere.yaml"),
    })
  })
  it("includes and excludes from its own folder, wherever the run begins", () => {
    const root = tree({
      "gradcheck.yaml": 'include: ["src/**/*.py", "defs/*.yaml"]\nexclude: ["src/legacy"]\n',
      "src/a_loss.py": dead,
      "src/legacy/b_loss.py": dead,
      "other/c_loss.py": dead,
      "defs/mine.yaml": "losses: { d: { loss: abs(y - round(p)) } }\n",
    })
    const files = (cwd: string): string[] => report(cwd).losses.map((l: { file: string }) => l.file)
    expect(files(root)).toEqual(["defs/mine.yaml", "src/a_loss.py"])
    expect(files(join(root, "src"))).toEqual(["a_loss.py"])
    expect(report(root, "src/legacy/b_loss.py", "other").losses).toHaveLength(1)
  })
  it("speaks of some files in overrides, of which the last that fits has the last word", () => {
    const root = tree({
      "gradcheck.yaml":
        'overrides:\n  - { files: ["**/metrics/**"], role: metric }\n  - { files: ["**/odd_*.py"], rules: { step-function: off }, framework: numpy, dtype: [float64, float16] }\n',
      "metrics/m_loss.py": dead,
      "odd_loss.py": dead,
      "a_loss.py": dead,
    })
    const { findings, losses } = report(root)
    expect(findings.map((f: { where: { file: string }; level: string }) => [f.where.file, f.level])).toEqual([
      ["a_loss.py", "error"],
      ["metrics/m_loss.py", "note"],
    ])
    expect(
      losses
        .filter((l: { file: string }) => l.file === "odd_loss.py")
        .map((l: { options: { dtype: string } }) => l.options.dtype),
    ).toEqual(["float64", "float16"])
  })
})

it("a definition in several number formats is one definition", () => {
  const root = tree({ "gradcheck.yaml": "dtype: [float32, bfloat16, float16]\n", "a_loss.py": dead })
  expect(run(root).out).toMatch(/^1 definition in 1 file · 1 error/m)
})

// Why: a pattern speaks of many inputs. Labels that serve as positions are not 0..1, whatever is said of "y*".
it("ranges by name leave positions alone, unless they fit", () => {
  const root = tree({
    "gradcheck.yaml": 'inputs: { "target*": -1..1, "z, logit*": -4..4 }\n',
    "a.py":
      "import torch.nn.functional as F\ndef ce_loss(logits, target):\n    return F.cross_entropy(logits, target)\n",
  })
  const inputs = report(root).losses[0].inputs.map((i: { name: string; range: string }) => [i.name, i.range])
  expect(inputs).toEqual([
    ["logits", "-4..4"],
    ["target", "0..4 int"],
  ])
})

// Why: a misspelt key that is passed over is a setting that silently does nothing.
describe("a mistake ends the run with its place and a line that is right", () => {
  it.each([
    ["gradcheck.yaml", "sampels: 10\n", ["there is no key sampels", "gradcheck.yaml:1:1", "did you mean samples?"]],
    ["gradcheck.yaml", "samples: many\n", ["samples is a whole number from 1 to 1,000,000", ":1:10", "samples: 1000"]],
    [
      "gradcheck.yaml",
      "rules: { saturaton: off }\n",
      ["there is no key saturaton in rules", "did you mean saturation?"],
    ],
    [
      "gradcheck.yaml",
      "rules: { saturation: of }\n",
      ["saturation is off, note, warning or error", "did you mean off?"],
    ],
    ["gradcheck.yaml", 'inputs: { p: "0..q" }\n', ["the range's upper end is missing", ":1:18"]],
    ["gradcheck.yaml", '"inputs": { "p[": 0..1 }\n', ["names are written with commas between them", ":1:13"]],
    ["gradcheck.yaml", "- a\n", ["a map of keys is expected here"]],
    [
      "gradcheck.yaml",
      "overrides: [{ files: [x], roles: metric }]\n",
      ["there is no key roles", "did you mean role?", "files, role, rules"],
    ],
    ["gradcheck.yaml", "a: [\n", ["this is no YAML"]],
    [
      "gradcheck.json",
      '{ "fail-on": "eror" }',
      ["fail-on is one of error", "did you mean error?", '"fail-on": "error"'],
    ],
    ["gradcheck.json", '{ "seed": 1, }', ["this is no JSON", ":1:14"]],
    [
      "pyproject.toml",
      '[tool.gradcheck]\nrules = { saturation = "of" }\n',
      ["saturation is off", ":2:24", 'saturation = "warning"'],
    ],
    [
      "pyproject.toml",
      "[tool.gradcheck]\nexclude = 3\n",
      ["exclude is a list of globs", ":2:11", 'exclude = ["**/legacy/**"]'],
    ],
    ["pyproject.toml", "[tool.gradchek]\nseed = 3\n", ["there is no tool gradchek", "did you mean gradcheck?"]],
    ["pyproject.toml", "[tool.gradcheck]\nseed = = 3\n", ["this is no TOML", ":2:"]],
  ])("%s: %j", (name, text, parts) => {
    const { code, err, out } = run(tree({ [name]: text, "a_loss.py": dead }))
    expect(code, err).toBe(2)
    for (const part of parts) expect(err).toContain(part)
    expect(err + out).not.toContain("our fault")
  })
  it("two in one folder are one too many", () => {
    const root = tree({ "gradcheck.yaml": "", "gradcheck.json": "{}", "a.py": "" })
    expect(run(root)).toMatchObject({ code: 2, err: expect.stringContaining("two configurations lie in one folder") })
  })
  it("is not made of other people's pyproject.toml, not even of a broken one", () => {
    expect(run(tree({ "pyproject.toml": "a = = 1\n", "a.py": "" })).code).toBe(0)
  })
})

describe("what is told of the configuration is true", () => {
  it("the example of each key is right, in each spelling", () => {
    for (const [key, { example }] of keys)
      for (const language of ["yaml", "json", "toml"] satisfies Language[]) {
        const text = setting(key, example, language)
        const data =
          language === "toml" ? parseToml(text) : language === "yaml" ? parseYaml(text) : JSON.parse(`{${text}}`)
        expect(configSchema.safeParse(data).error, text).toBeUndefined()
        expect(data).toEqual({ [key]: example })
      }
  })
  it("every key of the schema has its words", () => {
    for (const key of Object.keys(configSchema.shape))
      if (key !== "$schema") expect(grammar.wordsAt([key]), key).toBeDefined()
  })
  it("the example of the page is one, and the JSON Schema accepts it", () => {
    const data = parseYaml(configExample)
    expect(configSchema.parse(data)).toEqual(data)
    const schema = JSON.parse(gradcheck(["explain", "config", "--format", "json"]).out)
    expect(z.fromJSONSchema(schema).parse(data)).toEqual(data)
    expect(z.fromJSONSchema(schema).safeParse({ sampels: 1 }).success).toBe(false)
  })
  it("the file that it comes from may change between runs", () => {
    const root = tree({ "gradcheck.yaml": "fail-on: never\n", "a_loss.py": dead })
    expect(run(root).code).toBe(0)
    writeFileSync(join(root, "gradcheck.yaml"), "fail-on: error\n")
    expect(run(root).code).toBe(1)
  })
})
