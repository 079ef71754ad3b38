// A setting as it is written in YAML, JSON or TOML: for examples that can be pasted into the very file.

export type Setting = string | number | boolean | readonly Setting[] | { readonly [key: string]: Setting }
export type Language = "yaml" | "json" | "toml"

export const languageOf = (file: string): Language =>
  file.endsWith(".toml") ? "toml" : file.endsWith(".json") ? "json" : "yaml"

/** YAML takes these words for themselves, without quotes. */
const bare = /^(?!(?:true|false|null|yes|no|~)$)[\p{L}_.(][^:#{}[\],&*!|>'"%@`]*$/u

function spelled(value: Setting, language: Language): string {
  if (typeof value === "string") return language === "yaml" && bare.test(value) ? value : JSON.stringify(value)
  if (typeof value !== "object") return String(value)
  if (Array.isArray(value)) return `[${value.map((v: Setting) => spelled(v, language)).join(", ")}]`
  return `{ ${Object.entries(value)
    .map(([key, v]) => setting(key, v, language))
    .join(", ")} }`
}

/** `key: value` in the language of the file. */
export function setting(key: string, value: Setting, language: Language): string {
  if (language === "toml") return `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)} = ${spelled(value, language)}`
  const name = language === "yaml" && /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
  return `${name}: ${spelled(value, language)}`
}
