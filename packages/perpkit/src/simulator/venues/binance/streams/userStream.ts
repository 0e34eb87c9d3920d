import { add, type Decimal, div, mul, negate, sub } from '../../../../core/decimal.ts'
import type {
  Engine,
  EngineConditional,
  EngineEvent,
  EngineOrder,
  EnginePosition,
} from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { amountOrZero, moneyText, quantityText, shortText } from '../format.ts'
import { type ShownSide, shownSide } from '../legs.ts'
import { contractOf } from '../orderShapes.ts'
import { findListenKey, isClosed, type ListenKey } from './listenKeys.ts'
import { conditionalUpdate, liteUpdate, orderUpdate } from './orderEvents.ts'

// User data: docs/wire/binance.md 8.5 and 8.6.

/** What a stream is of: `events` is an allow-list, all without one. */
export interface UserStream {
  listenKey: string
  accountId: string
  events: readonly string[] | undefined
}

/**
 * Everything that happens to an account, in the order of docs/wire/binance.md 4.7 ("events of one
 * fill").
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams
 */
export function userChannel(engine: Engine, { listenKey, accountId, events }: UserStream): Channel {
  let hasExpired = false
  const realised = new Map<string, Decimal>()
  const keyRow = (): ListenKey | undefined => findListenKey(engine, listenKey)
  const isWanted = (payload: PayloadObject): boolean =>
    events === undefined || events.includes(String(payload.e))
  return {
    isPrivate: true,
    hear(heard) {
      const key = keyRow()
      if (!key || hasExpired || key.expiresAt <= engine.now()) return []
      return heard
        .filter((event) => accountIn(event) === accountId)
        .flatMap((event) => updatesOf(engine, event, realised))
        .filter(isWanted)
    },
    nextAt() {
      const key = keyRow()
      return key && !hasExpired && !isClosed(key) ? key.expiresAt : undefined
    },
    collect(now) {
      const key = keyRow()
      if (!key || hasExpired || isClosed(key) || key.expiresAt > now) return []
      hasExpired = true
      return [{ e: 'listenKeyExpired', E: now, listenKey }].filter(isWanted)
    },
  }
}

function accountIn(event: EngineEvent): string | undefined {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.accountId
    case 'conditional':
      return event.conditional.accountId
    case 'funding':
      return event.funding.accountId
    case 'leverage':
    case 'margin':
      return event.accountId
    case 'trade':
    case 'book':
      return undefined
  }
}

function updatesOf(
  engine: Engine,
  event: EngineEvent,
  realised: Map<string, Decimal>,
): PayloadObject[] {
  switch (event.kind) {
    case 'order':
      return orderUpdates(engine, event)
    case 'fill':
      return fillUpdates(engine, event, realised)
    case 'conditional':
      return conditionalUpdates(event)
    case 'funding': {
      const { accountId, symbol, side } = event.funding
      const rows = engine
        .positions(accountId)
        .filter((row) => row.symbol === symbol && row.side === side && row.isolatedMargin)
        .map((row) => positionRow(engine, row, shownOf(row), '0'))
      const change = { reason: 'FUNDING_FEE', symbol, changed: event.funding.amount }
      return [accountUpdate(engine, accountId, event.at, { ...change, rows })]
    }
    case 'margin': {
      const { accountId, symbol } = event
      const rows = engine
        .positions(accountId)
        .filter((position) => position.symbol === symbol)
        .map((position) => positionRow(engine, position, shownOf(position), '0'))
      return [accountUpdate(engine, accountId, event.at, { reason: 'MARGIN_TRANSFER', rows })]
    }
    case 'leverage': {
      const { accountId, symbol, at } = event
      const ac = { s: symbol, l: engine.leverage(accountId, symbol) }
      return [{ e: 'ACCOUNT_CONFIG_UPDATE', E: at, T: at, ac }]
    }
    case 'trade':
    case 'book':
      return []
  }
}

function orderUpdates(
  engine: Engine,
  { change, order, at }: Extract<EngineEvent, { kind: 'order' }>,
): PayloadObject[] {
  if (change === 'placed') {
    const fresh = orderUpdate(engine, order, { execution: 'NEW', at })
    return [fresh, ...childUpdate(engine, order, 'TRIGGERED', at)]
  }
  // Told with its fill.
  if (change === 'filled') return []
  const execution = change === 'amended' ? 'AMENDMENT' : endings[order.status]
  const said = orderUpdate(engine, order, { execution, at })
  return change === 'ended' ? [said, ...childUpdate(engine, order, 'FINISHED', at)] : [said]
}

const endings: Readonly<Record<EngineOrder['status'], string>> = {
  NEW: 'NEW',
  PARTIALLY_FILLED: 'TRADE',
  FILLED: 'TRADE',
  CANCELLED: 'CANCELED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'REJECTED',
}

