// The thread for files of definitions: each expression looked at as on the command line, its marks moved into the file.
import { checkLoss } from "./check.ts"
import { definitionsOf, type FileDefinition } from "./definitions/file.ts"
import type { CheckOptions } from "./definitions/options.ts"
import { withExpectation } from "./findings/expected.ts"
import type { Help } from "./findings/finding.ts"
import { inFormats } from "./findings/in-formats.ts"
import { movedFinding, movedProblem } from "./findings/moved.ts"
import type { Linted, LintedFile, LossResult, NotUnderstood } from "./findings/result.ts"
import type { NumberFormat } from "./gradient/formats.ts"
import { type Edit, editedText } from "./source/edit.ts"
import { Problem } from "./source/problem.ts"
import { positionOf, type Source } from "./source/text.ts"
import { spanIn, type Tree } from "./source/tree.ts"

/** What holds of every definition of a run, where the definition says nothing else. */
export type CommonOptions = Omit<CheckOptions, "dtype"> & { readonly dtypes?: readonly NumberFormat[] }

/** Looks at every definition. With `read`, ways out come with their edits of the file, where these read as they are meant. */
export function lintDefinitions(
  source: Source,
  tree: Tree,
  common: CommonOptions,
  now: () => number,
  read?: (source: Source) => Tree,
): LintedFile {
  const { definitions, problems } = definitionsOf(source, tree)
  const losses: Linted[] = []
  const lineOf = (at: number): number => positionOf(source, at).line
  const unreadable = problems.map(
    ({ name, at, end, problem }): NotUnderstood => ({
      file: source.name,
      line: lineOf(at),
      name,
      problem,
      level: "error",
      extent: { from: lineOf(at), head: lineOf(at), to: lineOf(end) },
    }),
  )
  for (const definition of definitions) {
    const line = lineOf(definition.at.start)
    const extent = { from: line, head: line, to: lineOf(definition.end) }
    try {
      for (const result of look(source, definition, common, now))
        losses.push({ result: withEdits(result, source, definition, read), line, extent })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const problem = movedProblem(error, homeOf(source, definition), definition.at)
      const { start } = problem.parts.mark!.span
      unreadable.push({
        file: source.name,
        line: lineOf(start),
        name: definition.name,
        problem,
        level: "error",
        extent,
      })
    }
  }
  return { file: source.name, losses, notUnderstood: [], unreadable: unreadable.sort((a, b) => a.line - b.line) }
}

const homeOf = (source: Source, { expression, given }: FileDefinition) => ({
  source,
  scalars: [expression, ...(given ? [given] : [])],
})

/** Ways out whose edits were made in the text of an expression, with those of the file. */
function withEdits(
  result: LossResult,
  source: Source,
  { name, role, expression }: FileDefinition,
  read: ((source: Source) => Tree) | undefined,
): LossResult {
  const isMeant = (edits: readonly Edit[], meant: string | undefined): boolean => {
    const text = editedText(source.text, edits)
    if (text === undefined || !read) return false
    try {
      const other = { ...source, text }
      const again = definitionsOf(other, read(other)).definitions.find((d) => d.name === name && d.role === role)
      return again?.expression.text === meant
    } catch (error) {
      if (error instanceof Problem) return false
      throw error
    }
  }
  const moved = (help: Help): Help => {
    const { edits, ...rest } = help
    if (!edits) return help
    const there = edits.map((e) => ({ ...e, ...expression.placeOf(e.start, e.end), source }))
    return isMeant(there, editedText(expression.text, edits)) ? { ...rest, edits: there } : rest
  }
  const findings = result.findings.map((f) => ({ ...f, help: f.help.map(moved) }))
  return { ...result, findings }
}

function look(
  source: Source,
  definition: FileDefinition,
  common: CommonOptions,
  now: () => number,
): readonly LossResult[] {
  const { dtypes: formats = ["float32"], ...rest } = common
  const { name, role, expression, inputs, wrt, targets, given, maximize, expect, framework, dtypes } = definition
  const options: CheckOptions = {
    ...rest,
    role,
    inputs,
    ...(wrt ? { wrt } : {}),
    ...(targets ? { targets } : {}),
    ...(given ? { given: given.text } : {}),
    ...(maximize === undefined ? {} : { maximize }),
    ...(framework ? { framework } : {}),
  }
  const home = homeOf(source, definition)
  return inFormats(dtypes ?? formats, (dtype) => {
    const found = checkLoss(expression.text, { ...options, dtype }, now)
    const result: LossResult = {
      ...found,
      name,
      source,
      roleAssumed: false,
      findings: found.findings.map((f) => movedFinding(f, home)),
    }
    return expect ? withExpectation(result, expect.verdict, spanIn(source, expect.at)) : result
  })
}
