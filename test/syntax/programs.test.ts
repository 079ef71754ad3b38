// What texts mean: each source beside the canonical Python of its tree.
import { describe, expect, test } from "vitest"
import type { Expr } from "../../src/syntax/ast.ts"
import { parseExpression, parseProgram } from "../../src/syntax/parse.ts"
import { printExpr, printProgram } from "../../src/syntax/print.ts"
import { children, freeNames, sameTree } from "../../src/syntax/walk.ts"

const source = (text: string) => ({ name: "", text })
const read = (text: string) => printProgram(parseProgram(source(text)))
type Row = readonly [source: string, printed: string]
const means = ([text, printed]: Row) => expect(read(text)).toBe(printed)

// Python's own notation, so that code can be pasted. Trees and positions of 64,327 expressions of the standard library
// were compared with CPython's `ast` while this was written; these rows keep one of each kind.
const python: readonly Row[] = [
  ["1 - 2*sum(y*(p > 0.5)) / (sum(y) + sum(p > 0.5))", "1 - 2*sum(y*(p > 0.5))/(sum(y) + sum(p > 0.5))"],
  ["a or b and not c < d <= e | g & h << 2 + 3*-x**-y**2", "a or b and not c < d <= e | g & h << 2 + 3*-x**-y**2"],
  ["((a + b) - c) - (d - e)", "a + b - c - (d - e)"],
  ["(a*b)/(c*d) % -(e @ f)", "a*b/(c*d)%-(e @ f)"],
  ["(2**3)**4 + 2**(3**4) + (-2)**2 + -2**2 + 2**-1", "(2**3)**4 + 2**3**4 + (-2)**2 + -2**2 + 2**-1"],
  ["(a or b) or c", "(a or b) or c"],
  ["a < b == (c in d) is not e not in f", "a < b == (c in d) is not e not in f"],
  ["x if y else z if w else v", "x if y else z if w else v"],
  ["lambda: 0", "lambda: 0"],
  ["lambda x, /, y=1, *a, k=2, **kw: x if a else k", "lambda x, /, y=1, *a, k=2, **kw: x if a else k"],
  ["f(*a, b=1, **c)(x for x in y).g[0]", "f(*a, b=1, **c)(x for x in y).g[0]"],
  ["x[1:2, ..., None, ::3, *a, :, b:]", "x[1:2, ..., None, ::3, *a, :, b:]"],
  ["x[()] + x[1,] + x[(1, 2)]", "x[()] + x[1,] + x[1, 2]"],
  ["[x for x, y in zip(a, b) if x if y for z in q]", "[x for x, y in zip(a, b) if x if y for z in q]"],
  [
    "[{1, 2}, {}, {a: b, **c}, {k: v for k in x}, {x for x in y}, (i for i in x)]",
    "[{1, 2}, {}, {a: b, **c}, {k: v for k in x}, {x for x in y}, (i for i in x)]",
  ],
  ["((), (1,), (1, 2), [*a, b])", "(), (1,), (1, 2), [*a, b]"],
  ["(y := 3) + (x\n  + 1)", "(y := 3) + (x + 1)"],
  [
    "0xff + 0b11 + 0o17 + 1_000 + 1. + .5 + 1e-7 + 1e999 + 12345678901234567890",
    "255 + 3 + 15 + 1000 + 1.0 + 0.5 + 1e-7 + 1e999 + 12345678901234567168",
  ],
  ["1 .real + (1)(x) + (2.5).y", "(1).real + (1)(x) + (2.5).y"],
  ["'a' \"b\" r'\\d' b'c' '\\x41\\n\\u00e9\\q' '''d\n'e'''", '"ab\\\\dcA\\né\\\\qd\\n\'e"'],
  ["f'a{x!r:>{w}}b{{}}{y=}' 'z'", 'f"a{x}b{{}}y={y}z"'],
  ["f'{d[\"k\"]}{ {1} }{(lambda: 1)}{a if b else c}'", "f'{d[\"k\"]}{ {1} }{(lambda: 1)}{a if b else c}'"],
  ["True, False, None, ...", "True, False, None, ..."],
  ["a\\\n + b # why\n", "a + b"],
  ["\ufeffa\t+\u00a0b\r\n", "a + b"],
]

