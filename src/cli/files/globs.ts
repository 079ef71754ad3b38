// Globs as they are written in the configuration and on the command line: which paths below a folder they mean.
import { relative, sep } from "node:path"
import picomatch from "picomatch"

/** Whether a path is meant, by its way from the folder that the globs are written for. */
export type Matches = (path: string) => boolean

/** A path as globs have it: with forward slashes. */
export const slashed = (path: string): string => path.split(sep).join("/")

export function matcher(globs: readonly string[], folder: string): Matches {
  if (globs.length === 0) return () => false
  const match = picomatch(
    globs.map((g) => g.replace(/^\.\//, "")),
    { dot: true },
  )
  return (path) => match(slashed(relative(folder, path)))
}

/** A glob's folder without signs, and the rest; undefined where it has no signs. */
export function globParts(text: string): { readonly base: string; readonly glob: string } | undefined {
  const { isGlob, base, glob } = picomatch.scan(slashed(text))
  return isGlob ? { base: base === "" ? "." : base, glob } : undefined
}
