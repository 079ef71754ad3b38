// The flag --shard: which part of how many.
import { Problem } from "../source/problem.ts"

/** The `part`-th of `of` parts, counted from 1. */
export interface Shard {
  readonly part: number
  readonly of: number
}

/** "2/3" */
export const shardText = ({ part, of }: Shard): string => `${part}/${of}`

const MOST_PARTS = 9999

/** "2/3" as a flag says it. */
export function readShard(text: string): Shard {
  const match = /^\s*(\d{1,4})\s*\/\s*(\d{1,4})\s*$/.exec(text)
  const [part, of] = [Number(match?.[1]), Number(match?.[2])]
  if (match && part >= 1 && part <= of) return { part, of }
  throw new Problem({
    headline: match
      ? of === 0
        ? "--shard deals the files into no parts"
        : `--shard ${text.trim()} asks for a part that is not there: the first is 1/${of}, the last ${of}/${of}`
      : `--shard is a part and how many there are, not ${text === "" ? "nothing" : text}`,
    help: [`--shard 1/${match && of > 0 ? of : 2}`],
    note: [`of at most ${MOST_PARTS} parts; gradcheck merge puts their reports together`],
  })
}
