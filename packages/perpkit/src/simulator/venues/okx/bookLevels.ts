// Rows of an order book: docs/wire/okx.md 3.2 and 8.2.

/** A row of a side: price, contracts and what stands behind them. */
export type LevelRow = (price: string, size: string) => string[]

/** The third figure is deprecated, and orders at a price are not counted here. */
export function plainLevel(price: string, size: string): string[] {
  return [price, size, '0', '1']
}

/** Nobody here quotes retail price improvements, so both totals are the same. */
export function improvedLevel(price: string, size: string): string[] {
  return [price, size, size, '1']
}
