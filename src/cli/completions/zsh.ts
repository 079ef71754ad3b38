// Completions for zsh: a list of what each verb takes, for its own _arguments.
import { type FlagPlace, type Place, quoted, type VerbPlace, verbPlaces, verbSays } from "./words.ts"

/** What _arguments runs for a place. */
function action(place: Place | undefined): string {
  switch (place?.kind) {
    case "file":
      return "_files"
    case "word":
      return `(${place.words.join(" ")})`
    case "list":
      return `_sequence compadd - ${place.words.join(" ")}`
    case "format":
      return `_gradcheck_formats ${place.words.join(" ")}`
    default:
      return ""
  }
}

/** Brackets and colons part what _arguments reads. */
const safe = (text: string): string => text.replace(/[[\]:\\]/g, "\\$&")

function specs({ names, says, hasValue, value, repeat }: FlagPlace): string[] {
  const others = repeat ? "*" : names.length > 1 ? `(${names.join(" ")})` : ""
  return names.map((name) => {
    const form = hasValue && name.startsWith("--") ? `${name}=` : name
    const behind = hasValue ? `:${safe(name.replace(/^-+/, ""))}:${action(value)}` : ""
    return quoted(`${others}${form}[${safe(says)}]${behind}`, "zsh")
  })
}

const verbCase = ({ verb, flags, rest }: VerbPlace): string => `    ${verb})
      _arguments -S -s ${[...flags.flatMap(specs), quoted(`*:${verb}:${action(rest)}`, "zsh")].join(" \\\n        ")} ;;`

export function zsh(): string {
  const verbs = verbPlaces()
  const check = verbs.find((v) => v.verb === "check")!
  return `#compdef gradcheck
# gradcheck for zsh, written by: gradcheck completions zsh
_gradcheck_formats() {
  if compset -P '*='; then
    _files
  else
    compadd -S '' -- "$@"
  fi
}

_gradcheck_first() {
  local -a verbs=(
${verbs.map((v) => `    ${quoted(`${v.verb}:${verbSays[v.verb]}`, "zsh")}`).join("\n")}
  )
  _describe verb verbs
}

_gradcheck() {
  local verb=
  case $words[2] in
    ${verbs.map((v) => v.verb).join("|")})
      if (( CURRENT > 2 )); then
        verb=$words[2]
        shift words
        (( CURRENT-- ))
      fi ;;
  esac
  case $verb in
${verbs.map(verbCase).join("\n")}
    *)
      _arguments -S -s ${[...check.flags.flatMap(specs), "'*:verb:_gradcheck_first'"].join(" \\\n        ")} ;;
  esac
}

if [[ $funcstack[1] = _gradcheck ]]; then
  _gradcheck "$@"
else
  compdef _gradcheck gradcheck
fi
`
}
