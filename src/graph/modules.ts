// The names of Python files: each is made when it is first asked for, so that what nobody needs costs nothing.
import { isPath } from "../ops/table.ts"
import type { Span } from "../source/text.ts"
import type { Expr } from "../syntax/ast.ts"
import type { FileStmt, FileStmtOf, Module } from "../syntax/file-ast.ts"
import { type Found, findModule, importedModule, type Project, type PythonFile, submodule } from "../syntax/project.ts"
import { builtinOf } from "./builtins.ts"
import { dottedNames, isFramework, isStandard, moduleMember } from "./names.ts"
import { execute } from "./python.ts"
import { type Context, failAt } from "./scope.ts"
import { kindOf, type Scope, type Value } from "./values.ts"

/** What one trace knows of the files around it. */
export interface Modules {
  readonly project: Project
  /** The names of each file that was met. */
  readonly scopes: Map<PythonFile, Scope>
}

export const newModules = (project: Project): Modules => ({ project, scopes: new Map() })

/** A module or package of the user's own. */
export interface FileModule {
  readonly kind: "file"
  readonly found: Found
}

interface Bindings {
  readonly statements: ReadonlyMap<string, readonly FileStmt[]>
  /** `from x import *`, the last first. */
  readonly stars: readonly FileStmtOf<"ImportFrom">[]
}

const bindingsOf = new WeakMap<Module, Bindings>()

/** Names that an assignment's target changes: what is written into counts as well. */
function targetsIn(target: Expr): string[] {
  switch (target.type) {
    case "Name":
      return [target.name]
    case "Tuple":
    case "List":
      return target.items.flatMap(targetsIn)
    case "Starred":
      return targetsIn(target.value)
    case "Attribute":
    case "Index":
      return targetsIn(target.object)
    default:
      return []
  }
}

/** `__name__ == "__main__"`: what follows is for running the file, not for what it defines. */
const isMain = (test: Expr): boolean =>
  test.type === "Compare" && test.first.type === "Name" && test.first.name === "__name__"

/** Names that a statement makes or changes. */
function boundBy(s: FileStmt): string[] {
  const within = (body: readonly FileStmt[]): string[] => body.flatMap(boundBy)
  switch (s.type) {
    case "Import":
      return s.names.map(({ name, as }) => as ?? name.split(".")[0]!)
    case "ImportFrom":
      return s.names.flatMap(({ name, as }) => (name === "*" ? [] : [as ?? name]))
    // @f.defjvp above a function says something of f.
    case "Function":
      return [
        s.name,
        ...s.decorators.flatMap((d) =>
          d.type === "Attribute" && /^def[jv][jv]p/.test(d.name) ? targetsIn(d.object) : [],
        ),
      ]
    case "Class":
      return [s.name]
    case "Assign":
      return s.targets.flatMap(targetsIn)
    case "AnnotatedAssign":
    case "AugmentedAssign":
      return targetsIn(s.target)
    // A method that is called for its effect, such as append or update.
    case "Expression":
      return s.value.type === "Call" && s.value.callee.type === "Attribute" ? targetsIn(s.value.callee.object) : []
    case "If":
      return isMain(s.branches[0]!.test) ? [] : [...s.branches.flatMap((b) => within(b.body)), ...within(s.otherwise)]
    case "Try":
      return [
        ...within(s.body),
        ...s.handlers.flatMap((h) => within(h.body)),
        ...within(s.otherwise),
        ...within(s.last),
      ]
    case "For":
      return [...targetsIn(s.target), ...within(s.body)]
    case "While":
    case "With":
      return within(s.body)
    default:
      return []
  }
}

/** The imports of a file, those under a test or a try among them. */
const importsIn = (body: readonly FileStmt[]): FileStmtOf<"ImportFrom">[] =>
  body.flatMap((s) => {
    if (s.type === "ImportFrom") return [s]
    if (s.type === "If") return importsIn([...s.branches.flatMap((b) => b.body), ...s.otherwise])
    return s.type === "Try" ? importsIn([...s.body, ...s.handlers.flatMap((h) => h.body), ...s.otherwise]) : []
  })

