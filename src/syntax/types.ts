// Type parameters, `[T, *Ts, **P]`, and the aliases that may have them, `type Pair[T] = tuple[T, T]`.

import { parseItem } from "./atoms.ts"
import { parseTest } from "./expressions.ts"
import type { FileStmt, TypeParameter } from "./file-ast.ts"
import { unread } from "./file-messages.ts"
import type { FileParser } from "./file-parser.ts"
import { parseName } from "./imports.ts"
import { acceptOp, isOp, lastEnd, peek, take } from "./parser.ts"

/** `type` is a name like any other, unless another name follows. */
export const startsTypeAlias = (p: FileParser): boolean => peek(p, 1).kind === "name"

export function parseTypeAlias(p: FileParser): FileStmt {
  const { start } = take(p)
  const name = parseName(p)
  const types = parseTypeParameters(p)
  if (!acceptOp(p, "=")) unread(p)
  const value = parseTest(p)
  return { type: "TypeAlias", name, types, value, start, end: lastEnd(p) }
}

export function parseTypeParameters(p: FileParser): TypeParameter[] {
  const types: TypeParameter[] = []
  if (!isOp(peek(p), "[")) return types
  p.bracket = take(p)
  do types.push(parseTypeParameter(p))
  while (acceptOp(p, ",") && !isOp(peek(p), "]"))
  if (!acceptOp(p, "]")) unread(p)
  p.bracket = undefined
  return types
}

function parseTypeParameter(p: FileParser): TypeParameter {
  const { start } = peek(p)
  const spread = acceptOp(p, "*") ? "*" : acceptOp(p, "**") ? "**" : undefined
  const name = parseName(p)
  const bound = acceptOp(p, ":") ? parseTest(p) : undefined
  const value = acceptOp(p, "=") ? parseItem(p) : undefined
  return {
    name,
    ...(spread === undefined ? {} : { spread }),
    ...(bound === undefined ? {} : { bound }),
    ...(value === undefined ? {} : { default: value }),
    start,
    end: lastEnd(p),
  }
}
