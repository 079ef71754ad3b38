// The verb merge: the JSON reports of `gradcheck lint --shard 1/n … n/n` in, one report out as if it had been one run.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { listed } from "../report/numbers.ts"
import { partSchema } from "../report/schema.ts"
import { Problem } from "../source/problem.ts"
import { conclude } from "./conclude.ts"
import { troubleOf } from "./files/trouble.ts"
import type { Held } from "./held.ts"
import { type BaselineSettings, isUsual } from "./lint-options.ts"
import type { Output } from "./options.ts"
import { type Carried, unpack } from "./parts.ts"
import { type Shard, shardText } from "./shard.ts"
import { version } from "./version.ts"

export interface MergeSettings extends Omit<BaselineSettings, "usual"> {
  /** Whether the limit of the parts is overruled. */
  readonly failOnSaid: boolean
}

/** A report of one part, with the name of its file. */
interface Part extends Carried {
  readonly file: string
  readonly shard: Shard
}

const remedy = ({ part, of }: Shard): string => `gradcheck lint --shard ${part}/${of} --format json=${part}.json`

/** Puts the parts together and prints one report. A Problem for what is no part, and for parts that are not of one run. */
export async function runMerge(files: readonly string[], output: Output, settings: MergeSettings): Promise<number> {
  if (files.length === 0)
    throw new Problem({
      headline: "there is no report to merge",
      help: [remedy({ part: 1, of: 2 }), remedy({ part: 2, of: 2 }), "gradcheck merge 1.json 2.json"],
    })
  const parts = files.map(readPart)
  refuseOthers(parts)
  const { baseline, failOnSaid } = settings
  const held = parts
    .flatMap((p) => p.held)
    .map((h): Held => {
      const known = baseline ?? h.options.baseline
      const options = {
        ...h.options,
        ...(known === undefined ? {} : { baseline: resolve(known) }),
        ...(failOnSaid ? { failOn: output.failOn } : {}),
      }
      return { ...h, options }
    })
    .sort((a, b) => a.place - b.place)
  const sum = (of: (part: Part) => number): number => parts.reduce((total, p) => total + of(p), 0)
  return conclude(
    {
      held,
      scope: parts[0]!.partial ? "some" : "all",
      started: parts.map((p) => p.started).sort()[0]!,
      seconds: sum((p) => p.seconds),
      stages: { reading: sum((p) => p.stages.reading), looking: sum((p) => p.stages.looking) },
    },
    output,
    { ...settings, usual: isUsual(parts[0]!.asked as never) },
  )
}

function readPart(file: string): Part {
  const no = (why: string, rest: { readonly help?: readonly string[] } = {}): Problem =>
    new Problem({ headline: `${file} is no part of a run: ${why}`, ...rest })
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    if (error instanceof SyntaxError) throw no("it is no JSON")
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new Problem({ headline: `there is no report ${file}` })
    throw no(troubleOf(error).message)
  }
  const { data } = partSchema.safeParse(json)
  if (!data) throw no("it is no JSON report of gradcheck")
  if (data.tool.version !== version)
    throw new Problem({
      headline: `${file} was written by gradcheck ${data.tool.version}, and this is ${version}`,
      note: ["parts are put together by the version that wrote them"],
    })
  if (!data.shard) throw no("it is the report of a whole run", { help: [remedy({ part: 1, of: 2 })] })
  const { carried, part, of } = data.shard
  const inside = unpack(carried)
  if (!inside) throw no("what it carries is damaged", { help: [remedy({ part, of })] })
  return { ...inside, file, shard: { part, of } }
}

/** All parts of one run, each once. */
function refuseOthers(parts: readonly Part[]): void {
  const [first, ...others] = parts as [Part, ...Part[]]
  const { of } = first.shard
  const byPart = new Map<number, Part>()
  for (const one of parts) {
    if (one.shard.of !== of)
      throw new Problem({
        headline: `${first.file} is part ${shardText(first.shard)}, and ${one.file} is part ${shardText(one.shard)}`,
        note: ["the parts of one run have one number behind the slash"],
      })
    const before = byPart.get(one.shard.part)
    if (before)
      throw new Problem({ headline: `part ${shardText(one.shard)} is there twice: ${before.file} and ${one.file}` })
    byPart.set(one.shard.part, one)
  }
  for (const other of others) refuseDifference(first, other)
  const missing = Array.from({ length: of }, (_, k) => k + 1).filter((k) => !byPart.has(k))
  if (missing.length === 0) return
  const names = missing.slice(0, MOST_NAMED).map((part) => shardText({ part, of }))
  const more = missing.length - names.length
  throw new Problem({
    headline: `${missing.length === 1 ? "part" : "parts"} ${listed(more > 0 ? [...names, `${more} more`] : names)} ${missing.length === 1 ? "is" : "are"} missing`,
    help: missing.slice(0, MOST_NAMED).map((part) => remedy({ part, of })),
  })
}

const MOST_NAMED = 3

/** The flags and the files of one run are the same in all parts. */
function refuseDifference(a: Part, b: Part): void {
  const names = [...new Set([...Object.keys(a.asked), ...Object.keys(b.asked)])]
  const name = names.find((n) => JSON.stringify(a.asked[n]) !== JSON.stringify(b.asked[n]))
  if (name !== undefined)
    throw new Problem({
      headline: `${a.file} and ${b.file} are not of one run: they differ in ${flagOf(name)}`,
      note: [a, b].map((p) => `${p.file}: ${saidOf(name, p.asked[name])}`),
    })
  if (a.dealt !== b.dealt || a.partial !== b.partial)
    throw new Problem({
      headline: `${a.file} and ${b.file} are not of one run: they were dealt from different files`,
      note: ["each part looks for the same paths, in the same folder, at the same commit"],
    })
}

/** As commander makes names of flags, backwards. */
const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`

const saidOf = (name: string, value: unknown): string =>
  value === undefined
    ? `no ${flagOf(name)}`
    : value === false
      ? `--no-${name}`
      : [value]
          .flat()
          .map((v) => `${flagOf(name)} ${v}`)
          .join(" ")
