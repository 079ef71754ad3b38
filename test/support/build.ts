// Before all tests: builds the command, unless it is newer than every source.
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, rmSync, statSync } from "node:fs"

const built = "bin/gradcheck.js"

/** A command that cannot be built fails the tests that run it, and no others. */
export function setup(): void {
  const sources = [
    "build.mjs",
    "package.json",
    ...readdirSync("src", { recursive: true, encoding: "utf8" }).map((f) => `src/${f}`),
  ]
  const newest = Math.max(...sources.map((f) => statSync(f).mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  try {
    execFileSync(process.execPath, ["build.mjs", "--command"], { stdio: "inherit" })
  } catch {
    rmSync("bin", { recursive: true, force: true })
  }
}
