// The pages of all rules, for `gradcheck explain`.
export { pages } from "./index.ts"
export type { RulePage } from "./rule.ts"
