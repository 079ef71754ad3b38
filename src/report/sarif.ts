// SARIF 2.1.0, for code scanning: findings as results with their rules' pages, related places, tried fixes and stable keys.
import type {
  ArtifactLocation,
  Fix,
  Invocation,
  Location,
  Log,
  Notification,
  PhysicalLocation,
  Region,
  Result,
} from "sarif"
import type { Help } from "../findings/finding.ts"
import { inOrder } from "../source/edit.ts"
import type { Problem } from "../source/problem.ts"
import { inJson } from "./json.ts"
import { plainWords } from "./plain.ts"
import type { Run, View } from "./run.ts"
import { descriptorOf } from "./sarif-rules.ts"
import { loneHalves } from "./theme.ts"
import { allTold, notUnderstood, type Place, placeOf, placeOfLost, type Told, whyLost } from "./told.ts"

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
/** Counts up when the way changes in which keys are made. */
const KEY = "gradcheckKey/v1"

/** Where the texts of expressions stand in the log, as they are no files. */
type Artifacts = ReadonlyMap<string, number>

/** Of a loss that is not in a file, the text of the expression. */
const textOf = ({ span }: Place, expression: string): string => span?.source.text ?? expression

function locationOf(place: Place, artifacts: Artifacts, expression: string): ArtifactLocation {
  if (place.file === "") return { index: artifacts.get(textOf(place, expression)) ?? 0 }
  const parts = place.file.replace(loneHalves, "\ufffd").split("/")
  return { uri: parts.map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" }
}

const regionOf = ({ start, end, span }: Place): Region =>
  span
    ? { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
    : { startLine: start.line }

const physical = (place: Place, artifacts: Artifacts, expression: string): PhysicalLocation => ({
  artifactLocation: locationOf(place, artifacts, expression),
  region: regionOf(place),
})

/** Help that was tried is a fix: the same edits, text by text. */
const isFix = ({ edits, checked }: Help): boolean => edits !== undefined && edits.length > 0 && checked !== undefined

function fixOf({ text, edits = [], checked, keepsValue }: Help, artifacts: Artifacts, expression: string): Fix {
  const sources = [...new Set(edits.map((e) => e.source))]
  return {
    description: { text: `${text} (checked: ${checked!.text || checked!.verdict}${keepsValue ? "; same value" : ""})` },
    artifactChanges: sources.map((source) => {
      const own = inOrder(edits.filter((e) => e.source === source))
      return {
        artifactLocation: locationOf(placeOf({ source, start: 0, end: 0 }), artifacts, expression),
        replacements: own.map((edit) => ({
          deletedRegion: regionOf(placeOf(edit)),
          insertedContent: { text: edit.write },
        })),
      }
    }),
  }
}

function resultOf(told: Told, rules: readonly string[], artifacts: Artifacts): Result {
  const { finding, place, also, loss, key } = told
  const expression = told.result?.source.text ?? loss
  const fixes = finding.help.filter(isFix)
  const words = plainWords(
    told,
    finding.help.filter((h) => !fixes.includes(h)),
  )
  return {
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: finding.level,
    message: { text: [told.headline, ...words].join("\n") },
    locations: [
      {
        physicalLocation: physical(place, artifacts, expression),
        ...(loss !== "" && place.file !== "" ? { logicalLocations: [{ name: loss, kind: "function" }] } : {}),
      },
    ],
    ...(also.length > 0
      ? {
          relatedLocations: also.map(
            (a, k): Location => ({
              id: k + 1,
              physicalLocation: physical(a.place, artifacts, expression),
              message: { text: a.text || "here too" },
            }),
          ),
        }
      : {}),
    ...(fixes.length > 0 ? { fixes: fixes.map((h) => fixOf(h, artifacts, expression)) } : {}),
    partialFingerprints: { [KEY]: key },
  }
}

/**
 * What is not understood is no result: a result opens an alert, and there is nothing in the code that would close it. It
 * is told as the tool's own notification, which code scanning keeps with the run.
 */
const lost = (run: Run, artifacts: Artifacts): Notification[] =>
  notUnderstood(run).map((u) => ({
    descriptor: { id: "not-understood" },
    level: "note",
    message: { text: `${u.name} is not understood, and so not checked: ${whyLost(u)}` },
    locations: [{ physicalLocation: physical(placeOfLost(u), artifacts, "") }],
  }))

/** An expression that cannot be read is a failure of the run. */
const failed = (problem: Problem, expression: string, artifacts: Artifacts): Notification => ({
  descriptor: { id: "cannot-read" },
  level: "error",
  message: { text: problem.message },
  ...(problem.parts.mark && placeOf(problem.parts.mark.span).file === ""
    ? { locations: [{ physicalLocation: physical(placeOf(problem.parts.mark.span), artifacts, expression) }] }
    : {}),
})

export function sarif(run: Run, view: View): string {
  const told = allTold({ ...run, problems: [] })
  const expressions = run.files
    ? []
    : [...new Set([...run.results.map((r) => r.source.text), ...run.problems.map((p) => p.expression)])]
  const artifacts = new Map(expressions.map((text, k) => [text, k]))
  const rules = [...new Set(told.map((t) => t.finding.rule))]
  const notifications = [
    ...run.problems.map(({ problem, expression }) => failed(problem, expression, artifacts)),
    ...lost(run, artifacts),
  ]
  const invocation: Invocation = {
    executionSuccessful: run.exit !== 2,
    exitCode: run.exit,
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  }
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "gradcheck",
            version: run.version,
            semanticVersion: run.version,
            rules: rules.map(descriptorOf),
            ...(notifications.length > 0
              ? { notifications: [...new Set(notifications.map((n) => n.descriptor!.id!))].map((id) => ({ id })) }
              : {}),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [invocation],
        ...(expressions.length > 0 ? { artifacts: expressions.map((text) => ({ contents: { text } })) } : {}),
        results: told.map((t) => resultOf(t, rules, artifacts)),
      },
    ],
  }
  return inJson(log, view)
}
