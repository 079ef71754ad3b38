// A long hunt for a false certificate, by hand: npx esbuild test/dev/hunt-proofs.ts --bundle --platform=node --format=esm
// --outfile=/tmp/hunt.mjs && node /tmp/hunt.mjs 100000 [from]
import {
  drawFor,
  oneInput,
  oneInputOptions,
  optionsFrom,
  refute,
  separable,
  separableOptions,
} from "../support/certificates.ts"
import { expressionOf } from "../support/expressions.ts"

const count = Number(process.argv[2] ?? 100_000)
const from = Number(process.argv[3] ?? 10_000)
const dtypes = ["float64", "float32", "float64", "bfloat16", "float16"] as const
const started = Date.now()
let [claims, live, dead, false_] = [0, 0, 0, 0]
for (let n = from; n < from + count; n++) {
  const random = drawFor(n)
  const dtype = dtypes[n % dtypes.length]!
  const depth = 1 + Math.floor(random() * 4)
  const [text, options] =
    n % 3 === 0
      ? [oneInput(random, depth + 1), oneInputOptions(random)]
      : n % 3 === 1
        ? [separable(random, depth), separableOptions(random)]
        : [expressionOf(random, depth, random() < 0.3), optionsFrom(random)]
  const found = refute(text, { ...options, dtype }, 100)
  claims += found.claims
  if (found.everywhere === "live") live++
  if (found.everywhere === "dead") dead++
  if (found.counter) {
    false_++
    console.log(`${n} ${dtype} ${found.counter}`)
  }
  if ((n - from) % 10_000 === 9999)
    console.log(
      `${n - from + 1} expressions, ${claims} claims, ${false_} false, ${Math.round((Date.now() - started) / 1000)} s`,
    )
}
console.log({
  expressions: count,
  liveEverywhere: live,
  deadEverywhere: dead,
  claims,
  counterExamples: false_,
  seconds: (Date.now() - started) / 1000,
})
