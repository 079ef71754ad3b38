// What holds for one file: the flags, then the overrides that fit it, then its configuration, then what is built in.
import { dirname, resolve } from "node:path"
import type { NamedRanges } from "../../definitions/named-ranges.ts"
import type { Role } from "../../definitions/roles.ts"
import type { AnyRule, Level } from "../../findings/finding.ts"
import type { CommonOptions } from "../../lint-definitions.ts"
import type { NumberFormat } from "../../ops/record.ts"
import type { FailOn } from "../exit.ts"
import type { ScopeOf } from "../files/discover.ts"
import { matcher } from "../files/globs.ts"
import { defaultInclude } from "../files/kinds.ts"
import type { ConfigSettings, LintSettings } from "../lint-options.ts"
import { isShown, type Settings } from "../options.ts"
import { type ConfigOf, configFinder, namedConfig } from "./find.ts"
import type { Config } from "./read.ts"

/** What decides what is found in a file. It is all that a look knows, and plain data: answers are kept by it. */
export interface LookOptions {
  readonly common: CommonOptions & { readonly dtypes: readonly NumberFormat[] }
  /** What every Python definition of the file is for. */
  readonly role?: Role
}

/** And what decides what is told of it. */
export interface FileOptions extends LookOptions {
  readonly rules: ReadonlyMap<AnyRule, Level | "off">
  readonly failOn: FailOn
  /** The whole path of the baseline. */
  readonly baseline?: string
}

export async function configOfRun({ config }: LintSettings): Promise<ConfigOf> {
  if (config === false) return async () => undefined
  if (config === undefined) return configFinder()
  const one = await namedConfig(config)
  return async () => one
}

export const scopeBy =
  (configOf: ConfigOf): ScopeOf =>
  async (folder) => {
    const config = await configOf(folder)
    return config
      ? {
          includes: matcher(config.include ?? defaultInclude, config.include ? config.folder : folder),
          excludes: matcher(config.exclude, config.folder),
        }
      : { includes: matcher(defaultInclude, folder), excludes: () => false }
  }

export async function optionsFor(
  path: string,
  configOf: ConfigOf,
  settings: Settings,
  lint: LintSettings,
): Promise<FileOptions> {
  const whole = resolve(path)
  return merged(whole, await configOf(dirname(whole)), settings, lint)
}

/** A configuration, and what it says for some files only; the last has the last word. */
type Layer = Pick<Config, "framework" | "dtypes" | "inputs" | "rules" | "role">

/** What flags say, and where they say nothing, the configuration. */
function overruled(
  config: Config | undefined,
  parts: readonly Layer[],
  { check, dtypes, failOn }: Settings,
  { dtypeSaid, failOnSaid }: ConfigSettings,
) {
  const last = <T>(of: (part: Layer) => T | undefined): T | undefined => parts.map(of).findLast((v) => v !== undefined)
  const { samples, seed, batch } = config ?? {}
  const framework = check.framework ?? last((p) => p.framework)
  const role = last((p) => p.role)
  return {
    check: {
      ...(samples === undefined ? {} : { samples }),
      ...(seed === undefined ? {} : { seed }),
      ...(batch === undefined ? {} : { batch }),
      ...check,
      ...(framework ? { framework } : {}),
    },
    named: parts.toReversed().map((p) => p.inputs),
    dtypes: dtypeSaid ? dtypes : (last((p) => p.dtypes) ?? dtypes),
    ...(role ? { role } : {}),
    rules: new Map(parts.flatMap((p) => [...p.rules])),
    failOn: failOnSaid ? failOn : (config?.failOn ?? failOn),
  }
}

function merged(path: string, config: Config | undefined, settings: Settings, lint: LintSettings): FileOptions {
  const parts = config ? [config, ...config.overrides.flatMap((o) => (o.fits(path) ? [o.part] : []))] : []
  const { check, named, dtypes, ...rest } = overruled(config, parts, settings, lint)
  const { inputs, ...flags } = check
  const baseline = lint.baseline === undefined ? config?.baseline : resolve(lint.baseline)
  return {
    ...rest,
    common: {
      ...flags,
      ...(settings.verbose || isShown("evidence", settings) ? {} : { evidence: "verdict" as const }),
      // What is put together from parts may be asked for in any format.
      ...(isShown("curves", settings) || lint.shard ? { curves: true } : {}),
      named: firstOf([inputs ?? {}, ...named]),
      dtypes,
    },
    ...(baseline === undefined ? {} : { baseline }),
  }
}

/** For expressions, which lie in no folder: what a configuration that is named says for all files. */
export async function withConfig(settings: Settings, said: ConfigSettings): Promise<Settings> {
  if (!said.config) return settings
  const config = await namedConfig(said.config)
  const { check, named, dtypes, rules, failOn } = overruled(config, [config], settings, said)
  return { ...settings, check: { ...check, named: firstOf(named) }, dtypes, rules, failOn }
}

/** The first pattern that fits counts, so that what has the last word stands first. */
function firstOf(all: readonly NamedRanges[]): NamedRanges {
  const rows = new Map<string, NamedRanges[string]>()
  for (const named of all)
    for (const [pattern, range] of Object.entries(named)) if (!rows.has(pattern)) rows.set(pattern, range)
  return Object.fromEntries(rows)
}
