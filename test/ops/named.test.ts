import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { spellings } from "../../src/ops/helpers.ts"
import { compositions, secondNames } from "../../src/ops/named/index.ts"
import type { Composition, Framework } from "../../src/ops/record.ts"
import { isSilent } from "../../src/ops/signature.ts"
import { entryOf, knownPaths, operations, signatureOf, spellingsOf } from "../../src/ops/table.ts"
import { parseProgram } from "../../src/syntax/parse.ts"
import { type Evaluation, evaluateAt, type Numbers, prepare, shapeOf } from "../support/evaluate.ts"
import { type Inputs, plausible } from "../support/named.ts"
import { randomFrom, seedOf } from "../support/random.ts"

interface Row {
  readonly library: string
  readonly text: string
  readonly inputs: Inputs
  readonly value: readonly number[]
  readonly gradients?: Readonly<Record<string, readonly number[]>>
}
const recorded: { versions: Record<string, string>; rows: Row[] } = JSON.parse(
  readFileSync(new URL("../../fixtures/named-torch.json", import.meta.url), "utf8"),
)
const conventions = new Map<string, Framework>([
  ["keras", "tf"],
  ["tensorflow", "tf"],
  ["optax", "jax"],
  ["sklearn", "numpy"],
])

/** The largest relative error; an element far below the largest is measured against a thousandth of that. */
function errorOf(got: readonly number[] | null | undefined, want: readonly number[]): number {
  if (got?.length !== want.length) return Infinity
  const size = Math.max(...want.map(Math.abs), 1e-3)
  return Math.max(0, ...got.map((x, k) => Math.abs(x - want[k]!) / Math.max(Math.abs(want[k]!), size / 1000)))
}

/** torch keeps 1/6, 1/alpha and 1e-12 in single precision there, even when it computes in double. */
const single = /hardsigmoid|F\.celu\(x, 0\.7\)|F\.binary_cross_entropy\(x, z/i

// Why: users compare with the numbers that their framework prints; a default that differs would change the verdict.
describe("values and gradients as recorded", () => {
  const texts = new Map<string, Row[]>()
  for (const row of recorded.rows) {
    const name = `${row.library}: ${row.text}`
    texts.set(name, [...(texts.get(name) ?? []), row])
  }
  it.each([...texts])("%s", (_, rows) => {
    for (const row of rows) {
      const wrt = Object.keys(row.gradients ?? {})
      const got = evaluateAt(row.text, row.inputs, { wrt, framework: conventions.get(row.library) ?? "torch" })
      const bound = single.test(row.text) ? 1e-7 : 1e-9
      const about = JSON.stringify(row.inputs)
      expect(errorOf(got.value, row.value), `value ${got.value} for ${row.value} at ${about}`).toBeLessThan(bound)
      for (const name of wrt) {
        const [mine, theirs] = [got.gradients[name], row.gradients![name]!]
        expect(errorOf(mine, theirs), `gradient of ${name} ${mine} for ${theirs} at ${about}`).toBeLessThan(bound)
      }
    }
  })
  it("covers every loss and activation with a torch spelling", () => {
    const run = recorded.rows.filter((r) => r.library === "torch").map((r) => r.text)
    const missing = compositions
      .filter((c) => c.family === "loss" || c.family === "activation")
      .flatMap((c) => spellings(c.names))
      .map((n) => n.slice(0, n.indexOf("(")))
      .filter((path) => /^(F|nn)\./.test(path) && !path.endsWith("_"))
      .filter((path) => !run.some((text) => text.includes(`${path}(`)))
    // In inference the same as the function, drawn anew each time, or an old name of NLLLoss.
    expect([...new Set(missing)]).toEqual(["nn.RReLU", "F.gumbel_softmax", "nn.NLLLoss2d"])
  })
})

const named = compositions.filter((c) => c.family !== "function")
const at = (entry: Composition): { text: string; inputs: Inputs; got: Evaluation } => {
  const { text, inputs } = plausible(entry, randomFrom(seedOf(entry.name)))
  return { text, inputs, got: evaluateAt(text, inputs) }
}

/** A copy of the inputs with one number moved. */
function moved(inputs: Inputs, name: string, index: number, by: number): Inputs {
  let k = 0
  const walk = (x: Numbers): Numbers => (typeof x === "number" ? (k++ === index ? x + by : x) : x.map(walk))
  return { ...inputs, [name]: walk(inputs[name]!) }
}
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)

