// Workflow commands that GitHub shows as annotations at the lines of a change.
import { plainWords } from "./plain.ts"
import type { Run, View } from "./run.ts"
import { asciiOf, harmless } from "./theme.ts"
import { allTold, notUnderstood, placeOfLost, type Told, whyLost, worthTelling } from "./told.ts"

const commands: Readonly<Record<Told["finding"]["level"], string>> = {
  error: "error",
  warning: "warning",
  note: "notice",
}

/** The runner ends a command at a line's end, and takes back these escapes. */
const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(harmless(String(value)))}`)
  return `::${name} ${list.join(",")}::${data(message.split("\n").map(harmless).join("\n"))}\n`
}

/** GitHub takes columns only of what lies in one line. */
function annotation(told: Told): string {
  const { finding, place, headline } = told
  const { file, start, end } = place
  const columns = start.line === end.line && place.span ? { col: start.column, endColumn: end.column } : {}
  const at = file === "" ? {} : { file, line: start.line, endLine: end.line, ...columns }
  return command(
    commands[finding.level],
    { ...at, title: `gradcheck: ${finding.rule}` },
    [headline, ...plainWords(told)].join("\n"),
  )
}

/** GitHub shows ten annotations of a kind, so what is not understood is one, however many they are. */
function lost(run: Run): string {
  const list = notUnderstood(run)
  if (list.length === 0) return ""
  const lines = list.map((u) => `${u.name} (${u.file}:${placeOfLost(u).start.line}): ${whyLost(u)}`)
  return command(
    "notice",
    { title: "gradcheck: not understood, and so not checked" },
    `${list.length === 1 ? "1 definition is" : `${list.length} definitions are`} not understood\n${lines.join("\n")}`,
  )
}

export function github(run: Run, { theme, verbose }: View): string {
  const text = worthTelling(allTold(run), verbose).map(annotation).join("") + lost(run)
  return theme.ascii ? asciiOf(text) : text
}
