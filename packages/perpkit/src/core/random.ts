/**
 * Numbers that look random and follow from a seed alone, so that the same seed gives the same run.
 * The state is one 32-bit word, which a snapshot can keep.
 */
export interface Random {
  state: number
}

export function seeded(seed: number): Random {
  return { state: seed >>> 0 }
}

/** The next number in [0, 1): mulberry32. */
export function nextFloat(random: Random): number {
  random.state = (random.state + 0x6d2b79f5) >>> 0
  let t = random.state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** The next whole number in [0, bound). */
export function nextInteger(random: Random, bound: number): number {
  return Math.floor(nextFloat(random) * bound)
}

/** `bytes` bytes as lower-case hex. */
export function nextHex(random: Random, bytes: number): string {
  let hex = ''
  for (let i = 0; i < bytes; i++) hex += nextInteger(random, 256).toString(16).padStart(2, '0')
  return hex
}
