// The configuration of a folder: its own, or that of the nearest folder above that has one. Nothing is merged.
import { statSync } from "node:fs"
import { basename, dirname, extname, join, resolve } from "node:path"
import { Problem } from "../../source/problem.ts"
import { told } from "../files/discover.ts"
import { readText } from "../files/read.ts"
import type { Config } from "./read.ts"

const names = ["gradcheck.yaml", "gradcheck.yml", "gradcheck.json", "pyproject.toml"]

export const isConfigName = (name: string): boolean => names.includes(name)

/** What settings are read with costs time to load, so that it is loaded where there are some. */
async function readConfig(path: string, asked: boolean): Promise<Config | undefined> {
  const text = readAt(path)
  const isProject = basename(path) === "pyproject.toml"
  if (isProject && !asked && !/g\w{2,4}dch?e\w*k/i.test(text)) return undefined
  const source = { name: told(path), text }
  const { configOf, gradcheckTable } = await import("./read.ts")
  if (extname(path) === ".toml") {
    const { readToml } = await import("../../source/toml.ts")
    const tree = readToml(source)
    const table = isProject ? gradcheckTable(source, tree) : tree
    if (table) return configOf(source, table)
    if (asked) throw new Problem({ headline: `${source.name} has no table tool.gradcheck`, help: ["[tool.gradcheck]"] })
    return undefined
  }
  const { readJson, readYaml } = await import("../../source/yaml.ts")
  return configOf(source, extname(path) === ".json" ? readJson(source) : readYaml(source))
}

function readAt(path: string): string {
  try {
    return readText(path)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem({ headline: `the configuration ${told(path)} is no use: ${error.message}` })
  }
}

/** The one that was asked for. */
export async function namedConfig(file: string): Promise<Config> {
  if (!statSync(file, { throwIfNoEntry: false })) throw new Problem({ headline: `there is no configuration ${file}` })
  return (await readConfig(resolve(file), true))!
}

export type ConfigOf = (folder: string) => Promise<Config | undefined>

/** Each folder is looked at once. */
export function configFinder(): ConfigOf {
  const known = new Map<string, Promise<Config | undefined>>()
  const look = async (folder: string): Promise<Config | undefined> => {
    const found: Config[] = []
    for (const name of names) {
      const path = join(folder, name)
      if (!isFile(path)) continue
      const config = await readConfig(path, false)
      if (config) found.push(config)
    }
    const [first, second] = found
    if (second)
      throw new Problem({
        headline: `two configurations lie in one folder: ${first!.file} and ${second.file}`,
        note: ["nothing is merged, so one of them must go"],
      })
    const above = dirname(folder)
    return first ?? (above === folder ? undefined : await of(above))
  }
  const of: ConfigOf = (folder) => {
    const before = known.get(folder) ?? look(folder)
    known.set(folder, before)
    return before
  }
  return of
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    // A folder that cannot be entered is told where its files are looked for.
    return false
  }
}
