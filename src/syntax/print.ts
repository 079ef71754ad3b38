// Trees as canonical Python: as few brackets as can be, sums spaced, products tight. Parsing the text gives the tree back.
import type { Argument, Expr, ExprOf, Generator, Parameter, Program, Stmt } from "./ast.ts"
import { BINARY_LEVEL, LEVEL } from "./operators.ts"

export const printExpr = (e: Expr): string => print(e, LEVEL.tuple)

/** The same as Python files are mostly written: with blanks around every operator but powers. */
export function printSpaced(e: Expr): string {
  spaced = true
  try {
    return printExpr(e)
  } finally {
    spaced = false
  }
}

/** What is being printed; nothing waits in between. */
let spaced = false

export const printProgram = (p: Program): string => printBody(p.body, "").join("\n")

/** Prints for a place that takes what binds at least as tightly as `min`. */
function print(e: Expr, min: number): string {
  const text = bare(e)
  return levelOf(e) < min ? `(${text})` : text
}

function levelOf(e: Expr): number {
  switch (e.type) {
    case "Walrus":
      // Never without brackets: it only means the same inside some.
      return -1
    case "Tuple":
      return e.items.length === 0 ? LEVEL.postfix : LEVEL.tuple
    case "Starred":
    case "Slice":
      return LEVEL.tuple
    case "Lambda":
    case "Conditional":
      return LEVEL.test
    case "Bool":
      return e.op === "or" ? LEVEL.or : LEVEL.and
    case "Compare":
      return LEVEL.compare
    case "Unary":
      return e.op === "not" ? LEVEL.not : LEVEL.unary
    case "Binary":
      return BINARY_LEVEL[e.op]
    default:
      return LEVEL.postfix
  }
}

function bare(e: Expr): string {
  switch (e.type) {
    case "Number":
      return printNumber(e)
    case "String":
      return printString(e.value)
    case "Format":
      return printFormat(e)
    case "Constant":
      return e.value === null ? "None" : e.value === "..." ? "..." : e.value ? "True" : "False"
    case "Name":
      return e.name
    case "Attribute":
      return `${printObject(e.object)}.${e.name}`
    case "Call":
      if (isYield(e)) return `(${e.callee.name}${e.args.map((a) => ` ${print(a.value, LEVEL.tuple)}`).join("")})`
      return `${printObject(e.callee)}(${printArguments(e.args)})`
    case "Index":
      return `${printObject(e.object)}[${printIndex(e.index)}]`
    case "Slice":
      return printSlice(e)
    case "Tuple":
      return e.items.length === 0 ? "()" : list(e.items) + (e.items.length === 1 ? "," : "")
    case "List":
      return `[${list(e.items)}]`
    case "Set":
      return `{${list(e.items)}}`
    case "Dict":
      return `{${e.entries.map(printEntry).join(", ")}}`
    case "Unary":
      return e.op === "not" ? `not ${print(e.operand, LEVEL.not)}` : e.op + print(e.operand, LEVEL.unary)
    case "Binary":
      return printBinary(e)
    case "Compare":
      return [print(e.first, LEVEL.bitOr), ...e.rest.flatMap((r) => [r.op, print(r.right, LEVEL.bitOr)])].join(" ")
    case "Bool":
      return e.items.map((item) => print(item, levelOf(e) + 1)).join(` ${e.op} `)
    case "Conditional":
      return `${print(e.then, LEVEL.or)} if ${print(e.test, LEVEL.or)} else ${print(e.otherwise, LEVEL.test)}`
    case "Lambda":
      return `lambda${e.params.length > 0 ? " " : ""}${printParameters(e.params)}: ${print(e.body, LEVEL.test)}`
    case "Comprehension": {
      const inside = print(e.item, LEVEL.test) + printGenerators(e.generators)
      return e.kind === "list" ? `[${inside}]` : e.kind === "set" ? `{${inside}}` : `(${inside})`
    }
    case "DictComprehension":
      return `{${print(e.key, LEVEL.test)}: ${print(e.value, LEVEL.test)}${printGenerators(e.generators)}}`
    case "Starred":
      return `*${print(e.value, LEVEL.bitOr)}`
    case "Walrus":
      return `${e.name} := ${print(e.value, LEVEL.test)}`
  }
}

/** In files a yield is a call of a name that is none. */
const isYield = (e: ExprOf<"Call">): e is ExprOf<"Call"> & { readonly callee: ExprOf<"Name"> } =>
  e.callee.type === "Name" && (e.callee.name === "yield" || e.callee.name === "yield from")

/** Items of a bracket; a star stands in one without brackets of its own. */
const list = (items: readonly Expr[]): string =>
  items.map((item) => (item.type === "Starred" ? bare(item) : print(item, LEVEL.test))).join(", ")

/** `1.real` and, on paper, `2(x)` would be read otherwise. */
const printObject = (e: Expr): string => (e.type === "Number" ? `(${bare(e)})` : print(e, LEVEL.postfix))

function printNumber({ value, whole }: ExprOf<"Number">): string {
  if (value === Number.POSITIVE_INFINITY) return "1e999"
  if (whole) return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString()
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped.
const UNPRINTABLE = /[\\\x00-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const SHORT: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
])

