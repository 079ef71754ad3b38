// Completions for bash: one function that knows the verbs, their flags and what stands behind them.
import { type FlagPlace, type Place, type VerbPlace, verbPlaces } from "./words.ts"

/** What tells the function how to complete a place: its kind, then its words. */
const told = ({ kind, words }: Place): string => `kind=${kind} words='${words.join(" ")}'`

const values = (flags: readonly FlagPlace[]): string[] => {
  const byPlace = new Map<string, string[]>()
  for (const { names, value, hasValue } of flags)
    if (hasValue) {
      const place = value ? told(value) : "kind=none words="
      byPlace.set(place, [...(byPlace.get(place) ?? []), ...names])
    }
  return [...byPlace].map(([place, names]) => `    ${[...new Set(names)].join("|")}) ${place} ;;`)
}

const verbCase = ({ verb, flags, rest }: VerbPlace): string =>
  `    ${verb}) flags='${flags.flatMap((f) => f.names).join(" ")}' ${rest ? told(rest) : "kind=none words="} ;;`

/** bash 3.2, which macOS has, knows neither compopt nor mapfile. */
export function bash(): string {
  const verbs = verbPlaces()
  const all = verbs.flatMap((v) => v.flags)
  const names = verbs.map((v) => v.verb)
  return `# gradcheck for bash, written by: gradcheck completions bash
_gradcheck() {
  local -a line=()
  local k word cur flag= verb= kind=none words= flags= closed= before=
  # bash parts words at "=": they are put together again.
  for ((k = 0; k <= COMP_CWORD; k++)); do
    word=\${COMP_WORDS[k]}
    if ((k > 0)) && [[ $word == = || \${COMP_WORDS[k-1]} == = ]]; then
      line[\${#line[@]}-1]+=$word
    else
      line+=("$word")
    fi
  done
  cur=\${line[\${#line[@]}-1]}
  for ((k = 1; k < \${#line[@]} - 1; k++)); do
    word=\${line[k]}
    if [[ -n $flag ]]; then
      flag=
    elif [[ $word == -- ]]; then
      closed=1
      break
    elif [[ $word == -* ]]; then
      _gradcheck_value "$word"
      [[ -z $kind ]] || flag=$word
    elif [[ -z $verb ]]; then
      case $word in
        ${names.join("|")}) verb=$word ;;
        *) verb=check ;;
      esac
    fi
  done
  COMPREPLY=()
  if [[ -z $flag && -z $closed && $cur == --*=* ]]; then
    flag=\${cur%%=*}
    cur=\${cur#*=}
  fi
  if [[ -n $flag ]]; then
    _gradcheck_value "$flag"
  else
    case \${verb:-check} in
${verbs.map(verbCase).join("\n")}
    esac
    if [[ -z $closed && $cur == -* ]]; then
      kind=word words=$flags
    elif [[ -z $verb && -z $closed ]]; then
      kind=word words='${names.join(" ")}'
    fi
  fi
  local IFS=$' \\n'
  case $kind in
    word) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
    list)
      [[ $cur != *,* ]] || before=\${cur%,*},
      COMPREPLY=($(compgen -P "$before" -W "$words" -- "\${cur##*,}"))
      ;;
    format)
      if [[ $cur == *=* ]]; then
        kind=file cur=\${cur#*=}
      else
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
      fi
      ;;
  esac
  [[ $kind != list && $kind != format ]] || compopt -o nospace 2> /dev/null
  if [[ $kind == file ]]; then
    IFS=$'\\n'
    compopt -o filenames 2> /dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}

# What stands behind a flag: kind is empty where nothing does.
_gradcheck_value() {
  kind= words=
  case $1 in
${values(all).join("\n")}
  esac
}

complete -F _gradcheck gradcheck
`
}
