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
import type { LintSettings } from "../lint-options.ts"
import { isShown, type Settings } from "../options.ts"
import { type ConfigOf, configFinder, namedConfig } from "./find.ts"
import type { Config } from "./read.ts"

export interface FileOptions {
  readonly common: CommonOptions & { readonly dtypes: readonly NumberFormat[] }
  /** What every Python definition of the file is for. */
  readonly role?: Role
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

function merged(path: string, config: Config | undefined, settings: Settings, lint: LintSettings): FileOptions {
  const { check, failOn, dtypes } = settings
  // The last override that fits has the last word.
  const parts = config ? [config, ...config.overrides.flatMap((o) => (o.fits(path) ? [o.part] : []))] : []
  const last = <T>(of: (part: (typeof parts)[number]) => T | undefined): T | undefined =>
    parts.map(of).findLast((v) => v !== undefined)
  const { inputs, ...flags } = check
  const framework = flags.framework ?? last((p) => p.framework)
  const role = last((p) => p.role)
  const baseline = lint.baseline === undefined ? config?.baseline : resolve(lint.baseline)
  return {
    common: {
      ...(config?.samples === undefined ? {} : { samples: config.samples }),
      ...(config?.seed === undefined ? {} : { seed: config.seed }),
      ...(config?.batch === undefined ? {} : { batch: config.batch }),
      ...flags,
      ...(settings.verbose || isShown("evidence", settings) ? {} : { evidence: "verdict" as const }),
      ...(framework ? { framework } : {}),
      // What is put together from parts may be asked for in any format.
      ...(isShown("curves", settings) || lint.shard ? { curves: true } : {}),
      named: firstOf([inputs ?? {}, ...parts.toReversed().map((p) => p.inputs)]),
      dtypes: lint.dtypeSaid ? dtypes : (last((p) => p.dtypes) ?? dtypes),
    },
    ...(role ? { role } : {}),
    rules: new Map(parts.flatMap((p) => [...p.rules])),
    failOn: lint.failOnSaid ? failOn : (config?.failOn ?? failOn),
    ...(baseline === undefined ? {} : { baseline }),
  }
}

/** The first pattern that fits counts, so that what has the last word stands first. */
function firstOf(all: readonly NamedRanges[]): NamedRanges {
  const rows = new Map<string, NamedRanges[string]>()
  for (const named of all)
    for (const [pattern, range] of Object.entries(named)) if (!rows.has(pattern)) rows.set(pattern, range)
  return Object.fromEntries(rows)
}
