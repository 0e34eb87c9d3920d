import {
  ceilToStep,
  type Decimal,
  decimalPlaces,
  div,
  floorToStep,
  isDecimal,
  roundToStep,
  toFixed,
} from '../../core/decimal.ts'

// Inside the book a price is a number of ticks and a quantity a number of steps: whole numbers below
// 2^53, exact, and quick to compare and to sort. Decimals stand in every row that leaves the engine.

/** Multiples of one step. */
export interface Grid {
  step: Decimal
  /** The step is `unit` × 10^-`places`. */
  unit: number
  places: number
}

export function makeGrid(step: Decimal): Grid {
  const places = decimalPlaces(step)
  return { step, unit: Number(toFixed(step, places).replace('.', '')), places }
}

/** The grid of products of two grids: of ticks and steps, say. */
export function productGrid(a: Grid, b: Grid): Grid {
  const places = a.places + b.places
  const unit = a.unit * b.unit
  return { step: fromCount(1, { step: '1', unit, places }), unit, places }
}

/** How many steps `value` is. Throws a RangeError when it is not a whole number of them. */
export function toCount(value: Decimal, grid: Grid): number {
  const units = unitsOf(value, grid.places)
  if (!Number.isSafeInteger(units) || units % grid.unit !== 0) {
    throw new RangeError(`${value} is not a multiple of ${grid.step}`)
  }
  return units / grid.unit
}

export function fromCount(count: number, grid: Grid): Decimal {
  const units = count * grid.unit
  const digits = Number.isSafeInteger(units)
    ? String(units)
    : (BigInt(count) * BigInt(grid.unit)).toString()
  if (grid.places === 0) return digits
  const padded = digits.padStart(grid.places + 1, '0')
  const point = padded.length - grid.places
  let end = padded.length
  while (end > point && padded.charCodeAt(end - 1) === 48) end--
  return end === point
    ? padded.slice(0, point)
    : `${padded.slice(0, point)}.${padded.slice(point, end)}`
}

export function floorCount(value: Decimal, grid: Grid): number {
  return Number(div(floorToStep(value, grid.step), grid.step))
}

export function ceilCount(value: Decimal, grid: Grid): number {
  return Number(div(ceilToStep(value, grid.step), grid.step))
}

export function nearestCount(value: Decimal, grid: Grid): number {
  return Number(div(roundToStep(value, grid.step), grid.step))
}

/** The value in units of 10^-places; NaN when it has more decimals than that. */
function unitsOf(value: Decimal, places: number): number {
  if (!isDecimal(value)) return Number.NaN
  const point = value.indexOf('.')
  if (point === -1) return Number(value + '0'.repeat(places))
  const fraction = value.slice(point + 1).padEnd(places, '0')
  for (let i = places; i < fraction.length; i++) {
    if (fraction.charCodeAt(i) !== 48) return Number.NaN
  }
  return Number(value.slice(0, point) + fraction.slice(0, places))
}