const drawsNoise = new Set(["gumbel_softmax"])

// Why: a body is text that no compiler reads; one that does not parse or trace would fail in the user's hands.
describe("bodies", () => {
  it.each(compositions.map((c) => [c.name, c] as const))("%s parses", (name, c) => {
    expect(parseProgram({ name, text: c.body.trim().replace(/\n\s+/g, "\n") }).body.length).toBeGreaterThan(0)
  })
  it.each(named.map((c) => [c.name, c] as const))("%s traces to finite numbers", (_, c) => {
    if (drawsNoise.has(c.name)) {
      const { text, inputs } = plausible(c, randomFrom(1))
      const shapes = Object.fromEntries(Object.entries(inputs).map(([n, v]) => [n, shapeOf(v)]))
      expect(prepare(text, shapes).root.shape.length, text).toBeGreaterThan(0)
      return
    }
    const { text, inputs, got } = at(c)
    expect(got.value.length, text).toBeGreaterThan(0)
    expect(got.value.every(Number.isFinite), `${text} is ${got.value} at ${JSON.stringify(inputs)}`).toBe(true)
    for (const g of Object.values(got.gradients)) expect(g?.every(Number.isFinite) ?? true, text).toBe(true)
  })

  // Straight-through estimators and weights that are held differ from the slope of their value on purpose; noise has no second draw.
  const estimators = new Set(["straight_through", "gumbel_softmax", "gaussian_nll", "complete_box_iou_loss"])
  it.each(named.filter((c) => !estimators.has(c.name)).map((c) => [c.name, c] as const))(
    "%s has the slope of its value",
    (_, c) => {
      const { text, inputs, got } = at(c)
      for (const [name, gradient] of Object.entries(got.gradients)) {
        // Labels and class numbers are not moved: comparisons with them would jump.
        if (!gradient || ["y", "n", "k", "mask", "pad", "ypad"].includes(name)) continue
        gradient.slice(0, 6).forEach((g, index) => {
          const h = 1e-5
          const [up, down] = [h, -h].map((by) => sum(evaluateAt(text, moved(inputs, name, index, by)).value))
          expect(Math.abs((up! - down!) / (2 * h) - g), `${text}, ${name}[${index}]`).toBeLessThan(
            1e-5 * (1 + Math.abs(g)),
          )
        })
      }
    },
  )
  it("have names of their own", () => {
    const names = compositions.map((c) => c.name)
    expect(names.filter((n, k) => names.indexOf(n) !== k)).toEqual([])
    expect(names.filter((n) => operations.some((op) => op.name === n))).toEqual([])
    const second = secondNames.map(([n]) => n)
    expect(second.filter((n, k) => second.indexOf(n) !== k || names.includes(n))).toEqual([])
  })
})

