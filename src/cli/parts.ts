// A part of a run's files, dealt by their names alone, and what its report carries so that the parts can be put together.
import { createHash } from "node:crypto"
import { gunzipSync, gzipSync } from "node:zlib"
import { told } from "./files/discover.ts"
import type { Files } from "./files/sources.ts"
import type { Held } from "./held.ts"
import { packed, unpacked } from "./parcel.ts"
import type { Shard } from "./shard.ts"

/** The files of one part. */
export interface Part {
  readonly files: Files
  /** With its place in the whole run: what could not be opened first, then files. */
  readonly placed: (held: Held) => Held
  /** How many there are in all parts, and what tells whether two parts were dealt from the same files. */
  readonly total: number
  readonly dealt: string
}

/** By turns in the order of the names, so that parts differ by one file at most and no content decides. */
export function dealOut(files: Files, { part, of }: Shard): Part {
  const all = [...files.troubles, ...files.files]
  const inOrder = all.map((one, place) => ({ path: one.path, place })).sort((a, b) => (a.path < b.path ? -1 : 1))
  const mine = new Set(inOrder.filter((_, k) => k % of === part - 1).map((o) => o.place))
  const isMine = (place: number): boolean => mine.has(place)
  const places = all.flatMap((_, k) => (isMine(k) ? [k] : []))
  return {
    files: {
      ...files,
      troubles: files.troubles.filter((_, k) => isMine(k)),
      files: files.files.filter((_, k) => isMine(files.troubles.length + k)),
    },
    placed: (held) => ({ ...held, place: places[held.place]! }),
    total: all.length,
    dealt: createHash("sha256")
      .update(inOrder.map((o) => o.path).join("\0"))
      .digest("hex"),
  }
}

/** What a part knows that its report does not tell: each file as it was looked at, before anything is judged. */
export interface Carried {
  readonly held: readonly Held[]
  readonly dealt: string
  /** The flags that decide what is found, as they were typed. */
  readonly asked: Readonly<Record<string, unknown>>
  /** Files were named one by one, so that others may not have been looked at. */
  readonly partial: boolean
  readonly started: string
  readonly seconds: number
  readonly stages: { readonly reading: number; readonly looking: number }
}

/** A file of which there is nothing to tell needs no text; most files of a project are such. */
const light = (held: Held): Held => {
  const { losses, notUnderstood, unreadable, findings = [] } = held.file
  const silent = [losses, notUnderstood, unreadable, findings, held.comments].every((list) => list.length === 0)
  return silent ? { ...held, source: { name: held.source.name, text: "" } } : held
}

/** Paths begin in the working folder, which lies elsewhere on another machine. */
const portable = (held: Held): Held => {
  const { baseline } = held.options
  return baseline === undefined ? held : { ...held, options: { ...held.options, baseline: told(baseline) } }
}

export const pack = (carried: Carried): string =>
  gzipSync(packed({ ...carried, held: carried.held.map((h) => portable(light(h))) })).toString("base64")

/** Undefined for what is damaged. */
export function unpack(text: string): Carried | undefined {
  try {
    return unpacked(gunzipSync(Buffer.from(text, "base64")).toString("utf8"))
  } catch {
    return undefined
  }
}
