import { add, sub } from '../../../../core/decimal.ts'
import type { EngineFill, EngineOrder } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { fillTypeOf } from '../fills.ts'
import { accountUidOf } from '../ids.ts'
import { type Listing, listingOf } from '../instruments.ts'
import { num } from '../numbers.ts'
import type { Account } from './accounts.ts'
import { idsOf, orderTypeOf } from './orderRows.ts'

/**
 * The newest fills, then each one; of certain products or of all: docs/wire/kraken.md 8.4.
 * https://docs.kraken.com/api/docs/futures-api/websocket/fills
 */
export function fillsChannel(account: Account, products: readonly Listing[]): Channel {
  const { accountId, engine } = account
  const symbols = new Set(products.map(({ engine: { symbol } }) => symbol))
  const isWanted = ({ symbol }: EngineFill): boolean => symbols.size === 0 || symbols.has(symbol)
  return {
    isPrivate: true,
    rank: 2,
    welcome: () => [
      {
        feed: 'fills_snapshot',
        account: accountUidOf(accountId),
        fills: recentFills(account, isWanted),
      },
    ],
    hear(events) {
      const own = events.flatMap((event) =>
        event.kind === 'fill' && event.order.accountId === accountId && isWanted(event.fill)
          ? [event]
          : [],
      )
      if (own.length === 0) return []
      const all = engine.fills(accountId)
      return own.map(({ fill, order }) => {
        const left = num(sub(order.quantity, order.executedQuantity))
        const seq = all.findLastIndex(({ fillId }) => fillId === fill.fillId) + 1
        const fills = [fillRow(fill, { order, left, seq })]
        return { feed: 'fills', username: accountUidOf(accountId), fills }
      })
    },
  }
}

const MOST_FILLS = 100

/** Oldest first. */
function recentFills(
  { accountId, engine }: Account,
  isWanted: (fill: EngineFill) => boolean,
): PayloadObject[] {
  /** Of each order what was left of it, going back from how it stands. */
  const left = new Map<string, string>()
  return engine
    .fills(accountId)
    .map((fill, index) => ({ fill, seq: index + 1 }))
    .reverse()
    .flatMap(({ fill, seq }) => {
      const order = engine.order(accountId, fill.orderId)
      if (!order) return []
      const after = left.get(fill.orderId) ?? sub(order.quantity, order.executedQuantity)
      left.set(fill.orderId, add(after, fill.quantity))
      return isWanted(fill) ? [fillRow(fill, { order, left: num(after), seq })] : []
    })
    .slice(0, MOST_FILLS)
    .reverse()
}

function fillRow(
  fill: EngineFill,
  { left, order, seq }: { order: EngineOrder; left: number; seq: number },
): PayloadObject {
  const order_type = orderTypeOf(order)
  return {
    instrument: listingOf(fill.symbol).native,
    time: fill.timestamp,
    price: num(fill.price),
    seq,
    buy: fill.side === 'BUY',
    qty: num(fill.quantity),
    remaining_order_qty: left,
    ...idsOf(fill.orderId, fill),
    fill_id: fill.fillId,
    fill_type: fillTypeOf(fill, order),
    fee_paid: num(fill.fee),
    fee_currency: fill.feeAsset,
    // Who takes from a resting order of the account does so at the market.
    taker_order_type: fill.isMaker ? 'market' : order_type,
    order_type,
  }
}
