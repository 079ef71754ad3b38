// Checks the broken and look-alike Python examples of a file such as ../shared/corpus/dead-losses.json: verdict, blamed
// line, and value and gradients at the recorded inputs.
//   npx esbuild test/dev/python-examples.ts --bundle --platform=node --format=esm --outfile=/tmp/examples.mjs
//   node /tmp/examples.mjs ../shared/corpus/dead-losses.json
import { Problem } from "../../src/source/problem.ts"
import { blamedLine, differences, type Example, examplesIn, look, mistakes, ways } from "../support/python-examples.ts"

const examples = examplesIn(process.argv[2]!)

/** Runs a look at one example; what is not understood is told and counted. */
function each(what: (example: Example) => void): number {
  let undecided = 0
  for (const example of examples) {
    try {
      what(example)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      undecided++
      console.log(`  not understood: ${example.id} (${example.verdict}): ${error.message}`)
    }
  }
  return undecided
}

for (const way of ways) {
  console.log(`${way}:`)
  let [good, blamed, blames] = [0, 0, 0]
  const undecided = each((example) => {
    const { result, source } = look(example, way)
    const wrong = mistakes(example, result)
    for (const text of wrong) console.log(`  wrong: ${example.id}: ${text}`)
    if (wrong.length > 0) return
    good++
    if (example.blame_line === null) return
    blames++
    const line = blamedLine(example, result, source)
    if (line === example.blame_line) blamed++
    else console.log(`  blame: ${example.id} line ${example.blame_line}, named ${line}`)
  })
  console.log(`  right ${good}, not understood ${undecided}, of ${examples.length}; blamed line ${blamed} of ${blames}`)
}
console.log("value and gradients at the recorded inputs, in float32:")
let [agree, asked] = [0, 0]
each((example) => {
  const apart = differences(example)
  if (apart === undefined) return
  asked++
  if (apart.length === 0) agree++
  else console.log(`  ${example.id}: ${apart.join("; ")}`)
})
console.log(`  ${agree} of ${asked} agree to 1e-5`)
