// A definition of a Python file as something to trace: its inputs are the arguments without a default.
import { CLASSES } from "../definitions/candidates.ts"
import { topLevel } from "../definitions/hierarchy.ts"
import type { PythonDefinition } from "../definitions/python.ts"
import { partOf } from "../definitions/roles.ts"
import { plainSetting, type Setting, settingFor, settingText, UNSAID } from "../definitions/settings.ts"
import { editedTexts } from "../source/edit.ts"
import { Problem } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import type { Source, Span } from "../source/text.ts"
import type { Expr, Parameter } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf } from "../syntax/file-ast.ts"
import { type Project, type PythonFile, withTexts } from "../syntax/project.ts"
import { lastName } from "../syntax/walk.ts"
import { callGiven, type GivenArgument } from "./calls.ts"
import { containersOf, gathered, leavesOf } from "./containers.ts"
import { classOf, functionOf } from "./defining.ts"
import { entryOf } from "./entries.ts"
import type { Subject } from "./inputs.ts"
import { fileScope, newModules } from "./modules.ts"
import { type ClassValue, callNames, construct, fieldsOf, frameworkBase, memberOf, orderOf } from "./objects.ts"
import { operate } from "./operators.ts"
import { type Context, failAt, lookUp, scratch, spanOf } from "./scope.ts"
import { type Closure, type Dict, isClosure, isTensor, kindOf, type Value } from "./values.ts"

/**
 * Arguments that carry the tensors, self left out: positional ones without a default, and a target that may be None where
 * there is no other.
 */
function inputsOf(
  params: readonly Parameter[],
  method: boolean,
  settings: ReadonlySet<string>,
  body: readonly FileStmt[],
): string[] {
  const own = params.slice(method ? 1 : 0).filter((p) => p.kind === "either" || p.kind === "positional")
  const open = own.filter((p) => !p.default && !settings.has(p.name) && plainSetting(p, body) === undefined)
  const isTarget = ({ name }: Parameter): boolean => partOf(name) === "target"
  const spare = open.some(isTarget) ? undefined : own.find((p) => p.default && isNone(p.default) && isTarget(p))
  return own.filter((p) => open.includes(p) || p === spare).map((p) => p.name)
}

/** The functions of a file by name. */
const functionsOf = ({ tree }: PythonFile): ReadonlyMap<string, FileStmtOf<"Function">> =>
  new Map(topLevel(tree.body).flatMap((s) => (s.type === "Function" ? [[s.name, s] as const] : [])))

/** The value of an entry of an argument that is a setting by its name; undefined for tensors. */
const fieldSetting = (key: string): Setting | undefined =>
  ["prediction", "target", "mask", "weight"].includes(partOf(key))
    ? undefined
    : settingFor({ name: key, kind: "either", start: 0, end: 0 })

/** A setting that stands in an entry of an argument. */
function chosen({ used }: Context, name: string, key: string, said: Said): Value {
  if (said.has(name)) return valueOfSetting(said.get(name)!)
  const setting = fieldSetting(key)!
  used.settings = [...(used.settings ?? []), { name, value: settingText(setting), why: "its name, type or use" }]
  return valueOfSetting(setting)
}

const valueOfSetting = (setting: Setting): Value =>
  setting === "{}" ? { kind: "dict", entries: new Map() } : Array.isArray(setting) ? [...setting] : (setting as Value)

const isEmpty = (expr: Expr): boolean => (expr.type === "Tuple" || expr.type === "List") && expr.items.length === 0
const isNone = (expr: Expr): boolean => expr.type === "Constant" && expr.value === null

/** The definition as a value: the function with its decorators, the class with its bases. */
function madeFrom(context: Context, statement: PythonDefinition["statement"]): Value {
  const scope = fileScope(context.modules!, context.file!)
  // What the file binds knows the rules that were given to it later.
  const bound = lookUp(context, scope, statement.name)
  if (statement.type === "Function" && bound !== undefined && isClosure(bound) && bound.params === statement.params)
    return bound
  return statement.type === "Class" ? classOf(context, statement, scope) : functionOf(context, statement, scope)
}

/**
 * The definition with what it needs of its own file and of others; `counts` are arguments that turned out to be whole
 * numbers that must be known beforehand. Throws a Problem when its arguments cannot be told,
 * as when a base class is not found.
 */
