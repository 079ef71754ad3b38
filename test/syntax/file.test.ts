// Python files: every statement, and what a broken one costs. Trees are written as in shape.ts.
import { describe, expect, test } from "vitest"
import { parse, shapes } from "./shape.ts"

type Cases = readonly (readonly [source: string, shape: string])[]

const statements: Cases = [
  [
    "def f(a, b=1, /, c: int = 2, *args: *Ts, d, e=3, **kw) -> Tensor: return a",
    "(Function name=f params=[(name=a kind=positional) (name=b kind=positional default=1) (name=c kind=either default=2 annotation=int) (name=args kind=rest annotation=*Ts) (name=d kind=keyword) (name=e kind=keyword default=3) (name=kw kind=options)] returns=Tensor body=[(Return value=a)])",
  ],
  [
    "@torch.no_grad()\n@wraps(f)\nasync def f[T: int, *Ts, **P = [int]](x): await g(x) + 1",
    "(Function async=true decorators=[torch.no_grad() wraps(f)] name=f types=[(name=T bound=int) (name=Ts spread=*) (name=P spread=** default=[int])] params=[(name=x kind=either)] body=[(Expression value=g(x) + 1)])",
  ],
  [
    'class Loss(nn.Module, metaclass=M, **kw):\n    """Doc."""\n    x: int\n    y: int = 1\n    def forward(self): pass',
    '(Class name=Loss args=[(value=nn.Module) (name=metaclass value=M) (spread=** value=kw)] body=[(Expression value="Doc.") (AnnotatedAssign target=x annotation=int) (AnnotatedAssign target=y annotation=int value=1) (Function name=forward params=[(name=self kind=either)] body=[(Pass)])])',
  ],
  ["class A: pass; x = 1", "(Class name=A body=[(Pass) (Assign targets=[x] value=1)])"],
  [
    "if a: b\nelif (c := d): e\nelse:\n    f",
    "(If branches=[(test=a body=[(Expression value=b)]) (test=(c := d) body=[(Expression value=e)])] otherwise=[(Expression value=f)])",
  ],
  [
    "for i, *j in x, *y: pass\nelse: z",
    "(For target=i, *j iterable=x, *y body=[(Pass)] otherwise=[(Expression value=z)])",
  ],
  ["while x: break\nelse: continue", "(While test=x body=[(Break)] otherwise=[(Continue)])"],
  ["try: a\nexcept: b", "(Try body=[(Expression value=a)] handlers=[(body=[(Expression value=b)])])"],
  [
    "try:\n    a\nexcept (A, B) as e:\n    b\nexcept C: c\nelse: d\nfinally: f",
    "(Try body=[(Expression value=a)] handlers=[(caught=A, B name=e body=[(Expression value=b)]) (caught=C body=[(Expression value=c)])] otherwise=[(Expression value=d)] last=[(Expression value=f)])",
  ],
  [
    "try: a\nexcept* A: b",
    "(Try body=[(Expression value=a)] handlers=[(caught=A body=[(Expression value=b)])] groups=true)",
  ],
  [
    "with a as b, c, d as (e, f): pass",
    "(With items=[(value=a target=b) (value=c) (value=d target=e, f)] body=[(Pass)])",
  ],
  ["with (a as b, c,): pass", "(With items=[(value=a target=b) (value=c)] body=[(Pass)])"],
  ["with (a, b): pass", "(With items=[(value=a) (value=b)] body=[(Pass)])"],
  ["with (a, b) as c: pass", "(With items=[(value=a, b target=c)] body=[(Pass)])"],
  ["with (yield x): pass", "(With items=[(value=(yield x))] body=[(Pass)])"],
  ["with (a).b() as c: pass", "(With items=[(value=a.b() target=c)] body=[(Pass)])"],
  ["with (x for x in y) as z: pass", "(With items=[(value=(x for x in y) target=z)] body=[(Pass)])"],
  [
    "async def f():\n    async with a: pass\n    async for x in y: pass\n    return [x async for x in y if await x]",
    "(Function async=true name=f body=[(With async=true items=[(value=a)] body=[(Pass)]) (For async=true target=x iterable=y body=[(Pass)]) (Return value=[x for x in y if x])])",
  ],
  ["return", "(Return)"],
  ["return *a, b", "(Return value=*a, b)"],
  ["raise", "(Raise)"],
  ["raise A from None", "(Raise value=A cause=None)"],
  ['assert x, "y"', '(Assert test=x message="y")'],
  ["del a, b[0], (c.d)", "(Delete targets=[a b[0] c.d])"],
  ["global a, b", "(Global names=[a b])"],
  ["nonlocal a", "(Nonlocal names=[a])"],
  ["import a.b.c as d, e", "(Import names=[(name=a.b.c as=d) (name=e)])"],
  ["from . import a", "(ImportFrom level=1 names=[(name=a)])"],
  ["from ...a.b import (c as d, e,)", "(ImportFrom module=a.b level=3 names=[(name=c as=d) (name=e)])"],
  ["from .... import *", "(ImportFrom level=4 names=[(name=*)])"],
  ["x = y = yield", "(Assign targets=[x y] value=(yield))"],
  ["x = yield a, b", "(Assign targets=[x] value=(yield a, b))"],
  ["(yield from x)", "(Expression value=(yield from x))"],
  ["x += yield", "(AugmentedAssign target=x op=+ value=(yield))"],
  [
    "a |= b; a **= 2; a @= b; a //= c; a >>= 1",
    "(AugmentedAssign target=a op=| value=b)\n(AugmentedAssign target=a op=** value=2)\n(AugmentedAssign target=a op=@ value=b)\n(AugmentedAssign target=a op=// value=c)\n(AugmentedAssign target=a op=>> value=1)",
  ],
  [
    'x: int; x.y: str = "a"; x[0]: a = *b, c',
    '(AnnotatedAssign target=x annotation=int)\n(AnnotatedAssign target=x.y annotation=str value="a")\n(AnnotatedAssign target=x[0] annotation=a value=*b, c)',
  ],
  [
    "x = 2j + 1_000.5e-3J + 0xFF_FF + 0b1_0 + 0o17",
    "(Assign targets=[x] value=complex(0, 2.0) + complex(0, 1.0005) + 65535 + 2 + 15)",
  ],
  ["a ^ b | c", "(Expression value=a ^ b | c)"],
  ["x = [\n  1,  # one\n]  # two", "(Assign targets=[x] value=[1])"],
  ["if x:\n\ta\n        b", "(If branches=[(test=x body=[(Expression value=a) (Expression value=b)])])"],
  ["x = \\\n  1 + \\\n  2", "(Assign targets=[x] value=1 + 2)"],
  ["lambda *a, b=1, **c: a", "(Expression value=lambda *a, b=1, **c: a)"],
  [
    "{**a, 'b': 1, **c}; {*a, b}; {a: b for a, b in c}; {a for a in b}; (a for a in b); f(a for a in b)",
    '(Expression value={**a, "b": 1, **c})\n(Expression value={*a, b})\n(Expression value={a: b for a, b in c})\n(Expression value={a for a in b})\n(Expression value=(a for a in b))\n(Expression value=f(a for a in b))',
  ],
  [
    "x[*a]; x[a, *b]; x[a:b, ::c, ...]",
    "(Expression value=x[*a,])\n(Expression value=x[a, *b])\n(Expression value=x[a:b, ::c, ...])",
  ],
  ['print(*a, **b, sep="")', '(Expression value=print(*a, **b, sep=""))'],
  ["é = ﬁ = 1", "(Assign targets=[é fi] value=1)"],
]

