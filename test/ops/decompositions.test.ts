// Decompositions of matrices: values and gradients that torch 1.13 gave, and what equal singular values do.
import { describe, expect, it } from "vitest"
import { evaluate } from "../../src/evaluate.ts"

const at = { x: [[1, 2], [3, 4], [0.5, -1]] } // biome-ignore format: a matrix

// Why: formulas for singular vectors are long, and a wrong one looks alive; torch ran these.
describe("values and gradients as torch has them", () => {
  it.each([
    [
      "u, s, vh = torch.linalg.svd(x, full_matrices=False); P = u[:, :1] @ u[:, :1].T; P[0, 1]*2 + P[2, 2]",
      0.7441186720197955,
      [0.11888561747915496, 0.18863092390456734, -0.07024195022943709, -0.07352522874626313, -0.005529722746143518, -0.01144416175814518], // biome-ignore format: a row
    ],
    [
      "u, s, vh = torch.linalg.svd(x, full_matrices=False); low = s[0]*torch.outer(u[:, 0], vh[0]); ((low - 1)**2).sum()",
      17.644571822327165,
      [0.5788170495266307, 1.68224489931595, 3.15190335063171, 6.514901260236277, -2.1930436895155236, -3.438150478298668], // biome-ignore format: a row
    ],
    [
      "torch.linalg.matrix_norm(x, 'nuc') + x.norm(p='nuc')",
      13.075033505590122,
      [-0.01360331068067308, 0.9846379637387016, 1.3970744783633104, 1.250333722274737, 1.431082755064992, -1.2112611870720138], // biome-ignore format: a row
    ],
    [
      "L, V = torch.linalg.eigh(x.T @ x); (V[:, :1] @ V[:, :1].T)[0, 1] + L[1]",
      29.69114436155493,
      [2.466988200221312, 3.6878257291248104, 5.552243748836963, 8.300011884163109, -0.6152267517163179, -0.9195524386489184], // biome-ignore format: a row
    ],
  ])("%s", (text, value, gradient) => {
    const found = evaluate(text, { at })
    expect(found.value).toBeCloseTo(value, 12)
    for (const [k, g] of (found.gradients.x as number[][]).flat().entries()) expect(g).toBeCloseTo(gradient[k]!, 11)
  })
})

// Why: this is how losses on subspaces die in training, on the first matrix that is a multiple of a rotation.
it("equal singular values make the gradient of the vectors NaN, and leave that of the values alone", () => {
  const square = { x: [[1, 0], [0, 1]] } // biome-ignore format: a matrix
  const of = (text: string) => (evaluate(text, { at: square }).gradients.x as number[][]).flat()
  expect(of("u, s, vh = torch.linalg.svd(x); (u[:, :1] @ u[:, :1].T)[0, 1]").every(Number.isNaN)).toBe(true)
  expect(of("torch.linalg.svd(x).S.sum()")).toEqual([1, 0, 0, 1])
})
