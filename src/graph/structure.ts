// What the functions on lists and shapes are handed: the bound arguments, and ways to read them.
import type { Span } from "../source/text.ts"
import type { Node } from "./node.ts"
import { type Context, toNode } from "./scope.ts"
import { wholeNumber } from "./static.ts"
import type { Value } from "./values.ts"

export interface Call {
  readonly context: Context
  readonly args: ReadonlyMap<string, Value>
  readonly span: Span
}

export const node = ({ context, args, span }: Call, name: string): Node => toNode(context, args.get(name)!, span)
export const number = (call: Call, name: string): number => wholeNumber(call.args.get(name)!, call.span, name)
