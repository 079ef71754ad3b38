// What a definition's arguments may be: kinds of input that losses are written for, the likeliest first by what the source says.
import type { Range } from "./ranges.ts"
import { partOf, soundsGiven } from "./roles.ts"

/** Shapes and ranges for all arguments, and in words what they stand for. */
export interface Candidate {
  readonly what: string
  /** The source has a word for it. */
  readonly likely: boolean
  readonly inputs: ReadonlyMap<string, Side>
}

interface Kit {
  readonly what: string
  /** Words in names, docstrings, annotations and the file's path that speak for it. */
  readonly words?: RegExp
  readonly prediction: Side
  readonly target: Side
  /** Only where there is a target, or where there are three arguments or more. */
  readonly needs?: "target" | "three"
}

export interface Side {
  readonly shape: readonly number[]
  /** Without one the argument's name tells. */
  readonly range?: Range
  /** Whole numbers by type, as labels are in most programs that ask. */
  readonly whole?: boolean
}

const interval = (low: number, high: number, whole = false): Range => ({ kind: "interval", low, high, whole })
const normal: Range = { kind: "normal", mean: 0, sd: 1 }
const bits: Range = { kind: "set", values: [0, 1] }
const corners: Range = { kind: "sorted", of: interval(0, 10) }
/** How many classes there are, and how wide an embedding is. */
export const CLASSES = 5
export const WIDTH = 8

/** The same where a program says how many: a weight for each of 19 classes wants scores of 19. */
export interface Sizes {
  readonly classes: number
  readonly width: number
}
const usual: Sizes = { classes: CLASSES, width: WIDTH }

