// What a run has to tell, for every format alike: each finding with its place, its loss and its key.
import type { AnyRule, Finding } from "../findings/finding.ts"
import { keyOf } from "../findings/key.ts"
import { ownPlace } from "../findings/places.ts"
import type { LintedFile, LossResult, NotUnderstood } from "../findings/result.ts"
import { findingOf, unreadableFinding } from "../findings/unreadable.ts"
import { type Position, positionOf, type Span, sliceOf } from "../source/text.ts"
import type { Run } from "./run.ts"

/** A place in what the user wrote. The file is "" for an expression from the command line. */
export interface Place {
  readonly file: string
  readonly start: Position
  readonly end: Position
  /** Absent where only a line is known. */
  readonly span?: Span
}

/** Beside what rules find, that a definition is not understood: a note, where a format has no other place for it. */
export type Tellable = Omit<Finding, "rule"> & { readonly rule: AnyRule | "not-understood" }

export interface Told<F extends Tellable = Finding> {
  readonly finding: F
  /** The finding's headline, with the name of the loss where there are several. */
  readonly headline: string
  /** "" for what is said of a file. */
  readonly loss: string
  readonly place: Place
  /** The other places involved, with a few words each. */
  readonly also: readonly { readonly place: Place; readonly text: string }[]
  readonly key: string
  /** Absent for what could not be read. */
  readonly result?: LossResult
}

export function placeOf(span: Span): Place {
  const own = ownPlace(span)
  const { source, start, end } = own
  // A flag's text is no file.
  const file = source.name.startsWith("--") ? "" : source.name
  return { file, start: positionOf(source, start), end: positionOf(source, Math.max(start, end)), span: own }
}

const atLine = (file: string, line: number): Place => ({ file, start: { line, column: 1 }, end: { line, column: 1 } })

const samePlace = (a: Place, b: Place): boolean =>
  a.file === b.file && a.span?.start === b.span?.start && a.span?.end === b.span?.end

function told<F extends Tellable>(
  finding: F,
  file: string,
  loss: string,
  line: number,
  suffix: string,
  result?: LossResult,
): Told<F> {
  const [main, ...others] = finding.marks
  const marked = main && placeOf(main.span)
  // A text within a file that does not know its own place is told at the line that is known.
  const place = marked && (marked.file !== "" || file === "") ? marked : atLine(file, line)
  // Losses of several files may share a helper: which of them it is must be told.
  const elsewhere = loss !== "" && place.file !== file
  return {
    finding,
    headline: `${finding.headline}${suffix}${elsewhere ? ` (${file}:${line})` : ""}`,
    loss,
    place,
    also: [
      ...others.map(({ span, text }) => ({ place: placeOf(span), text })).filter((a) => !samePlace(a.place, place)),
      ...(elsewhere ? [{ place: atLine(file, line), text: `${loss} is defined here` }] : []),
    ],
    // Few formats ask for it, and it has to be read as an expression.
    get key() {
      return keyOf(finding, file, loss)
    },
    ...(result ? { result } : {}),
  }
}

const byPlace = (a: Told<Tellable>, b: Told<Tellable>): number =>
  a.place.start.line - b.place.start.line || a.place.start.column - b.place.start.column

/** What is told of one file, from its top to its end. */
export const toldOfFile = (file: LintedFile): Told[] =>
  [
    ...file.unreadable.map((u) =>
      told(unreadableFinding(u), u.file, u.name, u.line, u.name === "" ? "" : ` in ${u.name}`),
    ),
    ...(file.findings ?? []).map((f) => told(f, file.file, "", 1, "")),
    ...file.losses.flatMap(({ result, line }) =>
      result.findings.map((f) => told(f, file.file, result.name, line, ` in ${result.name}`, result)),
    ),
  ].sort(byPlace)

/** Several expressions are told apart by their texts, several number formats by their names. */
function suffixOf(name: string, dtype: string | undefined, { results, problems }: Run): string {
  const several = results.some((r) => r.name !== name) || problems.some((p) => p.expression !== name)
  const formats = dtype !== undefined && results.some((r) => r.options.dtype !== dtype)
  return (several ? ` in ${name.trim().replace(/\s+/g, " ")}` : "") + (formats ? ` (${dtype})` : "")
}

/** Everything that is found. An expression that cannot be read is an error: there is nothing else to look at. */
export function allTold(run: Run): Told[] {
  if (run.files) return run.files.flatMap(toldOfFile)
  return [
    ...run.problems.map(({ expression, problem }) =>
      told(findingOf(problem, "error", expression), "", expression, 1, suffixOf(expression, undefined, run)),
    ),
    ...run.results.flatMap((result) =>
      result.findings.map((f) => told(f, "", result.name, 1, suffixOf(result.name, result.options.dtype, run), result)),
    ),
  ]
}

/** What people are to be told: notes only when they ask for everything. */
export const worthTelling = <F extends Tellable>(all: readonly Told<F>[], verbose: boolean): Told<F>[] =>
  all.filter((t) => verbose || t.finding.level !== "note")

/** Definitions that could not be followed: neither healthy nor at fault. */
export const notUnderstood = ({ files = [] }: Run): NotUnderstood[] => files.flatMap((f) => f.notUnderstood)

/** For formats that have no other place for it: with what is not understood, in the order of the files. */
export const allWithLost = (run: Run): Told<Tellable>[] =>
  run.files
    ? run.files.flatMap((f) => [...toldOfFile(f), ...f.notUnderstood.map(toldLost)].sort(byPlace))
    : allTold(run)

const blocksOf = ({ problem: { parts } }: NotUnderstood): string => (parts.mark ? sliceOf(parts.mark.span) : "")

/** As a line of its own. */
const toldLost = (lost: NotUnderstood): Told<Tellable> => ({
  ...told<Tellable>(
    { ...findingOf(lost.problem, "note", blocksOf(lost)), rule: "not-understood" },
    lost.file,
    lost.name,
    lost.line,
    "",
  ),
  place: placeOfLost(lost),
  headline: `${lost.name} is not understood: ${whyLost(lost)}`,
})

/** Where a definition is not understood: at the construct, where it stands in the same file, else at its line. */
export function placeOfLost({ file, line, problem }: NotUnderstood): Place {
  const place = problem.parts.mark && placeOf(problem.parts.mark.span)
  return place && place.file === file ? place : atLine(file, line)
}

/** Why, where it is in another file with that file's place. */
export function whyLost({ file, problem }: NotUnderstood): string {
  const place = problem.parts.mark && placeOf(problem.parts.mark.span)
  const elsewhere = place && place.file !== "" && place.file !== file
  return elsewhere ? `${problem.message} (${place.file}:${place.start.line})` : problem.message
}
