import { add, div, mul, sub, sum } from '../../../../core/decimal.ts'
import type { EngineEvent, PositionSide, PositionView } from '../../../engine/types.ts'
import { listingOf } from '../contracts.ts'
import { plain } from '../figures.ts'
import { type Place, positionOf, sideOf } from '../positionOf.ts'
import { positionRow } from '../positions.ts'
import { closesHedge, sideFields, sidePart } from '../sides.ts'
import { ALL, eventWord, type Owner, type Push } from './pushes.ts'
import { versionOf } from './tallies.ts'

// Positions as they are pushed: docs/wire/htx.md 8.2.

/** What there is, in one message; nothing is in it when the account is flat. */
export function positionSnapshot(owner: Owner, scope: string): Push {
  const data = owner.engine
    .positions(owner.accountId)
    .filter(({ symbol }) => scope === ALL || listingOf(symbol).native === scope)
    .map((position) => openRow(owner, position, 0))
  return { contract: scope, event: 'snapshot', data }
}

/** Each position that has changed, as it is after the call; one that is gone has no volume. */
export function positionPushes(owner: Owner, events: readonly EngineEvent[]): Push[] {
  const changes = new Map<string, Change>()
  for (const event of events) {
    for (const change of changesIn(owner, event)) {
      const { marginMode, positionSide, symbol } = change.place
      const key = `${symbol} ${marginMode} ${positionSide ?? ''}`
      if (!changes.has(key)) changes.set(key, change)
    }
  }
  return [...changes.values()].map(({ place, event, side }) => {
    const position = positionOf(owner.engine, owner.accountId, place)
    const row = position ? openRow(owner, position, 1) : closedRow(owner, place, side)
    return { contract: listingOf(place.symbol).native, event, data: [row] }
  })
}

interface Change {
  place: Place
  event: string
  /** Of the position that is, or that has been. */
  side: PositionSide
}

function changesIn({ accountId, engine }: Owner, event: EngineEvent): Change[] {
  const word = eventWord(event)
  if (word === undefined) return []
  if (event.kind === 'fill') {
    const { fill } = event
    const side = fill.positionSide ?? (fill.side === 'BUY' ? 'SHORT' : 'LONG')
    return [{ place: placeOf(fill, fill.positionSide), event: word, side }]
  }
  const symbol = symbolOf(event)
  return engine
    .positions(accountId)
    .filter((position) => position.symbol === symbol && isMeant(event, position))
    .map((position) => ({
      place: placeOf(position, sideOf(position)),
      event: word,
      side: position.side,
    }))
}

function placeOf(
  { marginMode, symbol }: Pick<Place, 'marginMode' | 'symbol'>,
  side: PositionSide | undefined,
): Place {
  return { symbol, marginMode, ...sidePart(side) }
}

function symbolOf(event: EngineEvent): string | undefined {
  switch (event.kind) {
    case 'order':
      return event.order.symbol
    case 'funding':
      return event.funding.symbol
    case 'leverage':
    case 'margin':
      return event.symbol
    default:
      return undefined
  }
}

/** Of the orders that leave the book only one that would have closed a position frees it. */
function isMeant(event: EngineEvent, position: PositionView): boolean {
  if (event.kind === 'funding') {
    const { marginMode, side } = event.funding
    return position.marginMode === marginMode && position.side === side
  }
  if (event.kind !== 'order') return true
  const { order } = event
  return (
    (order.reduceOnly || closesHedge(order)) &&
    order.marginMode === position.marginMode &&
    order.positionSide === sideOf(position)
  )
}

type Row = Readonly<Record<string, unknown>>

function openRow(owner: Owner, position: PositionView, step: 0 | 1): Row {
  const { accountId, engine } = owner
  const { margin_currency: _currency, ...row } = positionRow(engine, position)
  const isOwn = (one: { symbol: string; marginMode: string; timestamp: number }): boolean =>
    one.symbol === position.symbol &&
    one.marginMode === position.marginMode &&
    one.timestamp >= position.openedAt
  const fee = sum(
    engine
      .fills(accountId)
      .filter((fill) => isOwn(fill) && fill.positionSide === sideOf(position))
      .map((fill) => fill.fee),
  )
  const funding = engine
    .fundings(accountId)
    .filter((one) => isOwn(one) && one.side === position.side)
    .map(({ amount }) => amount)
  // Once for the way in, and as much again for the way out.
  const cost = div(mul(fee, '2'), position.size)
  const { entryPrice, side } = position
  return {
    ...row,
    ...nameFields(owner, placeOf(position, sideOf(position))),
    fee: plain(fee),
    break_even_price: plain(side === 'LONG' ? add(entryPrice, cost) : sub(entryPrice, cost)),
    total_trade_fee: plain(fee),
    profit: plain(position.realizedPnl),
    state: 'normal',
    funding_fee: plain(sum(funding)),
    version: versionOf(engine, rowName(owner, position.symbol, row.position_side), step),
  }
}

function closedRow(owner: Owner, place: Place, side: PositionSide): Row {
  const { accountId, engine } = owner
  const prices = engine.prices(place.symbol)
  const now = String(engine.now())
  const names = nameFields(owner, place)
  return {
    ...names,
    direction: side === 'LONG' ? 'buy' : 'sell',
    open_avg_price: '0',
    volume: '0',
    available: '0',
    fee: '0',
    break_even_price: '0',
    total_trade_fee: '0',
    lever_rate: engine.leverage(accountId, place.symbol, place),
    adl_risk_percent: 0,
    liquidation_price: '',
    margin: '0',
    initial_margin: '0',
    maintenance_margin: '0',
    profit_unreal: '0',
    profit: '0',
    profit_rate: '0',
    margin_rate: '0',
    state: 'normal',
    funding_fee: '0',
    mark_price: plain(prices.mark),
    last_price: plain(prices.last),
    contract_type: 'swap',
    version: versionOf(engine, rowName(owner, place.symbol, names.position_side), 1),
    created_time: now,
    updated_time: now,
  }
}

/** Which position it is. */
function nameFields({ accountId, engine }: Owner, place: Place): Row {
  const { engine: instrument, native } = listingOf(place.symbol)
  const isHedged = engine.positionMode(accountId, place.symbol) === 'hedge'
  return {
    contract_code: native,
    symbol: instrument.baseAsset,
    position_mode: isHedged ? 'dual_side' : 'single_side',
    ...sideFields(place),
  }
}

function rowName({ accountId }: Owner, symbol: string, side: unknown): string {
  return `position ${accountId} ${symbol} ${String(side)}`
}
