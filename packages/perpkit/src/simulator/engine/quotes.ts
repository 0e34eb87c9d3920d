import { add, type Decimal } from '../../core/decimal.ts'
import { depthOf } from './book.ts'
import { fromCount } from './grid.ts'
import { positionsOf } from './legs.ts'
import { markPriceOf } from './margin.ts'
import { accountOf, type Contract, type Market, type World } from './state.ts'
import type { Prices } from './types.ts'

/** Last, mark and index price and the touch; a side without orders reads `'0'`. */
export function pricesOf(contract: Contract, market: Market): Prices {
  const mark = markPriceOf(contract, market)
  const {
    bids: [bid = ['0', '0']],
    asks: [ask = ['0', '0']],
  } = depthOf(market, contract, 1)
  return {
    last: fromCount(market.last, contract.ticks),
    mark,
    index: mark,
    bid: bid[0],
    bidQuantity: bid[1],
    ask: ask[0],
    askQuantity: ask[1],
  }
}

/** What others hold, and the long positions of our users. */
export function openInterestOf(world: World, contract: Contract, market: Market): Decimal {
  let total = fromCount(Math.round(contract.makers.sideSteps * 40), contract.steps)
  for (const accountId of market.holders) {
    for (const { side, size } of positionsOf(accountOf(world, accountId), market.symbol)) {
      if (side === 'LONG') total = add(total, size)
    }
  }
  return total
}
