// Python files that import each other: from a path, or from an import statement, to a syntax tree.
import { folderOf, joined, parentOf } from "../source/paths.ts"
import type { Source } from "../source/text.ts"
import { parseFile } from "./file.ts"
import type { Module } from "./file-ast.ts"

export interface PythonFile {
  readonly source: Source
  readonly tree: Module
}

/** What an import names: a file, and the folder in which its submodules lie when it is a package. */
export interface Found {
  readonly file?: PythonFile
  readonly folder?: string
}

export interface Project {
  /** The Python file at a path; undefined when there is none. */
  readonly at: (path: string) => PythonFile | undefined
}

/** So many folders above a file are looked through for what it imports. */
const MOST_PARENTS = 12
/** So many files are kept as trees. */
const MOST_KEPT = 1000

/** A project over whatever `read` finds at a path: the text of a file, or undefined. Each file is read and parsed once. */
export function projectOf(read: (path: string) => string | undefined): Project {
  const known = new Map<string, PythonFile | undefined>()
  return {
    at: (path) => {
      if (known.has(path)) return known.get(path)
      const text = read(path)
      const source = { name: path, text: text ?? "" }
      const file = text === undefined ? undefined : { source, tree: parseFile(source) }
      if (file && known.size >= MOST_KEPT) known.delete(known.keys().next().value!)
      known.set(path, file)
      return file
    },
  }
}

function below(project: Project, folder: string, path: string): Found | undefined {
  const base = path === "" ? folder : joined(folder, path)
  const init = project.at(joined(base, "__init__.py"))
  if (init) return { file: init, folder: base }
  const file = path === "" ? undefined : project.at(`${base}.py`)
  return file && { file }
}

/** The submodule of a package. */
export const submodule = (project: Project, { folder }: Found, name: string): Found | undefined =>
  folder === undefined ? undefined : below(project, folder, name.replaceAll(".", "/"))

/**
 * The module that `from` names in an import, `level` dots before it. Absolute names are looked for in the folders above
 * the file, the nearest first; folders that are packages themselves come last, as Python does not look into them.
 */
export function findModule(project: Project, from: PythonFile, module: string, level: number): Found | undefined {
  const path = module.replaceAll(".", "/")
  let folder: string | undefined = folderOf(from.source.name)
  if (level > 0) {
    for (let k = 1; k < level && folder !== undefined; k++) folder = parentOf(folder)
    if (folder === undefined) return undefined
    // A folder without __init__.py may hold modules as well.
    return below(project, folder, path) ?? { folder: path === "" ? folder : joined(folder, path) }
  }
  const roots: string[] = []
  const packages: string[] = []
  for (let k = 0; k < MOST_PARENTS && folder !== undefined; k++) {
    ;(project.at(joined(folder, "__init__.py")) ? packages : roots).push(folder)
    folder = parentOf(folder)
  }
  for (const root of [...roots, ...packages]) {
    const found = below(project, root, path)
    if (found) return found
  }
  return undefined
}

/** The module that `from module import name` names, in a package or in a folder without __init__.py. */
export function importedModule(
  project: Project,
  from: PythonFile,
  module: string,
  level: number,
  name: string,
): Found | undefined {
  const parent = findModule(project, from, module, level)
  return parent ? submodule(project, parent, name) : findModule(project, from, `${module}.${name}`, level)
}

/** The same project with other texts for some of its files. Each of them is parsed once, when it is asked for. */
export function withTexts(project: Project, texts: ReadonlyMap<string, string>): Project {
  const own = projectOf((path) => texts.get(path))
  return { at: (path) => (texts.has(path) ? own.at(path) : project.at(path)) }
}
