// How long the command takes to start and answer, as a ratio to an empty Node process: pairs in alternation, so that
// a slow phase of the machine hits both.
import { spawnSync } from "node:child_process"

const pairs = Number(process.argv[2] ?? 25)
const runs = {
  "node -e 0": ["-e", "0"],
  'gradcheck "abs(y-p)"': ["bin/gradcheck.js", "abs(y-p)"],
  'gradcheck "abs(y-p)" --in p=0..1': ["bin/gradcheck.js", "abs(y-p)", "--in", "p=0..1"],
  "gradcheck --version": ["bin/gradcheck.js", "--version"],
  'gradcheck "abs(y-p)" in colour': ["bin/gradcheck.js", "abs(y-p)"],
  'gradcheck "abs(y-round(p))"': ["bin/gradcheck.js", "abs(y-round(p))"],
  "gradcheck --help": ["bin/gradcheck.js", "--help"],
}

const timed = (args, name) => {
  const env = { ...process.env, ...(name.includes("colour") ? { FORCE_COLOR: "1" } : {}) }
  const start = process.hrtime.bigint()
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env })
  if (status === null) throw new Error(`${name} was ended`)
  return Number(process.hrtime.bigint() - start) / 1e6
}
const median = (xs) => [...xs].sort((a, b) => a - b)[xs.length >> 1]

const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]))
for (let k = 0; k < pairs + 2; k++)
  for (const [name, args] of Object.entries(runs)) {
    const t = timed(args, name)
    if (k >= 2) times[name].push(t)
  }
const base = times["node -e 0"]
for (const [name, list] of Object.entries(times)) {
  const ratio = median(list.map((t, k) => t / base[k]))
  process.stdout.write(
    `${name.padEnd(34)} ${median(list).toFixed(1).padStart(7)} ms   ${ratio.toFixed(2)} × node -e 0\n`,
  )
}
