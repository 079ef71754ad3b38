// Which findings are asked for: the rules selected, without those ignored.
import type { CheckOptions } from "../definitions/options.ts"
import { Problem } from "../source/problem.ts"
import { suggest } from "../source/suggest.ts"
import { type AnyRule, allRuleNames } from "./finding.ts"

/** Names are matched as people type them; a Problem for one that no rule has. */
export function wantedRules({ select, ignore }: CheckOptions): (rule: AnyRule) => boolean {
  const read = (what: string, names: readonly string[]): ReadonlySet<string> =>
    new Set(
      names.map((given) => {
        const name = given.trim().toLowerCase().replaceAll("_", "-")
        if ((allRuleNames as readonly string[]).includes(name)) return name
        throw new Problem({
          headline: `${what} names ${given}, and there is no such rule`,
          close: suggest(name, allRuleNames),
          note: ["gradcheck explain rules lists them"],
        })
      }),
    )
  const only = select && read("select", select)
  const not = read("ignore", ignore ?? [])
  return (rule) => (only?.has(rule) ?? true) && !not.has(rule)
}
