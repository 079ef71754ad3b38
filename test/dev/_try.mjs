import { build } from "esbuild"

const b = await build({
  entryPoints: ["/work/main/test/syntax/shape.ts"],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
})
const { shapes, parse } = await import(
  "data:text/javascript;base64," + Buffer.from(b.outputFiles[0].text).toString("base64")
)

import { readFileSync } from "node:fs"

for (const t of readFileSync(process.argv[2], "utf8").split("\n---\n")) {
  console.log(JSON.stringify(t))
  for (const s of shapes(t)) console.log("   ", s)
}
