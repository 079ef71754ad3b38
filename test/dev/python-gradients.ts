// Compares value and gradients of Python examples at their recorded inputs with what the frameworks computed there.
//   npx esbuild test/dev/python-gradients.ts --bundle --platform=node --format=esm --outfile=/tmp/gradients.mjs
//   node /tmp/gradients.mjs ../shared/corpus/dead-losses.json [float32]
// Recorded numbers have six figures and come from float32: the bound is 1e-5 of the largest entry.
import { readFileSync } from "node:fs"
import { evaluateSubject, type Nested } from "../../src/evaluate.ts"
import { subjectOfDefinition } from "../../src/graph/definitions.ts"
import type { NumberFormat } from "../../src/ops/record.ts"
import { Problem } from "../../src/source/problem.ts"
import { parseFile } from "../../src/syntax/file.ts"
import { projectOf } from "../../src/syntax/project.ts"

interface Example {
  readonly id: string
  readonly framework: string
  readonly code: string
  readonly inputs: Readonly<Record<string, { readonly values: Nested; readonly grad?: boolean }>>
  readonly verified: { readonly loss?: number | string; readonly gradient?: Record<string, Nested | null> }
}

const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)])

/** How far apart two lists are, against the largest finite size; NaN and infinities must stand at the same places. */
function distance(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) return Infinity
  const scale = Math.max(...theirs.map((x) => (Number.isFinite(x) ? Math.abs(x) : 0)))
  const apart = ours.map((x, k) => {
    const y = theirs[k]!
    if (Object.is(x, y) || x === y) return 0
    return Number.isFinite(x) && Number.isFinite(y) ? Math.abs(x - y) / (scale || 1) : Infinity
  })
  return Math.max(0, ...apart)
}

const examples = (JSON.parse(readFileSync(process.argv[2]!, "utf8")) as { open: Example[] }).open
const dtype = (process.argv[3] ?? "float32") as NumberFormat
let [agree, asked] = [0, 0]
for (const example of examples) {
  const { loss, gradient } = example.verified
  if (loss === undefined || gradient === undefined) {
    console.log(`nothing recorded: ${example.id}`)
    continue
  }
  asked++
  const source = { name: `${example.id}.py`, text: example.code }
  const tree = parseFile(source)
  const project = projectOf(() => undefined)
  const definitions = tree.body.filter((s) => s.type === "Function" || s.type === "Class")
  const statement = definitions.find((s) => s.name === "loss") ?? definitions.at(-1)!
  const at = Object.fromEntries(Object.entries(example.inputs).map(([name, i]) => [name, i.values]))
  const wrt = Object.keys(gradient)
  const framework = example.framework === "torch" || example.framework === "jax" ? example.framework : "tf"
  try {
    const subject = subjectOfDefinition(project, { source, tree }, { name: statement.name, role: "loss", statement })
    const found = evaluateSubject(subject, { at, wrt, dtype, framework })
    const value = distance(flat(found.value), flat(loss))
    const far = wrt.flatMap((name) => {
      const [ours, theirs] = [found.gradients[name]!, gradient[name]!]
      if (ours === null || theirs === null)
        return ours === theirs ? [] : [`${name}: ${JSON.stringify(ours)} for ${JSON.stringify(theirs)}`]
      const apart = distance(flat(ours), flat(theirs))
      return apart <= 1e-5
        ? []
        : [`${name}: ${apart.toExponential(1)} apart: ${JSON.stringify(ours)} for ${JSON.stringify(theirs)}`]
    })
    if (value <= 1e-5 && far.length === 0) agree++
    else
      console.log(
        `${example.id}: ${[...(value <= 1e-5 ? [] : [`value ${JSON.stringify(found.value)} for ${loss}`]), ...far].join("; ")}`,
      )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.log(`not understood: ${example.id}: ${error.message}`)
  }
}
console.log(`agree ${agree} of ${asked} with numbers recorded`)
