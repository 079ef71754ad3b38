// The compositions for writing at positions, sliding windows and drawing noise, where no recorded PyTorch value reaches.
import { describe, expect, it } from "vitest"
import { evaluateAt, type Numbers, prepare } from "../support/evaluate.ts"

const value = (text: string, inputs: Record<string, Numbers> = {}): number[] => evaluateAt(text, inputs).value
const gradient = (text: string, inputs: Record<string, Numbers>, of = "x"): number[] | null =>
  evaluateAt(text, inputs).gradients[of] ?? null
const refuses = (text: string, shape: number[]): string => {
  try {
    prepare(text, { x: shape })
  } catch (error) {
    return (error as Error).message
  }
  return ""
}

describe("positions as rows", () => {
  it("gathers and scatters by several axes", () => {
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    expect(value("tf.gather_nd(x, [[0, 1], [1, 2]])", { x })).toEqual([2, 6])
    expect(value("tf.gather_nd(x, [[1]])", { x })).toEqual([4, 5, 6])
    expect(value("tf.tensor_scatter_nd_add(x, [[0, 1], [0, 1]], [10., 100.])", { x })).toEqual([1, 112, 3, 4, 5, 6])
    expect(value("tf.tensor_scatter_nd_update(x, [[1]], [[7., 8., 9.]])", { x })).toEqual([1, 2, 3, 7, 8, 9])
    expect(value("tf.tensor_scatter_nd_max(x, [[0, 0], [1, 1]], [9., 0.])", { x })).toEqual([9, 2, 3, 4, 5, 6])
    expect(value("tf.scatter_nd([[1], [3], [1]], x, [4])", { x: [5, 6, 7] })).toEqual([0, 12, 0, 6])
    expect(gradient("tf.tensor_scatter_nd_min(x, [[0, 0]], [0.])", { x })).toEqual([0, 1, 1, 1, 1, 1])
  })
})

