// torch's layers with weights as classes: the Python text of ops/layers.ts, read once, when a layer is first asked for.
import { layerText } from "../ops/layers.ts"
import { shortPath } from "../ops/table.ts"
import { parseFile } from "../syntax/file.ts"
import { classOf } from "./defining.ts"
import type { ClassValue } from "./objects.ts"
import { newScope, scratch } from "./scope.ts"

const classes = new Map<string, ClassValue>()
let isRead = false

function read(): void {
  isRead = true
  const source = { name: "torch's layers", text: layerText }
  const scope = newScope()
  for (const statement of parseFile(source).body) {
    if (statement.type !== "Class") continue
    const made = classOf(scratch(source), statement, scope)
    scope.names.set(made.name, made)
    classes.set(`nn.${made.name}`, made)
  }
}

/** The class of a layer by its path, such as torch.nn.Linear. */
export function layerOf(path: string): ClassValue | undefined {
  const short = shortPath(path).replace(/^nn\.modules\.\w+\./, "nn.")
  if (!short.startsWith("nn.")) return undefined
  if (!isRead) read()
  return classes.get(short)
}
