/** Parts of a window in which the units taken are counted. */
export const SLICES = 8

/** How much was taken in the last window, to the precision of one slice more. */
export class SliceCount {
  readonly #sliceMs: number
  readonly #counts: number[] = Array.from({ length: SLICES + 1 }, () => 0)
  #newest = Number.NEGATIVE_INFINITY

  constructor(windowMs: number) {
    this.#sliceMs = windowMs / SLICES
  }

  add(amount: number, now: number): void {
    const place = this.#turnTo(now)
    this.#counts[place] = (this.#counts[place] ?? 0) + amount
  }

  total(now: number): number {
    this.#turnTo(now)
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  #turnTo(now: number): number {
    const slice = Math.floor(now / this.#sliceMs)
    const first = Math.max(this.#newest + 1, slice - SLICES, 0)
    for (let passed = first; passed <= slice; passed++) this.#counts[placeOf(passed)] = 0
    this.#newest = Math.max(this.#newest, slice)
    return placeOf(slice)
  }
}

function placeOf(slice: number): number {
  return slice % (SLICES + 1)
}
