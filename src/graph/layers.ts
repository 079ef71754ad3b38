// Parts of torch that are written in Python here: layers with weights, distributions. Each text is read once, when something
// of it is first asked for.
import { distributionText } from "../ops/distributions.ts"
import { layerText } from "../ops/layers.ts"
import { shortPath } from "../ops/table.ts"
import { parseFile } from "../syntax/file.ts"
import { classOf, functionOf } from "./defining.ts"
import type { ClassValue } from "./objects.ts"
import { newScope, scratch } from "./scope.ts"
import { kindOf, type Value } from "./values.ts"

interface Part {
  readonly name: string
  readonly text: string
  /** Where it stands in torch, and the modules in between that people may or may not write. */
  readonly prefix: string
  readonly between: RegExp
}

const parts: readonly Part[] = [
  { name: "torch's layers", text: layerText, prefix: "nn.", between: /^nn\.modules\.\w+\./ },
  {
    name: "torch's distributions",
    text: distributionText,
    prefix: "torch.distributions.",
    between: /^torch\.distributions\.[a-z_]+\./,
  },
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
  const part = parts.find((p) => short.startsWith(p.prefix))
  return part && namesOf(part).get(short.replace(part.between, part.prefix).slice(part.prefix.length))
}

/** The class of a layer by its path, such as torch.nn.Linear. */
export function layerOf(path: string): ClassValue | undefined {
  const found = written(path)
  return found !== undefined && kindOf(found) === "class" ? (found as ClassValue) : undefined
}
