// Pages on numbers: the formats that a loss is checked in and what the model of them is, and one point step by step.
import { formats, rounding } from "../../gradient/formats.ts"
import { columns, labelled } from "../lines.ts"
import type { Theme } from "../theme.ts"
import { page, paragraph, titled } from "./page.ts"

/** Facts of a format, found by rounding: the step above 1, the largest number, the least above 0. */
export function factsOf(format: (typeof formats)[number]): { digits: number; largest: number; least: number } {
  const round = rounding[format] ?? ((x: number): number => x)
  let digits = 1
  while (round(1 + 2 ** -digits) > 1 && digits < 60) digits++
  let most = 0
  while (most < 1023 && Number.isFinite(round(2 ** (most + 1)))) most++
  let least = 0
  while (least > -1074 && round(2 ** (least - 1)) > 0) least--
  return { digits, largest: 2 ** most * (2 - 2 ** (1 - digits)), least: 2 ** least }
}

const written = (x: number): string =>
  x > 1e3 && x < 1e6 ? String(x).replace(/\B(?=(\d{3})+$)/g, ",") : x.toExponential(1).replace("e+", "e")

/** Where exp, the commonest way to overflow and to underflow, ends. */
const endOfExp = (format: (typeof formats)[number]): string => {
  const { largest, least } = factsOf(format)
  return `${Math.ceil(Math.log(least) - Math.LN2).toFixed(0)} .. ${Math.floor(Math.log(largest)).toFixed(0)}`
}

export const formatsPage = (theme: Theme): string[] =>
  page("formats", "--dtype", theme, [
    columns([
      ["", "bits", "step above 1", "largest", "least above 0", "exp(z) fits for z in"],
      ...formats.map((f) => {
        const { digits, largest, least } = factsOf(f)
        return [f, String(digits), written(2 ** (1 - digits)), written(largest), written(least), endOfExp(f)]
      }),
    ]).map((l) => `  ${l}`),
    titled(
      "What the model is",
      [
        ...paragraph(
          "Every operation is computed in float64 as if it were exact, and its result is rounded once to the format: to nearest, ties to even, small numbers kept as subnormals, large ones turned into infinity. So are the inputs, the constants, every step of the value and every step of the gradient. A named function is rounded at each of its steps, as it is written.",
          theme,
        ),
        ...paragraph(
          "Proofs hold in the format, too: the ends of intervals are rounded as the numbers are, and rounding never turns two numbers round, so that every rounded value stays inside.",
          theme,
        ),
      ],
      theme,
    ),
    titled(
      "What it is not",
      [
        ...labelled(
          "kernels",
          "fused ones keep more digits inside than rounding at each step leaves, such as a softmax of half precision that works in float32, and hold out longer",
          9,
          theme,
        ),
        ...labelled(
          "sums",
          "hardware adds up in some order and often in float32; here float64 adds, and the sum is rounded once",
          9,
          theme,
        ),
        ...labelled(
          "autocast",
          "mixed precision picks a format for each operation; here all steps have the same one",
          9,
          theme,
        ),
        ...labelled(
          "scaling",
          "a loss scale lifts gradients above the least number; multiply the loss by it to see what that changes",
          9,
          theme,
        ),
        ...labelled(
          "flush",
          "some hardware turns subnormal numbers into 0, and loses a gradient earlier than is said here",
          9,
          theme,
        ),
        ...labelled(
          "weights",
          "an update that is too small beside its weight is lost even where the gradient is not",
          9,
          theme,
        ),
      ],
      theme,
    ),
    titled(
      "In a report",
      paragraph(
        "With several formats, each has a row of its own: the cases in each state, what is proved, and below them from which input on its gradient is 0 or not finite where that of float64 is neither, at the points that were looked at.",
        theme,
      ),
      theme,
    ),
    columns(
      [
        ['  gradcheck "(y - sigmoid(z))^2" --in z=-20..20 --dtype all', "all four"],
        ['  gradcheck "-log(p)" --dtype float16,bfloat16', "these two"],
      ],
      3,
      [0, 1],
    ),
  ])

export const atPage = (theme: Theme): string[] =>
  page("at", "--at NAME=VALUE,...", theme, [
    paragraph(
      "One point only: every piece of the expression as it is written, in the order of evaluation, with its value and the gradient of the loss by it. Where the gradient is NaN, infinite or 0, the arithmetic that made it so stands beside it; where there is none, what cuts it off.",
      theme,
    ),
    columns(
      [
        ["  --at p=0", "a number; also 1e-7, 1/3, -inf"],
        ['  --at "p=[0.1, 0.2],y=[0, 1]"', "vectors; nested lists for what has more axes"],
        ["  --at p=0 --at y=1", "several flags, or commas"],
      ],
      3,
      [0, 1],
    ),
    titled("Reasons", reasons(theme), theme),
    paragraph(
      "What is known beforehand is no step. A call of a named function is one step; reasons from inside say so. Where the value has a shape, its sum is differentiated. --wrt leaves out gradients of what does not depend on these names, --dtype rounds every step.",
      theme,
    ),
  ])

const reasons = (theme: Theme): string[] =>
  [
    ["0 * -inf", "the numbers whose product this part of the gradient is; parts that are added have + between them"],
    ["not chosen", "a where() has picked its other side"],
    ["relu is flat here", "this side of a kink has no slope"],
    ["round is flat", "a step has none anywhere"],
    ["a comparison", "truths carry no gradient"],
    ["detached", "it was cut off on purpose"],
    ["1 + -1 cancel", "the parts are not 0, and their sum is"],
    ["1e-9 rounds to 0", "in the number format asked for"],
  ].flatMap(([a, b]) => labelled(a!, b!, 17, theme))
