// Random syntax trees, as the parser makes them: every kind of node, positions left at 0.
import fc from "fast-check"
import type {
  Argument,
  BinaryOp,
  CompareOp,
  Expr,
  Generator,
  Parameter,
  Program,
  Stmt,
  UnaryOp,
} from "../../src/syntax/ast.ts"

const at = { start: 0, end: 0 }

// Not among them: what means something else on paper (`true`, `σ` when called), and Python's own words.
export const name = fc.constantFrom(
  "x",
  "y",
  "p",
  "f",
  "sum",
  "where",
  "torch",
  "α",
  "σ_2",
  "x1",
  "_",
  "ifx",
  "e",
  "j2",
  "名",
)

const whole = fc
  .oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.nat(1023).map((k) => 2 ** k),
  )
  .map((value): Expr => ({ type: "Number", value, whole: true, ...at }))
const real = fc
  .oneof(fc.double({ min: 0, noNaN: true }), fc.constantFrom(0.5, 1, 1e-7, 1e21, Number.POSITIVE_INFINITY))
  .map((value): Expr => ({ type: "Number", value: Math.abs(value), whole: false, ...at }))
const letters = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("{'", '"}', "\\n", "\r\n", "\ud800"),
)
const string = letters.map((value): Expr => ({ type: "String", value, ...at }))
const constant = fc
  .constantFrom(true as const, false as const, null, "..." as const)
  .map((value): Expr => ({ type: "Constant", value, ...at }))
const nameNode = name.map((n): Expr => ({ type: "Name", name: n, ...at }))

// `^` is a power on paper, so no text parses to it here.
const binaryOp = fc.constantFrom<BinaryOp>("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "<<", ">>")
const compareOp = fc.constantFrom<CompareOp>("<", "<=", ">", ">=", "==", "!=", "in", "not in", "is", "is not")

const few = <T>(arb: fc.Arbitrary<T>, minLength = 0, maxLength = 3) => fc.array(arb, { minLength, maxLength })

/** A set of one in arithmetic is answered as LaTeX's brackets, a string that is called as a prime. */
const operand = (e: Expr): Expr => (e.type === "Set" && e.items.length === 1 ? { ...e, type: "List" } : e)
const callable = (e: Expr): Expr =>
  e.type === "String" || e.type === "Format" ? { type: "Name", name: "f", ...at } : e

const optional = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined })

function parameters(value: fc.Arbitrary<Expr>, annotated: boolean): fc.Arbitrary<Parameter[]> {
  const annotation = annotated ? optional(value) : fc.constant(undefined)
  const one = (kind: Parameter["kind"]) =>
    fc.tuple(name, optional(value), annotation).map(([n, d, a]): Parameter => {
      const plain = kind === "rest" || kind === "options"
      return { name: n, kind, ...(d && !plain ? { default: d } : {}), ...(a ? { annotation: a } : {}), ...at }
    })
  return fc
    .tuple(
      few(one("positional"), 0, 1),
      few(one("either"), 0, 2),
      few(one("rest"), 0, 1),
      few(one("keyword"), 0, 1),
      few(one("options"), 0, 1),
    )
    .map((parts) => parts.flat())
}

function call(value: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  const plain = fc
    .tuple(value, fc.boolean())
    .map(([v, star]): Argument => ({ value: v, ...(star ? { spread: "*" } : {}), ...at }))
  const named = fc
    .tuple(value, optional(name))
    .map(([v, n]): Argument => ({ value: v, ...(n === undefined ? { spread: "**" } : { name: n }), ...at }))
  return fc
    .tuple(value, few(plain, 0, 2), few(named, 0, 2))
    .map(([callee, a, b]): Expr => ({ type: "Call", callee: callable(callee), args: [...a, ...b], ...at }))
}

function format(value: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  return few(fc.oneof(letters, value)).map((list): Expr => {
    const parts: (string | Expr)[] = []
    for (const part of list) {
      const last = parts.at(-1)
      if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part
      else if (part !== "") parts.push(part)
    }
    return { type: "Format", parts, ...at }
  })
}

const items = (value: fc.Arbitrary<Expr>) =>
  few(fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: value.map(starred) }))
const starred = (value: Expr): Expr => ({ type: "Starred", value, ...at })

function slice(value: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  const part = optional(value)
  return fc.tuple(part, part, part).map(
    ([lower, upper, step]): Expr => ({
      type: "Slice",
      ...(lower ? { lower } : {}),
      ...(upper ? { upper } : {}),
      ...(step ? { step } : {}),
      ...at,
    }),
  )
}

/** What takes a value: names, attributes, subscripts, and tuples and lists of them. */
function target(value: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  const single = fc.oneof(
    { weight: 4, arbitrary: nameNode },
    {
      weight: 1,
      arbitrary: fc.tuple(value, name).map(([object, n]): Expr => ({ type: "Attribute", object, name: n, ...at })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(value, value).map(([object, index]): Expr => ({ type: "Index", object, index, ...at })),
    },
  )
  const several = fc.tuple(few(single), fc.constantFrom("Tuple" as const, "List" as const), fc.boolean()).map(
    ([list, type, star]): Expr => ({
      type,
      items: star ? list.map((e, i) => (i === 0 ? starred(e) : e)) : list,
      ...at,
    }),
  )
  return fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: several })
}