/** Sizes are small: what matters is which axes there are. */
const kitsFor = ({ classes: count, width }: Sizes): readonly Kit[] => [
  { what: "vectors", prediction: { shape: [8] }, target: { shape: [8] } },
  {
    what: "rows of scores with class indices",
    words:
      /class_?ind|classif|cross_?entropy|n_?class|num_class|label_?smooth|focal|softmax|margin_?(soft|loss)|arcface/,
    prediction: { shape: [8, count] },
    target: { shape: [8], range: interval(0, count - 1, true), whole: true },
    needs: "target",
  },
  { what: "matrices", prediction: { shape: [8, count] }, target: { shape: [8, count] } },
  {
    what: "probabilities with labels 0 and 1",
    words: /binary|accuracy|precision|recall|f1|roc|calibration|stat_scores|specificity/,
    prediction: { shape: [8], range: interval(0, 1) },
    target: { shape: [8], range: bits, whole: true },
    needs: "target",
  },
  {
    what: "rows of probabilities with rows of labels 0 and 1",
    words: /multi_?label|ranking|average_precision/,
    prediction: { shape: [8, count], range: interval(0, 1) },
    target: { shape: [8, count], range: bits, whole: true },
    needs: "target",
  },
  {
    what: "embeddings with labels",
    words: /embed|triplet|contrast|metric_?learn|centers?_?loss|proxy|supcon|n_?pairs?/,
    prediction: { shape: [8, width], range: normal },
    target: { shape: [8], range: interval(0, 3, true), whole: true },
    needs: "target",
  },
  {
    what: "embeddings",
    words: /anchor|positive|negative|triplet|two_?views|z_?[ij]|query|key/,
    prediction: { shape: [8, width], range: normal },
    target: { shape: [8, width], range: normal },
  },
  {
    what: "several views of embeddings with labels",
    words: /supcon|contrast|n_views|views/,
    prediction: { shape: [8, 2, width], range: { kind: "unit" } },
    target: { shape: [8], range: interval(0, 3, true) },
    needs: "target",
  },
  {
    what: "boxes by their corners",
    words: /b?box|giou|diou|ciou|xyxy|corner/,
    prediction: { shape: [6, 4], range: corners },
    target: { shape: [6, 4], range: corners },
  },
  {
    what: "maps of scores with maps of class indices",
    words: /n,? ?c,? ?h,? ?w|b,? ?c,? ?h,? ?w|segment|lovasz|n_?class|num_class|multi_?class|pixel/,
    prediction: { shape: [2, count, 4, 4] },
    target: { shape: [2, 4, 4], range: interval(0, count - 1, true), whole: true },
    needs: "target",
  },
  {
    what: "masks with one channel",
    words: /mask|segment|dice|tversky|iou|jaccard|unet|binary|pixel/,
    prediction: { shape: [2, 1, 4, 4] },
    target: { shape: [2, 1, 4, 4], range: bits },
  },
  {
    what: "masks with a channel for each class",
    words: /one_?hot|segment|dice|tversky|iou|unet|n,? ?c,? ?h|b,? ?c,? ?h|bnhw|bchw/,
    prediction: { shape: [2, count, 4, 4] },
    target: { shape: [2, count, 4, 4], range: bits },
  },
  {
    what: "masks, the target without its channel",
    words: /lovasz|hinge|b,? ?h,? ?w/,
    prediction: { shape: [2, 1, 4, 4] },
    target: { shape: [2, 4, 4], range: bits },
    needs: "target",
  },
  {
    what: "volumes of scores with a channel of class indices",
    words: /volum|3d|depth/,
    prediction: { shape: [2, 2, 4, 4, 4] },
    target: { shape: [2, 1, 4, 4, 4], range: interval(0, 1, true), whole: true },
    needs: "target",
  },
  {
    what: "maps of scores with a channel of class indices",
    words: /segment|n_?class|num_class/,
    prediction: { shape: [2, count, 4, 4] },
    target: { shape: [2, 1, 4, 4], range: interval(0, count - 1, true), whole: true },
    needs: "target",
  },
  {
    what: "larger maps of scores with maps of class indices",
    words: /\brmi|ohem|boundary|region|ssim|edge|pool|unfold|window/,
    prediction: { shape: [1, count, 16, 16] },
    target: { shape: [1, 16, 16], range: interval(0, count - 1, true), whole: true },
    needs: "target",
  },
  {
    what: "larger masks with a channel for each class",
    words: /\brmi|boundary|region|edge|pool|unfold|window/,
    prediction: { shape: [1, count, 16, 16] },
    target: { shape: [1, count, 16, 16], range: bits },
  },
  {
    what: "masks",
    words: /mask|segment/,
    prediction: { shape: [2, 4, 4] },
    target: { shape: [2, 4, 4], range: bits },
  },
  {
    what: "images",
    words: /ssim|psnr|image|img|perceptual|colou?r|total_variation|tv_loss/,
    prediction: { shape: [1, 3, 16, 16], range: interval(0, 1) },
    target: { shape: [1, 3, 16, 16], range: interval(0, 1) },
  },
  {
    what: "larger images",
    words: /\bvif|gmsd|ms_?ssim|vgg|lpips/,
    prediction: { shape: [1, 3, 48, 48], range: interval(0, 1) },
    target: { shape: [1, 3, 48, 48], range: interval(0, 1) },
  },
  {
    what: "images with their colours last",
    words: /\btf\.image|ssim|psnr|sobel|\btf\.|\bk\.|channels_last|n,? ?h,? ?w,? ?c|b,? ?h,? ?w,? ?c/,
    prediction: { shape: [1, 16, 16, 3], range: interval(0, 1) },
    target: { shape: [1, 16, 16, 3], range: interval(0, 1) },
  },
  {
    what: "masks with their channels last",
    words: /keras|tensorflow|tf\.|y_true/,
    prediction: { shape: [2, 4, 4, 2] },
    target: { shape: [2, 4, 4, 2], range: bits },
    needs: "target",
  },
  {
    what: "volumes",
    words: /volum|3d|depth|n,? ?c,? ?d,? ?h/,
    prediction: { shape: [2, 2, 4, 4, 4] },
    target: { shape: [2, 2, 4, 4, 4], range: bits },
  },
  {
    what: "waveforms",
    words: /wave|audio|snr|sdr|speech|stft|signal/,
    prediction: { shape: [2, 1, 64], range: normal },
    target: { shape: [2, 1, 64], range: normal },
  },
  {
    what: "signals in rows",
    words: /wave|audio|snr|sdr|speech|stft|signal|spectr|fft/,
    prediction: { shape: [2, 64], range: normal },
    target: { shape: [2, 64], range: normal },
  },
  {
    what: "long waveforms",
    words: /stft|spectr|mel_?|multi_?res/,
    prediction: { shape: [1, 1, 2400], range: normal },
    target: { shape: [1, 1, 2400], range: normal },
  },
  {
    what: "long signals in rows",
    words: /stft|spectr|mel_?|multi_?res/,
    prediction: { shape: [1, 2400], range: normal },
    target: { shape: [1, 2400], range: normal },
  },
  {
    what: "sequences of scores",
    words: /sequence|seq_?len|token|time_?step/,
    prediction: { shape: [2, 4, count] },
    target: { shape: [2, 4], range: interval(0, count - 1, true), whole: true },
    needs: "target",
  },
  { what: "sequences", prediction: { shape: [2, 4, width] }, target: { shape: [2, 4, width] } },
  {
    what: "feature maps",
    words: /feature_?map|channel|spatial/,
    prediction: { shape: [2, width, 4, 4], range: normal },
    target: { shape: [2, width, 4, 4], range: normal },
  },
]

