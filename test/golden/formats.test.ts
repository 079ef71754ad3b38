// Each format byte for byte: nothing wrong, findings, what cannot be read, nothing to check; and text over several files.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { reportFormats } from "../../src/report/index.ts"
import { gradcheck } from "../support/command.ts"
import { hold, shown, timeless } from "../support/golden.ts"

const formats = [...reportFormats.keys()]
const folder = mkdtempSync(join(tmpdir(), "gradcheck-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** One run writes all formats, and nothing beside them. */
function reports(name: string, args: readonly string[], code: number): ReadonlyMap<string, string> {
  const own = join(folder, name)
  const ran = gradcheck([...args, ...formats.flatMap((f) => ["--format", `${f}=${join(own, f)}`])])
  expect(ran.code, ran.err).toBe(code)
  expect(readdirSync(own).sort()).toEqual([...formats].sort())
  return new Map(formats.map((f) => [f, readFileSync(join(own, f), "utf8")]))
}

// Why: expressions have no file and no line to speak of, and yet each format needs a place.
describe.each([
  ["clean", ["lint", "fixtures/formats/healthy.py"], 0],
  ["findings", ["lint", "fixtures/formats/mixed.py"], 1],
  ["unreadable", ["lint", "fixtures/formats/unreadable.py"], 0],
  ["nothing", ["lint", "fixtures/formats/plain.py"], 0],
  ["expressions", ["1 - f1(y, p)", "abs(y-p)", "1 +"], 2],
] as const)("%s", (name, args, code) => {
  const written = reports(name, args, code)
  it.each(formats)("%s", (format) => hold(`format-${format}-${name}`, timeless(written.get(format)!)))
})

describe("several files", () => {
  it.each([
    ["lint-files", "80", []],
    ["lint-files-wide", "200", []],
    ["lint-files-narrow", "60", ["-q"]],
    ["lint-files-verbose", "100", ["-v"]],
    ["lint-files-ascii", "100", ["--ascii"]],
  ] as const)("%s", (name, columns, flags) => hold(name, shown(["lint", "fixtures/formats", ...flags], columns)))
})
