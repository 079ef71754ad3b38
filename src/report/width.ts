// How many columns of a terminal a text fills.

/** ASCII, and signs of our own and of mathematics, fill one column each. */
const narrow = /^[\x20-\x7e·×…│╰╯├▁▂▃▄▅▆▇█→←−±≤≥≠²³α-ωΑ-Ω]*$/

let measure: (text: string) => number = (text) => Array.from(text).length

/**
 * Must be called before texts are measured that may hold wide characters. The library that knows them takes a
 * hundred times as long to load as most reports take to print, and most reports need none of it.
 */
export async function readyFor(text: string): Promise<void> {
  if (!narrow.test(text.replace(/[\r\n\t]/g, " "))) measure = (await import("string-width")).default
}

export const widthOf = (text: string): number => (narrow.test(text) ? text.length : measure(text))
