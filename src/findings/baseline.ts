// Findings that a team knows: which are hidden, which no longer occur, and the list that outlives moves of code.
import type { AnyRule, Finding, Level } from "./finding.ts"
import { type KeyParts, keyPartsOf } from "./key.ts"
import type { Linted, LintedFile } from "./result.ts"
import { unreadableFinding } from "./unreadable.ts"

export interface Known extends KeyParts {
  readonly reason: string
}

export const keyText = ({ file, rule, loss, blocks }: KeyParts): string => [file, rule, loss, blocks].join("\n")

/** One entry on two lines, between others that do not change, so that what two branches add merges by itself. */
export function baselineText(known: readonly Known[]): string {
  const unique = [...new Map(known.map((k) => [keyText(k), k])).values()]
  const sorted = unique.sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1))
  const text = (value: string): string => JSON.stringify(value)
  const entries = sorted.map(
    ({ file, rule, loss, blocks, reason }) =>
      `    { "file": ${text(file)}, "rule": ${text(rule)}, "loss": ${text(loss)},\n      "blocks": ${text(blocks)}, "reason": ${text(reason)} }`,
  )
  return `{ "version": 1,\n  "known": [${entries.length > 0 ? `\n${entries.join(",\n")}` : ""} ] }\n`
}

/** What is found in a file, each with its key; `name` is what the baseline calls the file. */
export function keysIn(file: LintedFile, name: string, levels: ReadonlySet<Level>): KeyParts[] {
  const keys = (list: readonly Finding[], loss: string): KeyParts[] =>
    list.filter((f) => levels.has(f.level)).map((f) => keyPartsOf(f, name, loss))
  return [
    ...file.losses.flatMap(({ result }) => keys(result.findings, result.name)),
    ...file.unreadable.flatMap((u) => keys([unreadableFinding(u)], u.name)),
    ...keys(file.findings ?? [], ""),
  ]
}

/** The file without what is known; that is kept aside. With `shown` it stays in its place and says that it is known. */
export function withoutKnown(
  file: LintedFile,
  name: string,
  known: ReadonlySet<string>,
  shown: boolean,
): { readonly file: LintedFile; readonly shown: LintedFile } {
  const aside: { finding: Finding; loss: string }[] = []
  const isKnown = (finding: Finding, loss: string): boolean => {
    const is = known.has(keyText(keyPartsOf(finding, name, loss)))
    if (is) aside.push({ finding, loss })
    return is
  }
  const said = (f: Finding): Finding => ({ ...f, headline: `${f.headline} (known)` })
  const kept = (list: readonly Finding[], loss: string) => {
    const marked = list.map((f) => ({ f, is: isKnown(f, loss) }))
    return {
      without: marked.flatMap(({ f, is }) => (is ? [] : [f])),
      all: marked.map(({ f, is }) => (is ? said(f) : f)),
    }
  }
  const losses = file.losses.map((l) => ({ l, ...kept(l.result.findings, l.result.name) }))
  const findings = kept(file.findings ?? [], "")
  const unreadable = file.unreadable.filter((u) => !isKnown(unreadableFinding(u), u.name))
  const withFindings = (l: Linted, list: readonly Finding[]): Linted => ({
    ...l,
    result: { ...l.result, findings: list },
  })
  const without: LintedFile = {
    ...file,
    losses: losses.map(({ l, without: list }) => withFindings(l, list)),
    findings: findings.without,
    unreadable,
    known: aside,
  }
  return {
    file: without,
    shown: shown
      ? { ...file, losses: losses.map(({ l, all }) => withFindings(l, all)), findings: findings.all }
      : without,
  }
}

/** Whether a run that looked at this file would have found an entry again, if it still occurred. */
export const isJudged = (entry: Known, file: LintedFile, looksFor: (rule: AnyRule) => boolean): boolean =>
  looksFor(entry.rule as AnyRule) &&
  !file.notUnderstood.some((u) => u.name === entry.loss) &&
  // A file that could not be opened, or a statement that could not be read, may hold it.
  (file.unreadable.length === 0 || file.losses.some((l) => l.result.name === entry.loss))
