// The syntax tree of a Python file: statements around the expressions of ast.ts, patterns, and what could not be read.
import type { ProblemParts } from "../source/problem.ts"
import type { Argument, Expr, Parameter, Stmt } from "./ast.ts"

interface Place {
  /** UTF-16 offsets into the source, end exclusive. */
  readonly start: number
  readonly end: number
}

export interface Module {
  readonly body: readonly FileStmt[]
  /** Where comments begin, in order: the offsets of their `#`. Each goes on to the end of its line. */
  readonly comments: readonly number[]
}

/** `name`, `name as other`, `package.module as other`, `*`. */
export interface Alias extends Place {
  readonly name: string
  readonly as?: string
}

/** `T`, `T: bound = default`, `*Ts`, `**P`. */
export interface TypeParameter extends Place {
  readonly name: string
  readonly spread?: "*" | "**"
  readonly bound?: Expr
  readonly default?: Expr
}

export interface Branch extends Place {
  readonly test: Expr
  readonly body: readonly FileStmt[]
}

export interface Handler extends Place {
  readonly caught?: Expr
  readonly name?: string
  readonly body: readonly FileStmt[]
}

export interface WithItem {
  readonly value: Expr
  readonly target?: Expr
}

export interface Case extends Place {
  readonly pattern: Pattern
  readonly guard?: Expr
  readonly body: readonly FileStmt[]
}

export type Pattern = Place &
  /** A number, a string, True, False, None, or a dotted name: what the subject is compared with. */
  (
    | { readonly type: "Value"; readonly value: Expr }
    /** Takes what it meets; without a name it is `_`. */
    | { readonly type: "Capture"; readonly name?: string }
    | { readonly type: "As"; readonly pattern: Pattern; readonly name: string }
    | { readonly type: "Or"; readonly items: readonly Pattern[] }
    | { readonly type: "Sequence"; readonly items: readonly Pattern[] }
    /** `*rest` in a sequence; without a name it is `*_`. */
    | { readonly type: "Rest"; readonly name?: string }
    | {
        readonly type: "Mapping"
        readonly entries: readonly { readonly key: Expr; readonly pattern: Pattern }[]
        readonly rest?: string
      }
    | {
        readonly type: "Class"
        readonly callee: Expr
        readonly items: readonly Pattern[]
        readonly named: readonly { readonly name: string; readonly pattern: Pattern }[]
      }
  )

/**
 * What expressions write in their own way: `await x` is x; `yield x` and `yield from x` are calls of the names "yield"
 * and "yield from", which no program can define; `2j` is `complex(0, 2)`; `async for` in a comprehension is `for`.
 */
export type FileStmt =
  | Exclude<Stmt, { readonly type: "Function" }>
  | (Place &
      (
        | { readonly type: "AnnotatedAssign"; readonly target: Expr; readonly annotation: Expr; readonly value?: Expr }
        | { readonly type: "TypeAlias"; readonly name: string; readonly types: TypeParameters; readonly value: Expr }
        | { readonly type: "Raise"; readonly value?: Expr; readonly cause?: Expr }
        | { readonly type: "Assert"; readonly test: Expr; readonly message?: Expr }
        | { readonly type: "Delete"; readonly targets: readonly Expr[] }
        | { readonly type: "Global" | "Nonlocal"; readonly names: readonly string[] }
        | { readonly type: "Pass" | "Break" | "Continue" }
        | { readonly type: "Import"; readonly names: readonly Alias[] }
        | {
            readonly type: "ImportFrom"
            /** Empty in `from . import name`. */
            readonly module: string
            /** How many dots stand before it. */
            readonly level: number
            readonly names: readonly Alias[]
          }
        /** `if` and its `elif`s side by side, so that a long chain is no deep tree. */
        | { readonly type: "If"; readonly branches: readonly Branch[]; readonly otherwise: readonly FileStmt[] }
        | {
            readonly type: "For"
            readonly async: boolean
            readonly target: Expr
            readonly iterable: Expr
            readonly body: readonly FileStmt[]
            readonly otherwise: readonly FileStmt[]
          }
        | {
            readonly type: "While"
            readonly test: Expr
            readonly body: readonly FileStmt[]
            readonly otherwise: readonly FileStmt[]
          }
        | {
            readonly type: "Try"
            readonly body: readonly FileStmt[]
            readonly handlers: readonly Handler[]
            /** `except*`. */
            readonly groups: boolean
            readonly otherwise: readonly FileStmt[]
            readonly last: readonly FileStmt[]
          }
        | {
            readonly type: "With"
            readonly async: boolean
            readonly items: readonly WithItem[]
            readonly body: readonly FileStmt[]
          }
        | { readonly type: "Match"; readonly subject: Expr; readonly cases: readonly Case[] }
        | {
            readonly type: "Function"
            readonly async: boolean
            readonly decorators: readonly Expr[]
            readonly name: string
            readonly types: TypeParameters
            readonly params: readonly Parameter[]
            readonly returns?: Expr
            readonly body: readonly FileStmt[]
          }
        | {
            readonly type: "Class"
            readonly decorators: readonly Expr[]
            readonly name: string
            readonly types: TypeParameters
            readonly args: readonly Argument[]
            readonly body: readonly FileStmt[]
          }
        /** A statement, or a block with its header, that could not be read. */
        | { readonly type: "Error"; readonly problem: ProblemParts }
      ))

type TypeParameters = readonly TypeParameter[]

export type FileStmtOf<T extends FileStmt["type"]> = Extract<FileStmt, { type: T }>
