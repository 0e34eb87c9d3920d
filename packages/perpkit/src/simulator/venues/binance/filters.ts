import {
  add,
  type Decimal,
  decimalPlaces,
  isGreater,
  isLess,
  isMultipleOf,
  isZero,
  mul,
  sub,
} from '../../../core/decimal.ts'
import type { EngineSide } from '../../engine/types.ts'
import { type Contract, marketTakeBound, priceBand } from './contracts.ts'
import { type Code, Refused } from './errors.ts'
import { priceDownToTick, priceText } from './format.ts'

// The filters of a symbol: docs/wire/binance.md 3.2 and 4.7 (decimals, range).

/** A limit price: decimals, tick, range. */
export function checkPrice(contract: Contract, price: Decimal): void {
  checkTick(contract, price)
  if (isZero(price)) throw new Refused('-4001')
  if (isGreater(price, contract.maxPrice)) throw new Refused('-4002')
  if (isLess(price, contract.minPrice)) throw new Refused('-4013')
}

/** A trigger or activation price: as a price, with refusals of its own for the range. */
export function checkTriggerPrice(contract: Contract, price: Decimal): void {
  checkTick(contract, price)
  if (isZero(price)) throw new Refused('-4006')
  if (isGreater(price, contract.maxPrice)) throw new Refused('-4007')
}

/** A quantity; those of market orders have a smaller maximum. */
export function checkQuantity(contract: Contract, quantity: Decimal, isMarket: boolean): void {
  if (decimalPlaces(quantity) > contract.quantityPrecision) throw new Refused('-1111')
  if (!isMultipleOf(quantity, contract.stepSize)) throw new Refused('-4023')
  if (isZero(quantity)) throw new Refused('-4003')
  if (isLess(quantity, contract.minQuantity)) throw new Refused('-4004')
  const most = isMarket ? contract.maxMarketQuantity : contract.maxQuantity
  if (isGreater(quantity, most)) throw new Refused('-4005')
}

/** `PERCENT_PRICE`, one-sided, around the mark price or around the trigger of a stop-limit. */
export function checkBand(
  contract: Contract,
  side: EngineSide,
  price: Decimal,
  around: Decimal,
  [tooHigh, tooLow]: readonly [Code, Code] = ['-4016', '-4024'],
): void {
  const edge = bandEdge(side, around)
  const shown = priceText(contract, priceDownToTick(contract, edge))
  if (side === 'BUY' && isGreater(price, edge)) throw new Refused(tooHigh, shown)
  if (side === 'SELL' && isLess(price, edge)) throw new Refused(tooLow, shown)
}

/** `MIN_NOTIONAL`; orders that only reduce are not held to it. */
export function checkNotional(
  contract: Contract,
  price: Decimal,
  quantity: Decimal,
  code: Code = '-4164',
): void {
  const { minNotional } = contract
  if (isLess(mul(price, quantity), minNotional)) throw new Refused(code, minNotional)
}

/** The worst price a market order may trade at. */
export function worstMarketPrice(side: EngineSide, mark: Decimal): Decimal {
  return mul(mark, side === 'BUY' ? add('1', marketTakeBound) : sub('1', marketTakeBound))
}

function checkTick(contract: Contract, price: Decimal): void {
  if (decimalPlaces(price) > contract.pricePrecision) throw new Refused('-1111')
  if (!isMultipleOf(price, contract.tickSize)) throw new Refused('-4014')
}

function bandEdge(side: EngineSide, around: Decimal): Decimal {
  return mul(around, side === 'BUY' ? priceBand.up : priceBand.down)
}
