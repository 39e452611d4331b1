/** A source of choices that its seed decides: the same seed makes the same choices. */
export interface Random {
  /** A whole number from 0 to `end - 1`. */
  below: (end: number) => number
  /** True in `percent` of a hundred cases. */
  chance: (percent: number) => boolean
  pick: <T>(from: readonly T[]) => T
}

/** Mulberry32, started from the FNV-1a hash of the seed. */
export function randomFrom(seed: string): Random {
  let state = hashOf(seed)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (percent) => next() * 100 < percent,
    pick: (from) => {
      if (from.length === 0) throw new Error('nothing to pick from')
      return from[below(from.length)]!
    },
  }
}

const hashOf = (text: string) =>
  [...new TextEncoder().encode(text)].reduce((hash, byte) => Math.imul(hash ^ byte, 16777619), 2166136261)
