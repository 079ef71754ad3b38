// What the messages about a text that cannot be read say: headline, marked range, corrected text.
import { expect, test } from "vitest"
import { Problem } from "../../src/source/problem.ts"
import { parseProgram } from "../../src/syntax/parse.ts"

/** Source, headline, start and end of the mark, help. */
type Row = readonly [source: string, headline: string, start: number, end: number, help?: string]

const partsOf = (text: string) => {
  try {
    parseProgram({ name: "", text })
  } catch (error) {
    if (error instanceof Problem) return error.parts
    throw error
  }
  throw new Error(`no message for ${text}`)
}

const named = (rows: readonly Row[]) => rows.map((row) => ({ row, text: row[0] }))

const says = ({ row: [text, headline, start, end, help] }: { row: Row }) => {
  const parts = partsOf(text)
  expect(parts.headline).toBe(headline)
  expect([parts.mark?.span.start, parts.mark?.span.end]).toEqual([start, end])
  expect(parts.help?.join("\n")).toBe(help)
}

const habits: readonly Row[] = [
  ["y == p && p > 0", "conditions are joined with `and`", 7, 9, "y == p and p > 0"],
  ["y == p||!p && q === null", "conditions are joined with `or`", 6, 8, "y == p or not p and q == None"],
  ["a || b", "conditions are joined with `or`", 2, 4, "a or b"],
  ["!x", "a condition is turned round with `not`", 0, 1, "not x"],
  ["p > 0 ? 1 : 0", "a choice is written `a if c else b`", 6, 7, "1 if p > 0 else 0"],
  ["c ? a", "a choice is written `a if c else b`", 2, 3],
  ["f(x+1 = 2)", "a comparison is written `==`", 6, 7, "f(x+1 == 2)"],
  ["a if x = 0 else b", "a comparison is written `==`", 7, 8, "a if x == 0 else b"],
  ["x => 3", "at least is written `>=`", 2, 4, "x >= 3"],
  ["x =< 3; y <> 2", "at most is written `<=`", 2, 4, "x <= 3; y != 2"],
  ["null", "`null` is written `None`", 0, 4, "None"],
  ["f(true, x)", "`true` is written `True`", 2, 6, "f(True, x)"],
  ["if x > 0 then 1 else 2", "a choice is written `a if c else b`", 0, 2, "1 if x > 0 else 2"],
  ["a elseif b", "a choice is written `a if c else b`", 2, 8],
  ["x++", "`++` needs a number", 1, 3, "x + 1"],
  ["x--", "`--` needs a number", 1, 3, "x - 1"],
  ["x -> x^2", "a function is written `lambda x: …`", 2, 4, "lambda x: x^2"],
  ["// loss", "a comment begins with `#`", 0, 2],
  ["x*2 // this is a comment", "a comment begins with `#`", 4, 6, "x*2 # this is a comment"],
  ["x /* hey */ + 1", "a comment begins with `#`", 2, 4, "x  + 1"],
  ["x %% 2", "the rest of a division is written `%`", 2, 4, "x % 2"],
  ["\\frac{a}{b} + \\sum x", "LaTeX is not read", 0, 5],
  ["\\frac{1}{2}(y - \\hat{y})^2", "LaTeX is not read", 0, 5, "(1/2)*(y - y_hat)^2"],
  ["x^{2}", "curly brackets make a set", 2, 5, "x^(2)"],
  ["{a+b}*c", "curly brackets make a set", 0, 5, "(a+b)*c"],
  ["x_{i} + 1", "LaTeX is not read", 2, 3, "x_i + 1"],
  ["“a” + 1", "`“` is a typographic quote, which is not read", 0, 1, '"a" + 1'],
  ["x – y", "`–` is a dash, which is not read", 2, 3, "x - y"],
  ["x $ y", "LaTeX is not read", 2, 3],
  ["（x）", "`（` is a wide sign, which is not read", 0, 1, "(x)"],
  ["x == y and z = 2", "a comparison is written `==`", 13, 14, "x == y and z == 2"],
  ["a else b", "a choice is written `a if c else b`", 2, 6],
  ["\\sigma(x)", "LaTeX is not read", 0, 6, "sigma(x)"],
  ["$x^2$", "LaTeX is not read", 0, 1, "x^2"],
  ["a -> b", "a function is written `lambda x: …`", 2, 4, "lambda a: b"],
  ["a ? b", "a choice is written `a if c else b`", 2, 3],
  ["a => a^2", "at least is written `>=`", 2, 4, "a >= a^2"],
  ["2||x", "conditions are joined with `or`", 1, 3, "2 or x"],
]

