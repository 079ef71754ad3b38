// The folder list is the line: each stage may import only what lies to its left, and files stay small enough to be read at once.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { describe, expect, it } from "vitest"

const order = ["source", "syntax", "ops", "definitions", "graph", "gradient", "samples", "findings", "report", "cli"]
const root = new URL("../../src", import.meta.url).pathname

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : path.endsWith(".ts") ? [path] : []
  })
}
const all = files(root).map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }))
const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "")

describe("folders", () => {
  it("hold the stages and nothing else", () => {
    expect([...new Set(all.map((f) => folderOf(f.path)).filter(Boolean))].sort()).toEqual([...order].sort())
  })

  it.each(all)("$path imports only from the left", ({ path, text }) => {
    const own = order.indexOf(folderOf(path))
    if (own < 0) return
    for (const [, target] of text.matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)) {
      const to = relative(root, join(root, path, "..", target!))
      const folder = folderOf(to)
      // The thread (src/check.ts, src/index.ts) is what the command line calls; nobody else may look back at it.
      if (folder === "") expect(`${path} imports ${to}`, "only cli/ calls the thread").toMatch(/^cli\//)
      else
        expect(order.indexOf(folder), `${path} imports ${to}: data flows ${order.join(" < ")}`).toBeLessThanOrEqual(own)
    }
  })

  it("no file is over 400 lines, half of them are under 120, each begins with what it is", () => {
    const lines = all.map((f) => f.text.split("\n").length).sort((a, b) => a - b)
    expect(all.filter((f) => f.text.split("\n").length > 400).map((f) => f.path)).toEqual([])
    expect(lines[lines.length >> 1]!).toBeLessThan(120)
    expect(all.filter((f) => !/^(#![^\n]*\n)?\/\/ [^\n]{20,}/.test(f.text)).map((f) => f.path)).toEqual([])
  })

  it("only cli/ touches files, the clock, the environment and the terminal", () => {
    const touching = all.filter(
      (f) =>
        folderOf(f.path) !== "cli" &&
        f.path !== "index.ts" &&
        /\bprocess\.|from "node:|console\.|Date\.now|performance\.now/.test(f.text),
    )
    expect(touching.map((f) => f.path)).toEqual([])
  })
})
