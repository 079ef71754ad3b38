// The flags of every verb in one table: what commander parses, what help prints, what a misspelt flag is compared with.

export interface Flag {
  /** As commander reads it: "-q, --quiet" or "--in <NAME=RANGE>". */
  readonly text: string
  readonly says: string
  readonly repeat?: boolean
  readonly takes?: Takes
  /** What is told to who says it with another verb. */
  readonly elsewhere?: string
  readonly verbs: readonly Verb[]
}

/** What stands behind a flag, where that is one of known words, some of them with commas between, or a file. */
export type Takes = "file" | "format" | "dtypes" | "rules" | "framework" | "role" | "level" | "colour"

export type Verb = "check" | "lint" | "merge" | "explain" | "completions"
export const verbs: readonly Verb[] = ["check", "lint", "merge", "explain", "completions"]

interface Group {
  readonly title: string
  readonly flags: readonly Flag[]
}

const all: readonly Verb[] = verbs
const looks: readonly Verb[] = ["check", "lint"]
/** Verbs that tell something in a form of their own choice. */
const told: readonly Verb[] = ["check", "lint", "merge", "explain"]
/** Verbs that end in a report. */
const reports: readonly Verb[] = ["check", "lint", "merge"]
const files: readonly Verb[] = ["lint", "merge"]
const check: readonly Verb[] = ["check"]
const lint: readonly Verb[] = ["lint"]

export const flagGroups: readonly Group[] = [
  {
    title: "Inputs",
    flags: [
      {
        text: "--in <NAME=RANGE>",
        says: 'range of an input: p=0..1, "y={0, 1}", "z=normal(0, 5) [16]"; see explain ranges',
        repeat: true,
        verbs: looks,
      },
      { text: "--given <CONDITION>", says: 'only points where this holds: "sum(y) > 0"', verbs: check },
      { text: "--samples <N>", says: "points to draw (1000; lint: fewer of large inputs)", verbs: looks },
      { text: "--seed <N>", says: "which points (0)", verbs: looks },
      { text: "--batch <N>", says: "length of vectors whose shape is not stated (8)", verbs: looks },
    ],
  },
  {
    title: "What is asked",
    flags: [
      {
        text: "--wrt <NAMES>",
        says: "the parameters that a gradient must reach; else names that look like predictions",
        verbs: check,
      },
      { text: "--target <NAMES>", says: "the targets; else y, target, label, y_true", verbs: check },
      {
        text: "--role <ROLE>",
        says: "loss, metric (may be dead) or activation; else told by its shape",
        takes: "role",
        verbs: check,
      },
      { text: "--maximize", says: "larger is better, as of an accuracy", verbs: check },
      {
        text: "--dtype <NAMES>",
        says: "float64, float32, bfloat16, float16, several with commas, or all (float32)",
        takes: "dtypes",
        verbs: looks,
      },
      {
        text: "--at <NAME=VALUE>",
        says: 'one point only, step by step: p=0,y=1 or "p=[0.1, 0.2]"; see explain at',
        repeat: true,
        verbs: check,
      },
      {
        text: "--framework <NAME>",
        says: "whose gradients at kinks: torch, tf, jax or numpy (torch)",
        takes: "framework",
        verbs: looks,
      },
      {
        text: "--prove <N>",
        says: "boxes that the proof by intervals may look at, for each parameter; 0: no proofs (400)",
        verbs: looks,
      },
    ],
  },
  {
    title: "Output",
    flags: [
      {
        text: "--format <NAME[=FILE]>",
        says: "text, concise, json, jsonl, sarif, github, gitlab, junit, markdown or html (text); with =FILE it goes there and the terminal keeps its own: --format sarif=gradcheck.sarif. On GitHub, lint prints annotations with its text; GitLab reads --format gitlab=gl-code-quality-report.json",
        repeat: true,
        takes: "format",
        verbs: told,
      },
      {
        text: "--select <RULES>",
        says: "only these rules, with commas; see explain rules",
        takes: "rules",
        verbs: looks,
      },
      { text: "--ignore <RULES>", says: "all rules but these", takes: "rules", verbs: looks },
      {
        text: "--fail-on <LEVEL>",
        says: "exit with 1 from this level on: error, warning, note or never (error)",
        takes: "level",
        verbs: reports,
      },
      {
        text: "--color <WHEN>",
        says: "auto, always or never (auto; NO_COLOR and FORCE_COLOR are heeded)",
        takes: "colour",
        verbs: all,
      },
      { text: "--ascii", says: "nothing outside ASCII", verbs: all },
      { text: "-q, --quiet", says: "headlines only", verbs: reports },
      { text: "--stats", says: "how often each rule spoke, and where the time went", verbs: files },
      { text: "-v, --verbose", says: "shapes, roles, states and timings as well", verbs: reports },
    ],
  },
  {
    title: "Files",
    flags: [
      {
        text: "--files-from <FILE>",
        says: "paths from a file, or - for standard input: git diff --name-only | gradcheck lint --files-from -",
        takes: "file",
        verbs: lint,
      },
      {
        text: "--stdin-name <PATH>",
        says: "source on standard input, looked at as this file",
        takes: "file",
        verbs: lint,
      },
      {
        text: "--config <FILE>",
        says: "this configuration for all files, or for the expressions; else the nearest gradcheck.yaml, gradcheck.json or pyproject.toml above each file, and none for expressions",
        takes: "file",
        verbs: looks,
      },
      { text: "--no-config", says: "no configuration", verbs: looks },
      {
        text: "--cache-dir <FOLDER>",
        says: "where a run keeps what it has found out for the next one (.gradcheck_cache beside the configuration)",
        takes: "file",
        verbs: lint,
      },
      { text: "--no-cache", says: "look at every file anew, and keep nothing", verbs: lint },
      {
        text: "--baseline <FILE>",
        says: "known findings, which are not told again; what no longer occurs is removed from it, and is an error in CI",
        takes: "file",
        verbs: files,
      },
      { text: "--update-baseline", says: "write all that is found into the baseline", verbs: files },
      {
        text: "--watch",
        says: "again on every change, until Ctrl-C",
        elsewhere:
          "an expression is given once; what stands in a losses.yaml is watched: gradcheck lint --watch losses.yaml",
        verbs: lint,
      },
      {
        text: "--shard <I/N>",
        says: "only the I-th of N parts of the files; gradcheck merge puts the parts' reports together: --shard 1/4 --format json=1.json",
        verbs: lint,
      },
      { text: "--fix", says: "apply exact ways out: the same value, better behaviour", verbs: lint },
      {
        text: "--diff",
        says: "print every way out that was tried as a patch, change nothing; with --fix, what --fix would do",
        verbs: lint,
      },
      { text: "--show-known", says: "tell what the baseline hides as well", verbs: files },
    ],
  },
  {
    title: "Other",
    flags: [
      { text: "--version", says: "print the version", verbs: all },
      { text: "-h, --help", says: "print this", verbs: all },
    ],
  },
]

export const allFlags: readonly Flag[] = flagGroups.flatMap((g) => g.flags)
/** "--in" of "--in <NAME=RANGE>"; both of "-q, --quiet". */
export const spellingsOf = ({ text }: Flag): string[] => text.split(/[ ,]+/).filter((t) => t.startsWith("-"))
export const takesValue = ({ text }: Flag): boolean => text.includes("<")
export const longNames: readonly string[] = allFlags.flatMap(spellingsOf).filter((t) => t.startsWith("--"))
