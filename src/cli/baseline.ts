// The baseline of a run: read, held against what was found, and written again, whole or not at all.
import { existsSync } from "node:fs"
import { dirname, relative, resolve } from "node:path"
import { z } from "zod"
import { mistakes } from "../definitions/mistakes.ts"
import { baselineText, isJudged, type Known, keysIn, keyText, withoutKnown } from "../findings/baseline.ts"
import type { AnyRule, Finding, Level } from "../findings/finding.ts"
import type { LintedFile } from "../findings/result.ts"
import { Problem } from "../source/problem.ts"
import type { Source } from "../source/text.ts"
import { entryOf, plain, spanIn, type Tree } from "../source/tree.ts"
import { readJson } from "../source/yaml.ts"
import { told } from "./files/discover.ts"
import { slashed } from "./files/globs.ts"
import { readText } from "./files/read.ts"
import { writeWhole } from "./whole-file.ts"

const shape = {
  file: z.string(),
  rule: z.string(),
  loss: z.string(),
  blocks: z.string(),
  reason: z.string().default(""),
}
const schema = z.strictObject({ version: z.literal(1), known: z.array(z.strictObject(shape)) })

interface Baseline {
  readonly source: Source
  readonly tree: Tree
  readonly known: readonly Known[]
}

export interface Judged {
  readonly file: LintedFile
  readonly looksFor: (rule: AnyRule) => boolean
  readonly failOn: Level | "never"
}

export interface Use {
  readonly update: boolean
  /** Whether it may not be there yet. */
  readonly mayMiss: boolean
  readonly showKnown: boolean
  readonly ci: boolean
  /** Whether this run asks what every run asks, so that what it does not find is gone. */
  readonly usual: boolean
}

export interface Compared {
  /** In the order of what was given: what counts, and what is told. */
  readonly files: readonly { readonly file: LintedFile; readonly shown: LintedFile }[]
  /** What is wrong with the baseline itself. */
  readonly more: readonly LintedFile[]
  /** What was written, for people. */
  readonly said: readonly string[]
}

function read(path: string, mayMiss: boolean): Baseline {
  const name = told(path)
  if (!existsSync(path)) {
    if (mayMiss) return { source: { name, text: "" }, tree: readJson({ name, text: "" }), known: [] }
    throw new Problem({
      headline: `there is no baseline ${name}`,
      help: [`gradcheck lint --baseline ${name} --update-baseline`],
      note: ["that writes one with all that is found now"],
    })
  }
  const text = textOf(path, name)
  const source = { name, text }
  if (/^<{7} /m.test(text))
    throw new Problem({
      headline: "a merge has left its marks here",
      mark: { span: { source, start: text.search(/^<{7} /m), end: text.search(/^<{7} /m) + 7 }, text: "" },
      help: ["keep the entries of both sides, or take one side and run gradcheck lint --update-baseline"],
    })
  const tree = readJson(source)
  const { data, error } = schema.safeParse(plain(tree))
  if (error) {
    const [first] = mistakes(source, tree, error.issues, {
      keysAt: (path) => (path.length === 0 ? ["version", "known"] : Object.keys(shape)),
      wordsAt: ([key, , inner]) =>
        inner === undefined
          ? key === "version"
            ? { is: "1", example: 1 }
            : { is: "a list of findings", example: [] }
          : { is: "a text", example: "" },
    })
    throw first!
  }
  return { source, tree, known: data!.known }
}

function textOf(path: string, name: string): string {
  try {
    return readText(path)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem({ headline: `the baseline ${name} is no use: ${error.message}` })
  }
}

/** Paths in a baseline begin in its own folder, so that it does not matter where a run is started. */
const nameIn = (folder: string, file: string): string => slashed(relative(folder, resolve(file)))

export function againstBaseline(path: string, judged: readonly Judged[], use: Use): Compared {
  const folder = dirname(path)
  const before = read(path, use.mayMiss)
  const named = judged.map((j) => ({ ...j, name: nameIn(folder, j.file.file) }))
  const found = new Map(
    named.flatMap(({ file, name, failOn }) =>
      keysIn(file, name, new Set(failOn === "note" ? ["error", "warning", "note"] : ["error", "warning"])).map(
        (key) => [keyText(key), key] as const,
      ),
    ),
  )
  const everything = new Set(
    named.flatMap(({ file, name }) => keysIn(file, name, new Set(["error", "warning", "note"])).map(keyText)),
  )
  const byName = new Map(named.map((n) => [n.name, n]))
  const isGone = (entry: Known): boolean => {
    if (!use.usual || everything.has(keyText(entry))) return false
    const looked = byName.get(entry.file)
    return looked ? isJudged(entry, looked.file, looked.looksFor) : !existsSync(resolve(folder, entry.file))
  }
  const gone = before.known.filter(isGone)
  const kept = before.known.filter((k) => !gone.includes(k))
  const had = new Set(kept.map(keyText))
  const added = use.update ? [...found].flatMap(([key, parts]) => (had.has(key) ? [] : [{ ...parts, reason: "" }])) : []
  const known = new Set([...had, ...added.map(keyText)])
  const stale = use.ci && !use.update && gone.length > 0
  return {
    files: named.map(({ file, name }) => withoutKnown(file, name, known, use.showKnown)),
    more: stale ? [staleIn(before, gone)] : [],
    said: stale ? [] : write(path, before, [...kept, ...added], added.length, gone.length, use.update),
  }
}

function write(
  path: string,
  before: Baseline,
  known: readonly Known[],
  added: number,
  gone: number,
  update: boolean,
): string[] {
  const text = baselineText(known)
  if (added + gone === 0 && !(update && text !== before.source.text)) return []
  writeWhole(path, text)
  const parts = [
    ...(added > 0 ? [`${added} added`] : []),
    ...(gone > 0 ? [`${gone} that no longer occur removed`] : []),
  ]
  return [`${told(path)}: ${parts.join(", ") || "written anew"}, ${known.length} known in all`]
}

const MOST_MARKS = 4

/** In CI nobody would see a file change: that the list is too long is an error there, with each entry's place. */
function staleIn({ source, tree, known }: Baseline, gone: readonly Known[]): LintedFile {
  const list = entryOf(tree, "known")?.value
  const items = list?.kind === "list" ? list.items : []
  const finding: Finding = {
    rule: "unused-ignore",
    level: "error",
    headline: `${gone.length === 1 ? "one known finding no longer occurs" : `${gone.length} known findings no longer occur`}`,
    parameters: [],
    marks: gone.slice(0, MOST_MARKS).flatMap((k) => {
      const item = items[known.indexOf(k)]
      const at = entryOf(item, "blocks")?.value ?? item
      return at ? [{ span: spanIn(source, at), text: `${k.rule} is gone` }] : []
    }),
    evidence: [],
    help: [{ text: "gradcheck lint --update-baseline" }],
    notes: ["a run outside of CI removes them by itself"],
    proof: "seen",
    blocks: "",
  }
  return { file: source.name, losses: [], notUnderstood: [], unreadable: [], findings: [finding] }
}
