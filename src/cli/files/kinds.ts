// What a file is by its name: Python source, a file of definitions, or neither.
import { extname } from "node:path"

export type FileKind = "python" | "definitions" | "other"

const kinds: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  // A script may have no ending.
  ["", "python"],
  [".py", "python"],
  [".pyi", "python"],
  [".pyw", "python"],
  [".yaml", "definitions"],
  [".yml", "definitions"],
  [".json", "definitions"],
])

export const kindOf = (path: string): FileKind => kinds.get(extname(path).toLowerCase()) ?? "other"

/** What a search finds where the configuration says nothing else. */
export const defaultInclude: readonly string[] = ["**/*.py", "**/{losses,*.losses}.{yaml,yml,json}"]
