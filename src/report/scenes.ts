// Which sources to show for a finding's marks: the user's own text, and the compositions that its calls led into.
import type { Source, Span } from "../source/text.ts"

export interface Mark {
  readonly span: Span
  readonly text: string
}

/** A mark in one source; the main one is to blame, the others are drawn lighter. */
export interface Place {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly main: boolean
}

export interface Scene {
  readonly source: Source
  /** The call that led into the source. */
  readonly via: Span | undefined
  readonly title: string
  readonly places: Place[]
}

/** From the innermost place outwards to the user's own text. */
export function chainOf(span: Span): readonly Span[] {
  const chain: Span[] = []
  for (let at: Span | undefined = span; at; at = at.via) chain.push(at)
  return chain
}

/** The user's text first, then what its calls led into. A mark inside a composition is drawn at the call, too. */
export function scenesOf(marks: readonly Mark[]): Scene[] {
  const own: Scene[] = []
  const inner: Scene[] = []
  for (const [k, { span, text }] of marks.entries()) {
    const chain = chainOf(span)
    const outer = chain.at(-1)!
    const deep = chain.length > 1
    add(own, outer, undefined, ownTitle(outer), deep ? `in ${span.source.name}, below` : text, k === 0)
    if (deep) add(inner, span, span.via, innerTitle(chain), text, k === 0)
  }
  return [...own, ...inner]
}

function ownTitle({ source }: Span): string {
  return source.name.startsWith("--") ? `in ${source.name}` : source.name
}

function innerTitle(chain: readonly Span[]): string {
  const [here, caller] = chain
  return chain.length > 2 ? `in ${here!.source.name}, called by ${caller!.source.name}` : `in ${here!.source.name}`
}

const samePlace = (a: Span | undefined, b: Span | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.source === b.source &&
    a.start === b.start &&
    a.end === b.end &&
    samePlace(a.via, b.via))

function add(
  scenes: Scene[],
  { source, start, end }: Span,
  via: Span | undefined,
  title: string,
  text: string,
  main: boolean,
): void {
  let scene = scenes.find((s) => s.source === source && samePlace(s.via, via))
  if (!scene) {
    scene = { source, via, title, places: [] }
    scenes.push(scene)
  }
  const same = scene.places.find((p) => p.start === start && p.end === end)
  if (!same) scene.places.push({ start, end, text, main })
  else if (same.text !== text && text !== "" && !text.endsWith(", below"))
    scene.places.push({ start, end, text, main: false })
}
