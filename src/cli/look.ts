// One file looked at: read, its definitions checked, and what its comments hide taken out.
import { commentOffsets, type IgnoreComment, ignoreComments } from "../definitions/comments.ts"
import { withoutIgnored } from "../findings/ignored.ts"
import { fileInFormats } from "../findings/in-formats.ts"
import { lintFile } from "../lint.ts"
import { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import type { Project } from "../syntax/project.ts"
import type { LookOptions } from "./config/apply.ts"
import type { Found } from "./files/discover.ts"
import { kindOf } from "./files/kinds.ts"
import { gone } from "./files/trouble.ts"
import { type Looked, nothingIn, unread } from "./looked.ts"

const clock = (): number => performance.now()

/** All that a look may ask for: what it reads by another way, a cache does not know of. */
export interface Reading {
  readonly project: Project
  /** Throws a Problem. */
  readonly read: (path: string) => Source
}

/** Undefined for a file that was searched for and holds nothing of ours; `onChance` is that of lintFile. */
export async function lookAt(
  reading: Reading,
  found: Found,
  options: LookOptions,
  onChance: () => void,
): Promise<Looked | undefined> {
  const { path } = found
  try {
    const kind = kindOf(path)
    if (kind === "other")
      throw new Problem({
        headline: "this is neither Python nor a definition file",
        note: ["Python ends in .py, definitions in .yaml, .yml or .json"],
      })
    return kind === "python"
      ? lookAtPython(reading, path, options, onChance)
      : await lookAtDefinitions(reading, found, options)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return unread(path, error)
  }
}

function lookAtPython({ project }: Reading, path: string, { common, role }: LookOptions, onChance: () => void): Looked {
  const python = project.at(path)
  if (!python) throw gone()
  const { source } = python
  const known = new Map<Source, readonly IgnoreComment[]>()
  const commentsOf = (of: Source): readonly IgnoreComment[] => {
    const before = known.get(of)
    if (before) return before
    const file = of === source ? python : project.at(of.name)
    const comments = file?.source === of ? ignoreComments(of, file.tree.comments) : []
    known.set(of, comments)
    return comments
  }
  const { dtypes, ...rest } = common
  const check = { ...rest, ...(role ? { role } : {}) }
  const file = isSkipped(commentsOf(source))
    ? nothingIn(path)
    : fileInFormats(dtypes, (dtype) => lintFile(project, python, { ...check, dtype }, clock, onChance))
  return { file: withoutIgnored(file, source, commentsOf), source, comments: commentsOf(source) }
}

const isSkipped = (comments: readonly IgnoreComment[]): boolean => comments.some((c) => c.kind === "skip-file")

async function lookAtDefinitions({ read }: Reading, { path, named }: Found, { common }: LookOptions) {
  const source = read(path)
  const comments = ignoreComments(source, commentOffsets(source.text))
  const { definitionsAt } = await import("./files/definitions.ts")
  const file = isSkipped(comments) ? nothingIn(path) : definitionsAt(source, named, common, clock)
  return file && { file: withoutIgnored(file, source, (of) => (of === source ? comments : [])), source, comments }
}
