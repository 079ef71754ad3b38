// The thread for files: Python source becomes its definitions, each looked at as an expression is.
import { glance, type LookedAt, lookAtLoss } from "./check.ts"
import { candidatesFor, type Sizes, sizesWith } from "./definitions/candidates.ts"
import type { CheckOptions } from "./definitions/options.ts"
import { definitionsIn, type PythonDefinition } from "./definitions/python.ts"
import { partOf, type Role } from "./definitions/roles.ts"
import { type Stated, statedAbove } from "./definitions/stated.ts"
import { usesIn } from "./definitions/uses.ts"
import type { Extent, Linted, LintedFile, LossResult, NotUnderstood } from "./findings/result.ts"
import { subjectOfDefinition } from "./graph/definitions.ts"
import type { Subject } from "./graph/inputs.ts"
import { type Context, Raised, ShapeProblem } from "./graph/scope.ts"
import { OpenNumber } from "./graph/static.ts"
import type { Framework } from "./ops/record.ts"
import { NO_CLUE, WHERE_FINITE } from "./samples/ranges.ts"
import type { Verdict } from "./samples/states.ts"
import { Problem } from "./source/problem.ts"
import { positionOf, type Source } from "./source/text.ts"
import type { Module } from "./syntax/file-ast.ts"
import { type Project, type PythonFile, projectOf } from "./syntax/project.ts"

/** Whose conventions and messages: told by what the file imports. */
function frameworkOf(tree: Module): Framework {
  const roots = tree.body
    .flatMap((s) => (s.type === "Import" ? s.names.map((n) => n.name) : s.type === "ImportFrom" ? [s.module] : []))
    .map((m) => m.split(".")[0])
  if (roots.includes("torch")) return "torch"
  if (roots.some((r) => r === "tensorflow" || r === "keras" || r === "tf_keras")) return "tf"
  return roots.some((r) => r === "jax" || r === "optax" || r === "flax") ? "jax" : "torch"
}

const gone: ReadonlySet<string> = new Set(["dead", "disconnected"])
/** What another kind of input may disprove. */
const bad: ReadonlySet<string> = new Set([...gone, "broken"])

/** Whether what is seen for another kind of input may put in doubt what was told for the first. */
const disproves = (first: LookedAt, seen: Verdict): boolean =>
  !bad.has(seen) || (gone.has(first.verdict) && seen === "broken")

/** Some gradient, if not a finite one at all points. */
const reached = ({ verdict, live }: LookedAt): boolean => !gone.has(verdict) && live

const notFinite: ReadonlySet<string> = new Set(["non-finite-loss", "nan-gradient", "infinite-slope"])

/** What is not finite for inputs of a kind that was guessed may be finite for those that are meant: it is a warning. */
const withDoubt = (result: LossResult): LossResult => ({
  ...result,
  findings: result.findings.map((f) =>
    f.level === "error" && notFinite.has(f.rule)
      ? {
          ...f,
          level: "warning",
          notes: [
            ...f.notes,
            "what the arguments are was guessed; a comment says it: # gradcheck: loss(p in 0..1 [8])",
          ],
        }
      : f,
  ),
})

const markOf = (
  { source }: PythonFile,
  { statement: { start, end } }: PythonDefinition,
): NonNullable<Problem["parts"]["mark"]> => ({
  span: { source, start, end },
  text: "",
})

/** Other kinds of input, which might have a gradient, could not be tried in time: a slow machine does not convict. */
const undecided = (file: PythonFile, definition: PythonDefinition): Problem =>
  new Problem({
    headline: "trying all kinds of input takes too long; none so far has a gradient",
    mark: markOf(file, definition),
    help: ["state the inputs above it: # gradcheck: loss(p in 0..1 [8])"],
  })

/** The one argument that a number comes from which must be known beforehand: it is a count, not a tensor. */
function countIn(problem: Problem, names: readonly string[]): string | undefined {
  if (!(problem instanceof OpenNumber) || problem.inputs.length !== 1) return undefined
  const [name] = problem.inputs
  return names.length > 1 && names.includes(name!) && !["prediction", "target"].includes(partOf(name!))
    ? name
    : undefined
}

/** Steps of the trace, and milliseconds, after which no further kinds of input are tried. */
const MOST_STEPS = 200_000
const LONGEST = 20_000

const spent = ({ steps, large = 0 }: Context["used"]): number => steps + large

/** A kind of input that is likely and failed behind this share of the way puts what another kind shows in doubt. */
const DOUBTFUL = 0.5
/** Shapes that do not fit are the rule for wrong guesses; behind so many steps they are none. */
const LATE = 300

/** What one kind of input shows: what there is to tell of it is worked out only where it is told. */
interface Found {
  readonly guessed: boolean
  /** No other kind can take another way: that of this one never asked what it was given. */
  readonly settled: boolean
  readonly looked: LookedAt
  readonly settings: NonNullable<LossResult["settings"]>
}

