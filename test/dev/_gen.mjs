import { readFileSync, writeFileSync } from "node:fs"
import { build } from "esbuild"

const b = await build({
  entryPoints: ["/work/main/test/syntax/shape.ts"],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
})
const { shapes } = await import("data:text/javascript;base64," + Buffer.from(b.outputFiles[0].text).toString("base64"))
const list = (file) =>
  "[" +
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n---\n")
    .map((t) => `[${JSON.stringify(t)}, ${JSON.stringify(shapes(t).join("\n"))}]`)
    .join(",\n") +
  "]"
const out = readFileSync("/tmp/file.test.tpl", "utf8")
  .replace("@CASES@", () => list("/tmp/cases.txt"))
  .replace("@REC@", () => list("/tmp/rec.txt"))
  .replace("@SOFT@", () => list("/tmp/soft.txt"))
  .replace("@STR@", () => list("/tmp/str.txt"))
const parts = out.split("@@FILE ").slice(1)
for (const part of parts) {
  const i = part.indexOf("\n")
  writeFileSync("/work/main/test/syntax/" + part.slice(0, i), part.slice(i + 1))
}
