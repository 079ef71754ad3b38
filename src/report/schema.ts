// The contract of --format json as a schema: what `gradcheck explain json --format json` prints and tests hold output to.
import { z } from "zod"
import { roles } from "../definitions/roles.ts"
import { allRuleNames, levels } from "../findings/finding.ts"
import { formats } from "../gradient/formats.ts"
import { frameworks } from "../ops/record.ts"
import { verdicts } from "../samples/states.ts"

const whole = z.int().min(0)
const share = z.number().min(0).max(1)
const verdict = z.enum(verdicts as [string, ...string[]])
const level = z.enum(levels as [string, ...string[]])
const dtype = z.enum(formats as [string, ...string[]])
/** null stands for NaN and the infinities, which JSON does not have. */
const number = z.number().nullable()

const position = z.strictObject({
  line: z.int().min(1).describe("counted from 1"),
  column: z.int().min(1).describe("counted from 1, in UTF-16 units"),
  offset: whole.nullable().describe("in UTF-16 units from the start of the text; null where only the line is known"),
})
const range = {
  file: z
    .string()
    .describe("relative to the working folder, with forward slashes; empty for an expression from the command line"),
  start: position,
  end: position,
}
const where = z.strictObject({
  ...range,
  inside: z
    .array(z.strictObject({ name: z.string(), text: z.string(), ...range }))
    .optional()
    .describe("from the call inwards: the named functions that the place lies in, with their texts"),
  through: z
    .array(z.strictObject(range))
    .optional()
    .describe("where the place is in another file than the loss: the calls that led there, from the loss on"),
})
const mark = where.extend({ text: z.string() })

const counts = z.strictObject({ live: whole, resting: whole, stuck: whole, flat: whole, broken: whole })

const help = z.strictObject({
  text: z.string(),
  write: z.string().optional().describe("code or a command that can be pasted"),
  edits: z
    .array(z.strictObject({ ...range, write: z.string().describe("what takes the place of this piece") }))
    .optional()
    .describe("the changes of the texts that make it so; the same edits were tried"),
  keepsValue: z.boolean().optional().describe("the value is the same everywhere"),
  checked: z
    .strictObject({ verdict: z.string(), live: whole, cases: whole, text: z.string() })
    .optional()
    .describe("what happened when it was tried; absent when it was not"),
})

const finding = z.strictObject({
  rule: z.enum([...allRuleNames, "not-understood"]),
  level,
  loss: z.string(),
  parameters: z.array(z.string()),
  message: z.string(),
  where: where.optional(),
  text: z.string().optional().describe("what is said of the place"),
  also: z.array(mark),
  evidence: z.strictObject({
    kind: z.enum(["proved", "seen"]),
    over: z.string(),
    samples: whole,
    live: whole,
    cases: whole,
    lines: z.array(z.strictObject({ label: z.string(), text: z.string() })),
    table: z.array(z.array(z.string())).optional(),
  }),
  help: z.array(help),
  notes: z.array(z.string()),
  key: z.string().describe("file|rule|loss|text of the blocking piece: stays the same when code moves"),
})

const parameter = z.strictObject({
  verdict,
  proved: z.boolean(),
  counts: counts.describe("drawn points only, in cases"),
  zero: z.strictObject({ elements: share, points: share }),
  certified: z
    .strictObject({ live: share, dead: share, undecided: share, finite: share })
    .describe(
      "shares of the range, over all elements, for which intervals prove that there is a gradient, or none; and that it is neither NaN nor infinite",
    ),
  deadRegion: z
    .string()
    .optional()
    .describe("where they prove that there is none, in the names of the expression: x < 0"),
  open: z
    .enum(["mixed", "joint", "large", "budget"])
    .optional()
    .describe(
      "why some is undecided: each gradient reads too many numbers to split, or numbers that are drawn together; too many steps; too few boxes",
    ),
  stretches: z
    .array(z.strictObject({ from: number, to: number, kind: z.enum(["live", "dead", "undecided"]) }))
    .optional()
    .describe(
      "where they prove it along the parameter, each element by itself, when its gradient hangs on nothing else",
    ),
  cases: z.enum(["element", "point"]),
  size: z.strictObject({ least: number, median: number, greatest: number }).optional(),
  byError: z
    .array(number)
    .optional()
    .describe("median size in each tenth of the cases, from the smallest error to the largest"),
})

const framework = z.enum(frameworks)

