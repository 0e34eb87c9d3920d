/** A number in [0, 1) that follows from its arguments alone (the finaliser of MurmurHash3). */
export function noise(seed: number, a: number, b: number): number {
  let h = seed ^ Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

/** A 32-bit seed for one use, made from the run's seed and a name. */
export function seedFor(seed: number, name: string): number {
  let h = seed >>> 0
  for (let i = 0; i < name.length; i++) {
    h = Math.imul(h ^ name.charCodeAt(i), 0x01000193) >>> 0
  }
  return Math.floor(noise(h, name.length, 0) * 4_294_967_296)
}
