// Did you mean: the known names nearest to a misspelt one.
import { distance } from "fastest-levenshtein"

/**
 * At most three of `known` that `name` may have meant, best first. A name is near when a third of its letters or fewer
 * differ (at least one, at most three), letter case not counted.
 */
export function suggest(name: string, known: Iterable<string>): string[] {
  const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)))
  const wanted = name.toLowerCase()
  const near: { candidate: string; steps: number }[] = []
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit || candidate === name) continue
    const steps = distance(wanted, candidate.toLowerCase())
    if (steps <= limit) near.push({ candidate, steps })
  }
  near.sort((a, b) => a.steps - b.steps || a.candidate.localeCompare(b.candidate, "en"))
  return [...new Set(near.map((n) => n.candidate))].slice(0, 3)
}
