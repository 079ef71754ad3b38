// Numbers as people write them: one, or lists of them to any depth; from flat values and a shape.

/** A number, or arrays of them to any depth. */
export type Nested = number | readonly Nested[]

/** Flat values, the last axis innermost, as nested lists. */
export function nest(flat: ArrayLike<number>, shape: readonly number[]): Nested {
  let at = 0
  const build = (axis: number): Nested =>
    axis === shape.length ? flat[at++]! : Array.from({ length: shape[axis]! }, () => build(axis + 1))
  return build(0)
}
