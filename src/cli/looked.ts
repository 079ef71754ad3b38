// What is known of a file when it has been looked at, before all files are judged together.
import type { IgnoreComment } from "../definitions/comments.ts"
import type { LintedFile } from "../findings/result.ts"
import type { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"

/** What a file says to gradcheck in comments is judged when all files have been looked at. */
export interface Looked {
  readonly file: LintedFile
  readonly source: Source
  readonly comments: readonly IgnoreComment[]
}

export const nothingIn = (file: string): LintedFile => ({ file, losses: [], notUnderstood: [], unreadable: [] })

/** A file of which nothing could be read. */
export const unread = (file: string, problem: Problem): Looked => ({
  file: { ...nothingIn(file), unreadable: [{ file, line: 1, name: "", problem }] },
  source: { name: file, text: "" },
  comments: [],
})