/** Whether nothing says what some input is: neither the source, nor its name. */
const unsaid = ({ inputs }: LossResult): boolean => inputs.some(({ why }) => why === NO_CLUE || why === WHERE_FINITE)

function tell({ guessed, looked, settings }: Found): LossResult {
  const result = { ...looked.tell(), ...(settings.length > 0 ? { settings } : {}) }
  return guessed || unsaid(result) ? withDoubt(result) : result
}

/**
 * Tries what the arguments may be until one goes through. No gradient is believed only when no other kind of input has
 * one, and no likelier one failed on the way: an input that fits is not always the one that is meant. The Problem is that
 * of the attempt that came furthest. `onChance` hears that the clock has ended it: another run may give another answer.
 */
export function lookAt(
  project: Project,
  file: PythonFile,
  definition: PythonDefinition,
  options: CheckOptions,
  now: () => number,
  onChance: () => void = () => {},
): LossResult | Problem {
  let first: Found | undefined
  let problem: Problem | undefined
  let doubt: { readonly problem: Problem; readonly steps: number } | undefined
  /** What the program itself seems to want, from the attempt that came furthest. */
  let wanted: { readonly sizes: Sizes; readonly steps: number } | undefined
  let [furthest, all, last, needed] = [-1, 0, 0, 0]
  /** Whether the clock kept some kind of input from being tried. */
  let late = false
  /** Whether some likely kind went through: that another one does not is no doubt then. */
  let fitted = false
  const attempt = (subject: Subject): Found | undefined => {
    let used: Context["used"] = { steps: 0 }
    const run: Subject["run"] = (context, scope) => {
      all += spent(used)
      used = { steps: 0 }
      return subject.run({ ...context, used }, scope)
    }
    try {
      const counted = { ...subject, run }
      if (first && !disproves(first.looked, glance(counted, options))) {
        if (subject.assume?.likely) fitted = true
        return undefined
      }
      const whole = lookAtLoss(counted, options, now)
      if (subject.assume?.likely) fitted = true
      // What is not reduced to a number cancels only in the sum that was taken for a loss here: a softmax, say.
      const cancels = gone.has(whole.verdict) && whole.cancels
      const apart = cancels ? lookAtLoss(counted, { ...options, role: "activation" }, now) : whole
      // A number that stands for what nothing tells can acquit, and not convict; and so can a way around an exception.
      if (bad.has(apart.verdict)) {
        if (used.unsaid) throw used.unsaid
        if (apart.absent && subject.empty !== undefined)
          throw new Problem({
            headline: `${subject.empty} is empty unless it is given, and nothing says what it holds`,
            mark: markOf(file, definition),
          })
        if (used.strayed)
          throw new Raised({
            headline: "most inputs of this kind end in an exception",
            mark: { span: used.strayed, text: "" },
          })
      }
      return {
        guessed: subject.assume !== undefined,
        settled: whole.structural && !used.asked,
        looked: bad.has(apart.verdict) ? whole : apart,
        settings: used.settings ?? [],
      }
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught
      const { likely } = subject.assume ?? {}
      const natural = caught instanceof Raised || (caught instanceof ShapeProblem && used.steps < LATE)
      const error = used.unsaid && !natural ? used.unsaid : caught
      // What cannot be followed tells more than that a kind of input is not the one that is meant.
      const way = used.steps + (natural ? 0 : MOST_STEPS)
      if (way > furthest) [problem, furthest] = [error, way]
      const other = error instanceof ShapeProblem && error.lengths && sizesWith(error.lengths)
      if (other && used.steps > (wanted?.steps ?? -1)) wanted = { sizes: other, steps: used.steps }
      if (likely && !natural && used.steps > (doubt?.steps ?? 0)) doubt = { problem: error, steps: used.steps }
      return undefined
    } finally {
      last = used.steps
      all += spent(used)
      used = { steps: 0 }
    }
  }
  const { start, end } = definition.statement
  const words = `${file.source.name} ${file.source.text.slice(start, end)}`
  const counts = new Set<string>()
  let sizes: Sizes | undefined
  /** Whether what is taken apart is one tensor, after it was no list of several. */
  let whole = false
  const deadline = now() + LONGEST
  try {
    for (;;) {
      const subject = subjectOfDefinition(project, file, definition, counts, whole)
      const kinds = candidatesFor(subject.names, words, sizes).map((assume) => ({ ...subject, assume }))
      for (const kind of [{ ...subject, simple: true }, ...kinds, subject]) {
        late = (first ?? problem) !== undefined && now() > deadline
        if (late) {
          onChance()
          break
        }
        const found = attempt(kind)
        if (found && !first) [first, needed] = [found, last]
        if (found && (found.settled || found.looked.trapped || !bad.has(found.looked.verdict))) return tell(found)
        if (found && gone.has(first!.looked.verdict) && reached(found.looked)) first = found
        if (all > MOST_STEPS) break
      }
      const count = first || !problem ? undefined : countIn(problem, subject.names)
      if (count !== undefined) counts.add(count)
      else if (!first && !whole && subject.pairs) {
        whole = true
        wanted = undefined
        all = 0
      } else if (wanted && !sizes) sizes = wanted.sizes
      else break
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error
  }
  if (late && first && gone.has(first.looked.verdict)) return undecided(file, definition)
  if (first && doubt && !fitted && doubt.steps > DOUBTFUL * needed) return doubt.problem
  return first ? tell(first) : problem!
}

function extentOf(source: Source, { start, end, decorators, body }: PythonDefinition["statement"]): Extent {
  const [from, to] = [decorators[0]?.start ?? start, end].map((at) => positionOf(source, at).line) as [number, number]
  const head = positionOf(source, start).line
  const first = body[0] ? positionOf(source, body[0].start).line : to
  return { from: Math.min(from, head), head: Math.max(head, first - 1), to }
}

/** A comment that states what it cannot, as a Problem; nothing stated is undefined. */
function statedOf(
  { source, tree }: PythonFile,
  statement: PythonDefinition["statement"],
): Stated | Problem | undefined {
  try {
    return statedAbove(source, tree.comments, statement)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** What breaks in gradcheck itself at one definition costs that definition, and is told. */
const ourFault = (error: unknown): Problem =>
  new Problem({
    headline: `gradcheck failed here, which is its own fault: ${error instanceof Error ? error.message : String(error)}`,
    note: ["please report it, with the definition"],
  })

/**
 * Looks at every loss, activation and metric of a Python file, with what it imports from the project. Nothing of the file is
 * executed. `onChance` hears that an answer hung on more than the texts and the options: on the clock, or on a fault of ours.
 */
export function lintFile(
  project: Project,
  file: PythonFile,
  options: CheckOptions,
  now: () => number,
  onChance: () => void = () => {},
): LintedFile {
  const { source, tree } = file
  const losses: Linted[] = []
  const notUnderstood: NotUnderstood[] = []
  const unreadable: NotUnderstood[] = []
  const told = (name: string, at: number, problem: Problem): NotUnderstood => ({
    file: source.name,
    line: positionOf(source, at).line,
    name,
    problem,
  })
  const look = (home: PythonFile, definition: PythonDefinition, stated?: Stated): LossResult | Problem => {
    const framework = options.framework ?? frameworkOf(home.tree)
    // What a comment says beats what is configured, and that beats a guess.
    const role = stated?.role ?? options.role ?? definition.role
    const own = { ...options, framework, role, inputs: { ...options.inputs, ...stated?.inputs } }
    try {
      const { settings } = stated ?? {}
      return lookAt(project, home, settings ? { ...definition, settings } : definition, own, now, onChance)
    } catch (error) {
      onChance()
      const problem = ourFault(error)
      unreadable.push(told(definition.name, definition.statement.start, problem))
      return problem
    }
  }
  const stated = new Map<PythonDefinition["statement"], Stated>()
  const uses = usesIn(project, file)
  const roleOf = (statement: PythonDefinition["statement"]): Role | undefined => {
    const one = statedOf(file, statement)
    if (one instanceof Problem) unreadable.push(told(statement.name, one.parts.mark?.span.start ?? 0, one))
    else if (one) stated.set(statement, one)
    // A metric that is minimised is a loss; what a comment says goes before.
    const used = uses.filter((u) => u.statement === statement).map((u) => u.role)
    return stated.get(statement)?.role ?? (used.includes("loss") ? "loss" : used[0])
  }
  for (const definition of definitionsIn(project, file, roleOf)) {
    const { name, statement } = definition
    const extent = extentOf(source, statement)
    const result = look(file, definition, stated.get(statement))
    if (!(result instanceof Problem)) losses.push({ result, line: positionOf(source, statement.start).line, extent })
    else {
      const mark = result.parts.mark?.span
      notUnderstood.push({ ...told(name, mark?.source === source ? mark.start : statement.start, result), extent })
    }
  }
  // A metric of another file that is minimised here is told here: there it is none.
  for (const use of new Map(uses.map((u) => [u.statement, u])).values()) {
    if (use.file === file || use.role !== "loss") continue
    const { statement } = use
    const known = definitionsIn(project, use.file).find((d) => d.statement === statement)
    if (known?.role !== "metric") continue
    const result = look(use.file, { name: statement.name, role: "loss", statement })
    if (result instanceof Problem || !gone.has(result.verdict)) continue
    const line = positionOf(source, use.at).line
    losses.push({ result, line, extent: { from: line, head: line, to: line } })
  }
  for (const s of tree.body) if (s.type === "Error") unreadable.push(told("", s.start, new Problem(s.problem)))
  return { file: source.name, losses, notUnderstood, unreadable }
}

/** Looks at the definitions of texts by path, which may import each other. */
export function lintTexts(
  files: Readonly<Record<string, string>>,
  options: CheckOptions,
  now: () => number,
): LintedFile[] {
  const texts = new Map(Object.entries(files))
  const project = projectOf((path) => texts.get(path))
  return [...texts.keys()].map((path) => lintFile(project, project.at(path)!, options, now))
}
