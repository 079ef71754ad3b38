import { readFileSync } from "node:fs"
import { it } from "vitest"
import { evaluateAt } from "./support/evaluate.ts"

it("all", () => {
  const { rows } = JSON.parse(readFileSync(new URL("../fixtures/named-torch.json", import.meta.url), "utf8"))
  const seen = new Map<string, number>()
  const worst = new Map<string, [number, string]>()
  for (const r of rows) {
    let say = ""
    const close = (a: number[], b: number[]) => {
      if (a.length !== b.length) return Infinity
      const size = Math.max(...b.map(Math.abs), 1e-3)
      return Math.max(...a.map((x, i) => Math.abs(x - b[i]!) / Math.max(Math.abs(b[i]!), size * 1e-3)))
    }
    try {
      const wrt = Object.keys(r.gradients ?? {})
      const framework =
        r.library === "torch" || r.library === "attention" || r.library === "own"
          ? "torch"
          : r.library === "optax"
            ? "jax"
            : r.library === "sklearn"
              ? "numpy"
              : "tf"
      const got = evaluateAt(r.text, r.inputs, { wrt, framework: framework as "torch" })
      let e = close(got.value, r.value)
      if (!(e < 1e-9)) say = `value ${got.value.slice(0, 4)} for ${r.value.slice(0, 4)}`
      for (const k of wrt) {
        const g = close(got.gradients[k] ?? [], r.gradients[k])
        if (!(g < 1e-9)) say += ` gradient ${k} ${got.gradients[k]?.slice(0, 4)} for ${r.gradients[k].slice(0, 4)}`
        e = Math.max(e, g)
      }
      if (!say && e > (worst.get(r.library)?.[0] ?? 0)) worst.set(r.library, [e, r.text])
    } catch (error) {
      const p = error as {
        headline?: string
        message: string
        mark?: { text: string; span: { source: { name: string; text: string }; start: number; end: number } }
      }
      say = `${p.headline ?? p.message} ${p.mark?.text ?? ""} @ ${p.mark?.span.source.name}: ${p.mark?.span.source.text.slice(p.mark.span.start, p.mark.span.end)}`
    }
    if (say) {
      const key = r.text
      const n = seen.get(key) ?? 0
      seen.set(key, n + 1)
      if (n < 1) console.log(`${r.library} | ${r.text} | ${say}`)
    }
  }
  console.log(
    rows.length,
    [...seen.values()].reduce((a, b) => a + b, 0),
    worst,
  )
})