// Habits from other languages and from LaTeX each have an answer, with the whole text put right.
test.each(named(habits))("habits: $text", says)

const brackets: readonly Row[] = [
  ["mean((y - p)^2", "a bracket is still open", 14, 14],
  ["f(a[1)", "`[` is closed by `)`", 5, 6, "f(a[1])"],
  ["(a]", "`(` is closed by `]`", 2, 3, "(a)"],
  ["a)", "a bracket is closed that was never opened", 1, 2, "a"],
  ['"abc', "a string is still open", 4, 4],
  ["'abc\nx", "a string is still open", 4, 4],
  ["|x", "a bar is still open", 2, 2],
  ["f(|x)", "a bar is still open", 4, 4],
  ["|a, b|", "a bar is still open", 2, 2],
  ["1 + not x", "`not` needs brackets behind an operator", 4, 7, "1 + (not x)"],
  ["f(x where x = 1)", "`where` belongs at the end of the line, outside brackets", 4, 9],
  ["f(x\ny = 2", "a bracket is still open", 3, 3],
  ["mean(x", "a bracket is still open", 6, 6],
  ['f"{x"', "a bracket is still open", 4, 4],
  ['f"{}"', "the brackets of an f-string hold nothing", 2, 4],
  ["a := 3", "`:=` stands in brackets: (name := value)", 2, 4],
  ["2 * (3 + 4))", "a bracket is closed that was never opened", 11, 12, "2 * (3 + 4)"],
  ["x = [\n 1,\n 2", "a bracket is still open", 12, 12],
  ["{a: 1, b", "a bracket is still open", 8, 8],
]

// What opens must close; the message tells the place that is wrong, and the place that made it so.
test.each(named(brackets))("brackets: $text", says)

const paper: readonly Row[] = [
  ["1/2x", "it is not clear what 1/2x divides by", 2, 4, "1/(2*x)\n1/2*x"],
  ["x^2y", "it is not clear how far the exponent reaches in x^2y", 2, 4, "x^(2*y)\nx^2*y"],
  ["√2x", "it is not clear how far the root reaches in √2x", 1, 3, "√(2*x)\n√2*x"],
  ["√x²", "it is not clear how far the root reaches in √x²", 0, 3, "√(x²)\n√(x)²"],
  ["x'", "a name cannot end in a prime: x'", 1, 2, "x_prime"],
  ["f'(x) + 1", "a name cannot end in a prime: f'", 1, 2, "f_prime(x) + 1"],
  ["2j + 1", "complex numbers are not supported", 0, 2],
  ["f(x+1) = 3", "the arguments of a definition are names", 3, 4],
  ["a = 1 where a = 1, b = c, c = b", "b and c are defined by each other", 19, 20],
  ["y where y = y + 1", "y is defined by itself", 8, 9],
  ["y where x = 1,", "a definition is missing after `,`", 13, 14],
  ["|a||b|", "an operator is missing between two absolute values", 3, 4, "|a|*|b|"],
  ["x where f(y) = y, f = 2", "f is defined twice", 18, 19],
  ["a|x|", "an operator is missing before an absolute value", 1, 2, "a*|x|"],
  ["(a+b)|x|", "an operator is missing before an absolute value", 5, 6, "(a+b)*|x|"],
  ["1/2|x|", "it is not clear what 1/2|x| divides by", 2, 6, "1/(2*|x|)\n1/2*|x|"],
  ["(2)|x|", "an operator is missing before an absolute value", 3, 4, "(2)*|x|"],
  ["x where (a) = 3", "a definition is missing after `where`", 2, 7],
  ["y where y == 3", "a definition is missing after `where`", 2, 7],
]

