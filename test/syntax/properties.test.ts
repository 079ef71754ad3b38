// Laws of the parser on random input: it and the printer are inverse, positions are true, nothing but a Problem comes out.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Problem } from "../../src/source/problem.ts"
import type { Expr, Stmt } from "../../src/syntax/ast.ts"
import { parseExpression, parseProgram } from "../../src/syntax/parse.ts"
import { printExpr, printProgram } from "../../src/syntax/print.ts"
import { children, expressionsOf, sameTree } from "../../src/syntax/walk.ts"
import { expr, program } from "./trees.ts"

const source = (text: string) => ({ name: "", text })

// The canonical text is a key of baselines and is parsed again by other stages, so it must carry the whole tree.
describe("printing and parsing are inverse", () => {
  test("expressions", () => {
    fc.assert(
      fc.property(expr, (tree) => {
        const text = printExpr(tree)
        const back = parseExpression(source(text))
        if (!sameTree(tree, back)) throw new Error(`${text}\n${printExpr(back)}`)
      }),
      { numRuns: 2000 },
    )
  })

  test("programs", () => {
    fc.assert(
      fc.property(program, (tree) => {
        const text = printProgram(tree)
        const back = parseProgram(source(text))
        if (!sameTree(tree, back)) throw new Error(`${text}\n---\n${printProgram(back)}`)
      }),
      { numRuns: 1000 },
    )
  })
})

const everyExpression = (body: readonly Stmt[]): Expr[] => {
  const out: Expr[] = []
  const visit = (e: Expr) => {
    out.push(e)
    children(e).forEach(visit)
  }
  for (const s of body) {
    expressionsOf(s).forEach(visit)
    if (s.type === "Function") out.push(...everyExpression(s.body))
  }
  return out
}

// Carets are drawn from these positions and repairs are cut out by them.
test("the source at a node's position parses to that node", () => {
  fc.assert(
    fc.property(program, (tree) => {
      const text = printProgram(tree)
      for (const node of everyExpression(parseProgram(source(text)).body)) {
        // Neither a slice nor a starred value is an expression by itself.
        if (node.type === "Slice" || node.type === "Starred") continue
        if (node.type === "Tuple" && node.items.some((i) => i.type === "Slice")) continue
        const part = text.slice(node.start, node.end)
        // A tuple with one item needs its comma, a lone star its tuple: both are in the slice.
        if (!sameTree(parseExpression(source(`(${part})`)), node)) throw new Error(`${text}\n---\n${part}`)
      }
    }),
    { numRuns: 500 },
  )
})

/** Within the processor time that counts as at once. */
const timed = (act: () => void) => {
  const began = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(began)
  return user + system < 300_000
}

const check = (text: string) => {
  if (!timed(() => checkOnce(text))) expect(timed(() => checkOnce(text))).toBe(true)
}

const checkOnce = (text: string) => {
  try {
    parseProgram(source(text))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { headline, mark, also = [], help = [] } = error.parts
    expect(headline).not.toMatch(/illegal|invalid|forgot|unexpected/)
    for (const { span } of [...(mark ? [mark] : []), ...also]) {
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.end).toBeGreaterThanOrEqual(span.start)
      expect(span.end).toBeLessThanOrEqual(text.length)
    }
    // A help line is code that can be pasted; of a text of one line it is the whole text.
    if (!/[\r\n]/.test(text)) for (const line of help) if (!/[\r\n]/.test(line)) parseProgram(source(line))
  }
}

const pieces = (
  "x y p sum where σ π true null lambda if else for in not and or is def return import class yield then 1 2 0.5 1e-7 2j 0x1f " +
  "( ) [ ] { } | || ² ⁻¹ ⁿ √ ∞ ≤ · − + - * / // % @ ** ^ & ~ < > == != = := += |= , : ; . ... ! ? && === => -> ++ $ # \\ \\frac " +
  '\' " f" f\' r\' """ “ ’ \' ᵀ _ _{ where(a, a=1 f(x)='
).split(" ")

const texts = [
  "1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))",
  "where(abs(y-p) < 1, 0.5*(y-p)^2, abs(y-p) - 0.5)",
  "|x - |y|| + ||z|| / 2x where x = 3, f(t) = t², z = f(x)",
  'def f(y, p, *, eps=1e-7):\n    """Doc."""\n    return -(y*log(p + eps))\nf(y, p)',
  '[x if y else f"{x!r:>{w}} {y=}" for x, (y, *z) in q if not x is y][1:2, ..., ::3]',
  "import torch\nloss = torch.mean((y - p)**2, dim=(1, 2))\nreturn loss",
]

// Whatever is typed or piped in, the answer is a message and never a stack trace, and it comes at once.
describe("any text gives a program or a Problem", () => {
  test("characters", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string()), check),
      { numRuns: 2000 },
    )
  })

  test("token soup", () => {
    const piece = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.constantFrom("\n", "\n    ", "\t", "\\\n", "\r") },
    )
    const soup = fc.tuple(fc.array(piece, { maxLength: 30 }), fc.constantFrom("", " "))
    fc.assert(
      fc.property(
        soup.map(([parts, gap]) => parts.join(gap)),
        check,
      ),
      { numRuns: 10_000 },
    )
  })

  test("texts with a piece lost, doubled, or put elsewhere", () => {
    const cut = fc.record({
      text: fc.constantFrom(...texts),
      from: fc.nat(120),
      length: fc.nat(12),
      to: fc.nat(120),
      piece: fc.constantFrom("", ...pieces),
    })
    const mutated = cut.map(({ text, from, length, to, piece }) => {
      const rest = text.slice(0, from) + text.slice(from + length)
      return rest.slice(0, to) + (piece === "" ? text.slice(from, from + length) : piece) + rest.slice(to)
    })
    fc.assert(fc.property(mutated, check), { numRuns: 10_000 })
  })
})
