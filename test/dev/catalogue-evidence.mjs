// What the evidence reaches on a catalogue such as ../shared/catalogue/open.json: certified shares, dead shares, traps, tails,
// and the time of all four number formats.
//   node build.mjs && node test/dev/catalogue-evidence.mjs ../shared/catalogue/open.json
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { check, evaluate } from "../../dist/index.js"

const file = process.argv[2]
const { entries } = JSON.parse(readFileSync(file, "utf8"))
// The catalogue's own reading of its distributions, so that both measure at the same ranges.
const score = readFileSync(join(dirname(file), "score.mjs"), "utf8")
const rangeOf = new Function(
  `return (() => {${score.slice(score.indexOf("let state = 12345"), score.indexOf("const ROLE ="))}\nreturn range})()`,
)()
const roles = { activation: "activation", attention: "activation", quantization: "activation", metric: "metric" }
const optionsOf = (e, dtype) => ({
  inputs: Object.fromEntries(e.inputs.map((i) => [i.name, rangeOf(i)])),
  wrt: e.params,
  role: roles[e.family] ?? "loss",
  maximize: e.direction === "max",
  given: e.ensure,
  dtype,
  samples: 1000,
  seed: 0,
})

/** Least and greatest number that a distribution of the catalogue draws. */
function bounds(dist) {
  const [, name, rest] = /^(\w+)(?:\((.*)\))?$/.exec(dist)
  const numbers = (rest ?? "").split(",").map(Number)
  if (["uniform", "randint", "sorted_uniform"].includes(name)) return numbers
  if (["bernoulli", "simplex", "onehot"].includes(name)) return [0, 1]
  if (["sign", "unit"].includes(name)) return [-1, 1]
  if (name === "const") return [numbers[0], numbers[0]]
  if (name === "boxes") return [0, 1.5]
  return ["exponential", "gamma", "poisson"].includes(name)
    ? [0, Number.POSITIVE_INFINITY]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
}
function inRange(e, at) {
  return Object.entries(at).every(([name, value]) => {
    const { dist } = e.inputs.find((i) => i.name === name)
    const [low, high] = bounds(dist)
    const filled = typeof value === "object" && !Array.isArray(value)
    if (filled && ["simplex", "onehot", "unit"].includes(dist.split("(")[0])) return false
    const numbers = filled ? [value.fill] : typeof value === "string" ? [] : [value].flat(9)
    return numbers.every((x) => x >= low && x <= high)
  })
}

const certified = { of: 0, reached: 0 }
const shares = { of: 0, off: [] }
const traps = { of: 0, found: 0, missed: [] }
const dead = { of: 0, proved: 0 }
for (const e of entries) {
  const result = check(e.expr, optionsOf(e, "float64"))
  const scalar = e.inputs.every((i) => i.shape.length === 0)
  for (const p of e.params) {
    const found = result.parameters[p]
    const isDead = ["dead", "disconnected"].includes(found.verdict)
    if (isDead) {
      dead.of++
      if (found.proved) dead.proved++
    }
    if (scalar && (e.truth.per_param?.[p] ?? e.truth.verdict) === "alive") {
      certified.of++
      if (found.certified.live >= 0.95) certified.reached++
    }
    const truth = e.truth.dead_share?.[p]
    if (typeof truth !== "object" || truth === null || isDead) continue
    for (const of of ["elements", "points"]) {
      shares.of++
      if (Math.abs(found.zero[of] - truth[of]) > 0.02)
        shares.off.push(`${e.id} ${p} ${of} ${found.zero[of]} ${truth[of]}`)
    }
  }
  const points = (e.truth.nonfinite ?? []).filter(
    (x) => x.at && x.form === "expr" && x.dtype === "float64" && inRange(e, x.at),
  )
  if (points.length === 0) continue
  traps.of++
  if (result.findings.some((f) => ["nan-gradient", "infinite-slope", "non-finite-loss"].includes(f.rule))) traps.found++
  else traps.missed.push(`${e.id} ${JSON.stringify(points[0].at)} ${e.ensure ?? ""}`)
}
console.log(`dead parameters proved: ${dead.proved} of ${dead.of}`)
console.log(`living scalars certified over at least 95% of their ranges: ${certified.reached} of ${certified.of}`)
console.log(`dead shares within 2 points: ${shares.of - shares.off.length} of ${shares.of}`, shares.off)
console.log(`traps in range found: ${traps.found} of ${traps.of}`, traps.missed)

const tails = { of: 0, same: 0, other: [] }
for (const e of entries) {
  const [p] = e.params
  if (!e.measured?.tails?.expr || e.inputs.length > 1) continue
  for (const dtype of ["float32", "float64"])
    for (const [side, sign] of [
      ["neg", -1],
      ["pos", 1],
    ]) {
      const from = e.measured.tails.expr[dtype]?.[side]?.exact_zero_from
      if (from == null) continue
      tails.of++
      const g = evaluate(e.expr, { at: { [p]: sign * from }, dtype }).gradients[p]
      if (g === 0) tails.same++
      else tails.other.push(`${e.id} ${dtype} at ${sign * from}: ${g}`)
    }
}
console.log(`tails exactly 0 where torch's are: ${tails.same} of ${tails.of}`, tails.other)

const started = performance.now()
for (const e of entries)
  for (const dtype of ["float64", "float32", "bfloat16", "float16"]) check(e.expr, optionsOf(e, dtype))
console.log(`all entries in four formats: ${((performance.now() - started) / 1000).toFixed(1)} s`)
