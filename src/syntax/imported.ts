// The names under which a Python file knows modules and their functions: `jnp` for jax.numpy, `F` for torch.nn.functional.
import type { FileStmt, Module } from "./file-ast.ts"

const known = new WeakMap<Module, ReadonlyMap<string, string>>()

/** Dotted paths by name, as the imports at the top of a file say; those under an `if` or a `try` count as well. */
export function importedNames(tree: Module): ReadonlyMap<string, string> {
  const before = known.get(tree)
  if (before) return before
  const names = new Map<string, string>()
  const read = (body: readonly FileStmt[]): void => {
    for (const s of body) {
      if (s.type === "Import")
        for (const { name, as } of s.names) {
          const root = name.split(".")[0]!
          names.set(as ?? root, as === undefined ? root : name)
        }
      else if (s.type === "ImportFrom" && s.level === 0)
        for (const { name, as } of s.names) names.set(as ?? name, `${s.module}.${name}`)
      else if (s.type === "If") for (const b of s.branches) read(b.body)
      else if (s.type === "Try") read(s.body)
    }
  }
  read(tree.body)
  names.delete("*")
  known.set(tree, names)
  return names
}
