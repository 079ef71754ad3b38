// The parser's state in a file.
import type { Parser } from "./parser.ts"

export interface FileParser extends Parser {
  /** The indentation of every block that is open. */
  readonly columns: number[]
  /** Statements that could not be read. */
  errors: number
  /** The end of the last statement, its `;` included: where every block around it ends, too. */
  ended: number
}