describe("segments and counts", () => {
  const x = [3, 1, 2, 5]
  it("folds each segment", () => {
    expect(value("tf.math.segment_sum(x, [0, 0, 1, 1])", { x })).toEqual([4, 7])
    expect(value("jax.ops.segment_sum(x, [2, 0, 2, 0], num_segments=3)", { x })).toEqual([6, 0, 5])
    expect(value("tf.math.segment_mean(x, [0, 0, 1, 1])", { x })).toEqual([2, 3.5])
    expect(value("tf.math.unsorted_segment_max(x, [1, 1, 0, 1], 3)", { x })).toEqual([2, 5, 0])
    expect(gradient("tf.math.segment_max(x, [0, 0, 1, 1])", { x })).toEqual([1, 0, 0, 1])
    expect(
      value("segment_min(x, [0, 1])", {
        x: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toEqual([1, 2, 3, 4])
  })
  it("counts, with weights that carry a gradient", () => {
    expect(value("np.bincount([0, 2, 2])")).toEqual([1, 0, 2])
    expect(gradient("jnp.bincount([0, 2, 2], weights=x)", { x: [1, 2, 3] })).toEqual([1, 1, 1])
    expect(gradient("torch.histc(x, 4, 0, 1)", { x: [0.1, 0.6] })).toBeNull()
    expect(value("jnp.histogram(x, 2)[0]", { x: [0, 1, 2, 2] })).toEqual([1, 3])
    expect(value("tf.math.confusion_matrix([0, 1, 1], [1, 1, 1], 2)")).toEqual([0, 1, 0, 2])
  })
  // Why: a shape that depends on data cannot be followed, and silence about it would be a wrong answer.
  it("refuses shapes that depend on the data", () => {
    expect(refuses("torch.unique(x)", [3])).toMatch(/depends on the data/)
    expect(refuses("torch.nonzero(x)", [3])).toMatch(/depends on the data/)
    expect(value("np.unique([3, 1, 3])")).toEqual([1, 3])
    expect(value("torch.nonzero(torch.tensor([0, 5, 6]))")).toEqual([1, 2])
    expect(value("sum(torch.masked_select(x, x > 1))", { x: [1, 2, 3] })).toEqual([5])
  })
})

describe("windows with channels last", () => {
  const x = [
    [
      [[1], [2], [3]],
      [[4], [5], [6]],
      [[7], [8], [9]],
    ],
  ]
  const w = [
    [[[1]], [[0]]],
    [[[0]], [[1]]],
  ]
  it("convolves and pools as TensorFlow lays images out", () => {
    expect(value("tf.nn.conv2d(x, w, 1, 'VALID')", { x, w })).toEqual([6, 8, 12, 14])
    expect(value("tf.nn.conv2d(x, w, [1, 1, 1, 1], 'SAME')", { x, w })).toEqual([6, 8, 3, 12, 14, 6, 7, 8, 9])
    expect(value("tf.nn.max_pool(x, 2, 1, 'VALID')", { x })).toEqual([5, 6, 8, 9])
    expect(value("tf.nn.avg_pool(x, 2, 1, 'VALID')", { x })).toEqual([3, 4, 6, 7])
    expect(gradient("tf.nn.max_pool(x, 3, 1, 'VALID')", { x })).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1])
  })
  it("says what it does not follow", () => {
    expect(refuses("F.interpolate(x, scale_factor=2, mode='lanczos')", [1, 1, 2, 2])).toMatch(/not followed/)
    expect(refuses("F.max_pool1d(x, 9)", [1, 1, 4])).toMatch(/does not fit/)
  })
})

describe("noise", () => {
  const inputs = { x: [1, 2], noise0: [0.1, 0.9] }
  it("drops, and passes the gradient of what stays", () => {
    const { graph } = prepare("F.dropout(x, 0.5)", { x: [2] })
    expect(graph.nodes.some((n) => n.statics.name === "noise0")).toBe(true)
    expect(value("where(noise0 >= 0.5, x/0.5, 0)", inputs)).toEqual([0, 4])
    expect(gradient("F.dropout(x, 0.5, training=False)", { x: [1, 2] })).toEqual([1, 1])
  })
})

// Why: these were refused, or took their positions one by one; the values are those of the frameworks' documentation.
describe("running sums, orders, windows and padding", () => {
  it("sums and multiplies from either end, with or without the entry itself", () => {
    const x = [1, 2, 3]
    expect(value("tf.cumsum(x)", { x })).toEqual([1, 3, 6])
    expect(value("tf.cumsum(x, exclusive=True)", { x })).toEqual([0, 1, 3])
    expect(value("tf.cumsum(x, reverse=True)", { x })).toEqual([6, 5, 3])
    expect(value("tf.cumsum(x, exclusive=True, reverse=True)", { x })).toEqual([5, 3, 0])
    expect(value("tf.math.cumprod(x, reverse=True)", { x })).toEqual([6, 6, 3])
    expect(refuses("tf.math.cumprod(x, exclusive=True)", [3])).toMatch(/cumprod/)
  })
  it("sorts either way", () => {
    const x = [2, 3, 1]
    expect(value("tf.sort(x, direction='DESCENDING')", { x })).toEqual([3, 2, 1])
    expect(value("float(tf.argsort(x, direction='DESCENDING'))", { x })).toEqual([1, 0, 2])
    expect(value("float(tf.argsort(x))", { x })).toEqual([2, 0, 1])
  })
  it("makes windows and powers", () => {
    const near = (text: string): number[] => value(text).map((v) => Math.round(1e4 * v) / 1e4)
    expect(near("torch.hann_window(4)")).toEqual([0, 0.5, 1, 0.5])
    expect(near("torch.hann_window(5, periodic=False)")).toEqual([0, 0.5, 1, 0.5, 0])
    expect(near("np.hamming(3)")).toEqual([0.08, 1, 0.08])
    expect(near("torch.bartlett_window(4)")).toEqual([0, 0.5, 1, 0.5])
    expect(near("torch.logspace(0, 2, 3)")).toEqual([1, 10, 100])
    expect(value("tf.eye(2, batch_shape=[1])")).toEqual([1, 0, 0, 1])
  })
  it("continues an axis by its own entries", () => {
    const x = [[1, 2, 3]]
    expect(value("F.pad(x, [2, 1], 'reflect')", { x })).toEqual([3, 2, 1, 2, 3, 2])
    expect(value("F.pad(x, [2, 1], 'replicate')", { x })).toEqual([1, 1, 1, 2, 3, 3])
    expect(value("F.pad(x, [2, 1], 'circular')", { x })).toEqual([2, 3, 1, 2, 3, 1])
    expect(value("np.pad(x, [[0, 0], [2, 1]], 'symmetric')", { x })).toEqual([2, 1, 1, 2, 3, 3])
  })
  it("writes many entries at positions", () => {
    const x = [0, 0, 0, 0]
    expect(value("torch.scatter(x, 0, [1, 3], [5., 6.])", { x })).toEqual([0, 5, 0, 6])
    expect(value("torch.scatter(x, 0, [1, 1], [5., 6.])", { x })).toEqual([0, 6, 0, 0])
    expect(value("torch.scatter(x, 0, [2], 7.)", { x })).toEqual([0, 0, 7, 0])
    expect(gradient("torch.scatter(x, 0, [1, 3], [5., 6.])", { x })).toEqual([1, 0, 1, 0])
  })
})

// Why: losses of detectors call torchvision, and were not followed. Values and gradients are those of torchvision 0.14.1.
describe("boxes of torchvision", () => {
  const a = [
    [0, 0, 4, 3],
    [1, 1, 2, 5],
    [6, 2, 9, 4],
  ]
  const b = [
    [1, 1, 5, 4],
    [1, 2, 3, 4],
    [0, 0, 1, 1],
  ]
  const near = (list: readonly number[] | null): number[] => (list ?? []).map((v) => Math.round(1e6 * v) / 1e6)
  it("overlaps of all pairs", () => {
    expect(near(value("box_iou(a, b)", { a, b }))).toEqual([
      0.333333, 0.142857, 0.083333, 0.230769, 0.333333, 0, 0, 0, 0,
    ])
    expect(near(value("generalized_box_iou(a, b)", { a, b }))).toEqual([
      0.233333, 0.017857, 0.083333, 0.043269, 0.083333, -0.5, -0.25, -0.375, -0.805556,
    ])
    expect(near(value("distance_box_iou(a, b)", { a, b })).slice(0, 3)).toEqual([0.284553, 0.072545, -0.046667])
    expect(value("_converted_box(a, 'xyxy', 'cxcywh')", { a })).toEqual([2, 1.5, 4, 3, 1.5, 3, 1, 4, 7.5, 3, 3, 2])
  })
  it.each([
    ["generalized", 3.488889, [-0.085556, -0.099074, -0.142593, -0.198148]],
    ["distance", 2.964201, [-0.068048, -0.088946, -0.116983, -0.172538]],
    ["complete", 2.982294, [-0.068048, -0.088946, -0.116983, -0.172538]],
  ])("the %s loss", (name, loss, first) => {
    const text = `${name}_box_iou_loss(x, b, reduction='sum')`
    expect(near(value(text, { x: a, b }))).toEqual([loss])
    expect(near(gradient(text, { x: a, b })).slice(0, 4)).toEqual(first)
  })
})