type Part = "prediction" | "target" | "mask" | "weight" | "setting"

/**
 * Which side each argument is on: by its name; where no name tells a target, the second one. Beside a target a mask is
 * none, and beside both a weight is not what is trained.
 */
function partsOf(names: readonly string[]): Map<string, Part> {
  const own = new Map(names.map((n) => [n, partOf(n)] as const))
  const has = (part: string): boolean => [...own.values()].includes(part as Part)
  const told = new Map(
    [...own].map(([name, part]): [string, Part] => {
      if (part === "setting" || part === "target") return [name, part]
      if (part === "mask") return [name, has("target") ? "mask" : "target"]
      return [name, has("prediction") && has("target") && /(^|_)weights?$/.test(name) ? "weight" : "prediction"]
    }),
  )
  const others = names.filter((n) => told.get(n) !== "setting")
  if (others.length === 2 && !others.some((n) => told.get(n) === "target")) told.set(others[1]!, "target")
  return told
}

/** What an argument is for a kit: a mask or a weight says something of each target. */
function sideFor(kit: Kit, part: Part): Side {
  if (part === "setting") return { shape: [] }
  if (part === "mask") return { shape: kit.target.shape, range: bits }
  return part === "weight" ? { shape: kit.target.shape, range: interval(0, 1) } : kit[part]
}

/** Programs of more classes, or wider ones, are not tried. */
const MOST = 1024

/** Sizes in which two lengths that had to be the same are: undefined where it is not a size that differs. */
export function sizesWith([a, b]: readonly [number, number]): Sizes | undefined {
  const resized = (mine: number, theirs: number): Sizes | undefined =>
    theirs < 2 || theirs > MOST
      ? undefined
      : mine === CLASSES
        ? { ...usual, classes: theirs }
        : mine === WIDTH
          ? { ...usual, width: theirs }
          : undefined
  return resized(a, b) ?? resized(b, a)
}

/** Where nothing in the text speaks for a kit, it keeps its place in the list. */
export function candidatesFor(names: readonly string[], text: string, sizes: Sizes = usual): Candidate[] {
  const parts = partsOf(names)
  const sides = names.map((n) => parts.get(n)!)
  const open = sides.filter((s) => s !== "setting").length
  const lower = text.toLowerCase()
  const fits = kitsFor(sizes).filter((k) => (k.needs === "target" ? sides.includes("target") : true) && open > 0)
  const order = fits
    .map((kit, k) => ({ kit, likely: kit.words?.test(lower) ?? false, k }))
    .sort((a, b) => Number(b.likely) - Number(a.likely) || a.k - b.k)
  // What is only called a target by its place holds numbers like the prediction's.
  const told = names.some((n) => ["target", "mask"].includes(partOf(n)))
  return order.map(({ kit, likely }) => ({
    what: kit.what,
    likely,
    inputs: new Map(
      names.map((n): [string, Side] => {
        const part = parts.get(n)!
        const side = sideFor(kit, part)
        const unlike = part === "target" ? !told && side.range === bits : part === "prediction" && soundsGiven(n)
        return [n, unlike ? { shape: side.shape } : side]
      }),
    ),
  }))
}
