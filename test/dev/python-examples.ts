// Checks the broken and look-alike Python examples of a file such as ../shared/corpus/dead-losses.json: verdict and blamed line.
//   npx esbuild test/dev/python-examples.ts --bundle --platform=node --format=esm --outfile=/tmp/examples.mjs
//   node /tmp/examples.mjs ../shared/corpus/dead-losses.json
import { readFileSync } from "node:fs"
import { checkLoss } from "../../src/check.ts"
import { outermost } from "../../src/findings/places.ts"
import { subjectOfDefinition } from "../../src/graph/definitions.ts"
import { Problem } from "../../src/source/problem.ts"
import { positionOf } from "../../src/source/text.ts"
import { parseFile } from "../../src/syntax/file.ts"
import { projectOf } from "../../src/syntax/project.ts"

interface Example {
  readonly id: string
  readonly framework: string
  readonly code: string
  readonly verdict: string
  readonly blame_line: number | null
  readonly inputs: Readonly<Record<string, { readonly values: unknown; readonly grad?: boolean }>>
}

const examples = (JSON.parse(readFileSync(process.argv[2]!, "utf8")) as { open: Example[] }).open
const gone = (verdict: string): boolean => verdict === "dead" || verdict === "disconnected"
const broken = /nan|infinite|non-finite/
let [right, undecided, blamed, blames] = [0, 0, 0, 0]
for (const example of examples) {
  const source = { name: `${example.id}.py`, text: example.code }
  const tree = parseFile(source)
  const project = projectOf(() => undefined)
  const definitions = tree.body.filter((s) => s.type === "Function" || s.type === "Class")
  const statement = definitions.find((s) => s.name === "loss") ?? definitions.at(-1)!
  const inputs = Object.fromEntries(Object.entries(example.inputs).map(([name, i]) => [name, [i.values]]))
  const wrt = Object.entries(example.inputs).flatMap(([name, i]) => (i.grad ? [name] : []))
  const framework = example.framework === "torch" || example.framework === "jax" ? example.framework : "tf"
  try {
    const subject = subjectOfDefinition(project, { source, tree }, { name: statement.name, role: "loss", statement })
    const result = checkLoss(subject, { inputs, wrt, role: "loss", samples: 4, dtype: "float32", framework })
    const { verdict } = result.parameters[wrt[0]!]!
    const good =
      example.verdict === "nan"
        ? result.verdict === "broken" || result.findings.some((f) => broken.test(f.rule))
        : gone(example.verdict) === gone(verdict)
    const mark = result.findings.find((f) => f.level === "error")?.marks[0]
    const line = mark && positionOf(source, outermost(mark.span).start).line
    if (good) right++
    else console.log(`wrong: ${example.id} is ${example.verdict}, called ${verdict}`)
    if (good && gone(verdict) && example.blame_line !== null) {
      blames++
      if (line === example.blame_line) blamed++
      else console.log(`  blame: ${example.id} line ${example.blame_line}, named ${line}`)
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    undecided++
    console.log(`not understood: ${example.id} (${example.verdict}): ${error.message}`)
  }
}
console.log(
  `right ${right}, not understood ${undecided}, of ${examples.length}; blamed line right ${blamed} of ${blames}`,
)
