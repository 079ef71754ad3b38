// What goes from thread to thread: plain data. A Problem is an object of ours, so it travels as its parts.
import type { NotUnderstood } from "../findings/result.ts"
import { Problem, type ProblemParts } from "../source/problem.ts"
import type { FileOptions } from "./config/apply.ts"
import type { Found } from "./files/discover.ts"
import type { Looked } from "./look.ts"

export interface Task {
  readonly index: number
  readonly found: Found
  readonly options: FileOptions
}

export interface Answer {
  readonly index: number
  /** Absent for a file that holds nothing of ours. */
  readonly looked?: Looked
}

type Packed = Omit<NotUnderstood, "problem"> & { readonly problem: ProblemParts }

const pack = (list: readonly NotUnderstood[]): Packed[] => list.map((u) => ({ ...u, problem: u.problem.parts }))
const unpack = (list: readonly Packed[]): NotUnderstood[] =>
  list.map((u) => ({ ...u, problem: new Problem(u.problem) }))

const mapped = (looked: Looked, of: (list: never) => unknown): Looked =>
  ({
    ...looked,
    file: {
      ...looked.file,
      notUnderstood: of(looked.file.notUnderstood as never),
      unreadable: of(looked.file.unreadable as never),
    },
  }) as Looked

export const packed = (answer: Answer): Answer =>
  answer.looked ? { ...answer, looked: mapped(answer.looked, pack as (list: never) => unknown) } : answer
export const unpacked = (answer: Answer): Answer =>
  answer.looked ? { ...answer, looked: mapped(answer.looked, unpack as (list: never) => unknown) } : answer
