// Checks the broken and look-alike Python examples of a file such as ../shared/corpus/dead-losses.json, in two ways: at the
// recorded inputs, and with nothing said of them but which arguments are trained, as lint does.
//   npx esbuild test/dev/python-examples.ts --bundle --platform=node --format=esm --outfile=/tmp/examples.mjs
//   node /tmp/examples.mjs ../shared/corpus/dead-losses.json
import { readFileSync } from "node:fs"
import { checkLoss } from "../../src/check.ts"
import type { CheckOptions } from "../../src/definitions/options.ts"
import type { Finding, RuleName } from "../../src/findings/finding.ts"
import { outermost } from "../../src/findings/places.ts"
import type { LossResult } from "../../src/findings/result.ts"
import { subjectOfDefinition } from "../../src/graph/definitions.ts"
import { Problem } from "../../src/source/problem.ts"
import { positionOf, type Source } from "../../src/source/text.ts"
import { parseFile } from "../../src/syntax/file.ts"
import { projectOf } from "../../src/syntax/project.ts"

interface Example {
  readonly id: string
  readonly framework: string
  readonly code: string
  readonly verdict: string
  readonly per_argument?: Readonly<Record<string, string>>
  readonly blame_line: number | null
  readonly inputs: Readonly<Record<string, { readonly values: unknown; readonly grad?: boolean }>>
}

const examples = (JSON.parse(readFileSync(process.argv[2]!, "utf8")) as { open: Example[] }).open
const notFinite: readonly RuleName[] = ["nan-gradient", "infinite-slope", "non-finite-loss"]
const fading: readonly RuleName[] = ["saturation", "flat-side", "dead-where-wrong"]

/** The finding that an example asks for, where it asks for one. */
function wanted(verdict: string, result: LossResult): Finding | undefined {
  if (verdict === "nan") return result.findings.find((f) => notFinite.includes(f.rule))
  if (verdict === "saturating") return result.findings.find((f) => fading.includes(f.rule))
  if (verdict === "error") return result.findings.find((f) => f.rule === "changed-in-place")
  return result.findings.find((f) => f.level === "error")
}

/** True when one argument is called what it is. */
function right(verdict: string, result: LossResult, name: string): boolean {
  const called = result.parameters[name]!.verdict
  const gone = called === "dead" || called === "disconnected"
  if (verdict === "dead" || verdict === "disconnected") return gone
  if (gone) return false
  if (verdict === "alive") return !result.findings.some((f) => f.level === "error" && f.parameters.includes(name))
  return wanted(verdict, result) !== undefined || called === "broken"
}

function look(example: Example, more: CheckOptions): { result: LossResult; source: Source } {
  const source = { name: `${example.id}.py`, text: example.code }
  const tree = parseFile(source)
  const definitions = tree.body.filter((s) => s.type === "Function" || s.type === "Class")
  const statement = definitions.find((s) => s.name === "loss") ?? definitions.at(-1)!
  const framework = example.framework === "torch" || example.framework === "jax" ? example.framework : "tf"
  const subject = subjectOfDefinition(
    projectOf(() => undefined),
    { source, tree },
    { name: statement.name, role: "loss", statement },
  )
  return { result: checkLoss(subject, { role: "loss", dtype: "float32", framework, ...more }), source }
}

for (const way of ["at the recorded inputs", "over ranges"] as const) {
  console.log(`${way}:`)
  let [good, undecided, blamed, blames] = [0, 0, 0, 0]
  for (const example of examples) {
    const wrt = Object.entries(example.inputs).flatMap(([name, i]) => (i.grad ? [name] : []))
    const inputs = Object.fromEntries(Object.entries(example.inputs).map(([name, i]) => [name, [i.values]]))
    try {
      const { result, source } = look(example, way === "over ranges" ? { wrt } : { wrt, inputs, samples: 4 })
      const asked = example.per_argument ?? { [wrt[0]!]: example.verdict }
      const wrong = Object.entries(asked).filter(([name, verdict]) => !right(verdict, result, name))
      if (wrong.length === 0) good++
      for (const [name, verdict] of wrong)
        console.log(`  wrong: ${example.id}: ${name} is ${verdict}, called ${result.parameters[name]!.verdict}`)
      if (wrong.length > 0 || example.blame_line === null) continue
      const mark = wanted(example.verdict === "alive" ? "nan" : example.verdict, result)?.marks[0]
      const line = mark && positionOf(source, outermost(mark.span).start).line
      blames++
      if (line === example.blame_line) blamed++
      else console.log(`  blame: ${example.id} line ${example.blame_line}, named ${line}`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      undecided++
      console.log(`  not understood: ${example.id} (${example.verdict}): ${error.message}`)
    }
  }
  console.log(`  right ${good}, not understood ${undecided}, of ${examples.length}; blamed line ${blamed} of ${blames}`)
}
