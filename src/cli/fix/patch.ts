// Changes as a unified patch, for git apply and patch -p1.
import { relative, sep } from "node:path"
import { formatPatch, structuredPatch } from "diff"

const CONTEXT = 3

/** One text after the other; the names are told from the folder that one stands in. */
export function patchOf(changes: ReadonlyMap<string, { readonly before: string; readonly after: string }>): string {
  return [...changes]
    .map(([path, { before, after }]) => {
      const name = relative(process.cwd(), path).split(sep).join("/")
      // Behind a tab nothing is part of the name, so that it may have blanks.
      const patch = structuredPatch(`a/${name}`, `b/${name}`, before, after, "", "", { context: CONTEXT })
      return formatPatch(patch, { includeIndex: false, includeUnderline: false, includeFileHeaders: true })
    })
    .join("")
}