// Paper notation that can be read in two ways is a question, never a guess.
test.each(named(paper))("paper: $text", says)

const missing: readonly Row[] = [
  ["a +", "something is missing after `+`", 2, 3],
  ["a + * b", "something is missing between `+` and `*`", 2, 3],
  ["* x", "something is missing before `*`", 0, 1],
  ["(a + )", "something is missing after `+`", 3, 4],
  ["f(a,,b)", "something is missing between `,` and `,`", 3, 4],
  ["f(,)", "something is missing between `(` and `,`", 1, 2],
  ["y p", "an operator is missing between y and p", 2, 3, "y*p"],
  ["sin x", "an operator is missing between sin and x", 4, 5, "sin(x)"],
  ["f(y p)", "a comma or an operator is missing between y and p", 4, 5, "f(y*p)\nf(y, p)"],
  ["", "there is nothing to check", 0, 0],
  ["# only", "there is nothing to check", 0, 0],
  ["x if y", "the other case is missing in x if y", 6, 6, "x if y else 0"],
  ["[x if y for x in z]", "the other case is missing in x if y", 7, 7, "[x if y else 0 for x in z]"],
  ["def f(x) return x", "`:` is missing after the arguments", 8, 8, "def f(x): return x"],
  ["def f(x):", "what the function returns is missing", 9, 9],
  ["def f(x):\nreturn x", "what the function returns is missing", 10, 10],
  ['f"{a b}"', "an operator is missing between a and b", 5, 6, 'f"{a*b}"'],
  ["x.", "a name is missing after `.`", 1, 2],
  ["x[]", "something is missing between `[` and `]`", 1, 2],
  ["x y = 3", "an operator is missing between x and y", 2, 3],
  [":", "something is missing before `:`", 0, 1],
  ["a : b : c", "`:` has no place here", 6, 7],
  ["import torch", "there is nothing to check", 0, 0],
  ["else", "something is missing before `else`", 0, 4],
  ["x.2", "an operator is missing between x and .2", 1, 3, "x*.2"],
  ["@", "something is missing before `@`", 0, 1],
  ['print "x"', 'an operator is missing between print and "x"', 6, 9],
  ["x and", "something is missing after `and`", 2, 5],
  ["a b c where q", "an operator is missing between a and b", 2, 3],
  ["a = ", "something is missing after `=`", 2, 3],
  ["lambda x y: 3", "a comma is missing between x and y", 9, 10, "lambda x, y: 3"],
  ["x[1:2:3:4]", "`:` has no place here", 7, 8],
  ["{1: 2, 3}", "the value of the key 3 is missing", 8, 8],
  ["f(*)", "something is missing after `*`", 2, 3],
  ["x..y", "a name is missing after `.`", 1, 2],
  ["f(x) g(y)", "an operator is missing between ) and g", 5, 6, "f(x)*g(y)"],
  ["sum_i x_i", "an operator is missing between sum_i and x_i", 6, 9, "sum_i*x_i"],
  ["x!", "`!` has no place here", 1, 2],
  ["f(x;y)", "`;` has no place here", 3, 4, "f(x,y)"],
  ["|2|x||", "an operator is missing between | and x", 3, 4],
  ["y p q", "an operator is missing between y and p", 2, 3],
  ["def f(a b): return 1", "a comma or an operator is missing between a and b", 8, 9, "def f(a, b): return 1"],
  ["def f a: return 1", "an operator is missing between f and a", 6, 7],
  ["(1 - p)^γ log(p)", "an operator is missing between γ and log", 10, 13, "(1 - p)^γ*log(p)"],
  ["p log(p)", "an operator is missing between p and log", 2, 5, "p*log(p)"],
  ["y = 1 if x", "the other case is missing in 1 if x", 10, 10, "y = 1 if x else 0"],
  [";", "there is nothing to check", 0, 0],
  ["not", "something is missing after `not`", 0, 3],
  ["x is not", "something is missing after `not`", 5, 8],
  ["a not b", "an operator is missing between a and not", 2, 5],
  ["0x; 1e+", "something is missing after `+`", 6, 7],
]

