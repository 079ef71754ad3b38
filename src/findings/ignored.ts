// Ignore comments at work: findings that they hide, and what is wrong with the comments themselves.
import type { IgnoreComment, Word } from "../definitions/comments.ts"
import { suggest } from "../source/suggest.ts"
import { positionOf, type Source } from "../source/text.ts"
import { type AnyRule, allRuleNames, type Finding, type FindingMark } from "./finding.ts"
import { ownPlace } from "./places.ts"
import type { Extent, Linted, LintedFile, NotUnderstood } from "./result.ts"
import { unreadableFinding } from "./unreadable.ts"

/** The comments of each file that a mark may stand in. */
export type CommentsOf = (source: Source) => readonly IgnoreComment[]

/** One rule of one comment: what is used, or is not. */
const useOf = (file: string, word: Word): string => `${file}:${word.start}`

const asRule = (text: string): AnyRule | undefined => {
  const name = text.toLowerCase().replaceAll("_", "-")
  return allRuleNames.find((r) => r === name)
}

/** The files and lines in which a comment hides a finding: those of its mark, and the head of its definition. */
function linesOf(finding: Finding, source: Source, line: number, extent: Extent | undefined) {
  const [mark] = finding.marks
  const own = mark && ownPlace(mark.span)
  const head = { source, from: extent?.from ?? line, to: extent?.head ?? line }
  if (!own) return [head]
  const to = Math.max(own.start, own.end - 1)
  return [
    { source: own.source, from: positionOf(own.source, own.start).line, to: positionOf(own.source, to).line },
    head,
  ]
}

/** Takes out what comments hide. Which of them did is kept, since a comment may serve several files. */
export function withoutIgnored(file: LintedFile, source: Source, commentsOf: CommentsOf): LintedFile {
  const used: string[] = []
  let ignored = 0
  const hides = (finding: Finding, line: number, extent?: Extent): boolean => {
    for (const place of linesOf(finding, source, line, extent))
      for (const { kind, rules = [], line: at } of commentsOf(place.source)) {
        if (kind !== "ignore" || at < place.from || at > place.to) continue
        const word = rules.find((r) => asRule(r.text) === finding.rule)
        if (!word) continue
        used.push(useOf(place.source.name, word))
        ignored++
        return true
      }
    return false
  }
  const losses = file.losses.map((l): Linted => {
    const findings = l.result.findings.filter((f) => !hides(f, l.line, l.extent))
    return findings.length === l.result.findings.length ? l : { ...l, result: { ...l.result, findings } }
  })
  const unreadable = file.unreadable.filter((u) => !hides(unreadableFinding(u), u.line))
  return {
    ...file,
    losses,
    unreadable,
    ignored,
    used,
    findings: [...(file.findings ?? []), ...wrongIn(file, source, commentsOf(source))],
  }
}

const finding = (rule: AnyRule, headline: string, mark: FindingMark, rest: Partial<Finding> = {}): Finding => ({
  rule,
  level: "warning",
  headline,
  parameters: [],
  marks: [mark],
  evidence: [],
  help: [],
  notes: [],
  proof: "seen",
  blocks: "",
  ...rest,
})

const markOf = (source: Source, { start, end }: { start: number; end: number }, text: string): FindingMark => ({
  span: { source, start, end },
  text,
})

/** What can be said of a comment by itself. */
function wrongIn(file: LintedFile, source: Source, comments: readonly IgnoreComment[]): Finding[] {
  return comments.flatMap((comment): Finding[] => {
    const { kind, word, rules, reason } = comment
    const meant = rulesAt(file, comment.line)
    const example = `# gradcheck: ignore[${meant.join(", ") || "step-function"}] -- why`
    if (kind === "unknown") {
      const skips = /^skip/i.test(word.text)
      return [
        finding(
          "unused-ignore",
          `gradcheck knows no comment ${word.text}`,
          markOf(source, word, `did you mean ${skips ? "skip-file" : "ignore"}?`),
          {
            help: [{ text: skips ? "# gradcheck: skip-file -- why" : example }],
            blocks: word.text,
          },
        ),
      ]
    }
    if (kind === "ignore" && (rules === undefined || rules.length === 0))
      return [
        finding("unused-ignore", "an ignore hides nothing unless it names the rules", markOf(source, comment, ""), {
          help: [{ text: example }],
          notes: ["gradcheck explain rules lists them"],
          blocks: "ignore",
        }),
      ]
    const unknown = (rules ?? []).flatMap((r) => {
      if (asRule(r.text)) return []
      const close = suggest(r.text.toLowerCase(), allRuleNames)
      return [
        finding(
          "unused-ignore",
          `there is no rule ${r.text}`,
          markOf(source, r, close[0] ? `did you mean ${close[0]}?` : ""),
          {
            evidence: close.length > 0 ? [{ label: "close", text: close.join("   ") }] : [],
            notes: ["gradcheck explain rules lists them"],
            blocks: r.text,
          },
        ),
      ]
    })
    if (reason !== "") return unknown
    const names = rules ? `[${rules.map((r) => r.text).join(", ")}]` : ""
    return [
      ...unknown,
      finding("unexplained-ignore", "this comment gives no reason", markOf(source, comment, ""), {
        level: "note",
        help: [{ text: `# gradcheck: ${kind}${names} -- why` }],
        blocks: `${kind}${names}`,
      }),
    ]
  })
}

/** The rules of what is found in a line: what an ignore without names was probably meant for. */
const rulesAt = (file: LintedFile, line: number): readonly string[] => [
  ...new Set(
    file.losses.flatMap(({ result, line: head }) =>
      result.findings
        .filter(
          ({ marks: [mark] }) =>
            head === line || (mark && positionOf(mark.span.source, ownPlace(mark.span).start).line === line),
        )
        .map((f) => f.rule),
    ),
  ),
]

const within = (line: number, { extent }: Linted | NotUnderstood): boolean =>
  extent !== undefined && line >= extent.from && line <= extent.to

/**
 * The rules of a file's comments that hide nothing. Of a definition that is not understood nothing is known; and what
 * stands outside of all definitions may serve files that were not looked at, so that it is left alone in `partial` runs.
 */
export function unusedIn(
  file: LintedFile,
  source: Source,
  comments: readonly IgnoreComment[],
  used: ReadonlySet<string>,
  looksFor: (rule: AnyRule) => boolean,
  partial: boolean,
): Finding[] {
  return comments
    .filter((c) => c.kind === "ignore" && ![...file.notUnderstood, ...file.unreadable].some((u) => within(c.line, u)))
    .filter((c) => !partial || file.losses.some((l) => within(c.line, l)))
    .flatMap(({ rules = [] }) =>
      rules.flatMap((word) => {
        const rule = asRule(word.text)
        if (!rule || !looksFor(rule) || used.has(useOf(source.name, word))) return []
        return [
          finding("unused-ignore", `there is no ${rule} here to ignore`, markOf(source, word, "this hides nothing"), {
            help: [{ text: "remove it, or it will hide the next one" }],
            blocks: word.text,
          }),
        ]
      }),
    )
}