export function subjectOfDefinition(
  project: Project,
  file: PythonFile,
  { name, role, statement, settings: said = new Map() }: PythonDefinition,
  counts: ReadonlySet<string> = new Set(),
  whole = false,
): Subject {
  const { source } = file
  const within = (context: Context): Context => ({ ...context, file, modules: newModules(project) })
  const probe = within(scratch(source))
  const made = madeFrom(probe, statement)
  const entry = entryOf(made, statement)
  const head = { start: statement.start, end: statement.start + name.length }
  if (entry === undefined) failAt(spanOf(probe, head), `what ${name} computes is not found in the file or in its bases`)
  const { params, bound, settings } = entry
  const own = inputsOf(params, bound, new Set([...counts, ...said.keys()]), statement.body)
  const held = [...containersOf(own, statement.body, functionsOf(file))]
  const containers = new Map(held.filter(([, { kind }]) => !whole || kind !== "tuple"))
  // Of what an argument holds beside tensors, settings have values of their own.
  const isSetting = (name: string, key: string): boolean =>
    counts.has(name) || said.has(name) || fieldSetting(key) !== undefined
  const names = own.flatMap((n) => leavesOf(n, containers.get(n), isSetting))
  // Behind an argument that keeps its default, the others go by name.
  const first = bound ? 1 : 0
  const before = own.findIndex((n, k) => params[first + k]?.name !== n)
  const taken = [...params, ...(settings ?? []), ...constructorOf(made)].map((p) => p.name)
  const unknown = [...said.keys()].find((n) => !taken.includes(n.split(".")[0]!))
  if (unknown !== undefined)
    failAt(spanOf(probe, head), `${name} has no argument ${unknown}`, "", { close: suggest(unknown, taken) })
  const empty = params.find((p) => p.default && isEmpty(p.default) && !said.has(p.name))?.name
  return {
    name,
    source,
    names,
    ...(empty !== undefined ? { empty } : {}),
    place: { start: statement.start, end: statement.end },
    ...endingOf(statement),
    arguments: true,
    ...(held.some(([, { kind }]) => kind === "tuple") && !whole ? { pairs: true } : {}),
    treeOf: (of) => fileOf(project, file, of)?.tree,
    revised: (edits) => {
      const texts = editedTexts(edits)
      const other = texts && withTexts(project, texts)
      const again = other && (texts.has(source.name) ? other.at(source.name) : file)
      const same = again && sameIn(file, again, statement)
      return same && subjectOfDefinition(other, again, { name, role, statement: same, settings: said }, counts, whole)
    },
    run: (outer, inputs) => {
      const context = within(outer)
      const span = spanOf(context, statement)
      const args = own.map(
        (n, k): GivenArgument => ({
          ...(before < 0 || k < before ? {} : { name: n }),
          value: gathered(
            n,
            containers.get(n),
            (name, key) =>
              lookUp(context, inputs, name) ?? (counts.has(name) ? CLASSES : chosen(context, name, key, said)),
          ),
          span,
        }),
      )
      const value = madeFrom(context, statement)
      if (context.worlds) context.worlds.framework ||= takesTensors(value, params)
      const called =
        kindOf(value) === "class"
          ? newObject(context, value as ClassValue, span, said)
          : settings
            ? callGiven(context, value, settingsFor(context, settings, span, name, statement.body, said), span)
            : value
      const given = params.slice(first).filter((p) => !own.includes(p.name) && (!p.default || said.has(p.name)))
      const fixed = given.filter(
        (p) => p.kind === "keyword" || said.has(p.name) || plainSetting(p, statement.body) !== undefined,
      )
      const numbers = given.filter((p) => counts.has(p.name)).map((p) => ({ name: p.name, value: CLASSES, span }))
      const all = [...args, ...settingsFor(context, fixed, span, name, statement.body, said), ...numbers]
      return reduced(context, callGiven(context, called, all, span), span, lossesIn(source, statement))
    },
  }
}

/** Whether a definition says that it is about tensors: by its base class, or by the type of an argument. */
const takesTensors = (value: Value, params: readonly Parameter[]): boolean =>
  (kindOf(value) === "class" && frameworkBase(value as ClassValue) !== undefined) ||
  params.some(({ annotation }) => annotation && /^(\w*Tensor|Array)$/.test(lastName(annotation)))

/** The function itself, or the method of a class by which its objects are called. */
function methodOf(statement: PythonDefinition["statement"]): FileStmtOf<"Function"> | undefined {
  if (statement.type === "Function") return statement
  const methods = statement.body.filter((s) => s.type === "Function")
  return methods.find((m) => callNames.includes(m.name))
}

/** What the one `return` of a function, or of the method by which an object is called, hands back. */
function endingOf(statement: PythonDefinition["statement"]): Pick<Subject, "ending"> {
  const method = methodOf(statement)
  const returns = method ? returnsIn(method.body) : []
  const value = returns.length === 1 ? returns[0]!.value : undefined
  return value && value.type !== "Tuple" && value.type !== "Dict" ? { ending: value } : {}
}