// `match`, `case`, `type` and `_` are words only where nothing else makes sense.
const softKeywords: Cases = [
  [
    "type X = int; type Y[T] = list[T]",
    "(TypeAlias name=X value=int)\n(TypeAlias name=Y types=[(name=T)] value=list[T])",
  ],
  [
    "type = 1; type(x); type.x; type[x]",
    "(Assign targets=[type] value=1)\n(Expression value=type(x))\n(Expression value=type.x)\n(Expression value=type[x])",
  ],
  [
    'match x:\n    case 1 | -2.5 | "a" | None | a.b: pass\n    case [a, *_, b] if a > b: pass\n    case (a, b), *rest: pass\n    case {"k": v, **rest}: pass\n    case Point(x, y=0) as p: pass\n    case (a | b) | _: pass\n    case -1+2j: pass\n    case []: pass\n    case (a): pass\n    case a,: pass',
    '(Match subject=x cases=[(pattern=(Or items=[(Value value=1) (Value value=-2.5) (Value value="a") (Value value=None) (Value value=a.b)]) body=[(Pass)]) (pattern=(Sequence items=[(Capture name=a) (Rest) (Capture name=b)]) guard=a > b body=[(Pass)]) (pattern=(Sequence items=[(Sequence items=[(Capture name=a) (Capture name=b)]) (Rest name=rest)]) body=[(Pass)]) (pattern=(Mapping entries=[(key="k" pattern=(Capture name=v))] rest=rest) body=[(Pass)]) (pattern=(As pattern=(Class callee=Point items=[(Capture name=x)] named=[(name=y pattern=(Value value=0))]) name=p) body=[(Pass)]) (pattern=(Or items=[(Or items=[(Capture name=a) (Capture name=b)]) (Capture)]) body=[(Pass)]) (pattern=(Value value=-1 + complex(0, 2.0)) body=[(Pass)]) (pattern=(Sequence) body=[(Pass)]) (pattern=(Capture name=a) body=[(Pass)]) (pattern=(Sequence items=[(Capture name=a)]) body=[(Pass)])])',
  ],
  [
    "match = 1; match(x); match[x]; match.x; match - 1; match * x; print(match, case)",
    "(Assign targets=[match] value=1)\n(Expression value=match(x))\n(Expression value=match[x])\n(Expression value=match.x)\n(Expression value=match - 1)\n(Expression value=match*x)\n(Expression value=print(match, case))",
  ],
  ["match x, *y:\n    case _: pass", "(Match subject=x, *y cases=[(pattern=(Capture) body=[(Pass)])])"],
  ["match(x, y):\n    case _: pass", "(Match subject=x, y cases=[(pattern=(Capture) body=[(Pass)])])"],
  ["match (x)", "(Expression value=match(x))"],
  ["async = 1", "(Error `=` has no place here)"],
  ["case = _ = 1\ncase(_)", "(Assign targets=[case _] value=1)\n(Expression value=case(_))"],
  ["match: int = 1", "(AnnotatedAssign target=match annotation=int value=1)"],
  ["match.case(x)", "(Expression value=match.case(x))"],
  [
    "def match(type, case): return type",
    "(Function name=match params=[(name=type kind=either) (name=case kind=either)] body=[(Return value=type)])",
  ],
  ["from match import case as type", "(ImportFrom module=match level=0 names=[(name=case as=type)])"],
  ["match -x:\n    case 1: pass", "(Match subject=-x cases=[(pattern=(Value value=1) body=[(Pass)])])"],
  ["match [a, b]:\n    case _: pass", "(Match subject=[a, b] cases=[(pattern=(Capture) body=[(Pass)])])"],
  ["match {}:\n    case _: pass", "(Match subject={} cases=[(pattern=(Capture) body=[(Pass)])])"],
  ["match (yield):\n    case _: pass", "(Match subject=(yield) cases=[(pattern=(Capture) body=[(Pass)])])"],
  ["match not x:\n    case _ if y: pass", "(Match subject=not x cases=[(pattern=(Capture) guard=y body=[(Pass)])])"],
  ["match lambda: x:\n    case _: pass", "(Match subject=lambda: x cases=[(pattern=(Capture) body=[(Pass)])])"],
  ["for match in case: pass", "(For target=match iterable=case body=[(Pass)])"],
  ["type[x] = 1", "(Assign targets=[type[x]] value=1)"],
  ["type (x)", "(Expression value=type(x))"],
  ["print(match if type else case)", "(Expression value=print(match if type else case))"],
]