/** The conditional order that this one came from, when it did. */
function childUpdate(
  engine: Engine,
  order: EngineOrder,
  status: 'TRIGGERED' | 'FINISHED',
  at: number,
): PayloadObject[] {
  const { accountId, conditionalId } = order
  const origin =
    conditionalId === undefined ? undefined : engine.conditional(accountId, conditionalId)
  return origin ? [conditionalUpdate(origin, { status, child: order, at })] : []
}

function fillUpdates(
  engine: Engine,
  event: Extract<EngineEvent, { kind: 'fill' }>,
  realised: Map<string, Decimal>,
): PayloadObject[] {
  const { fill, order, position, walletBalance, at } = event
  const side = shownSide(order)
  const leg = `${order.symbol} ${side}`
  const won = add(realised.get(leg) ?? '0', fill.realizedPnl)
  realised.set(leg, won)
  const row = position ? positionRow(engine, position, side, won) : flatRow(order, side, won)
  const account = accountUpdate(engine, order.accountId, at, {
    reason: 'ORDER',
    walletBalance,
    rows: [row],
  })
  const trade = orderUpdate(engine, order, { execution: 'TRADE', fill, at })
  const finished = order.status === 'FILLED' ? childUpdate(engine, order, 'FINISHED', at) : []
  return [liteUpdate(fill, order, at), account, trade, ...finished]
}

function conditionalUpdates({
  change,
  conditional,
  at,
}: Extract<EngineEvent, { kind: 'conditional' }>): PayloadObject[] {
  switch (change) {
    case 'placed':
    case 'amended':
      return [conditionalUpdate(conditional, { status: 'NEW', at })]
    case 'activated':
      return [conditionalUpdate(conditional, { status: 'NEW', isActivated: true, at })]
    case 'triggered':
      return [conditionalUpdate(conditional, { status: 'TRIGGERING', at })]
    // Told with its child, which is told of first.
    case 'became':
      return []
    case 'ended':
      return [conditionalUpdate(conditional, { status: endOf(conditional), at })]
  }
}

function endOf({ status }: EngineConditional): 'CANCELED' | 'EXPIRED' | 'REJECTED' {
  if (status === 'REJECTED') return 'REJECTED'
  return status === 'EXPIRED' ? 'EXPIRED' : 'CANCELED'
}

interface Change {
  reason: string
  /** `a.S`, of funding alone. */
  symbol?: string
  /** What the balance changed by, profits and fees not counted. */
  changed?: Decimal
  /** Default: what it is now. */
  walletBalance?: Decimal
  rows: readonly PayloadObject[]
}

function accountUpdate(
  engine: Engine,
  accountId: string,
  at: number,
  change: Change,
): PayloadObject {
  const asset = 'USDT'
  const margin = engine.margin(accountId, asset)
  const wallet = change.walletBalance ?? margin.walletBalance
  const balance = {
    a: asset,
    wb: moneyText(wallet),
    cw: moneyText(sub(wallet, margin.isolatedMargin)),
    bc: amountOrZero(change.changed ?? '0'),
  }
  const a = {
    m: change.reason,
    ...(change.symbol !== undefined && { S: change.symbol }),
    B: [balance],
    P: change.rows,
  }
  return { e: 'ACCOUNT_UPDATE', E: at, T: at, a }
}

function shownOf({ isHedged, side }: EnginePosition): ShownSide {
  return isHedged ? side : 'BOTH'
}

function positionRow(
  engine: Engine,
  position: EnginePosition,
  shown: ShownSide,
  realised: Decimal,
): PayloadObject {
  const { symbol, side, size, entryPrice, marginMode } = position
  const contract = contractOf(position)
  const amount = side === 'LONG' ? size : negate(size)
  const settled = div(position.realizedPnl, size)
  const breakEven = side === 'LONG' ? sub(entryPrice, settled) : add(entryPrice, settled)
  return {
    s: symbol,
    pa: quantityText(contract, amount),
    ep: shortText(entryPrice),
    bep: shortText(breakEven),
    cr: shortText(realised),
    up: moneyText(mul(sub(engine.prices(symbol).mark, entryPrice), amount)),
    mt: marginMode === 'ISOLATED' ? 'isolated' : 'cross',
    iw: amountOrZero(position.isolatedMargin ?? '0'),
    ps: shown,
  }
}

/** A closed position arrives once, with nothing in it. */
function flatRow(order: EngineOrder, shown: ShownSide, realised: Decimal): PayloadObject {
  return {
    s: order.symbol,
    pa: '0',
    ep: '0',
    bep: '0',
    cr: shortText(realised),
    up: '0',
    mt: order.marginMode === 'ISOLATED' ? 'isolated' : 'cross',
    iw: '0',
    ps: shown,
  }
}
