// Parts of torch that are written in Python here: layers with weights, distributions. Each text is read once, when something
// of it is first asked for.
import { complexText } from "../ops/complex.ts"
import { distributionText } from "../ops/distributions.ts"
import { layerText } from "../ops/layers.ts"
import { shortPath } from "../ops/table.ts"
import { parseFile } from "../syntax/file.ts"
import { classOf, functionOf } from "./defining.ts"
import type { ClassValue, ObjectValue } from "./objects.ts"
import { newScope, scratch } from "./scope.ts"
import { kindOf, type Value } from "./values.ts"

interface Part {
  readonly name: string
  readonly text: string
  /** The name in the text for a path; undefined for paths of others. Modules in between may be written or not. */
  readonly nameFor: (path: string) => string | undefined
}

/** What follows a beginning of the path, with something else in front of it. */
const behind =
  (head: RegExp, front = "") =>
  (path: string): string | undefined =>
    head.test(path) ? front + path.replace(head, "") : undefined

const inTorch = behind(/^(torch\.(fft\.|functional\.)?|(jnp|np)\.fft\.)/)
const inSignal = behind(/^tf\.signal\./, "tf_")

const parts: readonly Part[] = [
  { name: "torch's layers", text: layerText, nameFor: behind(/^nn\.(modules\.\w+\.)?/) },
  {
    name: "torch's distributions",
    text: distributionText,
    nameFor: behind(/^torch\.distributions\.([a-z_]+\.)?/),
  },
  { name: "complex tensors", text: complexText, nameFor: (path) => inTorch(path) ?? inSignal(path) },
]

const read = new Map<Part, ReadonlyMap<string, Value>>()

function namesOf(part: Part): ReadonlyMap<string, Value> {
  let names = read.get(part)
  if (!names) {
    const source = { name: part.name, text: part.text }
    const scope = newScope()
    // Set before it is filled: a base class such as nn.Module is looked for here as well.
    names = scope.names
    read.set(part, names)
    for (const statement of parseFile(source).body) {
      if (statement.type === "Class") scope.names.set(statement.name, classOf(scratch(source), statement, scope))
      if (statement.type === "Function") scope.names.set(statement.name, functionOf(scratch(source), statement, scope))
    }
  }
  return names
}

/** A class or a function by its path, such as torch.nn.Linear or torch.distributions.kl_divergence. */
export function written(path: string): Value | undefined {
  const short = shortPath(path)
  for (const part of parts) {
    const name = part.nameFor(short)
    if (name !== undefined) return namesOf(part).get(name)
  }
  return undefined
}

/** The class of a layer by its path, such as torch.nn.Linear. */
export function layerOf(path: string): ClassValue | undefined {
  const found = written(path)
  return found !== undefined && kindOf(found) === "class" ? (found as ClassValue) : undefined
}

/** Whether a value is a complex tensor. */
export const isComplex = (value: Value): value is ObjectValue =>
  kindOf(value) === "object" &&
  (value as ObjectValue).of.name === "Complex" &&
  (value as ObjectValue).of === written("torch.Complex")
