// The syntax tree: Python's expressions and statements, offsets on every node. Paper notation is already plain here:
// `|x|` is a call of abs, `2x` a product, `a ^ b` a power, `≤` a comparison, a where clause assignments before the value.

interface Place {
  /** UTF-16 offsets into the source, end exclusive. */
  readonly start: number
  readonly end: number
}

export type UnaryOp = "-" | "+" | "~" | "not"
export type BinaryOp = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "&" | "|" | "^" | "<<" | ">>"
export type CompareOp = "<" | "<=" | ">" | ">=" | "==" | "!=" | "in" | "not in" | "is" | "is not"

export interface Argument extends Place {
  /** The keyword; absent for a positional argument. */
  readonly name?: string
  /** `*xs` or `**options`. */
  readonly spread?: "*" | "**"
  readonly value: Expr
}

export interface Parameter extends Place {
  readonly name: string
  readonly default?: Expr
  /** `name: annotation`, in def only. */
  readonly annotation?: Expr
  readonly kind: "positional" | "either" | "rest" | "keyword" | "options"
}

/** One `for target in iterable if condition …` of a comprehension. */
export interface Generator {
  readonly target: Expr
  readonly iterable: Expr
  readonly conditions: readonly Expr[]
}

export type Expr = Place &
  (
    | { readonly type: "Number"; readonly value: number; readonly whole: boolean }
    | { readonly type: "String"; readonly value: string }
    /** An f-string: literal pieces and expressions in turn. */
    | { readonly type: "Format"; readonly parts: readonly (string | Expr)[] }
    | { readonly type: "Constant"; readonly value: true | false | null | "..." }
    | { readonly type: "Name"; readonly name: string }
    | { readonly type: "Attribute"; readonly object: Expr; readonly name: string }
    | { readonly type: "Call"; readonly callee: Expr; readonly args: readonly Argument[] }
    | { readonly type: "Index"; readonly object: Expr; readonly index: Expr }
    | { readonly type: "Slice"; readonly lower?: Expr; readonly upper?: Expr; readonly step?: Expr }
    | { readonly type: "Tuple"; readonly items: readonly Expr[] }
    | { readonly type: "List"; readonly items: readonly Expr[] }
    | { readonly type: "Set"; readonly items: readonly Expr[] }
    /** A missing key is `**value`. */
    | { readonly type: "Dict"; readonly entries: readonly { readonly key?: Expr; readonly value: Expr }[] }
    | { readonly type: "Unary"; readonly op: UnaryOp; readonly operand: Expr }
    | {
        readonly type: "Binary"
        readonly op: BinaryOp
        readonly left: Expr
        readonly right: Expr
        readonly opStart: number
      }
    | {
        readonly type: "Compare"
        readonly first: Expr
        readonly rest: readonly { readonly op: CompareOp; readonly right: Expr }[]
      }
    | { readonly type: "Bool"; readonly op: "and" | "or"; readonly items: readonly Expr[] }
    | { readonly type: "Conditional"; readonly test: Expr; readonly then: Expr; readonly otherwise: Expr }
    | { readonly type: "Lambda"; readonly params: readonly Parameter[]; readonly body: Expr }
    | {
        readonly type: "Comprehension"
        readonly kind: "list" | "set" | "generator"
        readonly item: Expr
        readonly generators: readonly Generator[]
      }
    | {
        readonly type: "DictComprehension"
        readonly key: Expr
        readonly value: Expr
        readonly generators: readonly Generator[]
      }
    | { readonly type: "Starred"; readonly value: Expr }
    | { readonly type: "Walrus"; readonly name: string; readonly value: Expr }
  )

export type Stmt = Place &
  (
    | { readonly type: "Expression"; readonly value: Expr }
    | { readonly type: "Assign"; readonly targets: readonly Expr[]; readonly value: Expr }
    | { readonly type: "AugmentedAssign"; readonly target: Expr; readonly op: BinaryOp; readonly value: Expr }
    | { readonly type: "Return"; readonly value?: Expr }
    /** A one-line function: `def f(x): return …`, or on paper `f(x) = …`. */
    | {
        readonly type: "Function"
        readonly name: string
        readonly params: readonly Parameter[]
        readonly body: readonly Stmt[]
      }
  )

export type ExprOf<T extends Expr["type"]> = Extract<Expr, { type: T }>

/** A parsed expression text: statements, of which the last gives the value. */
export interface Program {
  readonly body: readonly Stmt[]
}
