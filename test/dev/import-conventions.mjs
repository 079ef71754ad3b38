// Carries the facts of ../shared/reference over into fixtures/kink-conventions.json: run again when either side changes.
//
// Usage: node test/dev/import-conventions.mjs [probes.json]
// With probes.json (made by record-probes.py) torch's numbers keep all digits; without, the six of the reference.
import { readFileSync, writeFileSync } from "node:fs"
import { kinks, lossTexts, reasons, saturation } from "./convention-kinks.mjs"
import { ownTexts, texts } from "./convention-texts.mjs"

const at = (path) => new URL(`../../${path}`, import.meta.url)
const reference = JSON.parse(readFileSync(at("../shared/reference/framework-gradients.json"), "utf8"))
const given = process.argv[2]
const probes = given ? JSON.parse(readFileSync(given, "utf8")).probes : reference.torch_measured.probes

const spec = (entry) => (Array.isArray(entry) ? entry : ["x", entry])
const rows = []
const skipped = []

/** One expectation: the gradient of a text's sum at a point, under one framework. */
function add(id, framework, entry, point, expected) {
  const [args, text] = spec(entry)
  const names = args.split(", ")
  const byName = (values) => Object.fromEntries(names.map((n, k) => [n, values?.[k] ?? null]))
  const { gradient, kind, value, format } = expected
  rows.push({
    id,
    framework,
    text,
    at: byName(point),
    ...(value === undefined ? {} : { value }),
    ...(kind ? { kind } : { gradient: byName(names.length === 1 ? [gradient] : gradient) }),
    ...(format ? { format } : {}),
  })
}

/** Left and right of a kink, the reference measured at this distance. */
const EPS = 1e-6

function probe(id, entry) {
  const p = probes[id]
  if (!p) return skipped.push([id, "no such probe"])
  const usable = (r) => r.outcome !== "error"
  const measured = (r) => ({
    gradient: r.grad ?? null,
    ...(typeof r.y === "boolean" ? { value: Number(r.y) } : r.y === undefined ? {} : { value: r.y }),
  })
  if (p.kind === "scalar") {
    for (const k of p.kinks)
      for (const [side, x] of [
        ["left", k.kink - EPS],
        ["at", k.kink],
        ["right", k.kink + EPS],
      ])
        if (usable(k[side]))
          add(`${id}@${k.kink}${side === "at" ? "" : ` ${side}`}`, "torch", entry, [x], { gradient: k[side].grad })
    for (const r of p.points) if (usable(r)) add(`${id}@${r.x}`, "torch", entry, [r.x], measured(r))
  } else for (const [k, c] of p.cases.entries()) if (usable(c)) add(`${id}#${k}`, "torch", entry, c.in, measured(c))
}

for (const [id, entry] of Object.entries({ ...texts, ...lossTexts, ...ownTexts })) probe(id, entry)

const classes = new Set(["value", "zero", "nan", "inf", "none"])
/** The point that a reference to a probe (id#case, id@point) stands for. */
function pointOf(ref) {
  const [, id, mark, rest] = /^(.*)([@#])(.*)$/.exec(ref)
  return mark === "@" ? [Number(rest)] : probes[id].cases[Number(rest)].in
}
for (const op of reference.ops) {
  for (const [list, place] of [
    ["kinks", "at"],
    ["traps", "when"],
  ])
    for (const row of op[list]) {
      const key = `${op.id}: ${row[place]}`
      const own = kinks[key]
      if (typeof own === "string") {
        skipped.push([key, own])
        continue
      }
      const id = own?.probe ?? (row.probe && !/[@#]/.test(row.probe) ? `${row.probe}#0` : row.probe)
      const name = id?.replace(/[@#].*$/, "")
      for (const framework of ["torch", "tf", "jax"]) {
        const fact = row[framework]
        const entry = own && framework in own ? own[framework] : (own?.text ?? texts[name])
        if (fact === null || fact === "n/a" || fact === "error" || entry === null) continue
        if (entry === undefined) {
          skipped.push([key, "no expression"])
          continue
        }
        const point = own?.at ?? pointOf(id)
        const [args] = spec(entry)
        const several = args.includes(", ")
        const wanted = own?.expect?.[framework] ?? fact
        const asKind = classes.has(wanted) && (list === "traps" || several || Array.isArray(point[0]))
        add(
          `${list === "kinks" ? "kink" : "trap"} ${key}`,
          framework,
          entry,
          point,
          asKind ? { kind: wanted } : { gradient: several && !Array.isArray(wanted) ? [wanted] : wanted },
        )
      }
    }
}

// Exactly 0 by rounding alone: at the threshold, and not one step of the grid before it.
const GRID = 0.25
for (const [id, text] of Object.entries(saturation)) {
  const { direction, ...byFormat } = reference.torch_measured.probes[id]
  for (const format of ["float64", "float32"]) {
    const x = byFormat[format]
    const back = direction === "right" ? -GRID : GRID
    add(`${id} ${format}`, "torch", text, [x], { kind: "zero", format })
    add(`${id} ${format}, one step before`, "torch", text, [x + back], { kind: "value", format })
  }
}

for (const id of Object.keys(reference.torch_measured.probes)) {
  const p = reference.torch_measured.probes[id]
  if (p.kind !== "message" && p.kind !== "saturation" && !(id in texts) && !(id in lossTexts))
    skipped.push([id, reasons.find(([pattern]) => pattern.test(id))?.[1] ?? "?"])
}
const text = `{\n"source": "shared/reference/framework-gradients.json, torch ${reference.torch_measured.torch}; made by test/dev/import-conventions.mjs",\n"digits": ${given ? 17 : 6},\n"rows": [\n${rows.map((r) => JSON.stringify(r)).join(",\n")}\n],\n"left_out": [\n${skipped.map((r) => JSON.stringify(r)).join(",\n")}\n]\n}\n`
writeFileSync(at("fixtures/kink-conventions.json"), text)

// The spellings that the reference names and that are plain paths: torch.clamp, F.relu, Tensor.abs.
const path = /^(torch|F|nn|Tensor|tf|keras|jax|jnp|lax|optax|numpy)(\.\w+)+$/
const spellings = reference.ops.flatMap((op) =>
  Object.values(op.names)
    .flat()
    .filter((name) => path.test(name) && !name.endsWith("_"))
    .map((name) => [name.replace(/^tf\.keras\.backend\./, "K."), op.id]),
)
const unique = [...new Map(spellings)]
writeFileSync(
  at("fixtures/spellings.json"),
  `{\n"source": "shared/reference/framework-gradients.json, ops[].names",\n"rows": [\n${unique.map((r) => JSON.stringify(r)).join(",\n")}\n]\n}\n`,
)
console.log(`${rows.length} rows, ${skipped.length} left out`)
