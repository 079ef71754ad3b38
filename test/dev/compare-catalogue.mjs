// Compares the built library with what catalogue_torch.py recorded: value and gradient of every entry at the same points.
import { readFileSync } from "node:fs"
import { evaluate } from "../../dist/index.js"

const read = (x) => (Array.isArray(x) ? x.map(read) : typeof x === "string" ? Number(x.replace("inf", "Infinity")) : x)
const flat = (x) => [x].flat(9)
const rows = JSON.parse(readFileSync(process.argv[2], "utf8"))
const tally = { drawn: [0, 0], special: [0, 0] }
let worst = 0
for (const row of rows) {
  const shaped = Array.isArray(row.weights)
  // A value with a shape is weighted as the recording does, so that the gradients are of the same number.
  const lines = row.expr.split("\n")
  const last = lines.pop()
  const expr = shaped ? [...lines, `(${last})*_weights`].join("\n") : row.expr
  const at = {
    ...Object.fromEntries(Object.entries(row.at).map(([k, v]) => [k, read(v)])),
    ...(shaped ? { _weights: read(row.weights) } : {}),
  }
  const names = Object.keys(row.gradient)
  const ours = evaluate(expr, { at, wrt: names })
  const value = flat(
    evaluate(row.expr, { at: Object.fromEntries(Object.entries(at).filter(([k]) => k !== "_weights")), wrt: names })
      .value,
  )
  const pairs = [
    [value, flat(read(row.value)), "value"],
    ...names.map((n) => [
      ours.gradients[n] === null ? undefined : flat(ours.gradients[n]),
      row.gradient[n] === null ? undefined : flat(read(row.gradient[n])),
      n,
    ]),
  ]
  const size = Math.max(
    1e-300,
    ...pairs
      .flatMap(([, b]) => b ?? [])
      .filter(Number.isFinite)
      .map(Math.abs),
  )
  const faults = []
  for (const [a, b, name] of pairs) {
    if ((a === undefined) !== (b === undefined)) {
      faults.push(`${name}: ${a === undefined ? "no path" : "a path"} against torch`)
      continue
    }
    for (let i = 0; i < (b?.length ?? 0); i++) {
      const same = Object.is(a[i], b[i]) || a[i] === b[i] || (Number.isNaN(a[i]) && Number.isNaN(b[i]))
      // What is left of terms that cancel is rounding noise on both sides.
      const noise = Math.abs(a[i]) < 1e-15 && Math.abs(b[i]) < 1e-15
      const off = same || noise ? 0 : Math.abs(a[i] - b[i]) / Math.max(Math.abs(b[i]), 1e-9 * size)
      if (Number.isFinite(off)) worst = Math.max(worst, off)
      if (!(off <= 1e-9)) {
        faults.push(`${name}[${i}]: ${a[i]} against ${b[i]}`)
        break
      }
    }
  }
  tally[row.kind][faults.length ? 1 : 0]++
  if (faults.length)
    console.log(`${row.id} (${row.kind}) ${JSON.stringify(row.at).slice(0, 120)}: ${faults.join("; ")}`)
}
console.log(
  `drawn points: ${tally.drawn[0]} equal, ${tally.drawn[1]} not; special points: ${tally.special[0]} equal, ${tally.special[1]} not; largest relative difference ${worst.toExponential(1)}`,
)