const loss = z.strictObject({
  name: z.string(),
  file: z.string(),
  line: z.int().min(1),
  source: z.string().optional().describe("the expression; absent for a definition in a file"),
  role: z.enum(roles),
  roleAssumed: z.boolean(),
  verdict,
  parameters: z.record(z.string(), parameter),
  inputs: z.array(
    z.strictObject({
      name: z.string(),
      range: z.string(),
      shape: z.array(whole),
      why: z.string().optional().describe("present when the range was assumed"),
      shapeAssumed: z.boolean(),
    }),
  ),
  assumed: z.array(
    z.strictObject({
      name: z.string(),
      what: z.enum(["range", "shape", "setting"]),
      value: z.string(),
      why: z.string(),
    }),
  ),
  finiteValue: share.describe(
    "share of the ranges for which intervals prove that the value itself is neither NaN nor infinite",
  ),
  special: z.array(z.string()).describe("points beside the drawn ones at which something is not finite"),
  onsets: z
    .array(
      z.strictObject({
        parameter: z.string(),
        becomes: z.enum(["0", "not finite"]),
        first: z.number().describe("the input nearest to 0, on one side of it, where the gradient is lost"),
        from: z.number().optional().describe("from here on outwards it is lost at every point looked at"),
        upTo: z.number().optional().describe("from 0 up to here it is lost at every point looked at"),
      }),
    )
    .optional()
    .describe("with several number formats: where this one loses a gradient that float64 has"),
  options: z.looseObject({ samples: whole, seed: whole, dtype, framework, batch: whole }),
  findings: z.array(finding),
  seconds: z.number(),
})

const problem = {
  message: z.string(),
  where: where.optional(),
  text: z.string().optional(),
  also: z.array(mark),
  close: z.array(z.string()),
  help: z.array(z.string()),
  notes: z.array(z.string()),
}

const lost = z.strictObject({
  name: z.string(),
  file: z.string(),
  line: z.int().min(1),
  verdict: z.literal("not-understood"),
  why: z.strictObject(problem),
  parameters: z.strictObject({}),
  findings: z.array(finding).length(0),
})

/** A line of --format jsonl. */
export const lineSchema = finding

const shard = z
  .strictObject({
    part: z.int().min(1).describe("counted from 1"),
    of: z.int().min(1),
    files: whole.describe("in all parts together; which lie in which part is told by their names alone"),
    carried: z
      .string()
      .describe("what gradcheck merge puts the parts together from; it reads those of its own version"),
  })
  .describe("with --shard: a part of the files; unused ignore comments and stale baselines are told by merge alone")

export const reportSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal("gradcheck"), version: z.string() }),
  options: z.strictObject({
    samples: whole.optional(),
    seed: whole.optional(),
    batch: whole.optional(),
    framework: framework.optional(),
    dtype: z.array(dtype),
    select: z.array(z.string()).optional(),
    ignore: z.array(z.string()).optional(),
    failOn: z.enum([...levels, "never"] as unknown as [string, ...string[]]),
  }),
  summary: z.strictObject({
    files: whole.optional().describe("those that were looked at"),
    losses: whole.describe("those that were understood"),
    verdicts: z.record(verdict, whole),
    notUnderstood: whole.optional().describe("definitions in files that could not be followed"),
    known: whole.optional().describe("findings that the baseline hides"),
    ignored: whole.optional().describe("findings that comments hide"),
    fixed: whole.optional().describe("findings that --fix has taken away"),
    errors: whole,
    warnings: whole,
    notes: whole,
    exit: z.int().min(0).max(2),
  }),
  losses: z.array(z.discriminatedUnion("verdict", [loss, lost])),
  findings: z.array(finding),
  problems: z.array(
    z
      .strictObject({ expression: z.string(), ...problem })
      .describe("expressions that could not be checked; what is wrong in files stands in findings and losses"),
  ),
  shard: shard.optional(),
})

/** What `gradcheck merge` reads of a report; the rest it makes anew. */
export const partSchema = z.object({
  ...reportSchema.pick({ version: true, tool: true }).shape,
  shard: shard.optional(),
})

/** Unlike in a report, what is not finite is the point here. */
const told = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])])
type Told = z.infer<typeof told> | Told[]
const nested: z.ZodType<Told> = z.lazy(() => z.union([told, z.array(nested)])).meta({ id: "nested" })

/** What --at prints. */
export const walkSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal("gradcheck"), version: z.string() }),
  walks: z.array(
    z.strictObject({
      expression: z.string(),
      at: z.record(z.string(), nested),
      dtype,
      framework,
      summed: z.boolean().describe("the last step has a shape, and it is its sum that is differentiated"),
      steps: z
        .array(
          z.strictObject({
            text: z.string(),
            value: nested,
            gradient: nested.nullable().describe("of the loss by this step; null where no path leads back to it"),
            why: z.string().optional().describe("why it is NaN, infinite, 0 or missing, where that is decided here"),
          }),
        )
        .describe("sub-expressions as they are written, in the order of evaluation"),
      left: whole.describe("steps of long loops that are left out"),
    }),
  ),
})

/** The schemas by topic. */
export const jsonSchemas: ReadonlyMap<string, () => unknown> = new Map<string, () => unknown>([
  ["json", () => z.toJSONSchema(reportSchema)],
  ["jsonl", () => z.toJSONSchema(lineSchema)],
  ["at", () => z.toJSONSchema(walkSchema)],
])
export const jsonSchema = (): unknown => z.toJSONSchema(reportSchema)