const strings: Cases = [
  ["x = 'a' \"b\" f\"{c}\" rb'\\n' b'\\xff\\u1234' u'd'", '(Assign targets=[x] value=f"ab{c}\\\\nÿ\\\\u1234d")'],
  [
    'x = f\'{a["b"]!r:>{w}} {c=} {{}} {d:%Y-%m}\' f"{f"{1}"}"',
    '(Assign targets=[x] value=f\'{a["b"]} c={c} {{}} {d}{f"{1}"}\')',
  ],
  ["x = f\"{'\\n'.join(x)}\"", "(Assign targets=[x] value=f'{\"\\n\".join(x)}')"],
  ['\'a\' \'b\' """c\nd"""', '(Expression value="abc\\nd")'],
  ["'\\x41\\u0042\\103\\n\\q\\N{BULLET}'", '(Expression value="ABC\\n\\\\q\\\\N{BULLET}")'],
  ["r'\\x' R\"\\n\" b'a' Rb'\\'' u'é'", '(Expression value="\\\\x\\\\na\\\\\'é")'],
  ["'\\\n'", '(Expression value="")'],
  ["f'{x!r}' rf'\\{x}' fr'{x:\\d}'", '(Expression value=f"{x}\\\\{x}{x}")'],
  ["f'{x=}' f'{ x = !s}' f'{x==y}'", '(Expression value=f"x={x} x = {x}{x == y}")'],
  ["f'{x:{y}{z}}' f'{3:{\"}\"}>10}'", '(Expression value=f"{x}{3}")'],
  ["f'''{\nx # comment }\n+ 1}'''", '(Expression value=f"{x + 1}")'],
  ["f'{lambda x: 1}'", "(Error the statement ends too early)"],
  ["f'{(lambda x: 1)}'", '(Expression value=f"{(lambda x: 1)}")'],
  ["f'{x!r:>{10 if y else 2}}'", '(Expression value=f"{x}")'],
  ["f'{{}}'", '(Expression value=f"{{}}")'],
  ["f'{'", "(Error a bracket is still open)"],
  ["f'{}'", "(Error the brackets of an f-string hold nothing)"],
  ["f'}'", "(Error a `}` in an f-string has no partner)"],
  ['f"{x["a"][\'b\']}{f\'{f"{1}"}\'}"', '(Expression value=f\'{x["a"]["b"]}{f\'{f"{1}"}\'}\')'],
  ["f'{*a, b}'", '(Expression value=f"{*a, b}")'],
  ["f'{yield}'", '(Expression value=f"{(yield)}")'],
  ["f'{x:\n}'", '(Expression value=f"{x}")'],
  ["''", '(Expression value="")'],
  ["f''", '(Expression value=f"")'],
  ["f'''{1+2 = # c\n  }'''", '(Expression value=f"1+2 = \\n  {1 + 2}")'],
  ["f'{x <= y}{x!=y}{d[a==b]=}'", '(Expression value=f"{x <= y}{x != y}d[a==b]={d[a == b]}")'],
  ["f'{ {1: 2} }{x:{y!r}}'", '(Expression value=f"{ {1: 2} }{x}")'],
]

