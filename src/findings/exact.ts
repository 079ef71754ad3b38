// Exact ways out: another spelling of the same value that behaves better.
import type { Edit } from "../source/edit.ts"
import { whereWritten, writtenAfter } from "./code.ts"
import type { Help } from "./finding.ts"
import type { Trial, View } from "./view.ts"

/** Apart by the rounding of float64 and no more, against the sizes that the loss has. */
const NEAR = 1e-9

/** Whether the value is the same at every drawn point at which it was finite. */
export function sameValue({ evidence }: View, trial: Trial): boolean {
  const [before, after] = [evidence.losses, trial.evidence.losses]
  if (before.length !== after.length) return false
  const finite = before.filter(Number.isFinite)
  const scale = finite.reduce((sum, x) => sum + Math.abs(x), 0) / Math.max(1, finite.length)
  return (
    finite.length > 0 &&
    before.every((x, k) => !Number.isFinite(x) || Math.abs(x - after[k]!) <= NEAR * (Math.abs(x) + scale))
  )
}

/** A help that keeps the value, after its trial. */
export const exactHelp = (view: View, text: string, edits: readonly Edit[], checked: Help["checked"]): Help => ({
  text: text + whereWritten(view, edits),
  write: writtenAfter(view, edits),
  edits,
  keepsValue: true,
  ...(checked ? { checked } : {}),
})
