// Seeded numbers for tests, so that a failure can be had again.

/** A generator of numbers in [0, 1): Marsaglia's xorshift on 32 bits. */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** A seed made from a name, so that every entry of a table has numbers of its own. */
export const seedOf = (text: string): number => [...text].reduce((h, c) => (Math.imul(h, 31) + c.charCodeAt(0)) | 0, 7)