// A broken statement costs itself and the lines indented below it, a broken header its block; the rest is read.
const recovery: Cases = [
  ["a = 1\nb c\nd = 2", "(Assign targets=[a] value=1)\n(Error `c` has no place here)\n(Assign targets=[d] value=2)"],
  [
    "def f(x):\n    a = 1\n    b c\n    return a\ng = 1",
    "(Function name=f params=[(name=x kind=either)] body=[(Assign targets=[a] value=1) (Error `c` has no place here) (Return value=a)])\n(Assign targets=[g] value=1)",
  ],
  ["if x y:\n    a\n    b\nelse:\n    c\nd = 1", "(Error `y` has no place here)\n(Assign targets=[d] value=1)"],
  ["for x of y:\n    a\nb = 1", "(Error `of` has no place here)\n(Assign targets=[b] value=1)"],
  [
    "x = foo(1,\ny = 2\nz = 3",
    "(Error a bracket is still open)\n(Assign targets=[y] value=2)\n(Assign targets=[z] value=3)",
  ],
  ["x = foo(1,\n        2\ndef f(): pass", "(Error a bracket is still open)\n(Function name=f body=[(Pass)])"],
  [
    "def f():\n    x = [1, 2\n    return x\ny = 1",
    "(Function name=f body=[(Error a bracket is still open) (Return value=x)])\n(Assign targets=[y] value=1)",
  ],
  [
    "def f():\n        a = 1\n    b = 2\n    return b\nc = 1",
    "(Function name=f body=[(Assign targets=[a] value=1) (Error the indentation fits no line before) (Assign targets=[b] value=2) (Return value=b)])\n(Assign targets=[c] value=1)",
  ],
  [
    "a = 1\n    b = 2\n    c = 3\nd = 4",
    "(Assign targets=[a] value=1)\n(Error a line is indented without a reason)\n(Assign targets=[d] value=4)",
  ],
  ["x = 'abc\ny = 1", "(Error a string is still open)\n(Assign targets=[y] value=1)"],
  ['x = """abc\ny = 1', "(Error a string is still open)\n(Assign targets=[y] value=1)"],
  ["a)\nb", "(Error `)` closes no bracket)\n(Expression value=b)"],
  ["x = (1]\ny = 2", "(Error `]` closes no bracket)\n(Assign targets=[y] value=2)"],
  ["if x:\ny = 1", "(Error a block is missing)\n(Assign targets=[y] value=1)"],
  [
    'class A:\n    def f(self):\n        print "x"\n        return 1\n    def g(self)\n        return 2\n    def h(self): return 3',
    "(Class name=A body=[(Function name=f params=[(name=self kind=either)] body=[(Error `print` without brackets is Python 2) (Return value=1)]) (Error the statement ends too early) (Function name=h params=[(name=self kind=either)] body=[(Return value=3)])])",
  ],
  ["try:\n    a\nexcept A, e:\n    b\nc", "(Error `,` has no place here)\n(Expression value=c)"],
  ["try:\n    a\nb", "(Error `b` has no place here)\n(Expression value=b)"],
  [
    "if a: b c\nelse: d\ne",
    "(If branches=[(test=a body=[(Error `c` has no place here)])] otherwise=[(Expression value=d)])\n(Expression value=e)",
  ],
  ["a = 1; b c; d = 2\ne", "(Assign targets=[a] value=1)\n(Error `c` has no place here)\n(Expression value=e)"],
  ["x = $y\nz", "(Error `$` has no place here)\n(Expression value=z)"],
  ["@decorator(\ndef f(): pass", "(Error a bracket is still open)\n(Function name=f body=[(Pass)])"],
  ["match x:\n    case a b: pass\n    case c: pass\nd", "(Error `b` has no place here)\n(Expression value=d)"],
  ["elif x: y", "(Error `elif` has no place here)"],
  ["  a = 1\nb = 2", "(Error a line is indented without a reason)\n(Assign targets=[b] value=2)"],
  ['x = f"{a b}"\ny', "(Error `b` has no place here)\n(Expression value=y)"],
  ['x = f"{a"\ny', "(Error a bracket is still open)\n(Expression value=y)"],
  ["def f(:\n    a\n    def g(): pass\nh", "(Error `:` has no place here)\n(Expression value=h)"],
  ["0777; y", "(Error a whole number does not begin with 0)"],
  ["x = 10L\ny", "(Error `L` has no place here)\n(Expression value=y)"],
  ['exec "code"', "(Error `exec` without brackets is Python 2)"],
  ["lambda: (yield)", "(Expression value=lambda: (yield))"],
  ["a = b = \nc", "(Error the statement ends too early)\n(Expression value=c)"],
  ['raise E, "x"', "(Error `,` has no place here)"],
  ["f(a=1, b)\nc", "(Error arguments without a name come first)\n(Expression value=c)"],
  ["1 = x", "(Error only a name takes a value, and 1 is none)"],
  [
    "if x:\n    a\n\n# comment\n    b\nc",
    "(If branches=[(test=x body=[(Expression value=a) (Expression value=b)])])\n(Expression value=c)",
  ],
  [
    "if x:\n    foo(\ny = 1\nelse:\n    z",
    "(If branches=[(test=x body=[(Error a bracket is still open)])])\n(Assign targets=[y] value=1)\n(Error `else` has no place here)",
  ],
  [
    "while x:\n    foo[1\n    bar\nbaz = 3",
    "(While test=x body=[(Error a bracket is still open) (Expression value=bar)])\n(Assign targets=[baz] value=3)",
  ],
  ["a || b", "(Error `|` has no place here)"],
  ["a <> b", "(Error `>` has no place here)"],
  ["x++", "(Error the statement ends too early)"],
  ["!ls", "(Error `!` has no place here)"],
  ["%magic", "(Error `%` has no place here)"],
  ["`a`", "(Error ``` has no place here)"],
  ["async = 1", "(Error `=` has no place here)"],
  ["x = ¥", "(Error `¥` is not part of an expression)"],
  ["� = 1\ny", "(Error `�` is not part of an expression)\n(Expression value=y)"],
  ['"�"  # �', '(Expression value="�")'],
  ["a\u0000b\nc", "(Error the character U+0000 is not part of an expression)\n(Expression value=c)"],
  ["*a = b\nc", "(Error something is missing before `*`)\n(Expression value=c)"],
  ["x = yield = 1", "(Error only a name takes a value, and yield is none)"],
  ["def f(a, *): pass\nx", "(Error `)` has no place here)\n(Expression value=x)"],
  ["from . import\nx", "(Error the statement ends too early)\n(Expression value=x)"],
  ["import a as\nx", "(Error the statement ends too early)\n(Expression value=x)"],
  ["class A(:\n    x\ny", "(Error `:` has no place here)\n(Expression value=y)"],
  ["for x in y\n    a\nb", "(Error the statement ends too early)\n(Expression value=b)"],
  ["@a\nx = 1\ny", "(Error `x` has no place here)\n(Assign targets=[x] value=1)\n(Expression value=y)"],
  ["else: x\ny", "(Error `else` has no place here)\n(Expression value=y)"],
  ["with a as 1: b\nc", "(Error only a name takes a value, and 1 is none)\n(Expression value=c)"],
  ["lambda x y: z\nw", "(Error `y` has no place here)\n(Expression value=w)"],
  ["del f()\nx", "(Error only a name takes a value, and f() is none)\n(Expression value=x)"],
  ["[x for y]\nz", "(Error `in` is missing after `for`)\n(Expression value=z)"],
  ["{1: 2, 3}\nz", "(Error the value of the key 3 is missing)\n(Expression value=z)"],
  ["a ? b : c\nd", "(Error `?` has no place here)\n(Expression value=d)"],
  [
    "if (a\n    b\nc = 1\ndef g(): pass",
    "(Error a bracket is still open)\n(Assign targets=[c] value=1)\n(Function name=g body=[(Pass)])",
  ],
]