function bindingsIn(tree: Module): Bindings {
  let known = bindingsOf.get(tree)
  if (!known) {
    const statements = new Map<string, FileStmt[]>()
    for (const s of tree.body)
      for (const name of new Set(boundBy(s))) statements.set(name, [...(statements.get(name) ?? []), s])
    const stars = importsIn(tree.body).filter((s) => s.names.some((n) => n.name === "*"))
    known = { statements, stars: stars.reverse() }
    bindingsOf.set(tree, known)
  }
  return known
}

/** The names of a file. What fails while a name is made is told where the name is used. */
export function fileScope(modules: Modules, file: PythonFile): Scope {
  const known = modules.scopes.get(file)
  if (known) return known
  const { statements, stars } = bindingsIn(file.tree)
  const begun = new Set<FileStmt>()
  const running: FileStmt[] = []
  /** Names that statements below the one that ran then say more of. */
  const late = new Set<string>()
  const scope: Scope = {
    names: new Map<string, Value>([
      ["__name__", file.source.name],
      ["__file__", file.source.name],
      ["TYPE_CHECKING", false],
      ["__debug__", true],
    ]),
    parent: undefined,
    make: (context, name) => {
      const inner: Context = {
        ...context,
        modules,
        file,
        source: file.source,
        via: undefined,
        depth: context.depth + 1,
      }
      const now = running.at(-1)?.start ?? Number.POSITIVE_INFINITY
      for (const s of statements.get(name) ?? []) {
        // While a statement runs, those below it have not been run.
        if (s.start > now) {
          late.add(name)
          continue
        }
        // A call of a module's function does not make or change the module.
        const isModule = kindOf(scope.names.get(name) ?? null) === "module"
        if (begun.has(s) || (isModule && (s.type === "Expression" || s.type === "If"))) continue
        begun.add(s)
        running.push(s)
        try {
          execute(inner, s, scope, [])
        } finally {
          running.pop()
        }
      }
      if (running.length === 0)
        for (const other of late) {
          late.delete(other)
          scope.make!(context, other)
        }
      const made = scope.names.get(name)
      if (made !== undefined || name.startsWith("__")) return made
      for (const star of stars) {
        const found = findModule(modules.project, file, star.module, star.level)
        if (!found && star.level === 0 && isPath(`${star.module}.${name}`))
          return moduleMember(`${star.module}.${name}`)
        if (!found?.file || begun.has(star)) continue
        begun.add(star)
        const value = nameIn(inner, found, name)
        begun.delete(star)
        if (value !== undefined) return value
      }
      return undefined
    },
  }
  modules.scopes.set(file, scope)
  return scope
}

/** A name of a module, or a submodule of a package; undefined when there is neither. */
export function nameIn(context: Context, found: Found, name: string): Value | undefined {
  const modules = context.modules!
  if (found.file) {
    // Inside a framework's own package its functions are what the vocabulary says.
    const path = dottedNames(found.file.source.name)
      .map((dotted) => `${dotted}.${name}`)
      .find(isFramework)
    if (path !== undefined) return moduleMember(path)
    const scope = fileScope(modules, found.file)
    const own = scope.names.get(name)
    const value = own === undefined ? scope.make!(context, name) : own
    if (value !== undefined) return value
  }
  const inner = submodule(modules.project, found, name)
  return inner && { kind: "file", found: inner }
}

/** `import a.b as c`: the module itself, or the package that the dotted name begins with. */
export function imported(context: Context, path: string): Value {
  const { modules, file } = context
  if (modules && file && !isStandard(path) && !isFramework(path)) {
    const found = findModule(modules.project, file, path, 0)
    if (found) return { kind: "file", found }
  }
  return { kind: "module", path }
}

/** `from module import name`. */
export function importedFrom(context: Context, s: FileStmtOf<"ImportFrom">, name: string, span: Span): Value {
  const { modules, file } = context
  const path = `${".".repeat(s.level)}${s.module}.${name}`
  if (!modules || !file || (s.level === 0 && isStandard(path)) || isFramework(path) || builtinOf(path))
    return moduleMember(path)
  const found = findModule(modules.project, file, s.module, s.level)
  const value = found && nameIn(context, found, name)
  if (value !== undefined) return value
  if (found?.file) failAt(span, `${found.file.source.name} has no name ${name}`)
  const inner = found ? undefined : importedModule(modules.project, file, s.module, s.level, name)
  return inner ? { kind: "file", found: inner } : moduleMember(path)
}