test.each(python)("Python: %s", (...row) => means(row))

// What people type who come from paper rather than from code; the tree never shows it.
const paper: readonly Row[] = [
  ["-x^2^y", "-x**2**y"],
  ["2x + 2(x+1) + 2 x + 3sin(x)^2 + 2π - 2x^2", "2*x + 2*(x + 1) + 2*x + 3*sin(x)**2 + 2*pi - 2*x**2"],
  ["2|x| + 0.5||y-p||^2", "2*abs(x) + 0.5*norm(y - p)**2"],
  ["|x| + |a|*|b| + |x - |y||", "abs(x) + abs(a)*abs(b) + abs(x - abs(y))"],
  [
    "||x|| + | |x| - 1 | + ||x| - 1| + ||a|*|b|| + || |x| ||",
    "norm(x) + abs(abs(x) - 1) + abs(abs(x) - 1) + abs(abs(a)*abs(b)) + norm(abs(x))",
  ],
  ["||x| if c else |y||", "abs(abs(x) if c else abs(y))"],
  ["f(|x|, a | b) + |(a | b)|", "f(abs(x), a | b) + abs(a | b)"],
  ["|x|==1", "abs(x) == 1"],
  ["1|2", "1 | 2"],
  ["√x + √(x+1)^2 + √√2", "sqrt(x) + sqrt(x + 1)**2 + sqrt(sqrt(2))"],
  ["x² + xⁿ⁻¹ + x⁻²", "x**2 + x**(n - 1) + x**-2"],
  ["σ(x) + σ", "sigmoid(x) + σ"],
  ["σ(x) = 1/(1 + exp(-x)); σ(p)", "def σ(x): return 1/(1 + exp(-x))\nσ(p)"],
  ["a ≤ b ≥ c ≠ d", "a <= b >= c != d"],
  ["a·b × c ∗ d ÷ e − f", "a*b*c*d/e - f"],
  ["∞ + π + ∑(x)", "inf + pi + sum(x)"],
  ["x₁ + ŷ + Xᵀ + λ", "x1 + ŷ + X.T + λ"],
  ["x ∈ s ∧ ¬a", "x in s and not a"],
  ["x ^= 2", "x **= 2"],
  ["ln(x)", "ln(x)"],
]

test.each(paper)("paper: %s", (...row) => means(row))

// Several statements, as in a pasted function or a note; the last one gives the value.
const statements: readonly Row[] = [
  [
    "a = b = c; a, b = b, a; *a, b = x; x += 1; x |= y; x[0].y = 3; x: float = 1; y: int",
    "a = b = c\na, b = b, a\n*a, b = x\nx += 1\nx |= y\nx[0].y = 3\nx = 1",
  ],
  ["import torch\nimport a.b as c; from x import (a,\n  b)\na", "a"],
  ["    d = y - p\n    return d**2", "d = y - p\nreturn d**2"],
  ["loss = a\n    y = 2\n    return y", "loss = a\ny = 2\nreturn y"],
  ["def g(x): return x**2\ng(p)", "def g(x): return x**2\ng(p)"],
  [
    '@jit\ndef f(y, p: Tensor, *, eps: float = 1e-7) -> Tensor:\n    """Doc\n    string"""\n    d = y - p   # diff\n\n    return (d**2).mean()\nf(y, p)',
    "def f(y, p: Tensor, *, eps: float = 1e-7):\n    d = y - p\n    return (d**2).mean()\nf(y, p)",
  ],
  ["def f(x):\n    def g(y):\n        return y\n    return g(x)", "def f(x):\n    def g(y): return y\n    return g(x)"],
  ["def f(): 'doc'", "def f(): pass"],
  ["f(x, k=2) = x^k; f(p)", "def f(x, k=2): return x**k\nf(p)"],
  ["a*b; -c", "a*b\n(-c)"],
  ["x = 5 # comment\n# more\n\nx + 1", "x = 5\nx + 1"],
]

