// What a name tells: whether it is a prediction, a target, a weight or a setting, and the range to assume for it.
import type { Range } from "./ranges.ts"

export const roles = ["loss", "metric", "activation"] as const
export type Role = (typeof roles)[number]
export type Part = "prediction" | "target" | "weight" | "mask" | "setting" | "other"

const words = (text: string): RegExp => new RegExp(`^(?:${text.trim().replace(/\s+/g, "|")})$`, "i")

const patterns: readonly (readonly [RegExp, Part])[] = [
  // How many there are, before what there is so many of.
  [
    words(
      "n_\\w+ num_\\w+ batch_size \\w+_(?:temp|temperature|tau|ratio|rate|coeff?|factor|scale|margin|eps|epsilon|thresh|threshold|momentum|decay)",
    ),
    "setting",
  ],
  [
    words(
      "y_?pred\\w* y_?hat ŷ y_?prob\\w* y_?score\\w* y_?out\\w* y_?logit\\w* pred\\w* yhat p p\\d p_?hat q prob\\w* logits? \\w*_logits? z outputs? out scores? \\w*_scores? hypothesis preds_\\w+ student\\w*",
    ),
    "prediction",
  ],
  [
    words(
      "y y\\d? t targets? \\w*_target target_\\w* labels? \\w*_labels? label_\\w* y_?true y_?test truth gt ground_?truth actual expected reference teacher\\w* y_?[ab] y_?one_?hot one_?hot",
    ),
    "target",
  ],
  [words("w w\\d W weights? theta θ beta\\d* params? kernel bias b"), "weight"],
  [words("mask\\w* \\w*_mask"), "mask"],
  [
    words(
      "tau τ temperature temp alpha α gamma γ delta δ eps epsilon ε ϵ lam lamb lambda_ λ margin smooth smoothing lr scale sigma σ slope threshold thresh ratio rate coef factor",
    ),
    "setting",
  ],
]

/** What an input's name says of it; of an entry such as `batch.image` that of what holds it, and then its own. */
export function partOf(name: string): Part {
  const told = telling(name)
  return patterns.find(([pattern]) => pattern.test(told))?.[1] ?? "other"
}

/** The part of an entry's name that tells what it is: the first one that is any of the words; else the last one. */
function telling(name: string): string {
  if (!name.includes(".")) return name
  const parts = name.split(".")
  return parts.find((part) => patterns.some(([pattern]) => pattern.test(part))) ?? parts.at(-1)!
}

/** A word of a longer name that says what it holds: recon_x, fake_B, output_map; gt_map, idx_durations, old_log_probs. */
const wordIn = (text: string): RegExp => new RegExp(`(?:^|_)(?:${text.trim().replace(/\s+/g, "|")})\\d*(?:_|$)`, "i")
const trainedWord = wordIn(
  "pred preds predicted predictions? outputs? out logits? probs? hat est estimates? estimated recon reconstruction reconstructed rec fake generated gen student hypothesis sr logp values? disp disparity flow",
)
const givenWord = wordIn(
  "gt hr target targets tgt label labels lbl true truth ref reference real teacher actual expected old idx index indices mask masks weight weights rewards? returns? dones? actions? advantages? discounts? events? censor\\w* durations?",
)

const rowWord = wordIn(
  "actions? rewards? returns? dones? advantages? adv discounts? events? censor\\w* durations? labels?",
)

/** Whether it is one number for each row, by its name, beside the scores of that row. */
export const isPerRow = (name: string): boolean => rowWord.test(telling(name))

/** Whether an argument is what a model gives, by its name. */
export const soundsTrained = (name: string): boolean =>
  partOf(name) === "prediction" ||
  (partOf(name) !== "setting" &&
    trainedWord.test(telling(name)) &&
    !givenWord.test(telling(name).replace(/_?real_?/, "_")))

/** Whether it is what a model is compared with, by some word of its name: pred_real among them, beside pred_fake. */
export const soundsCompared = (name: string): boolean => partOf(name) === "target" || givenWord.test(telling(name))

/** Whether it is what a model is compared with, and nothing that it gives. */
export const soundsGiven = (name: string): boolean => !soundsTrained(name) && soundsCompared(name)

/** Lengths, places and counters beside what is trained. */
const aside =
  /^(is|has|num|idx|indices)_|(^|_)(len(gth)?s?|sizes?|counts?|ids?|idx|ind(ex|ices)|epochs?|iter(ation)?s?|steps?|device|dtype)$/i

/** Whether an argument of a function says something of what is trained, and is not trained: a single n or k is a number. */
export const isAside = (name: string): boolean => /^[nkc]$/.test(name) || aside.test(name) || partOf(name) === "setting"

