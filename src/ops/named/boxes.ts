// Boxes by their corners x1, y1, x2, y2: torchvision's areas, overlaps of all pairs, and losses of pairs side by side.
import { func, loss } from "./composition.ts"

const paths = (name: string, args: string): string => `{torchvision.ops,torchvision.ops.boxes}.${name}(${args})`

/** Overlap and union of all pairs, or of pairs side by side: `a` and `b` are boxes that broadcast. */
const shared = `
    w = maximum(minimum(a[..., 2], b[..., 2]) - maximum(a[..., 0], b[..., 0]), 0)
    h = maximum(minimum(a[..., 3], b[..., 3]) - maximum(a[..., 1], b[..., 1]), 0)
    inter = w*h
    union = box_area(a) + box_area(b) - inter`
/** The smallest box around both. */
const around = `
    cw = maximum(a[..., 2], b[..., 2]) - minimum(a[..., 0], b[..., 0])
    ch = maximum(a[..., 3], b[..., 3]) - minimum(a[..., 1], b[..., 1])`
const centres = `
    dx = (a[..., 0] + a[..., 2] - b[..., 0] - b[..., 2])/2
    dy = (a[..., 1] + a[..., 3] - b[..., 1] - b[..., 3])/2`
/** Four numbers each: what has another number of them is no box. */
const pairs = `
    a = expand_dims(x + zeros(4), 1)
    b = expand_dims(y + zeros(4), 0)`
const sides = `
    a = a + zeros(4)
    b = b + zeros(4)`
const aspect = `
    v = 4/pi**2 * (atan((b[..., 2] - b[..., 0])/(b[..., 3] - b[..., 1])) - atan((a[..., 2] - a[..., 0])/(a[..., 3] - a[..., 1])))**2`

const reduced = (value: string): string => `
    r = ${value}
    mean(r) if reduction == 'mean' else sum(r) if reduction == 'sum' else r`
const lossPaths = (file: string, name: string): string =>
  `{torchvision.ops,torchvision.ops.${file}}.${name}(boxes1: a, boxes2: b, reduction = 'none', eps = 1e-7)`

export const boxes = [
  func(
    "box_area(b)",
    "the areas of boxes",
    "(b[..., 2] - b[..., 0])*(b[..., 3] - b[..., 1])",
    paths("box_area", "boxes: b"),
  ),
  func(
    "box_iou(x, y)",
    "the overlap over the union of each box of x with each of y",
    `${pairs}${shared}
    inter/union`,
    paths("box_iou", "boxes1: x, boxes2: y"),
  ),
  func(
    "generalized_box_iou(x, y)",
    "box_iou less the share of the box around both that is in neither",
    `${pairs}${shared}${around}
    inter/union - (cw*ch - union)/(cw*ch)`,
    paths("generalized_box_iou", "boxes1: x, boxes2: y"),
  ),
  func(
    "distance_box_iou(x, y, eps=1e-7)",
    "box_iou less the distance of the centres, against the box around both",
    `${pairs}${shared}${around}${centres}
    inter/union - (dx**2 + dy**2)/(cw**2 + ch**2 + eps)`,
    paths("distance_box_iou", "boxes1: x, boxes2: y, eps = 1e-7"),
  ),
  func(
    "_converted_box(b, of, to)",
    "boxes in another format",
    `
    c = b if of == 'xyxy' else concat([b[..., :2], b[..., :2] + b[..., 2:]], axis=-1) if of == 'xywh' else concat([b[..., :2] - b[..., 2:]/2, b[..., :2] + b[..., 2:]/2], axis=-1) if of == 'cxcywh' else refuse('boxes are xyxy, xywh or cxcywh')
    c if to == 'xyxy' else concat([c[..., :2], c[..., 2:] - c[..., :2]], axis=-1) if to == 'xywh' else concat([(c[..., :2] + c[..., 2:])/2, c[..., 2:] - c[..., :2]], axis=-1) if to == 'cxcywh' else refuse('boxes are xyxy, xywh or cxcywh')`,
    paths("box_convert", "boxes: b, in_fmt: of, out_fmt: to"),
    { internal: true },
  ),
  loss(
    "generalized_box_iou_loss(a, b, reduction='none', eps=1e-7)",
    "1 less the generalized overlap over union of each box with its own (Rezatofighi et al. 2019)",
    `${sides}${shared}${around}${reduced("1 - inter/(union + eps) + (cw*ch - union)/(cw*ch + eps)")}`,
    lossPaths("giou_loss", "generalized_box_iou_loss"),
  ),
  loss(
    "distance_box_iou_loss(a, b, reduction='none', eps=1e-7)",
    "1 less the overlap over union, plus the distance of the centres (Zheng et al. 2020)",
    `${sides}${shared}${around}${centres}${reduced("1 - inter/(union + eps) + (dx**2 + dy**2)/(cw**2 + ch**2 + eps)")}`,
    lossPaths("diou_loss", "distance_box_iou_loss"),
  ),
  loss(
    "complete_box_iou_loss(a, b, reduction='none', eps=1e-7)",
    "distance_box_iou_loss, plus how much the aspect ratios differ (Zheng et al. 2020)",
    `${sides}${shared}${around}${centres}${aspect}
    iou = inter/(union + eps)
    alpha = stop_gradient(v/(1 - iou + v + eps))${reduced("1 - iou + (dx**2 + dy**2)/(cw**2 + ch**2 + eps) + alpha*v")}`,
    lossPaths("ciou_loss", "complete_box_iou_loss"),
  ),
]
