// The verb explain.
import type { Output } from "./options.ts"

export async function runExplain(_topics: readonly string[], _output: Output): Promise<number> {
  return 0
}
