// A file of definitions looked at: read with the packages that only it needs.

import { isDefinitionFile, misspeltIn } from "../../definitions/file.ts"
import type { LintedFile } from "../../findings/result.ts"
import { type CommonOptions, lintDefinitions } from "../../lint-definitions.ts"
import { Problem } from "../../source/problem.ts"
import type { Source } from "../../source/text.ts"
import { readJson, readYaml } from "../../source/yaml.ts"

/** Undefined for a file that was searched for and is not ours: many a losses.yaml holds the settings of something else. */
export function definitionsAt(
  source: Source,
  named: boolean,
  common: CommonOptions,
  now: () => number,
): LintedFile | undefined {
  const read = /\.json$/i.test(source.name) ? readJson : readYaml
  const tree = read(source)
  if (isDefinitionFile(tree)) return lintDefinitions(source, tree, common, now, read)
  if (!named) return undefined
  throw (
    misspeltIn(source, tree) ??
    new Problem({
      headline: "there are no definitions in this file",
      help: ["losses: { mine: { loss: abs(y - p) } }"],
      note: ["losses, metrics and activations hold definitions by name, each with its loss or value"],
    })
  )
}
