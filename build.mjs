// Builds what is shipped: the command in bin/ and the library with its types in dist/. Needs nothing but node_modules.
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"
import { build, transform } from "esbuild"

const { version } = JSON.parse(readFileSync("package.json", "utf8"))
const target = "node20"
const shared = {
  bundle: true,
  platform: "node",
  target,
  format: "esm",
  charset: "utf8",
  logLevel: "warning",
  legalComments: "none",
  define: { GRADCHECK_VERSION: JSON.stringify(version) },
}

// Tests need the command only.
if (!process.argv.includes("--command")) {
  rmSync("dist", { recursive: true, force: true })
  await build({ ...shared, entryPoints: { index: "src/index.ts" }, outdir: "dist" })
  declarations()
}
await command()

/** TypeScript writes the types of every module of the library beside the bundle; `npm run check` is what checks them. */
function declarations() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc")
  execFileSync(process.execPath, [tsc, "--project", "tsconfig.build.json", "--noCheck"], { stdio: "inherit" })
}

/**
 * Only ES modules can be split by esbuild and only CommonJS starts fast (the loader of ES modules costs 10 ms), so the
 * pieces are made as the one and turned into the other. A piece is read when the command needs it.
 */
async function command() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { gradcheck: "src/cli/main.ts" },
    outdir: "bin",
    chunkNames: "[name]-[hash]",
    splitting: true,
    minify: true,
    write: false,
  })
  mkdirSync("bin", { recursive: true })
  writeFileSync(join("bin", "package.json"), '{ "type": "commonjs" }\n')
  const made = new Set(["package.json", ...outputFiles.map(({ path }) => basename(path))])
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: "cjs",
      platform: "node",
      target,
      charset: "utf8",
      minify: true,
      supported: { "dynamic-import": false },
    })
    const main = basename(path) === "gradcheck.js"
    writeFileSync(join("bin", basename(path)), main ? `#!/usr/bin/env node\n${code}` : code)
  }
  chmodSync(join("bin", "gradcheck.js"), 0o755)
  for (const old of readdirSync("bin")) if (!made.has(old)) rmSync(join("bin", old), { recursive: true })
}
