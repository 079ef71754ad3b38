// Topics of explain about files: loaded when one is asked for, since schemas take time to load.

import { definitionFileSchema, definitionWords } from "../../definitions/file.ts"
import { definitionsPage, filePages } from "../../report/pages/files.ts"
import { configPage } from "../../report/pages/lists.ts"
import type { Theme } from "../../report/theme.ts"
import { configJsonSchema, keys } from "./schema.ts"

export const configExample = `framework: torch
dtype: [float32, bfloat16]
exclude: ["**/legacy/**"]
inputs:
  "y, target*, label*": "{0, 1}"
  "p, prob*, y_pred": 0..1
rules:
  saturation: off
overrides:
  - files: ["**/metrics/**"]
    role: metric
baseline: gradcheck-known.json`

export const fileTopics: ReadonlyMap<string, (theme: Theme) => string[]> = new Map([
  ["config", configPage(keys, configExample)],
  ["definitions", definitionsPage(definitionWords)],
  ...filePages,
])

export const fileSchemas: ReadonlyMap<string, () => unknown> = new Map([
  ["config", configJsonSchema],
  ["definitions", definitionFileSchema],
])
