// Hostile definitions: whatever they ask for, each ends in a finding or in words why it is not understood, soon and in little memory.
import { describe, expect, test } from "vitest"
import type { CheckOptions } from "../src/definitions/options.ts"
import { lintTexts } from "../src/lint.ts"

const options: CheckOptions = { dtype: "float32", evidence: "verdict" }
const lint = (body: string, before = "") =>
  lintTexts(
    { "a.py": `import torch\n\n${before}def my_loss(p, y):\n${body.replace(/^/gm, "    ")}\n` },
    options,
    () => 0,
  )[0]!

/** What is said of the only definition: its verdict, or why there is none. */
function answer(body: string, before = ""): string {
  const { losses, notUnderstood, unreadable } = lint(body, before)
  return losses[0]?.result.verdict ?? notUnderstood[0]?.problem.message ?? unreadable[0]!.problem.message
}

/** The processor's time: a busy machine says nothing about lint. */
function secondsOf(run: () => unknown): number {
  const began = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1e6
}

const SOON = 20

describe("what never ends, or would fill any memory", () => {
  test.each([
    ["an endless loop", "while True:\n    p = p + 1\nreturn p.mean()", /too many steps|too long/],
    // Rounds that a tensor may end stand inside each other: they filled the stack, and were told as our own fault.
    [
      "an endless loop that a tensor may end",
      "while True:\n    p = p + 1\n    if p.sum() > 5: break\nreturn p.mean()",
      /rounds/,
    ],
    [
      "many rounds that a tensor may end",
      "for k in range(9999):\n    p = p * 2\n    if p.sum() > 5: break\nreturn p.mean()",
      /rounds/,
    ],
    [
      "an object that says it has 10^9 entries",
      "class Big:\n    def __len__(self): return 10**9\n    def __getitem__(self, k): return k\nreturn p.mean() * sum(v for v in Big())",
      /too long/,
    ],
    // A transform whose length is a large prime took the square of it.
    [
      "a long transform in a loop",
      "a = torch.ones(99991)\nfor k in range(1000):\n    a = torch.fft.fft(a).abs() * p.mean()\nreturn a.sum()",
      /too many steps/,
    ],
    ["a loop of 10^9 rounds", "for i in range(10**9):\n    p = p + i\nreturn p.mean()", /too long/],
    ["recursion without end", "return my_loss(p, y) + 1", /nested too deeply/],
    ["a list that doubles", "l = [p]\nfor k in range(60):\n    l = l + l\nreturn torch.stack(l).mean()", /too long/],
    ["a list repeated", "l = [p] * 10000 * 10000\nreturn torch.stack(l).mean()", /too long/],
    ["a text that doubles", "s = 'ab'\nfor k in range(60):\n    s = s + s\nreturn p.mean()", /too long/],
    ["a tensor that doubles", "for k in range(60):\n    p = torch.cat([p, p])\nreturn p.mean()", /too large|too many/],
    ["a tensor of 10^9 numbers", "return (p.mean() * torch.zeros(1000, 1000, 1000)).sum()", /too large/],
    [
      "large tensors in a loop",
      "a = torch.ones(1000000)\nfor k in range(1000):\n    a = a * p.mean() + k\nreturn a.sum()",
      /too many steps/,
    ],
  ])("%s", (_, body, words) => {
    let said = ""
    expect(
      secondsOf(() => {
        said = answer(body)
      }),
    ).toBeLessThan(SOON)
    expect(said).toMatch(words)
  })

  test("two calls of itself in each call", () => {
    const helper = "def g(p, n):\n    return g(p, n - 1) + g(p, n - 1) if n > 0 else p\n\n"
    expect(secondsOf(() => expect(answer("return g(p, 40).mean()", helper)).toMatch(/too many steps/))).toBeLessThan(
      SOON,
    )
  })

  test("a power of 10^9 is a number like any other", () => {
    expect(answer("n = 2**10**9\nreturn ((p - y)**2).mean()")).toBe("alive")
  })

  test("sums that share what they add up are looked at once, not along every way through them", () => {
    const body = "for k in range(300):\n    p = p * y + p\nreturn p.mean()"
    expect(secondsOf(() => expect(lint(body).losses).toHaveLength(1))).toBeLessThan(SOON)
  })

  test("5,000 brackets cost their definition, and the next one is looked at", () => {
    const deep = `def deep_loss(p, y):\n    return ${"(".repeat(5000)}p - y${")".repeat(5000)}\n\n`
    expect(lint("return ((p - y)**2).mean()", deep).losses.map((l) => l.result.verdict)).toContain("alive")
  })
})

describe("odd files", () => {
  const whole = "import torch\ndef my_loss(p, y):\n    return ((p - y)**2).mean()\n"
  test.each([
    ["CRLF", whole.replaceAll("\n", "\r\n")],
    ["tabs", whole.replaceAll("    ", "\t")],
  ])("%s", (_, text) => {
    expect(lintTexts({ "a.py": text }, options, () => 0)[0]!.losses.map((l) => l.result.verdict)).toEqual(["alive"])
  })

  test("files that import each other in a circle", () => {
    const files = {
      "a.py": "from b import helper\ndef one_loss(p, y):\n    return helper(p, y).mean()\n",
      "b.py": "from a import one_loss\ndef helper(p, y):\n    return (p - y)**2\n",
      "c.py": "from d import z\ndef two_loss(p, y):\n    return (z * p).mean()\n",
      "d.py": "from c import z\n",
    }
    const [a, , c] = lintTexts(files, options, () => 0)
    expect(a!.losses.map((l) => l.result.verdict)).toEqual(["alive"])
    expect(c!.losses).toEqual([])
    expect(c!.notUnderstood).toHaveLength(1)
  })

  test("the place of each of 10,000 mistakes is found at once", () => {
    const text = "a b\n".repeat(200_000)
    expect(secondsOf(() => lintTexts({ "a.py": text }, options, () => 0))).toBeLessThan(SOON)
  })
})

test("the verdict hangs on no report: with all evidence it is the same", () => {
  const body = "d = torch.relu(p - 1)\nreturn (d * y).mean() + (p > 0.5).float().mean()"
  const text = `import torch\ndef my_loss(p, y):\n${body.replace(/^/gm, "    ")}\n`
  const [lean, full] = [options, { dtype: "float32" } as const].map(
    (o) => lintTexts({ "a.py": text }, o, () => 0)[0]!.losses[0]!.result,
  )
  expect(lean!.verdict).toBe(full!.verdict)
  expect(lean!.findings).toEqual(full!.findings)
})