function escapeText(text: string, quote: string): string {
  const escaped = text.replace(UNPRINTABLE, (c) => {
    const code = c.charCodeAt(0)
    return SHORT.get(c) ?? (code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`)
  })
  return escaped.replaceAll(quote, `\\${quote}`)
}

const printString = (value: string): string => `"${escapeText(value, '"')}"`

/** Fields take the quote that is not used in them, so that older Pythons read the text too. */
function printFormat({ parts }: ExprOf<"Format">): string {
  const fields = parts.map((part) => (typeof part === "string" ? "" : printField(part)))
  const quote = fields.some((field) => field.includes('"')) ? "'" : '"'
  const inside = parts.map((part, i) =>
    typeof part === "string" ? escapeText(part, quote).replace(/[{}]/g, "$&$&") : fields[i],
  )
  return `f${quote}${inside.join("")}${quote}`
}

function printField(e: Expr): string {
  // The colon of a lambda would begin a format, and two braces in a row would be one sign.
  const text = print(e, LEVEL.tuple)
  const safe = /(?:lambda|:=)/.test(text) && levelOf(e) < LEVEL.postfix ? `(${bare(e)})` : text
  return `{${safe.startsWith("{") ? " " : ""}${safe}${safe.endsWith("}") ? " " : ""}}`
}

function printBinary({ op, left, right }: ExprOf<"Binary">): string {
  const level = BINARY_LEVEL[op]
  const tight = op === "**" || (level >= LEVEL.product && op !== "@" && !spaced)
  const [l, r] =
    op === "**"
      ? [print(left, LEVEL.postfix), print(right, LEVEL.unary)]
      : [print(left, level), print(right, level + 1)]
  return tight ? l + op + r : `${l} ${op} ${r}`
}

function printSlice({ lower, upper, step }: ExprOf<"Slice">): string {
  const part = (e: Expr | undefined) => (e === undefined ? "" : print(e, LEVEL.test))
  return `${part(lower)}:${part(upper)}${step === undefined ? "" : `:${part(step)}`}`
}

const printSubscript = (e: Expr): string =>
  e.type === "Starred" || e.type === "Slice" ? bare(e) : print(e, LEVEL.test)

function printIndex(index: Expr): string {
  if (index.type !== "Tuple" || index.items.length === 0) return printSubscript(index)
  return index.items.map(printSubscript).join(", ") + (index.items.length === 1 ? "," : "")
}

const printEntry = ({ key, value }: { readonly key?: Expr; readonly value: Expr }): string =>
  key === undefined ? `**${print(value, LEVEL.bitOr)}` : `${print(key, LEVEL.test)}: ${print(value, LEVEL.test)}`

function printArguments(args: readonly Argument[]): string {
  const only = args[0]
  if (args.length === 1 && only?.value.type === "Comprehension" && only.value.kind === "generator") {
    if (only.name === undefined && only.spread === undefined) return bare(only.value).slice(1, -1)
  }
  return args
    .map(
      ({ name, spread, value }) => `${spread ?? ""}${name === undefined ? "" : `${name}=`}${print(value, LEVEL.test)}`,
    )
    .join(", ")
}

function printParameters(params: readonly Parameter[]): string {
  const out: string[] = []
  params.forEach((param, i) => {
    const before = params[i - 1]?.kind
    if (before === "positional" && param.kind !== "positional") out.push("/")
    if (param.kind === "keyword" && before !== "keyword" && before !== "rest") out.push("*")
    const star = param.kind === "rest" ? "*" : param.kind === "options" ? "**" : ""
    const annotation = param.annotation === undefined ? "" : `: ${print(param.annotation, LEVEL.test)}`
    const equals = annotation === "" ? "=" : " = "
    out.push(`${star}${param.name}${annotation}${param.default ? equals + print(param.default, LEVEL.test) : ""}`)
  })
  if (params.at(-1)?.kind === "positional") out.push("/")
  return out.join(", ")
}

const printGenerators = (generators: readonly Generator[]): string =>
  generators
    .map(({ target, iterable, conditions }) => {
      const names = target.type === "Tuple" && target.items.length > 0 ? bare(target) : print(target, LEVEL.bitOr)
      const tests = conditions.map((c) => ` if ${print(c, LEVEL.or)}`).join("")
      return ` for ${names} in ${print(iterable, LEVEL.or)}${tests}`
    })
    .join("")

/** A value where a tuple needs no brackets. */
const printValue = (e: Expr): string => print(e, LEVEL.tuple)

function printStatement(s: Stmt, indent: string): string {
  switch (s.type) {
    case "Expression":
      return indent + printValue(s.value)
    case "Assign":
      return `${indent}${[...s.targets, s.value].map(printValue).join(" = ")}`
    case "AugmentedAssign":
      return `${indent}${printValue(s.target)} ${s.op}= ${printValue(s.value)}`
    case "Return":
      return s.value === undefined ? `${indent}return` : `${indent}return ${printValue(s.value)}`
    case "Function":
      return printFunction(s, indent)
  }
}

function printFunction({ name, params, body }: Stmt & { readonly type: "Function" }, indent: string): string {
  const head = `${indent}def ${name}(${printParameters(params)}):`
  const only = body[0]
  if (only === undefined) return `${head} pass`
  if (body.length === 1 && only.type !== "Function" && !isString(only)) return `${head} ${printStatement(only, "")}`
  return [head, ...printBody(body, `${indent}    `)].join("\n")
}

/**
 * A line that begins with a sign would be taken for the rest of the value before it, and the word `where` for its clause;
 * brackets show that it is not.
 */
const printBody = (body: readonly Stmt[], indent: string): string[] =>
  body.map((s, i) => {
    const text = printStatement(s, "")
    const signed = s.type === "Expression" && /^[-+]/.test(text) && body[i - 1]?.type === "Expression"
    const goesOn = signed || text === "where"
    return goesOn || (isString(s) && indent !== "") ? `${indent}(${text})` : printStatement(s, indent)
  })

/** A string alone in a body would be dropped as its docstring. */
const isString = (s: Stmt): s is Stmt & { readonly type: "Expression" } =>
  s.type === "Expression" && s.value.type === "String"