test.each(statements)("statements: %s", (...row) => means(row))

// A where clause is read by the value that it serves; its definitions may stand in any order.
const clauses: readonly Row[] = [
  ["y*p where y = a + b, a = 2; b = f(a) and f(q) = q^2", "a = 2\ndef f(q): return q**2\nb = f(a)\ny = a + b\ny*p"],
  ["loss where\n  loss = (y-p)^2\n  y = 3", "y = 3\nloss = (y - p)**2\nloss"],
  ["a\n  where a = 3", "a = 3\na"],
  ["a where a = b and c, b = 1", "b = 1\na = b and c\na"],
  ["f(3) where f(n) = 1 if n < 1 else n*f(n-1)", "def f(n): return 1 if n < 1 else n*f(n - 1)\nf(3)"],
  ["g where g = (lambda x: x + h), h = 2, x = g(1)", "h = 2\ng = lambda x: x + h\nx = g(1)\ng"],
  ["f(x) = t^2 where t = x-1\nf(3)", "def f(x):\n    t = x - 1\n    return t**2\nf(3)"],
  ["L = a*x where a = 2; x = 3; L + 1", "a = 2\nx = 3\nL = a*x\nL + 1"],
  ["def f(p):\n    return d where\n        d = p - 1\nf(p)", "def f(p):\n    d = p - 1\n    return d\nf(p)"],
  ["where(c, a, b) + where", "where(c, a, b) + where"],
  ["x; where; x = 1", "x\n(where)\nx = 1"],
]

test.each(clauses)("where: %s", (...row) => means(row))

// Carets are drawn from positions; brackets around an expression do not belong to it, as in Python.
describe("positions", () => {
  const slices = (text: string): string[] => {
    const out: string[] = []
    const visit = (e: Expr) => {
      out.push(`${e.type} ${text.slice(e.start, e.end)}`)
      children(e).forEach(visit)
    }
    visit(parseExpression(source(text)))
    return out
  }

  test("brackets", () => {
    expect(slices("((a) + b)*f( c )")).toEqual([
      "Binary ((a) + b)*f( c )",
      "Binary (a) + b",
      "Name a",
      "Name b",
      "Call f( c )",
      "Name f",
      "Name c",
    ])
  })

  test("paper notation", () => {
    expect(slices("|x - 1|²")).toEqual([
      "Binary |x - 1|²",
      "Call |x - 1|",
      "Name |",
      "Binary x - 1",
      "Name x",
      "Number 1",
      "Number ²",
    ])
    expect(slices("√π")).toEqual(["Call √π", "Name √", "Name π"])
  })

  test("f-strings", () => {
    expect(slices("f'a{x + 1:>3}'")).toEqual(["Format f'a{x + 1:>3}'", "Binary x + 1", "Name x", "Number 1"])
  })

  test("the operator", () => {
    const tree = parseExpression(source("aa  +  b"))
    expect(tree.type === "Binary" && tree.opStart).toBe(4)
  })
})

describe("walking", () => {
  // Baselines compare by canonical text, repairs by tree: neither may depend on where something stands.
  test("sameTree ignores positions and nothing else", () => {
    const tree = parseExpression(source("f(x, k=1)[2:]"))
    expect(sameTree(tree, parseExpression(source("f( x,k = 1 ) [ 2 : ]")))).toBe(true)
    for (const other of ["f(x, j=1)[2:]", "f(x, k=1.0)[2:]", "f(x, 1)[2:]", "f(x, k=1)[:2]", "f(x, *k)[2:]"]) {
      expect(sameTree(tree, parseExpression(source(other)))).toBe(false)
    }
  })

  test("freeNames leaves out what lambdas and comprehensions bind", () => {
    const names = freeNames(parseExpression(source("(lambda x, k=d: x + a)([i for i in b if i > c])")))
    expect([...names].sort()).toEqual(["a", "b", "c", "d"])
  })

  test("printExpr prints one expression", () => {
    expect(printExpr(parseExpression(source("(a)+(b*c)")))).toBe("a + b*c")
  })
})
