// Engine time of one loss after start: value and gradient at 1,000 points of a loss of some 20 nodes, median of many runs.
import { build } from "esbuild"

const { outputFiles } = await build({
  stdin: {
    contents: `export { trace } from "./src/graph/inputs.ts"
      export { parseProgram } from "./src/syntax/parse.ts"
      export { prepare } from "./src/samples/evidence.ts"
      export { compile, run } from "./src/gradient/compile.ts"
      export { drawPoints } from "./src/samples/points.ts"`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  platform: "node",
  format: "esm",
  write: false,
})
const engine = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`)

const losses = {
  "cross-entropy": "-(y*log(p) + (1 - y)*log(1 - p))",
  focal: "-(y*(1 - p)^2*log(p) + (1 - y)*p^2*log(1 - p))",
  "20 nodes":
    "d = y - p; a = abs(d); where(a < 1, 0.5*d^2, a - 0.5) + 0.1*tanh(p*y) + exp(-d*d)*sigmoid(p) + log(1 + a)",
}
for (const [name, text] of Object.entries(losses)) {
  const source = { name: "", text }
  const traced = engine.trace(engine.parseProgram(source), source, {
    shapes: new Map([
      ["y", []],
      ["p", []],
    ]),
    batch: 8,
    framework: "torch",
  })
  const nodes = traced.graph.nodes.length
  const { total, adjoints } = engine.prepare({ traced, role: "loss", maximize: false, parameters: ["p"] })
  const unit = { kind: "interval", low: 0.01, high: 0.99, whole: false }
  const points = engine.drawPoints(
    traced,
    new Map([
      ["y", unit],
      ["p", unit],
    ]),
    1000,
    0,
  )
  const program = engine.compile([total, adjoints.get(traced.inputs.find((i) => i.name === "p").node)], "float64", 1000)
  const times = []
  for (let k = 0; k < 400; k++) {
    const start = performance.now()
    engine.run(program, points)
    times.push(performance.now() - start)
  }
  const first = times[0]
  times.sort((a, b) => a - b)
  console.log(
    `${name}: ${nodes} nodes, ${program.steps.length} steps with the gradient; 1,000 points: first run ${first.toFixed(2)} ms, median ${times[200].toFixed(3)} ms`,
  )
}
