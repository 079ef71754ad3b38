// The text of a configuration, in YAML, JSON or TOML, to what it says; every mistake is a message with its place.
import { dirname, resolve } from "node:path"
import { readInputs } from "../../definitions/file.ts"
import { mistakes } from "../../definitions/mistakes.ts"
import { type NamedRanges, piecesOf } from "../../definitions/named-ranges.ts"
import type { Role } from "../../definitions/roles.ts"
import type { AnyRule, Level } from "../../findings/finding.ts"
import type { Framework, NumberFormat } from "../../ops/record.ts"
import { Problem } from "../../source/problem.ts"
import { suggest } from "../../source/suggest.ts"
import type { Source } from "../../source/text.ts"
import { entriesOf, follow, type Path, plain, spanIn, type Tree } from "../../source/tree.ts"
import { type Matches, matcher } from "../files/globs.ts"
import { configSchema, grammar, type Settings } from "./schema.ts"

/** What can be said for some files only. */
export interface Part {
  readonly framework?: Framework
  readonly dtypes?: readonly NumberFormat[]
  readonly inputs: NamedRanges
  readonly rules: ReadonlyMap<AnyRule, Level | "off">
  readonly role?: Role
}

export interface Config extends Part {
  readonly file: string
  /** Where its globs and paths begin. */
  readonly folder: string
  readonly samples?: number
  readonly seed?: number
  readonly batch?: number
  readonly failOn?: Level | "never"
  readonly include?: readonly string[]
  readonly exclude: readonly string[]
  readonly overrides: readonly { readonly fits: Matches; readonly part: Part }[]
  /** The whole path of the baseline. */
  readonly baseline?: string
  /** The whole path of the folder for what runs keep. */
  readonly cacheDir?: string
}

/** `tree` is the configuration itself: of a pyproject.toml the table tool.gradcheck. */
export function configOf(source: Source, tree: Tree): Config {
  const { success, data, error } = configSchema.safeParse(plain(tree))
  if (!success) {
    const [first] = mistakes(source, tree, error.issues, grammar)
    throw withWayOn(first!)
  }
  const folder = dirname(resolve(source.name))
  const part = (settings: Omit<NonNullable<Settings["overrides"]>[number], "files">, path: Path): Part => ({
    ...(settings.framework && settings.framework !== "auto" ? { framework: settings.framework } : {}),
    ...(settings.dtype ? { dtypes: [settings.dtype].flat() } : {}),
    ...(settings.role ? { role: settings.role } : {}),
    inputs: namedRanges(source, settings.inputs ? follow(tree, [...path, "inputs"]).value : undefined),
    rules: new Map(Object.entries(settings.rules ?? {}) as [AnyRule, Level | "off"][]),
  })
  const { samples, seed, batch, include, exclude, overrides = [], baseline } = data
  const { "fail-on": failOn, "cache-dir": cacheDir } = data
  const { framework, dtype, inputs, rules } = data
  return {
    file: source.name,
    folder,
    ...part({ framework, dtype, inputs, rules }, []),
    ...(samples === undefined ? {} : { samples }),
    ...(seed === undefined ? {} : { seed }),
    ...(batch === undefined ? {} : { batch }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(include === undefined ? {} : { include }),
    exclude: exclude ?? [],
    overrides: overrides.map(({ files, ...rest }, k) => ({
      fits: matcher(files, folder),
      part: part(rest, ["overrides", k]),
    })),
    ...(baseline === undefined ? {} : { baseline: resolve(folder, baseline) }),
    ...(cacheDir === undefined ? {} : { cacheDir: resolve(folder, cacheDir) }),
  }
}

/** The last line of every message leads to the page. */
const withWayOn = ({ parts }: Problem): Problem =>
  new Problem({ ...parts, note: [...(parts.note ?? []), "gradcheck explain config tells what each key means"] })

function namedRanges(source: Source, tree: Tree | undefined): NamedRanges {
  for (const { key, at } of entriesOf(tree))
    if (!piecesOf(key))
      throw withWayOn(
        new Problem({
          headline: "names are written with commas between them, and * for any letters",
          mark: { span: spanIn(source, at), text: "" },
          help: ['"y, target*": "{0, 1}"'],
        }),
      )
  const read = readInputs(source, tree)
  if (read instanceof Problem) throw withWayOn(read)
  return read
}

/** The table of a pyproject.toml; undefined where it says nothing of gradcheck. */
export function gradcheckTable(source: Source, tree: Tree): Tree | undefined {
  const tool = entriesOf(tree).find((e) => e.key === "tool")
  const tables = entriesOf(tool?.value)
  const own = tables.find((e) => e.key === "gradcheck")
  if (own) return own.value
  const close = tables.find((e) => suggest(e.key, ["gradcheck"]).length > 0)
  if (!close) return undefined
  throw withWayOn(
    new Problem({
      headline: `there is no tool ${close.key}`,
      mark: { span: spanIn(source, close.at), text: "" },
      close: ["gradcheck"],
    }),
  )
}
