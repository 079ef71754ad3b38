// All compositions: named functions, activations, losses and metrics, written in gradcheck's own language.
import type { Composition } from "../record.ts"
import { functions } from "./functions.ts"

export const compositions: readonly Composition[] = [...functions]
