import {
  add,
  type Decimal,
  div,
  isPositive,
  isZero,
  mul,
  negate,
  sub,
  sum,
} from '../../../core/decimal.ts'
import type { Engine, EngineOrder, PositionView } from '../../engine/types.ts'
import { isRefusal } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { crossFigures } from './balances.ts'
import { listingOf, toVolume } from './contracts.ts'
import { closeTooLarge, refusedByEngine } from './errors.ts'
import { NumberText, plain, rate } from './figures.ts'
import { Form } from './form.ts'
import { keepNotes } from './notes.ts'
import { idsOf } from './orders.ts'
import { closeable, positionOf, sideOf } from './positionOf.ts'
import { Refused, reply } from './replies.ts'
import { readListing, readMarginMode, readOptionalListing, readPositionSide } from './scope.ts'
import { sideFields, sidePart } from './sides.ts'

// Positions: docs/wire/htx.md 4.2 and 4.6.

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19594266bd8
export const openPositions: Route = {
  method: 'GET',
  path: '/v5/trade/position/opens',
  access: 'signed',
  operation: 'getPositions',
  parameters: ['contract_code'],
  handle(handling) {
    const { accountId, engine } = handling
    const listing = readOptionalListing(new Form(handling))
    const rows = engine
      .positions(accountId)
      .filter(({ symbol }) => listing === undefined || symbol === listing.engine.symbol)
    return reply(
      handling,
      rows.map((position) => positionRow(engine, position)),
    )
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1958953a715
export const closePosition: Route = {
  method: 'POST',
  path: '/v5/trade/position',
  access: 'signed',
  operation: 'createOrder',
  parameters: ['contract_code', 'margin_mode', 'position_side', 'client_order_id', 'channel_code'],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    form.ignore('channel_code')
    const listing = readListing(form)
    const marginMode = readMarginMode(form)
    const place = {
      symbol: listing.engine.symbol,
      marginMode,
      ...sidePart(readPositionSide(form)),
    }
    const clientId = form.clientId('client_order_id') ?? ''
    const position = positionOf(engine, accountId, place)
    if (!position) throw closeTooLarge()
    const ids = idsOf(close(handling, position, clientId))
    // This reply alone has the order's id as a bare number, beyond 2^53.
    return reply(handling, { ...ids, order_id: new NumberText(ids.order_id) })
  },
}

// https://www.htx.com/en-us/opend/newApiPages/
export const closeAllPositions: Route = {
  method: 'POST',
  path: '/v5/trade/position_all',
  access: 'signed',
  operation: 'createOrder',
  parameters: ['channel_code'],
  handle(handling) {
    new Form(handling).ignore('channel_code')
    const positions = handling.engine.positions(handling.accountId)
    return reply(
      handling,
      positions.map((position) => closeOne(handling, position)),
    )
  },
}

function closeOne(handling: Handling, position: PositionView): Record<string, unknown> {
  try {
    const ids = idsOf(close(handling, position, ''))
    return {
      code: 200,
      message: 'Success',
      order_id: new NumberText(ids.order_id),
      client_order_id: new NumberText(ids.client_order_id),
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { code: error.code, message: error.message, order_id: null, client_order_id: null }
  }
}

/** Closes at market what no resting order closes already. */
function close(handling: Handling, position: PositionView, clientId: string): EngineOrder {
  const { accountId, engine } = handling
  const quantity = closeable(engine, position)
  if (!isPositive(quantity)) throw closeTooLarge()
  const placed = engine.placeOrder(accountId, {
    clientOrderId: clientId,
    symbol: position.symbol,
    side: position.side === 'LONG' ? 'SELL' : 'BUY',
    ...sidePart(sideOf(position)),
    marginMode: position.marginMode,
    type: 'MARKET',
    quantity,
    timeInForce: 'IOC',
    // In hedge mode the two sides say so.
    reduceOnly: !position.isHedged,
    venueData: keepNotes({ leverRate: position.leverage }),
  })
  if (isRefusal(placed)) throw refusedByEngine(placed, listingOf(position.symbol).native)
  return placed
}

/** A position as queries show it. */
export function positionRow(engine: Engine, position: PositionView): Record<string, unknown> {
  const listing = listingOf(position.symbol)
  const { initialMargin, isolatedMargin, maintenanceMargin, side, unrealizedPnl } = position
  const equity =
    isolatedMargin === undefined
      ? crossFigures(engine, position.accountId).equity
      : add(isolatedMargin, unrealizedPnl)
  return {
    contract_code: listing.native,
    ...sideFields({ marginMode: position.marginMode, ...sidePart(sideOf(position)) }),
    direction: side === 'LONG' ? 'buy' : 'sell',
    open_avg_price: plain(position.entryPrice),
    volume: toVolume(listing, position.size),
    available: toVolume(listing, closeable(engine, position)),
    lever_rate: position.leverage,
    adl_risk_percent: 3,
    liquidation_price: liquidationText(engine, position),
    margin: plain(isolatedMargin ?? initialMargin),
    initial_margin: plain(initialMargin),
    maintenance_margin: plain(maintenanceMargin),
    profit_unreal: plain(unrealizedPnl),
    profit_rate: rate(div(unrealizedPnl, initialMargin)),
    margin_rate: isPositive(equity) ? rate(div(maintenanceMargin, equity)) : '0',
    mark_price: plain(position.markPrice),
    last_price: plain(engine.prices(position.symbol).last),
    margin_currency: 'USDT',
    contract_type: 'swap',
    created_time: String(position.openedAt),
    updated_time: String(position.updatedAt),
  }
}

/**
 * Where the position, or all that stands behind cross positions, has come to what must stay, by this
 * contract's price alone; printed below zero too, and `''` where two sides make up for each other.
 */
function liquidationText(engine: Engine, position: PositionView): string {
  const { accountId, isolatedMargin, symbol } = position
  if (isolatedMargin !== undefined) return breakingPrice([position], isolatedMargin)
  const cross = engine.positions(accountId).filter(({ marginMode }) => marginMode === 'CROSS')
  const own = cross.filter((one) => one.symbol === symbol)
  const others = cross.filter((one) => one.symbol !== symbol)
  const cover = sub(
    sub(crossFigures(engine, accountId).equity, sum(own.map((one) => one.unrealizedPnl))),
    sum(others.map((one) => one.maintenanceMargin)),
  )
  return breakingPrice(own, cover)
}

/** The price at which `cover` and the positions' profit are what must stay of them. */
function breakingPrice(positions: readonly PositionView[], cover: Decimal): string {
  const signed = ({ side, size }: PositionView): Decimal => (side === 'LONG' ? size : negate(size))
  const net = sum(positions.map(signed))
  const cost = sum(positions.map((one) => mul(signed(one), one.entryPrice)))
  const kept = sum(
    positions.map(({ size, symbol }) => mul(size, listingOf(symbol).engine.maintenanceMarginRate)),
  )
  const slope = sub(net, kept)
  return isZero(slope) ? '' : plain(div(sub(cost, cover), slope))
}