const returnsIn = (body: readonly FileStmt[]): FileStmtOf<"Return">[] =>
  body.flatMap((s) => {
    if (s.type === "Return") return [s]
    if (s.type === "If") return [...s.branches.flatMap((b) => returnsIn(b.body)), ...returnsIn(s.otherwise)]
    return s.type === "With" || s.type === "For" || s.type === "While" || s.type === "Try" ? returnsIn(s.body) : []
  })

/** The file that a source is the text of. */
function fileOf(project: Project, own: PythonFile, source: Source): PythonFile | undefined {
  const file = own.source === source ? own : project.at(source.name)
  return file?.source === source ? file : undefined
}

/** The same definition in a file whose expressions were edited: statements keep their order. */
function sameIn(file: PythonFile, other: PythonFile, statement: PythonDefinition["statement"]) {
  const at = topLevel(file.tree.body).indexOf(statement)
  const same = topLevel(other.tree.body)[at]
  return (same?.type === "Function" || same?.type === "Class") && same.name === statement.name ? same : undefined
}

/** An object of the class, made with the defaults of its constructor. */
function newObject(context: Context, of: ClassValue, span: Span, said: Said): Value {
  const body = orderOf(of).flatMap((c) => c.statement?.body ?? [])
  return construct(context, of, settingsFor(context, constructorOf(of), span, "the constructor", body, said), span)
}

/** Settings that somebody states, by name. */
type Said = ReadonlyMap<string, Setting>

/** The arguments of a constructor, the object left out; none of what is no class. */
function constructorOf(value: Value): readonly Parameter[] {
  if (kindOf(value) !== "class") return []
  const init = memberOf(value as ClassValue, "__init__")?.value as Closure | undefined
  return init?.params.slice(1) ?? fieldsOf(value as ClassValue) ?? []
}

/** What is stated, and likely values for what has no default. */
function settingsFor(
  { used }: Context,
  params: readonly Parameter[],
  span: Span,
  whose: string,
  body: readonly FileStmt[],
  said: Said,
): GivenArgument[] {
  const open = params.filter(
    (p) => ["either", "positional", "keyword"].includes(p.kind) && (!p.default || said.has(p.name)),
  )
  const missing = open.filter((p) => !said.has(p.name) && settingFor(p, body) === undefined)
  if (missing.length > 0) {
    const names = missing.map((p) => p.name).join(", ")
    const what = missing.length > 1 ? "they are" : "it is"
    used.unsaid = new Problem({
      headline: `${whose} needs ${names}, and nothing says what ${what}`,
      mark: { span, text: "" },
    })
  }
  return open.map((p): GivenArgument => {
    const name = p.kind === "positional" ? {} : { name: p.name }
    if (said.has(p.name)) return { ...name, value: valueOfSetting(said.get(p.name)!), span }
    const told = settingFor(p, body)
    const setting = told === undefined ? UNSAID : told
    used.settings = [
      ...(used.settings ?? []),
      { name: p.name, value: settingText(setting), why: told === undefined ? "no clue" : "its name, type or use" },
    ]
    return { ...name, value: valueOfSetting(setting), span }
  })
}

/** Which of several results are losses by their names, where none of them is the whole. */
function lossesIn(source: Source, statement: PythonDefinition["statement"]): readonly number[] {
  const last = methodOf(statement) ? returnsIn(methodOf(statement)!.body).at(-1)?.value : undefined
  if (last?.type !== "Tuple") return []
  const texts = last.items.map(({ start, end }) => source.text.slice(start, end))
  return /total|overall|^loss$/i.test(texts[0] ?? "") ? [] : texts.flatMap((t, k) => (/loss/i.test(t) ? [k] : []))
}

/**
 * Of several results those at the places `losses` are added up, else the first is the loss; of a dictionary the entry that
 * is named so, or the sum of its losses.
 */
function reduced(context: Context, value: Value, span: Span, losses: readonly number[]): Value {
  if (value === null) return failAt(span, "nothing is returned")
  if (typeof value === "boolean") return failAt(span, "a truth is returned, and no number")
  if (Array.isArray(value) && value.length > 0 && value.some((v) => kindOf(v) === "tensor"))
    return losses.length > 1 && losses.every((k) => value[k] !== undefined && isTensor(value[k]))
      ? losses.map((k): Value => value[k]!).reduce((a, b) => operate(context, "+", a, b, span))
      : value[0]!
  if (kindOf(value) === "dict") {
    const { entries } = value as Dict
    const whole = entries.get("loss") ?? entries.get("total_loss")
    if (whole !== undefined) return whole
    const named = [...entries].filter(([name, v]) => /loss/i.test(String(name)) && isTensor(v)).map(([, v]) => v)
    if (named.length === 0) return failAt(span, "a dictionary is returned, and no entry of it is called loss")
    return named.reduce((a, b) => operate(context, "+", a, b, span))
  }
  return value
}