// Why: four libraries order the axes and lengths of CTC differently; all must mean the same loss.
it("CTC is one loss under all its spellings", () => {
  const random = randomFrom(11)
  const z = Array.from({ length: 5 }, () => Array.from({ length: 2 }, () => [random(), random(), random()]))
  const inputs = {
    z,
    y: [
      [1, 2],
      [2, 2],
    ],
    n: [5, 5],
    k: [2, 2],
    pad: [
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
    ypad: [
      [0, 0],
      [0, 0],
    ],
  }
  const all = [
    "F.ctc_loss(log_softmax(z), y, n, k, reduction='none')",
    "nn.CTCLoss(reduction='none')(log_softmax(z), y, n, k)",
    "tf.nn.ctc_loss(y, z, k, n)",
    "keras.ops.ctc_loss(y, swapaxes(z, 0, 1), k, n)",
    "keras.losses.ctc(y, swapaxes(z, 0, 1))",
    "optax.ctc_loss(swapaxes(z, 0, 1), pad, y, ypad)",
  ].map((text) => evaluateAt(text, inputs, { wrt: ["z"] }))
  for (const one of all) {
    expect(errorOf(one.value, all[0]!.value)).toBeLessThan(1e-12)
    expect(errorOf(one.gradients.z, all[0]!.gradients.z!)).toBeLessThan(1e-12)
  }
  const short = evaluateAt(
    "F.ctc_loss(log_softmax(z), y, n, k, zero_infinity=True)",
    { ...inputs, n: [1, 1] },
    { wrt: ["z"] },
  )
  expect(short.value).toEqual([0])
  expect(evaluateAt("F.ctc_loss(log_softmax(z), y, n, k)", { ...inputs, n: [1, 1] }).value).toEqual([Infinity])
})

/** Predictions a tenth of the way closer to their labels. */
const closer = (p: Numbers, y: Numbers): Numbers =>
  typeof p === "number" ? p + 0.1 * ((y as number) - p) : p.map((x, k) => closer(x, (y as readonly Numbers[])[k]!))

// Why: a help line that is dead itself, or that leads away from the labels, is worse than none.
describe("losses to train on instead", () => {
  const offers = compositions.flatMap((c) => (c.instead ?? []).map((s) => [`${c.name}: ${s.write}`, c, s] as const))
  it.each(offers)("%s", (_, c, { write, when, turns }) => {
    const { text, inputs, got } = at(c)
    const target = "p" in inputs ? "p" : Object.keys(inputs)[0]!
    expect(got.gradients[target] ?? [0], `${text} is alive itself`).toEqual((got.gradients[target] ?? [0]).map(() => 0))
    if (when && !evaluateAt(when, inputs).value.every(Boolean)) return
    // Settings that the call leaves at their defaults.
    const defaults = signatureOf(c).calls![0]!.filter((p) => !p.required && typeof p.default === "number")
    const all = { ...Object.fromEntries(defaults.map((p) => [p.target, p.default as number])), ...inputs }
    const used = Object.fromEntries(Object.entries(all).filter(([n]) => new RegExp(`\\b${n}\\b`).test(write)))
    const soft = evaluateAt(write, used)
    expect(
      soft.gradients[target]?.some((g) => g !== 0 && Number.isFinite(g)),
      write,
    ).toBe(true)
    const { y, p } = inputs
    if (c.family === "metric" && y && p && sameShape(y, p)) {
      const better = evaluateAt(write, { ...used, p: closer(p, y) })
      expect(sum(better.value), `${write} is no less for better predictions`).toBeLessThan(sum(soft.value))
      const exact = { ...inputs, p: y }
      const rises = sum(evaluateAt(text, exact).value) > sum(got.value)
      const falls = sum(evaluateAt(text, exact).value) < sum(got.value)
      if (rises || falls) expect(turns ?? false, `${c.name} ${rises ? "rises" : "falls"}`).toBe(rises)
    }
  })
})
const sameShape = (a: Numbers, b: Numbers): boolean =>
  typeof a === "number" || typeof b === "number"
    ? typeof a === typeof b
    : a.length === b.length && (a.length === 0 || sameShape(a[0]!, b[0]!))

// Why: a spelling whose parameters lead nowhere would silently drop what the user wrote.
describe("spellings", () => {
  it("lead to their entry, with targets that exist", () => {
    const wrong: string[] = []
    for (const path of knownPaths()) {
      const found = spellingsOf(path)
      if (found.length === 0) wrong.push(`${path} resolves to nothing`)
      for (const { entry, signature } of found) {
        const own = new Set(signatureOf(entry).calls![0]!.map((p) => p.target))
        for (const p of (signature.calls ?? []).flat())
          if (!isSilent(p) && !own.has(p.target)) wrong.push(`${path}: ${p.name} → ${p.target} of ${entry.name}`)
      }
    }
    expect(wrong).toEqual([])
  })
  it("know long module paths", () => {
    for (const [path, entry] of [
      ["torch.nn.functional.binary_cross_entropy", "bce"],
      ["torch.nn.BCELoss", "bce"],
      ["tf.keras.losses.BinaryCrossentropy", "_keras_bce"],
      ["tensorflow.keras.metrics.AUC", "_keras_auc"],
      ["sklearn.metrics.f1_score", "f1"],
      ["optax.losses.l2_loss", "_optax_l2"],
      ["tf.losses.mean_squared_error", "_keras_mse"],
    ] as const)
      expect(spellingsOf(path).map((s) => s.entry.name)).toContain(entry)
  })
  it("do not stumble over names of JavaScript's own", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"]) {
      expect(entryOf(name)).toBeUndefined()
      expect(spellingsOf(name)).toEqual([])
      expect(spellingsOf(`F.${name}`)).toEqual([])
    }
  })
})