const generators = (value: fc.Arbitrary<Expr>): fc.Arbitrary<Generator[]> =>
  few(fc.record({ target: target(value), iterable: value, conditions: few(value, 0, 2) }), 1, 2)

export const { expr } = fc.letrec<{ expr: Expr }>((tie) => {
  const e = tie("expr")
  const node = <T extends Expr>(arb: fc.Arbitrary<T>) => arb
  return {
    expr: fc.oneof(
      { depthSize: "small", maxDepth: 6, withCrossShrink: true },
      { weight: 4, arbitrary: nameNode },
      { weight: 2, arbitrary: fc.oneof(whole, real, string, constant) },
      node(fc.tuple(e, name).map(([object, n]): Expr => ({ type: "Attribute", object, name: n, ...at }))),
      node(call(e)),
      node(format(e)),
      node(
        fc
          .tuple(
            e,
            fc.oneof(
              e,
              slice(e),
              few(fc.oneof(e, slice(e), e.map(starred))).map((list): Expr => ({ type: "Tuple", items: list, ...at })),
            ),
          )
          .map(([object, index]): Expr => ({ type: "Index", object, index, ...at })),
      ),
      node(items(e).map((list): Expr => ({ type: "Tuple", items: list, ...at }))),
      node(items(e).map((list): Expr => ({ type: "List", items: list, ...at }))),
      node(
        items(e)
          .filter((list) => list.length > 0)
          .map((list): Expr => ({ type: "Set", items: list, ...at })),
      ),
      node(
        few(fc.tuple(optional(e), e)).map(
          (list): Expr => ({
            type: "Dict",
            entries: list.map(([key, value]) => (key === undefined ? { value } : { key, value })),
            ...at,
          }),
        ),
      ),
      node(
        fc
          .tuple(fc.constantFrom<UnaryOp>("-", "+", "~", "not"), e)
          .map(([op, operandOf]): Expr => ({ type: "Unary", op, operand: operandOf, ...at })),
      ),
      {
        weight: 3,
        arbitrary: fc
          .tuple(binaryOp, e, e)
          .map(([op, l, r]): Expr => ({ type: "Binary", op, left: operand(l), right: operand(r), opStart: 0, ...at })),
      },
      node(
        fc
          .tuple(e, few(fc.record({ op: compareOp, right: e }), 1, 2))
          .map(([first, rest]): Expr => ({ type: "Compare", first, rest, ...at })),
      ),
      node(
        fc
          .tuple(fc.constantFrom("and" as const, "or" as const), few(e, 2, 3))
          .map(([op, list]): Expr => ({ type: "Bool", op, items: list, ...at })),
      ),
      node(
        fc
          .tuple(e, e, e)
          .map(([test, then, otherwise]): Expr => ({ type: "Conditional", test, then, otherwise, ...at })),
      ),
      node(fc.tuple(parameters(e, false), e).map(([params, body]): Expr => ({ type: "Lambda", params, body, ...at }))),
      node(
        fc
          .tuple(fc.constantFrom("list" as const, "set" as const, "generator" as const), e, generators(e))
          .map(([kind, item, list]): Expr => ({ type: "Comprehension", kind, item, generators: list, ...at })),
      ),
      node(
        fc
          .tuple(e, e, generators(e))
          .map(([key, value, list]): Expr => ({ type: "DictComprehension", key, value, generators: list, ...at })),
      ),
      node(fc.tuple(name, e).map(([n, value]): Expr => ({ type: "Walrus", name: n, value, ...at }))),
    ),
  }
})

const simple: fc.Arbitrary<Stmt> = fc.oneof(
  expr.map((value): Stmt => ({ type: "Expression", value, ...at })),
  fc.tuple(few(target(expr), 1, 2), expr).map(([targets, value]): Stmt => ({ type: "Assign", targets, value, ...at })),
  fc
    .tuple(
      target(expr).filter((t) => t.type !== "Tuple" && t.type !== "List"),
      binaryOp,
      expr,
    )
    .map(([t, op, value]): Stmt => ({ type: "AugmentedAssign", target: t, op, value, ...at })),
  optional(expr).map((value): Stmt => ({ type: "Return", ...(value ? { value } : {}), ...at })),
)

const { statement } = fc.letrec<{ statement: Stmt }>((tie) => ({
  statement: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    { weight: 5, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, parameters(expr, true), few(tie("statement")))
        .map(([n, params, body]): Stmt => ({ type: "Function", name: n, params, body, ...at })),
    },
  ),
}))

export const program: fc.Arbitrary<Program> = few(statement, 1, 4).map((body) => ({ body }))
