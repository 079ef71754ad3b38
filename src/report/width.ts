// How many columns of a terminal a text fills.
import stringWidth from "string-width"

const ascii = /^[\x20-\x7e]*$/
/** Signs of our own and of mathematics that fill one column; asking for each would be slow. */
const narrow = /^[\x20-\x7e·×…│╰╯├▁▂▃▄▅▆▇█→←−±≤≥≠²³Α-Ωα-ω]*$/

export const widthOf = (text: string): number => (ascii.test(text) || narrow.test(text) ? text.length : stringWidth(text))
