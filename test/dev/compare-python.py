# Reads paths of Python files from standard input, and writes for each a line of JSON: its tree by CPython's ast, in the
# form of src/syntax/file-ast.ts as text, with line and column (UTF-16 units) of every node. See compare-python.mjs.
import ast, json, re, struct, sys, tokenize, io, warnings
warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)
BIN = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "MatMult": "@",
       "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LShift": "<<", "RShift": ">>"}
CMP = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!=", "In": "in", "NotIn": "not in",
       "Is": "is", "IsNot": "is not"}
UN = {"USub": "-", "UAdd": "+", "Invert": "~", "Not": "not"}

def bits(x):
    try: return struct.pack(">d", float(x)).hex()
    except OverflowError: return struct.pack(">d", float("inf")).hex()

class Lower:
    def __init__(self, text):
        self.lines = re.split("\r\n|\r|\n", text)
        self.ascii = [l.isascii() for l in self.lines]
        self.named = "\\N{" in text
        self.out = []
    def col(self, line, off):
        if line > len(self.lines) or self.ascii[line - 1]: return off
        return len(self.lines[line - 1].encode("utf-8", "surrogatepass")[:off].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")) // 2
    def at(self, n):
        return f"{n.lineno}:{self.col(n.lineno, n.col_offset)}-{n.end_lineno}:{self.col(n.end_lineno, n.end_col_offset)}"
    def source(self, n):
        if not self.named: return ""
        a, b = n.lineno - 1, n.end_lineno - 1
        s, e = self.col(n.lineno, n.col_offset), self.col(n.end_lineno, n.end_col_offset)
        return self.lines[a][:] if a == b else "\n".join(self.lines[a:b + 1])
    def opt(self, n): return "-" if n is None else self.expr(n)
    def all(self, ns): return "[" + " ".join(self.expr(n) for n in ns) + "]"
    def expr(self, n):
        k = type(n).__name__
        if k == "Await": return self.expr(n.value)
        return f"({self.at(n)} {getattr(self, 'e' + k)(n)})"
    def eConstant(self, n):
        v = n.value
        if v is None or v is True or v is False: return f"Constant {v}"
        if v is Ellipsis: return "Constant ..."
        if isinstance(v, int):
            # Too large for a double: no whole number to us.
            return f"Number {'float' if bits(v) == '7ff0000000000000' else 'int'} {bits(v)}"
        if isinstance(v, float): return f"Number float {bits(v)}"
        if isinstance(v, complex): return f"Complex {bits(v.imag)}"
        if "\\N{" in self.source(n): return "String NAMED"
        if isinstance(v, bytes): return f"String {json.dumps(v.decode('latin1'))}"
        return f"String {json.dumps(v)}"
    def eJoinedStr(self, n):
        parts = []
        def add(s):
            if parts and isinstance(parts[-1], str): parts[-1] += s
            elif s: parts.append(s)
        for v in n.values:
            if isinstance(v, ast.Constant): add(v.value)
            else: parts.append(v)
        named = "\\N{" in self.source(n)
        return "Format " + " ".join(("NAMED" if named else json.dumps(p)) if isinstance(p, str) else self.expr(p.value) for p in parts)
    def eName(self, n): return f"Name {n.id}"
    def eAttribute(self, n): return f"Attribute {self.expr(n.value)} {n.attr}"
    def args(self, plain, keywords):
        out = []
        for a in plain:
            if isinstance(a, ast.Starred): out.append((a.lineno, a.col_offset, f"{self.at(a)} * {self.expr(a.value)}"))
            else: out.append((a.lineno, a.col_offset, f"{self.expr(a)}"))
        for a in keywords:
            out.append((a.lineno, a.col_offset, f"{self.at(a)} {a.arg or '**'} {self.expr(a.value)}"))
        return "[" + ", ".join(t for _, _, t in sorted(out, key=lambda o: o[:2])) + "]"
    def eCall(self, n): return f"Call {self.expr(n.func)} {self.args(n.args, n.keywords)}"
    def eSubscript(self, n): return f"Index {self.expr(n.value)} {self.expr(n.slice)}"
    def eSlice(self, n): return f"Slice {self.opt(n.lower)} {self.opt(n.upper)} {self.opt(n.step)}"
    def eTuple(self, n): return f"Tuple {self.all(n.elts)}"
    def eList(self, n): return f"List {self.all(n.elts)}"
    def eSet(self, n): return f"Set {self.all(n.elts)}"
    def eDict(self, n): return "Dict " + " ".join(f"{self.opt(k)}: {self.expr(v)}" for k, v in zip(n.keys, n.values))
    def eUnaryOp(self, n): return f"Unary {UN[type(n.op).__name__]} {self.expr(n.operand)}"
    def eBinOp(self, n): return f"Binary {self.expr(n.left)} {BIN[type(n.op).__name__]} {self.expr(n.right)}"
    def eCompare(self, n):
        return f"Compare {self.expr(n.left)} " + " ".join(f"{CMP[type(o).__name__]} {self.expr(c)}" for o, c in zip(n.ops, n.comparators))
    def eBoolOp(self, n): return f"Bool {type(n.op).__name__.lower()} {self.all(n.values)}"
    def eIfExp(self, n): return f"Conditional {self.expr(n.test)} {self.expr(n.body)} {self.expr(n.orelse)}"
    def eLambda(self, n): return f"Lambda {self.params(n.args)} {self.expr(n.body)}"
    def gens(self, gs):
        return " ".join(f"for {self.expr(g.target)} {self.expr(g.iter)} {self.all(g.ifs)}" for g in gs)
    def eListComp(self, n): return f"Comprehension list {self.expr(n.elt)} {self.gens(n.generators)}"
    def eSetComp(self, n): return f"Comprehension set {self.expr(n.elt)} {self.gens(n.generators)}"
    def eGeneratorExp(self, n): return f"Comprehension generator {self.expr(n.elt)} {self.gens(n.generators)}"
    def eDictComp(self, n): return f"DictComprehension {self.expr(n.key)} {self.expr(n.value)} {self.gens(n.generators)}"
    def eStarred(self, n): return f"Starred {self.expr(n.value)}"
    def eNamedExpr(self, n): return f"Walrus {n.target.id} {self.expr(n.value)}"
    def eYield(self, n): return f"yield {self.opt(n.value)}"
    def eYieldFrom(self, n): return f"yield from {self.expr(n.value)}"
    def params(self, a):
        def one(kind, p, default):
            return f"{kind} {p.lineno}:{self.col(p.lineno, p.col_offset)} {p.arg} {self.opt(p.annotation)} {self.opt(default)}"
        plain = a.posonlyargs + a.args
        defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
        out = [one("positional" if i < len(a.posonlyargs) else "either", p, d) for i, (p, d) in enumerate(zip(plain, defaults))]
        if a.vararg: out.append(one("rest", a.vararg, None))
        out += [one("keyword", p, d) for p, d in zip(a.kwonlyargs, a.kw_defaults)]
        if a.kwarg: out.append(one("options", a.kwarg, None))
        return "[" + ", ".join(out) + "]"
    def body(self, ss): return "{" + "".join("\n" + self.stmt(s) for s in ss) + "}"
    def stmt(self, n): return f"({self.at(n)} {getattr(self, 's' + type(n).__name__)(n)})"
    def sExpr(self, n): return f"Expression {self.expr(n.value)}"
    def sAssign(self, n): return f"Assign {self.all(n.targets)} {self.expr(n.value)}"
    def sAugAssign(self, n): return f"AugmentedAssign {self.expr(n.target)} {BIN[type(n.op).__name__]} {self.expr(n.value)}"
    def sAnnAssign(self, n): return f"AnnotatedAssign {self.expr(n.target)} {self.expr(n.annotation)} {self.opt(n.value)}"
    def sTypeAlias(self, n): return f"TypeAlias {n.name.id} {self.types(n)} {self.expr(n.value)}"
    def sReturn(self, n): return f"Return {self.opt(n.value)}"
    def sRaise(self, n): return f"Raise {self.opt(n.exc)} {self.opt(n.cause)}"
    def sAssert(self, n): return f"Assert {self.expr(n.test)} {self.opt(n.msg)}"
    def sDelete(self, n): return f"Delete {self.all(n.targets)}"
    def sGlobal(self, n): return "Global " + " ".join(n.names)
    def sNonlocal(self, n): return "Nonlocal " + " ".join(n.names)
    def sPass(self, n): return "Pass"
    def sBreak(self, n): return "Break"
    def sContinue(self, n): return "Continue"
    def aliases(self, ns): return ", ".join(f"{self.at(a)} {a.name} {a.asname or '-'}" for a in ns)
    def sImport(self, n): return f"Import {self.aliases(n.names)}"
    def sImportFrom(self, n): return f"ImportFrom {n.module or ''} {n.level} {self.aliases(n.names)}"
    def branches(self, n):
        out = f"{n.lineno}:{self.col(n.lineno, n.col_offset)} {self.expr(n.test)} {self.body(n.body)}"
        o = n.orelse
        if len(o) == 1 and isinstance(o[0], ast.If) and self.lines[o[0].lineno - 1][self.col(o[0].lineno, o[0].col_offset):].startswith("elif"):
            return out + self.branches(o[0])
        return out + self.body(o)
    def sIf(self, n): return f"If {self.branches(n)}"
    def sFor(self, n, a="False"): return f"For {a} {self.expr(n.target)} {self.expr(n.iter)} {self.body(n.body)} {self.body(n.orelse)}"
    def sAsyncFor(self, n): return self.sFor(n, "True")
    def sWhile(self, n): return f"While {self.expr(n.test)} {self.body(n.body)} {self.body(n.orelse)}"
    def sTry(self, n, g="False"):
        hs = " ".join(f"{self.at(h)} {self.opt(h.type)} {h.name or '-'} {self.body(h.body)}" for h in n.handlers)
        return f"Try {g} {self.body(n.body)} {hs} {self.body(n.orelse)} {self.body(n.finalbody)}"
    def sTryStar(self, n): return self.sTry(n, "True")
    def sWith(self, n, a="False"):
        return f"With {a} " + ", ".join(f"{self.expr(i.context_expr)} {self.opt(i.optional_vars)}" for i in n.items) + " " + self.body(n.body)
    def sAsyncWith(self, n): return self.sWith(n, "True")
    def types(self, n):
        def one(t):
            k = {"TypeVar": "", "TypeVarTuple": "*", "ParamSpec": "**"}[type(t).__name__]
            return f"{self.at(t)} {k}{t.name} {self.opt(getattr(t, 'bound', None))} {self.opt(getattr(t, 'default_value', None))}"
        return "[" + ", ".join(one(t) for t in getattr(n, "type_params", [])) + "]"
    def sFunctionDef(self, n, a="False"):
        return f"Function {a} {self.all(n.decorator_list)} {n.name} {self.types(n)} {self.params(n.args)} {self.opt(n.returns)} {self.body(n.body)}"
    def sAsyncFunctionDef(self, n): return self.sFunctionDef(n, "True")
    def sClassDef(self, n):
        return f"Class {self.all(n.decorator_list)} {n.name} {self.types(n)} {self.args(n.bases, n.keywords)} {self.body(n.body)}"
    def sMatch(self, n):
        return f"Match {self.expr(n.subject)} " + " ".join(f"case {self.pattern(c.pattern)} {self.opt(c.guard)} {self.body(c.body)}" for c in n.cases)
    def pattern(self, n): return f"({self.at(n)} {getattr(self, 'p' + type(n).__name__)(n)})"
    def patterns(self, ns): return "[" + " ".join(self.pattern(p) for p in ns) + "]"
    def pMatchValue(self, n): return f"Value {self.expr(n.value)}"
    def pMatchSingleton(self, n): return f"Value ({self.at(n)} Constant {n.value})"
    def pMatchSequence(self, n): return f"Sequence {self.patterns(n.patterns)}"
    def pMatchMapping(self, n):
        return "Mapping " + " ".join(f"{self.expr(k)}: {self.pattern(p)}" for k, p in zip(n.keys, n.patterns)) + f" {n.rest or '-'}"
    def pMatchClass(self, n):
        named = " ".join(f"{k} {self.pattern(p)}" for k, p in zip(n.kwd_attrs, n.kwd_patterns))
        return f"Class {self.expr(n.cls)} {self.patterns(n.patterns)} {named}"
    def pMatchStar(self, n): return f"Rest {n.name or '-'}"
    def pMatchAs(self, n): return f"As {self.pattern(n.pattern)} {n.name}" if n.pattern else f"Capture {n.name or '-'}"
    def pMatchOr(self, n): return f"Or {self.patterns(n.patterns)}"

for line in sys.stdin:
    path = line.rstrip("\n")
    answer = {"path": path}
    try:
        data = open(path, "rb").read()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        answer["encoding"] = encoding
        tree = ast.parse(data)
        text = data.decode(encoding)
        answer["tree"] = Lower(text).body(tree.body)
    except Exception as e:
        answer["error"] = f"{type(e).__name__}: {e}"[:200]
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