describe.each([
  ["statements", statements],
  ["soft keywords", softKeywords],
  ["strings", strings],
  ["recovery", recovery],
] as const)("%s", (_, cases) => {
  test.each(cases)("%j", (source, shape) => {
    expect(shapes(source).join("\n")).toBe(shape)
  })
})

describe("lines", () => {
  const plain = "def f(x):\n    # one\n    if x:\n        return '''a\nb'''\n    return (1,\n2)\n\nf(1)\n"

  test.each([
    ["CRLF", plain.replaceAll("\n", "\r\n")],
    ["CR", plain.replaceAll("\n", "\r")],
    ["a byte order mark", `\ufeff${plain}`],
    ["no line break at the end", plain.slice(0, -1)],
    ["tabs", plain.replaceAll("    ", "\t")],
    ["form feeds", plain.replaceAll("def", "\f\fdef").replaceAll("    if", " \f    if")],
    ["blank lines of every width", plain.replaceAll("\n    ", "\n\t \n  \n            # c\n\f\n    ")],
    ["lines that go on", plain.replace("def f", "def \\\n f").replace("if x", "\\\nif x")],
  ])("%s mean the same", (_, source) => {
    expect(shapes(source)).toEqual(shapes(plain))
  })

  test("comments are kept by their place, each once and in order", () => {
    const source = "#!a\nx = '#' # b\n(  # c\n1)\nf'{x # no\n}'\nfoo(  # d\ndef f(): # e\n    pass\n# f"
    const found = parse(source).comments.map((at) => source.slice(at, at + 3))
    expect(found).toEqual(["#!a", "# b", "# c", "# d", "# e", "# f"])
  })
})

describe("places", () => {
  const texts = (source: string) => parse(source).body.map((s) => source.slice(s.start, s.end))

  test("a statement ends with its last token", () => {
    const source = "x = (1)  # c\nif x:\n    y;\n\n@d\ndef f(): pass\nb c\n"
    expect(texts(source)).toEqual(["x = (1)", "if x:\n    y;", "def f(): pass", "b c"])
  })

  test("an error covers what it cost", () => {
    const source = "if x y:\n    a\nelse:\n    b\nc = (1\ndef f(): pass\n  x\n\n"
    expect(texts(source)).toEqual(["if x y:\n    a\nelse:\n    b", "c = (1", "def f(): pass", "x"])
  })

  test("the problem points into the file", () => {
    const error = parse("a = 1\nb c\n").body[1]
    const mark = error?.type === "Error" ? error.problem.mark : undefined
    expect(mark?.span).toMatchObject({ start: 8, end: 9, source: { name: "file.py" } })
  })
})
