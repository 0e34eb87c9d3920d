import { type Decimal, floorToStep, isZero, toDecimal, toFixed } from '../../../core/decimal.ts'
import type { Contract } from './contracts.ts'

// How the venue prints decimals: padded to the precision of the contract, money to eight places.
// docs/wire/binance.md, samples of 3 and 4. Compare by value, never as text.

export function priceText(contract: Contract, price: Decimal): string {
  return toFixed(price, contract.pricePrecision)
}

export function quantityText(contract: Contract, quantity: Decimal): string {
  return toFixed(quantity, contract.quantityPrecision)
}

/** Average prices: three places more than a price. */
export function averageText(contract: Contract, average: Decimal): string {
  return toFixed(average, contract.pricePrecision + 3)
}

/** Price × quantity with the places of both. */
export function turnoverText(contract: Contract, turnover: Decimal): string {
  return toFixed(turnover, contract.pricePrecision + contract.quantityPrecision)
}

/** Balances, margins, profits, mark prices: eight places. */
export function moneyText(amount: Decimal): string {
  const text = toFixed(amount, 8)
  return text === '-0.00000000' ? '0.00000000' : text
}

/** Eight places at most and no padding, `'0'` for nothing. */
export function shortText(value: Decimal): string {
  return toDecimal(toFixed(value, 8)) ?? '0'
}

/** A padded amount, or a bare `'0'`. */
export function amountOrZero(amount: Decimal): string {
  return isZero(amount) ? '0' : moneyText(amount)
}

/** A price moved to a tick towards zero. */
export function priceDownToTick(contract: Contract, price: Decimal): Decimal {
  return floorToStep(price, contract.tickSize)
}
