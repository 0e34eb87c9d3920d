import { div, isPositive } from '../../../../core/decimal.ts'
import type { PositionView } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { accountUidOf } from '../ids.ts'
import { listingOf } from '../instruments.ts'
import { num } from '../numbers.ts'
import { type Account, isOf, movesPrice } from './accounts.ts'

/**
 * All open positions, whenever one changes, and once a second while prices move them:
 * docs/wire/kraken.md 8.4.
 * https://docs.kraken.com/api/docs/futures-api/websocket/open_position
 */
export function openPositionsChannel(account: Account): Channel {
  const { accountId, engine } = account
  let seq = 0
  const say = (): Payload => ({
    feed: 'open_positions',
    account: accountUidOf(accountId),
    positions: engine.positions(accountId).map((position) => positionRow(account, position)),
    seq,
    timestamp: engine.now(),
  })
  const sayNext = (): Payload[] => {
    seq++
    return [say()]
  }
  return {
    isPrivate: true,
    rank: 3,
    everyMs: 1_000,
    isStirredBy: (event) => movesPrice(account, event),
    welcome: () => [say()],
    hear: (events) =>
      events.some((event) => MOVING.has(event.kind) && isOf(account, event)) ? sayNext() : [],
    collect: sayNext,
  }
}

/** What changes a position, and not only an order. */
const MOVING: ReadonlySet<string> = new Set(['fill', 'funding', 'leverage', 'margin'])

function positionRow({ accountId, engine }: Account, position: PositionView): PayloadObject {
  const { initialMargin, leverage, marginMode, notional, side, symbol, unrealizedPnl } = position
  const { native } = listingOf(symbol)
  const equity = engine.margin(accountId, 'USD').marginBalance
  const size = num(position.size)
  return {
    instrument: native,
    balance: side === 'LONG' ? size : -size,
    pnl: num(unrealizedPnl),
    entry_price: num(position.entryPrice),
    mark_price: num(position.markPrice),
    index_price: num(engine.prices(symbol).index),
    liquidation_threshold: num(position.liquidationPrice ?? '0'),
    effective_leverage: isPositive(equity) ? num(div(notional, equity)) : 0,
    return_on_equity: isPositive(initialMargin) ? num(div(unrealizedPnl, initialMargin)) : 0,
    unrealized_funding: 0,
    initial_margin: num(initialMargin),
    initial_margin_with_orders: num(initialMargin),
    maintenance_margin: num(position.maintenanceMargin),
    pnl_currency: 'USD',
    ...(marginMode === 'ISOLATED' && { max_fixed_leverage: leverage }),
  }
}