// Something is missing: the message names the neighbours, so that it can be read without the source.
test.each(named(missing))("missing: $text", says)

const words: readonly Row[] = [
  ["if x > 0: y = 1", "a statement with `if` is not an expression", 0, 2],
  ["lambda*x", "`lambda` is a word of Python, not a name", 0, 6, "lam*x"],
  ["x*lambda", "`lambda` is a word of Python, not a name", 2, 8, "x*lam"],
  ["lambda = 0.1", "`lambda` is a word of Python, not a name", 0, 6, "lam = 0.1"],
  ["yield x", "a statement with `yield` is not an expression", 0, 5],
  ["await x", "a statement with `await` is not an expression", 0, 5],
  ["class A: pass", "a statement with `class` is not an expression", 0, 5],
  ["for i in x: pass", "a statement with `for` is not an expression", 0, 3],
  ["while x: pass", "a statement with `while` is not an expression", 0, 5],
  ["x for x in y", "a statement with `for` is not an expression", 2, 5],
  ["x = 3 = y", "only a name stands left of `=`, not 3", 4, 5, "x = 3 == y"],
  ["x + y = 3", "only a name stands left of `=`, not x + y", 0, 5, "x + y == 3"],
  ["a = b\n  + c", "a line that begins with `+` does not go on with the line before", 8, 9, "a = (b\n  + c)"],
  ["a*b\n- c", "a line that begins with `-` does not go on with the line before", 4, 5, "(a*b\n- c)"],
  ["f(a=1, b)", "arguments without a name come first", 7, 8],
  ["class", "a statement with `class` is not an expression", 0, 5],
  ["f(class=1)", "`class` is a word of Python, not a name", 2, 7, "f(class_=1)"],
  ["elif x", "a statement with `elif` is not an expression", 0, 4],
  ["assert x", "a statement with `assert` is not an expression", 0, 6],
  ["del x", "a statement with `del` is not an expression", 0, 3],
  ["|x|=1", "only a name stands left of `=`, not |x|", 0, 3, "|x|==1"],
  ["if a: b else: c", "a statement with `if` is not an expression", 0, 2, "b if a else c"],
  ["def f(lambda): return 1", "`lambda` is a word of Python, not a name", 6, 12, "def f(lam): return 1"],
  ["for", "a statement with `for` is not an expression", 0, 3],
]

// Words and statements of Python where a value belongs, and targets that take no value.
test.each(named(words))("words: $text", says)

// The mock-ups of the interface, in full: marks, words, notes.
test("an open bracket is shown at both ends", () => {
  const { headline, mark, also } = partsOf("mean((y - p)^2")
  expect(headline).toBe("a bracket is still open")
  expect(mark?.text).toBe("`)` is missing here")
  expect(also?.map((a) => [a.span.start, a.span.end, a.text])).toEqual([[4, 5, "opened here"]])
})

test("`&&` is answered with the corrected text and a word on gradients", () => {
  const { mark, help, note } = partsOf("y == p && p > 0")
  expect(mark?.text).toBe("`&&` is from another language")
  expect(help).toEqual(["y == p and p > 0"])
  expect(note).toEqual(["a comparison carries no gradient, see: gradcheck explain step-function"])
})
