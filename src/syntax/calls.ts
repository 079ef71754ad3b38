// What stands in the brackets of a call, a subscript or a definition: arguments, slices, parameters; and lambda.
import type { Argument, Expr, Parameter } from "./ast.ts"
import { closeBracket, openBracket, parseGenerators, parseItem } from "./atoms.ts"
import { parseTest } from "./expressions.ts"
import { lambdaIsAWord } from "./habits.ts"
import { acceptOp, enter, give, isOp, isWord, lastEnd, type Parser, peek, take } from "./parser.ts"

export function parseCall(p: Parser, called: Expr, start: number): Expr {
  const opener = peek(p)
  const outside = openBracket(p)
  const args: Argument[] = []
  let named = false
  let generator = false
  while (!isOp(peek(p), ")")) {
    const argument = parseArgument(p)
    if (argument.name !== undefined || argument.spread === "**") named = true
    else if (named && argument.spread === undefined) {
      const { start: from, end } = argument
      const headline = "arguments without a name come first"
      give(p, { start: from, end, headline, text: "this one comes after one with a name" })
    }
    generator = isWord(peek(p), "for") || isWord(peek(p), "async")
    if (generator && argument.name === undefined && argument.spread === undefined) {
      const generators = parseGenerators(p)
      const { start: from } = argument
      const end = lastEnd(p)
      const value: Expr = {
        type: "Comprehension",
        kind: "generator",
        item: argument.value,
        generators,
        start: from,
        end,
      }
      args.push({ value, start: from, end })
    } else args.push(argument)
    if (!acceptOp(p, ",")) break
  }
  closeBracket(p, outside)
  const end = lastEnd(p)
  const first = args[0]
  // As in Python, a generator that is the only argument owns the call's brackets.
  if (generator && first !== undefined && args.length === 1) {
    args[0] = { ...first, value: { ...first.value, start: opener.start, end } }
  }
  const sigma = p.paper && called.type === "Name" && called.name === "σ" && !p.ownSigma
  return { type: "Call", callee: sigma ? { ...called, name: "sigmoid" } : called, args, start, end }
}

function parseArgument(p: Parser): Argument {
  const { start, kind, text } = peek(p)
  if (acceptOp(p, "*")) return { spread: "*", value: parseTest(p), start, end: lastEnd(p) }
  if (acceptOp(p, "**")) return { spread: "**", value: parseTest(p), start, end: lastEnd(p) }
  if (kind === "name" && isOp(peek(p, 1), "=")) {
    p.at += 2
    return { name: text, value: parseTest(p), start, end: lastEnd(p) }
  }
  return { value: parseItem(p), start, end: lastEnd(p) }
}

export function parseSubscript(p: Parser, object: Expr, start: number): Expr {
  const outside = openBracket(p)
  const from = peek(p).start
  let index = parseSlice(p)
  if (isOp(peek(p), ",")) {
    const items = [index]
    while (acceptOp(p, ",") && !isOp(peek(p), "]")) items.push(parseSlice(p))
    index = { type: "Tuple", items, start: from, end: lastEnd(p) }
  } else if (index.type === "Starred" && !p.paper) {
    index = { type: "Tuple", items: [index], start: from, end: lastEnd(p) }
  }
  closeBracket(p, outside)
  return { type: "Index", object, index, start, end: lastEnd(p) }
}

function parseSlice(p: Parser): Expr {
  const { start } = peek(p)
  const lower = isOp(peek(p), ":") ? undefined : parseItem(p)
  if (!acceptOp(p, ":")) return lower ?? parseItem(p)
  const upper = endsPart(p) ? undefined : parseTest(p)
  const step = acceptOp(p, ":") && !endsPart(p) ? parseTest(p) : undefined
  return {
    type: "Slice",
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    ...(step === undefined ? {} : { step }),
    start,
    end: lastEnd(p),
  }
}

const endsPart = (p: Parser): boolean => isOp(peek(p), ":") || isOp(peek(p), ",") || isOp(peek(p), "]")

export function parseLambda(p: Parser): Expr {
  const word = take(p)
  // Defaults may be functions, too.
  enter(p)
  const params = parseParameters(p, ":", () => lambdaIsAWord(p, word))
  if (!acceptOp(p, ":")) lambdaIsAWord(p, word)
  const body = parseTest(p)
  p.depth--
  return { type: "Lambda", params, body, start: word.start, end: lastEnd(p) }
}

/** Parameters up to `closer`, which is left alone: `)` of a def, where annotations may stand, or `:` of a lambda. */
export function parseParameters(p: Parser, closer: ")" | ":", otherwise: () => never): Parameter[] {
  let params: Parameter[] = []
  let kind: Parameter["kind"] = "either"
  while (!isOp(peek(p), closer)) {
    const { start } = peek(p)
    if (acceptOp(p, "/")) params = params.map((param) => ({ ...param, kind: "positional" as const }))
    else if (acceptOp(p, "**")) params.push(parseParameter(p, "options", start, closer, otherwise))
    else if (acceptOp(p, "*")) {
      if (!isOp(peek(p), ",")) params.push(parseParameter(p, "rest", start, closer, otherwise))
      kind = "keyword"
    } else params.push(parseParameter(p, kind, start, closer, otherwise))
    if (!acceptOp(p, ",")) break
  }
  if (!isOp(peek(p), closer)) otherwise()
  return params
}

function parseParameter(
  p: Parser,
  kind: Parameter["kind"],
  start: number,
  closer: ")" | ":",
  otherwise: () => never,
): Parameter {
  const token = peek(p)
  if (token.kind !== "name") otherwise()
  take(p)
  const annotation = closer === ")" && acceptOp(p, ":") ? parseItem(p) : undefined
  const value = acceptOp(p, "=") ? parseTest(p) : undefined
  return {
    name: token.text,
    kind,
    ...(value === undefined ? {} : { default: value }),
    ...(annotation === undefined ? {} : { annotation }),
    start,
    end: lastEnd(p),
  }
}
