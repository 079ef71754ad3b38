// Texts held byte for byte. UPDATE_GOLDEN=1 writes them anew; read what has changed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { expect } from "vitest"
import { gradcheck } from "./command.ts"

/** Time is the one thing that differs from run to run. */
export const timeless = (text: string): string =>
  text
    .replace(/"seconds": ?[\d.e-]+/g, '"seconds": 0')
    .replace(/^( {2}time +)[\d.]+ s$/gm, "$10 s")
    .replace(/(^| [·-] )[\d.]+ s(?=$|<)/gm, "$10 s")
    .replace(/\btime="[\d.]+"/g, 'time="0"')
    .replace(/timestamp="[^"]+"/g, 'timestamp="…"')

/** A command with its output, as a terminal of so many columns shows it. */
export function shown(args: readonly string[], columns: string): string {
  const { code, out, err } = gradcheck(args, { env: { COLUMNS: columns } })
  const command = args.map((a) => (/^[\w./=-]+$/.test(a) ? a : `"${a}"`)).join(" ")
  return `$ gradcheck ${command}\n${timeless(err + out)}[exit ${code}]\n`
}

export function hold(name: string, text: string): void {
  const file = `fixtures/golden/${name}.txt`
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync("fixtures/golden", { recursive: true })
    writeFileSync(file, text)
  }
  expect(text).toBe(readFileSync(file, "utf8"))
}
