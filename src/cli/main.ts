// Where the command starts: a plain expression goes straight to the check, anything else through the whole command line.

const notExpressions: ReadonlySet<string> = new Set([
  "check",
  "completions",
  "explain",
  "help",
  "lint",
  "merge",
  "rescue",
])

async function main(argv: readonly string[]): Promise<number> {
  try {
    const plain = argv.length > 0 && !notExpressions.has(argv[0]!) && argv.every((a) => !a.startsWith("-"))
    if (!plain) return await (await import("./program.ts")).runProgram(argv)
    const [{ runCheck }, { plainSettings }] = await Promise.all([import("./check.ts"), import("./options.ts")])
    return await runCheck(argv, plainSettings)
  } catch (error) {
    const { tellError } = await import("./tell.ts")
    return tellError(error, argv)
  }
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
