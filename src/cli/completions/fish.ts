// Completions for fish: a line for each flag of each verb.
import { type FlagPlace, type Place, quoted, verbPlaces, verbSays } from "./words.ts"

const fishText = (text: string): string => quoted(text, "fish")

/** The options of `complete` for what stands in a place. */
function argument(place: Place | undefined): string {
  switch (place?.kind) {
    case "file":
      return " -F"
    case "word":
      return ` -f -a ${fishText(place.words.join(" "))}`
    case "list":
      return ` -f -a ${fishText(`(__fish_complete_list , "string split ' ' '${place.words.join(" ")}'")`)}`
    case "format":
      return ` -f -a ${fishText(`(__gradcheck_formats ${place.words.join(" ")})`)}`
    default:
      return ""
  }
}

function flagLine(verb: string, { names, says, hasValue, value }: FlagPlace): string {
  const spelled = names.map((n) => (n.startsWith("--") ? `-l ${n.slice(2)}` : `-s ${n.slice(1)}`)).join(" ")
  const behind = hasValue ? ` -r${value ? argument(value) : " -f"}` : ""
  return `complete -c gradcheck -n '__gradcheck_is ${verb}' ${spelled}${behind} -d ${fishText(says)}`
}

export function fish(): string {
  const verbs = verbPlaces()
  const names = verbs.map((v) => v.verb).join(" ")
  return `# gradcheck for fish, written by: gradcheck completions fish
function __gradcheck_is
    set -l words (commandline -opc)
    set -l verb $words[2]
    contains -- "$verb" ${names}; or set verb check
    test "$verb" = $argv[1]
end

function __gradcheck_is_first
    test (count (commandline -opc)) -eq 1
end

function __gradcheck_formats
    set -l typed (string replace -r '^--format=' '' -- (commandline -ct))
    if string match -q '*=*' -- $typed
        set -l format (string replace -r '=.*' '=' -- $typed)
        for path in (__fish_complete_path (string replace -r '^[^=]*=' '' -- $typed) | string replace -r '\\t.*' '')
            echo $format$path
        end
    else
        string split ' ' -- "$argv"
    end
end

complete -c gradcheck -f
${verbs.map((v) => `complete -c gradcheck -n __gradcheck_is_first -a ${v.verb} -d ${fishText(verbSays[v.verb])}`).join("\n")}
${verbs
  .flatMap(({ verb, flags, rest }) => [
    ...flags.map((f) => flagLine(verb, f)),
    ...(rest
      ? [`complete -c gradcheck -n '__gradcheck_is ${verb}; and not __gradcheck_is_first'${argument(rest)}`]
      : []),
  ])
  .join("\n")}
`
}
