import { add, type Decimal, equals, mul, negate, toFixed } from '../../../core/decimal.ts'
import type { EngineTrade } from '../../engine/types.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { fillTypeOf } from './fills.ts'
import { answerPage, type FilterGroups, type HistoryEvent, pageNames } from './historyPages.ts'
import { uuidOf } from './ids.ts'
import { type Listing, listingOf, listings } from './instruments.ts'
import { historyOrder, orderEvents, triggerEvents } from './orderHistory.ts'
import { positionEvents, positionFilters } from './positionHistory.ts'

// The history service: docs/wire/kraken.md 3.5 and 4.8. `v2` is an alias of `v3`.
// https://docs.kraken.com/api/docs/futures-api/history/account-history

const versions = ['v3', 'v2'] as const

export const histories: readonly Route[] = versions.flatMap((version) => [
  accountRoute(version, 'orders', orderEvents, [['opened', 'closed']]),
  accountRoute(version, 'triggers', triggerEvents, [['opened', 'closed']]),
  accountRoute(version, 'executions', executionEvents, []),
  accountRoute(version, 'positions', positionEvents, positionFilters),
  ...listings.map((listing) => tradesRoute(version, listing)),
])

function accountRoute(
  version: string,
  name: string,
  collect: (handling: Handling) => HistoryEvent[],
  groups: FilterGroups,
): Route {
  return {
    method: 'GET',
    path: `/api/history/${version}/${name}`,
    access: 'signed',
    operation: 'getOrder',
    parameters: [...pageNames, 'tradeable', ...groups.flat()],
    handle: (handling): Answer => answerPage(handling, collect(handling), groups),
  }
}

function tradesRoute(version: string, listing: Listing): Route {
  return {
    method: 'GET',
    path: `/api/history/${version}/market/${listing.native}/executions`,
    access: 'public',
    operation: 'marketData',
    parameters: pageNames,
    handle(handling) {
      const trades = handling.engine.trades(listing.engine.symbol, Number.MAX_SAFE_INTEGER)
      const events = trades.map((trade) => tradeEvent(listing, trade))
      return answerPage(handling, events)
    },
  }
}

/** Executions with what they did to the position. */
function executionEvents({ accountId, engine }: Handling): HistoryEvent[] {
  const sizes = new Map<string, Decimal>()
  const done = new Map<string, Decimal>()
  return engine.fills(accountId).flatMap((fill) => {
    const order = engine.order(accountId, fill.orderId)
    const signed = fill.side === 'BUY' ? fill.quantity : negate(fill.quantity)
    const positionSize = add(sizes.get(fill.symbol) ?? '0', signed)
    sizes.set(fill.symbol, positionSize)
    if (!order) return []
    const filled = add(done.get(fill.orderId) ?? '0', fill.quantity)
    done.set(fill.orderId, filled)
    const execution = {
      uid: fill.fillId,
      order: historyOrder(order, filled, fill.timestamp),
      timestamp: fill.timestamp,
      quantity: fill.quantity,
      price: fill.price,
      markPrice: fill.price,
      limitFilled: equals(filled, order.quantity),
      executionType: fillTypeOf(fill, order),
      usdValue: toFixed(mul(fill.price, fill.quantity), 2),
      partnerTradeId: '',
      orderData: {
        fee: fill.fee,
        positionSize,
        realizedPnl: fill.realizedPnl,
        feeCalculationInfo: { percentageFee: percentageFee(fill.symbol, fill.isMaker) },
      },
    }
    return [
      {
        seed: `execution ${fill.fillId}`,
        timestamp: fill.timestamp,
        tradeable: listingOf(fill.symbol).native,
        kinds: [],
        event: { Execution: { execution, takerReducedQuantity: '' } },
      },
    ]
  })
}

function percentageFee(symbol: string, isMaker: boolean): Decimal {
  const { makerFee, takerFee } = listingOf(symbol).engine
  return mul(isMaker ? makerFee : takerFee, '100')
}

function tradeEvent({ native }: Listing, trade: EngineTrade): HistoryEvent {
  const { price, quantity, side, timestamp, tradeId } = trade
  const seed = `${native} ${tradeId}`
  const party = (role: string, isBuyer: boolean): Record<string, unknown> => ({
    uid: uuidOf(`${role} ${seed}`),
    tradeable: native,
    direction: isBuyer ? 'Buy' : 'Sell',
    quantity,
    timestamp,
    limitPrice: price,
    orderType: role === 'maker' ? 'Post' : 'Limit',
    reduceOnly: false,
    lastUpdateTimestamp: timestamp,
  })
  const execution = {
    uid: uuidOf(`trade ${trade.symbol} ${tradeId}`),
    makerOrder: party('maker', side === 'SELL'),
    takerOrder: party('taker', side === 'BUY'),
    timestamp,
    quantity,
    price,
    markPrice: price,
    limitFilled: true,
    usdValue: toFixed(mul(price, quantity), 2),
  }
  return {
    seed: `execution ${seed}`,
    timestamp,
    tradeable: native,
    kinds: [],
    event: { Execution: { execution, takerReducedQuantity: '' } },
  }
}
