// One file looked at: read, its definitions checked, with what its configuration says of them.
import { fileInFormats } from "../findings/in-formats.ts"
import { withLevels } from "../findings/levels.ts"
import type { LintedFile } from "../findings/result.ts"
import { lintFile } from "../lint.ts"
import { Problem } from "../source/problem.ts"
import type { Project } from "../syntax/project.ts"
import type { FileOptions } from "./config/apply.ts"
import type { Found } from "./files/discover.ts"
import { kindOf } from "./files/kinds.ts"

const clock = (): number => performance.now()

/** A file of which nothing could be read. */
export const unread = (file: string, problem: Problem): LintedFile => ({
  file,
  losses: [],
  notUnderstood: [],
  unreadable: [{ file, line: 1, name: "", problem }],
})

/** Undefined for a file that was searched for and holds nothing of ours. */
export async function lookAt(
  project: Project,
  read: (path: string) => string,
  { path, named }: Found,
  options: FileOptions,
): Promise<LintedFile | undefined> {
  const file = await lookInto(project, read, path, named, options)
  return file && withLevels(file, options.rules)
}

async function lookInto(
  project: Project,
  read: (path: string) => string,
  path: string,
  named: boolean,
  { common, role }: FileOptions,
): Promise<LintedFile | undefined> {
  try {
    const kind = kindOf(path)
    if (kind === "other")
      throw new Problem({
        headline: "this is neither Python nor a definition file",
        note: ["Python ends in .py, definitions in .yaml, .yml or .json"],
      })
    if (kind === "python") {
      const { dtypes, ...rest } = common
      const file = project.at(path)!
      const check = { ...rest, ...(role ? { role } : {}) }
      return fileInFormats(dtypes, (dtype) => lintFile(project, file, { ...check, dtype }, clock))
    }
    const { lookAtDefinitions } = await import("./files/definitions.ts")
    return lookAtDefinitions({ name: path, text: read(path) }, named, common, clock)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return unread(path, error)
  }
}
