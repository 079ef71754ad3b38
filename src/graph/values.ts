// What an expression may stand for while it is traced: tensors, known Python values, functions, modules.
import type { Entry } from "../ops/table.ts"
import type { Source, Span } from "../source/text.ts"
import type { Parameter } from "../syntax/ast.ts"
import type { PythonFile } from "../syntax/project.ts"
import type { Rules } from "./backward.ts"
import type { Partial } from "./builtins.ts"
import type { FileModule } from "./modules.ts"
import type { Node } from "./node.ts"
import type { ClassValue, Method, ObjectValue, Super } from "./objects.ts"
import type { Context } from "./scope.ts"

/** A tensor some axes of which have a length that depends on data: all entries are kept, and which of them there are. */
export interface Masked {
  readonly kind: "masked"
  /** All entries, selected or not. */
  readonly node: Node
  /** For each axis which of its entries there are; undefined where there are all. */
  readonly valid: readonly (Node | undefined)[]
}

export interface Closure {
  readonly kind: "closure"
  readonly name: string
  readonly params: readonly Parameter[]
  /** A method that is not handed its object, one that is handed its class, and one that is called by being read. */
  readonly mark?: "static" | "class" | "property"
  /** Runs the body in a scope that holds the arguments. */
  readonly run: (context: Context, scope: Scope) => Value
  readonly scope: Scope
  readonly source: Source
  readonly via: Span | undefined
  /** The Python file that it is written in. */
  readonly file?: PythonFile
  /** Rules of differentiation that its author states apart. */
  readonly rules?: Rules
}

/** A function of the vocabulary, perhaps with arguments already given (nn.BCELoss(reduction='sum')). */
export interface Builtin {
  readonly kind: "builtin"
  readonly entry: Entry
  readonly path: string
  readonly bound?: ReadonlyMap<string, Value>
  readonly params?: readonly import("../ops/signature.ts").SignatureParameter[]
}

export interface Module {
  readonly kind: "module"
  readonly path: string
}

/** A place that is assigned to: what it holds, not where that came from. */
export interface Variable {
  readonly kind: "variable"
  readonly holds: { value: Value }
}

/** Several results with names, such as values and indices. */
export interface Struct {
  readonly kind: "struct"
  readonly fields: ReadonlyMap<string, Value>
}

export interface SliceValue {
  readonly kind: "slice"
  readonly lower: number | null
  readonly upper: number | null
  readonly step: number | null
  /** Ends that depend on data. */
  readonly from?: Node
  readonly to?: Node
}

export interface Dict {
  readonly kind: "dict"
  readonly entries: Map<Value, Value>
}

export interface TensorNode {
  readonly kind: "tensor"
  readonly node: Node
}

/** Places of a tensor that a changed copy is made at, JAX's x.at[…]; without an index not yet said. */
export interface Places {
  readonly kind: "places"
  readonly base: TensorNode
  readonly index?: { readonly value: Value; readonly several: boolean }
}

export const ELLIPSIS = { kind: "ellipsis" } as const
export type Value =
  | TensorNode
  | number
  | boolean
  | string
  | null
  | Value[]
  | Masked
  | Closure
  | Builtin
  | Module
  | Struct
  | SliceValue
  | Dict
  | typeof ELLIPSIS
  | Int32Array
  | ClassValue
  | ObjectValue
  | Method
  | Super
  | FileModule
  | Partial
  | Variable
  | Places

export interface GivenNames {
  /** Gives what is written into an argument to the caller's own name for it. */
  readonly put: Map<string, (value: Value) => void>
  /** Those that were written into. */
  readonly written: Set<string>
}

export interface Scope {
  readonly names: Map<string, Value>
  readonly parent: Scope | undefined
  /** The body of a class, whose names its methods and the classes in it do not see. */
  readonly body?: true
  /** Set in a branch that Python would not always run: outer values are seen through it. */
  readonly guard?: Node
  /** In a function: its arguments that came from names of the caller. */
  readonly given?: GivenNames
  /** Makes a name that is not there yet: the scope of a file, whose names are made when they are asked for. */
  readonly make?: (context: Context, name: string) => Value | undefined
}

export const tensor = (node: Node): TensorNode => ({ kind: "tensor", node })
export const isTensor = (value: Value): value is TensorNode =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "tensor"
export const isClosure = (value: Value): value is Closure => kindOf(value) === "closure"
export const kindOf = (value: Value): string =>
  Array.isArray(value)
    ? "list"
    : value === null
      ? "None"
      : typeof value === "object"
        ? "kind" in value
          ? value.kind
          : "map"
        : typeof value