/** Of two that are alike, f_s and f_t, the one is the student and the other its teacher, which is not trained. */
const isTeacher = (name: string, among: readonly string[]): boolean =>
  among.includes(
    name
      .replace(/_t$/, "_s")
      .replace(/_T$/, "_S")
      .replace(/_teacher$/, "_student")
      .replace(/^teacher_/, "student_"),
  ) && /_t$|_T$|_teacher$|^teacher_/.test(name)

const unit: Range = { kind: "interval", low: 0, high: 1, whole: false }
const interval = (low: number, high: number): Range => ({ kind: "interval", low, high, whole: false })
const bits: Range = { kind: "set", values: [0, 1] }

/** Ranges by name, the first pattern that fits; `gradcheck explain config` prints them. */
export const assumedRanges: readonly { readonly names: string; readonly pattern: RegExp; readonly range: Range }[] = [
  {
    names: "z, logits, scores, outputs",
    pattern: words("z z\\d logits? \\w*_logits? scores? \\w*_scores? y_?logit\\w* outputs? out student\\w*"),
    range: interval(-10, 10),
  },
  {
    names: "p, q, probs, pred, y_pred, y_hat",
    pattern: words("p p\\d q prob\\w* p_?hat y_?pred\\w* y_?hat ŷ y_?prob\\w* y_?score\\w* y_?out\\w* pred\\w* yhat"),
    range: unit,
  },
  {
    names: "y, t, target, labels, y_true",
    pattern: words(
      "y y\\d t targets? \\w*_target target_\\w* labels? \\w*_labels? label_\\w* y_?true y_?test truth gt ground_?truth actual expected reference y_?[ab] y_?one_?hot one_?hot",
    ),
    range: bits,
  },
  { names: "mask, events, done", pattern: words("mask\\w* \\w*_mask events? dones? is_\\w+ has_\\w+"), range: bits },
  {
    names: "idx, indices, ids",
    pattern: /(^|_)(idx|index|indices|ids?)(_|$)/i,
    range: { kind: "interval", low: 0, high: 3, whole: true },
  },
  {
    names: "student_temp, …_scale",
    pattern: words("\\w+_(?:temp|temperature|tau|scale|margin|eps|epsilon)"),
    range: interval(0.1, 2),
  },
  {
    names: "tau, temperature, scale, sigma, gamma, eps, delta, margin",
    pattern: words(
      "tau τ temperature temp scale sigma σ eps epsilon ε ϵ delta δ gamma γ margin smooth smoothing var variance v std",
    ),
    range: interval(0.1, 2),
  },
  {
    names: "alpha, lambda, threshold",
    pattern: words("alpha α lam lamb lambda_ λ threshold thresh smoothing"),
    range: unit,
  },
  {
    names: "batch_size, n_…, num_…",
    pattern: words("n_\\w+ num_\\w+ batch_size"),
    range: { kind: "interval", low: 1, high: 100, whole: true },
  },
  { names: "x", pattern: words("x x\\d h"), range: interval(-5, 5) },
]

/** Where nothing else is known. */
export const anyRange: Range = interval(-3, 3)

/** The range that a name suggests, that of an entry by its own name; undefined where it says nothing. */
export const rangeOfName = (name: string): Range | undefined =>
  assumedRanges.find(({ pattern }) => pattern.test(name.slice(name.lastIndexOf(".") + 1)))?.range

/**
 * The parameters that a gradient must reach: names that look like predictions; else weights, where something else is
 * there to be data; else all that are not targets, masks or settings; else all.
 */
export function parametersOf(all: readonly string[]): string[] {
  const learned = all.filter((n) => !isTeacher(n, all) && !aside.test(n))
  const names = learned.some((n) => partOf(n) !== "target") ? learned : all
  // What attends takes three of a kind, and q is no prediction there.
  if (all.some((n) => /^(q|query|queries)$/i.test(n)) && all.some((n) => /^(k|keys?)$/i.test(n)))
    return names.filter((n) => !["mask", "setting"].includes(partOf(n)))
  const of = (...parts: Part[]): string[] => names.filter((n) => parts.includes(partOf(n)))
  if (of("prediction").length > 0) return names.filter(soundsTrained)
  const weights = names.some((n) => /^(w\d?|weights?|theta|θ)$/i.test(n)) ? of("weight") : []
  if (weights.length > 0 && weights.length < names.length) return weights
  const rest = names.filter((n) => !["target", "mask", "setting"].includes(partOf(n)))
  const free = rest.filter((n) => !soundsGiven(n))
  return rest.length > 0
    ? free.length > 0
      ? free
      : rest
    : names.filter((n) => partOf(n) !== "target").length > 0
      ? names.filter((n) => partOf(n) !== "target")
      : [...names]
}
