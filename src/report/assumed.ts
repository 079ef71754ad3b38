// The last line of a report: which ranges held, which of them were guessed and why, and how to have the same run again.
import type { LossResult } from "../findings/result.ts"
import { counted, listed } from "./numbers.ts"

type Input = LossResult["inputs"][number]

const shown = ({ name, range, shape }: Input): string =>
  `${name} in ${range}${shape.length > 0 ? ` [${shape.join(", ")}]` : ""}`

/** "its name" of one input is "their names" of several. */
const plural = (why: string): string => why.replace(/^its name$/, "their names").replace(/^its /, "their ")

/** "assumed y in {0, 1} and p in 0..1 from their names · --in changes it", or what was given. */
export const rangesText = (inputs: readonly Input[]): string[] => [
  ...inputsText(inputs),
  ...(inputs.some((i) => i.why !== undefined) ? ["--in changes it"] : []),
]

function inputsText(inputs: readonly Input[]): string[] {
  const given = inputs.filter((i) => i.why === undefined)
  const reasons = new Map<string, Input[]>()
  for (const input of inputs) {
    if (input.why === undefined) continue
    const list = reasons.get(input.why)
    if (list) list.push(input)
    else reasons.set(input.why, [input])
  }
  const assumed = [...reasons].map(
    ([why, list]) => `${listed(list.map(shown))} from ${list.length > 1 ? plural(why) : why}`,
  )
  return [
    ...(given.length > 0 ? [given.map(shown).join(", ")] : []),
    ...(assumed.length > 0 ? [`assumed ${assumed.join(", ")}`] : []),
  ]
}

const chosenText = ({ settings }: LossResult): string[] =>
  settings ? [`assumed ${listed(settings.map(({ name, value }) => `${name} = ${value}`))}`] : []

/** What a definition in a file was taken for, and on what it was tried. */
export const takenText = (result: LossResult): string[] => [
  result.role,
  ...inputsText(result.inputs),
  ...chosenText(result),
]

/** What the run hung on, after the ranges. */
export function settingsText({ role, roleAssumed, options }: LossResult, dtype = true): string[] {
  return [
    ...(role === "loss"
      ? []
      : [
          roleAssumed ? `taken for ${article(role)} ${role}, --role changes it` : `checked as ${article(role)} ${role}`,
        ]),
    ...(dtype ? [options.dtype] : []),
    ...(options.framework === "torch" ? [] : [`${options.framework} conventions`]),
    counted(options.samples, "point"),
    `seed ${options.seed}`,
    // What was not looked for is said: silence is no health.
    ...(options.select ? [`only ${listed(options.select)}`] : []),
    ...(options.ignore ? [`without ${listed(options.ignore)}`] : []),
  ]
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? "an" : "a")
