// A program that ends with a function instead of a value: the function is called with inputs named as its parameters.
import type { Expr, Parameter, Program } from "./ast.ts"

/** The program, with a call of its function where the last statement only defines one. */
export function called(program: Program): Program {
  const last = program.body.at(-1)
  if (!last) return program
  const place = { start: last.start, end: last.end }
  const call = (callee: Expr, params: readonly Parameter[]): Program => ({
    ...program,
    body: [
      ...program.body,
      {
        type: "Expression",
        value: {
          type: "Call",
          callee,
          args: params
            .filter((p) => !p.default && p.kind !== "rest" && p.kind !== "options")
            .map((p) => ({
              value: { type: "Name", name: p.name, ...place },
              ...(p.kind === "keyword" ? { name: p.name } : {}),
              ...place,
            })),
          ...place,
        },
        ...place,
      },
    ],
  })
  if (last.type === "Function") return call({ type: "Name", name: last.name, ...place }, last.params)
  if ((last.type === "Expression" || last.type === "Assign") && last.value.type === "Lambda")
    return call(last.value, last.value.params)
  return program
}
