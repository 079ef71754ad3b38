// Before all tests: builds the command and the library, unless they are newer than every source.
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, statSync } from "node:fs"

const built = "bin/gradcheck.js"

export function setup(): void {
  const sources = ["build.mjs", "package.json", ...readdirSync("src", { recursive: true, encoding: "utf8" }).map((f) => `src/${f}`)]
  const newest = Math.max(...sources.map((f) => statSync(f).mtimeMs))
  if (!existsSync(built) || !existsSync("dist/index.js") || statSync(built).mtimeMs < newest) execFileSync(process.execPath, ["build.mjs"], { stdio: "inherit" })
}
