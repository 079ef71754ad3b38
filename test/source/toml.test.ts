// TOML is read by a package that does not know places; ours must find each key and value where it stands.
import { parse } from "smol-toml"
import { describe, expect, it } from "vitest"
import { Problem } from "../../src/source/problem.ts"
import { readToml } from "../../src/source/toml.ts"
import { plain, type Tree } from "../../src/source/tree.ts"

const text = `# head
title = "a # b" # comment
[project]
name = 'x'
version = "1.0"
dependencies = [
  "torch>=2", # why
  'numpy',
]
[tool.black]
line-length = 120

[tool.gradcheck] # ours
framework = "torch"
"fail-on" = 'error'
samples = 1_000
dtype = ["float32", "bfloat16"]
inputs = { "y, target*" = "{0, 1}", p = '0..1', "é\\t" = """
multi "quoted" """ }
rules.saturation = "off"
rules . "flat-side" = "note"
[[tool.gradcheck.overrides]]
files = ["**/metrics/**"]
role = "metric"
when = 2020-01-01T00:00:00Z
day = 2020-01-01 10:00:00
[[tool.gradcheck.overrides]]
files = [
  "a", [ "b", { c = 1 } ] ]
[tool.gradcheck.overrides.rules]
step-function = "off"
[[tool.other.list]]
[tool.other.list.inner]
x = -1e-7
`

/** Every value with the text at its place. */
function* scalars(tree: Tree, path: string): Generator<[path: string, written: string, key: string]> {
  if (tree.kind === "scalar") yield [path, text.slice(tree.start, tree.end), ""]
  if (tree.kind === "list") for (const [k, item] of tree.items.entries()) yield* scalars(item, `${path}.${k}`)
  if (tree.kind === "map")
    for (const { key, at, value } of tree.entries) {
      yield [`${path}.${key}`, "", text.slice(at.start, at.end)]
      yield* scalars(value, `${path}.${key}`)
    }
}

describe("a tree of TOML", () => {
  const tree = readToml({ name: "pyproject.toml", text })
  const all = [...scalars(tree, "")]
  it("holds what the package reads", () => expect(plain(tree)).toEqual(parse(text)))
  it("has each value at its place", () => {
    const values = all.filter(([, written]) => written !== "")
    expect(values).toHaveLength(25)
    for (const [path, written] of values) {
      const value = path
        .split(".")
        .slice(1)
        .reduce((at: unknown, step) => (at as Record<string, unknown>)[step], parse(text))
      expect(parse(`x = ${written}`).x, `${path}: ${written}`).toEqual(value)
    }
  })
  it("has each key at its place", () => {
    for (const [path, , key] of all.filter(([, written]) => written === ""))
      expect(key.replace(/^["']|["']$/g, "").replace("\\t", "\t"), path).toBe(path.split(".").at(-1))
  })
})

it("a mistake has its place", () => {
  try {
    readToml({ name: "a.toml", text: "a = 1\nb = = 2\n" })
    expect.fail("nothing was wrong")
  } catch (error) {
    expect(error).toBeInstanceOf(Problem)
    expect((error as Problem).parts.mark!.span.start).toBeGreaterThanOrEqual(8)
  }
})
