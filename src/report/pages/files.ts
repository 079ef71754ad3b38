// Pages about files: definition files, and the rules that speak of files, comments and expectations.
import type { FileRuleName } from "../../findings/finding.ts"
import type { Theme } from "../theme.ts"
import { page, paragraph, titled } from "./page.ts"

interface Words {
  readonly level: string
  readonly finds: string
  readonly matters: string
  readonly settings: string
}

const words: Readonly<Record<Exclude<FileRuleName, "cannot-read">, Words>> = {
  "unused-ignore": {
    level: "warning",
    finds:
      "An ignore comment that hides nothing: its rule finds nothing in its line, it names no rule, or it names one that there is not. In CI also an entry of the baseline that no longer occurs; there it is an error.",
    matters:
      "A comment that is left over hides the next finding of its rule, which nobody has looked at. An ignore without a rule would hide everything.",
    settings: "Remove the comment, or correct its rule. rules: { unused-ignore: off }",
  },
  "unexplained-ignore": {
    level: "note",
    finds: "An ignore comment without a reason after two dashes.",
    matters: "Who meets it later cannot know whether the reason still holds.",
    settings: "# gradcheck: ignore[step-function] -- the caller adds a straight-through estimator",
  },
  "unexpected-verdict": {
    level: "error",
    finds: "A definition whose verdict is not the one that its expect names. dead stands for disconnected as well.",
    matters:
      "With expect a file of definitions is a test: a loss that dies by an edit fails, and so does one that comes alive where that is not meant. Where what is expected is not alive and holds, everything that is found in the definition is a note.",
    settings: "Correct the loss, or write the verdict that it has now: expect: disconnected",
  },
}

export const filePages: ReadonlyMap<string, (theme: Theme) => string[]> = new Map(
  Object.entries(words).map(([rule, { level, finds, matters, settings }]) => [
    rule,
    (theme: Theme) =>
      page(rule, level, theme, [
        titled("What it finds", paragraph(finds, theme), theme),
        titled("Why it matters", paragraph(matters, theme), theme),
        titled("What to do", paragraph(settings, theme), theme),
      ]),
  ]),
)

const example = `losses:
  soft-f1:
    loss: 1 - 2*sum(y*p) / (sum(y) + sum(p))
    inputs: { y: "{0, 1}", p: 0..1 }
    wrt: p
    expect: alive
metrics:
  f1:
    value: 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))
    expect: disconnected
activations:
  hard-swish:
    value: z * clip(z + 3, 0, 6) / 6`

/** `keys` are those of a definition, each with what stands there. */
export const definitionsPage =
  (keys: ReadonlyMap<string, { readonly is: string }>) =>
  (theme: Theme): string[] => {
    const room = Math.max(...[...keys.keys()].map((k) => k.length))
    return page("definitions", "files of losses, in YAML or JSON", theme, [
      paragraph(
        "gradcheck lint looks at losses.yaml and NAME.losses.yaml, in .yml and .json as well, and at every such file that is named. losses, metrics and activations hold definitions by name. gradcheck explain definitions --format json prints the JSON Schema, for editors.",
        theme,
      ),
      titled(
        "Example",
        example.split("\n").map((l) => `  ${l}`),
        theme,
      ),
      titled(
        "Keys of a definition",
        [...keys].map(([name, { is }]) => `  ${name.padEnd(room)}  ${is}`),
        theme,
      ),
    ])
  }
