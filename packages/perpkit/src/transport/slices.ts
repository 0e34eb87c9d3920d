/** Parts of a window in which the units taken are counted. */
export const SLICES = 8
/** As many are kept: two windows and the slice that runs. */
export const SLICES_KEPT: number = 2 * SLICES + 1

/** How much was taken since the last window began, to the precision of one slice more. */
export class SliceCount {
  readonly #sliceMs: number
  readonly #counts: number[] = Array.from({ length: SLICES_KEPT }, () => 0)
  #newest = Number.NEGATIVE_INFINITY

  constructor(windowMs: number) {
    this.#sliceMs = windowMs / SLICES
  }

  add(amount: number, now: number): void {
    const place = this.#turnTo(now)
    this.#counts[place] = (this.#counts[place] ?? 0) + amount
  }

  /** Since the beginning of the window that ended `ageMs` ago, at most one window. */
  total(now: number, ageMs: number): number {
    this.#turnTo(now)
    const end = Math.floor((now - ageMs) / this.#sliceMs)
    const first = Math.max(end - SLICES, this.#newest - 2 * SLICES, 0)
    let sum = 0
    for (let slice = first; slice <= this.#newest; slice++) sum += this.#counts[placeOf(slice)] ?? 0
    return sum
  }

  #turnTo(now: number): number {
    const slice = Math.floor(now / this.#sliceMs)
    const first = Math.max(this.#newest + 1, slice - 2 * SLICES, 0)
    for (let passed = first; passed <= slice; passed++) this.#counts[placeOf(passed)] = 0
    this.#newest = Math.max(this.#newest, slice)
    return placeOf(slice)
  }
}

function placeOf(slice: number): number {
  return slice % SLICES_KEPT
}
