import { add, type Decimal, isLess, mul, negate } from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, EngineFill, EngineOrder } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { contractsOf, plain } from '../decimals.ts'
import { execTypeOf, isForcedFill, tradeId } from '../fills.ts'
import { listingOf } from '../instruments.ts'
import { readNotes } from '../notes.ts'
import { orderRow } from '../orderRow.ts'
import { isIn, type Owner, ownEvents, type Scope } from './events.ts'

/**
 * Orders of the book, one message for each thing that happens to one: docs/wire/okx.md 8.3.
 * https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-order-channel
 */
export function ordersChannel(owner: Owner, scope: Scope): Channel {
  return {
    isPrivate: true,
    rank: 2,
    hear(events) {
      const own = ownEvents(owner.accountId, events).filter(
        (event) => 'order' in event && isIn(scope, event.order.symbol),
      )
      return own.flatMap((event) => rowsOf(owner.engine, event)).map((row) => ({ data: [row] }))
    },
  }
}

function rowsOf(engine: Engine, event: EngineEvent): PayloadObject[] {
  if (event.kind === 'fill') return [pushRow(engine, event.order, event.fill)]
  if (event.kind !== 'order') return []
  const { change, order } = event
  if (change === 'placed') return neverRests(order) ? [] : [pushRow(engine, order)]
  if (change === 'amended') return isAmendedDown(order) ? [] : [amendedRow(engine, order)]
  // A fill has been told of by itself.
  return change === 'ended' ? [pushRow(engine, order)] : []
}

/** These go straight to how they end: docs/wire/okx.md 8.3. */
function neverRests({ timeInForce, type }: EngineOrder): boolean {
  return type === 'MARKET' || timeInForce === 'IOC' || timeInForce === 'FOK'
}

/** An amendment to what has filled already is told as the end it is. */
function isAmendedDown({ venueData }: EngineOrder): boolean {
  return readNotes(venueData).isAmendedDown
}

function amendedRow(engine: Engine, order: EngineOrder): PayloadObject {
  const { reqId } = readNotes(order.venueData)
  return { ...pushRow(engine, order), amendResult: '0', amendSource: '1', reqId }
}

/** The order as it was then; what is of the fill is empty when it is none. */
function pushRow(engine: Engine, order: EngineOrder, fill?: EngineFill): PayloadObject {
  const { last, mark } = engine.prices(order.symbol)
  const row = orderRow(engine, order)
  return {
    ...row,
    ...(fill ? fillFigures(engine, fill) : NO_FILL),
    avgPx: row.avgPx === '' ? '0' : row.avgPx,
    pnl: plain(profitSoFar(engine, order)),
    notionalUsd: plain(mul(order.quantity, order.price ?? mark)),
    lastPx: last,
    amendResult: '',
    amendSource: '',
    reqId: '',
    code: '0',
    msg: '',
    ...EMPTY_ON_SWAPS,
  }
}

function fillFigures(engine: Engine, fill: EngineFill): PayloadObject {
  const { accountId, symbol } = fill
  const holder = { accountId, engine }
  return {
    fillPx: fill.price,
    fillSz: plain(contractsOf(listingOf(symbol), fill.quantity)),
    fillTime: String(fill.timestamp),
    tradeId: tradeId(holder, fill),
    execType: isForcedFill(holder, fill) ? '' : execTypeOf(fill),
    fillFee: plain(negate(fill.fee)),
    fillFeeCcy: fill.feeAsset,
    fillPnl: plain(fill.realizedPnl),
    fillNotionalUsd: plain(mul(fill.quantity, fill.price)),
    // The engine keeps no mark price of the moment: the fill's own is the nearest to it.
    fillMarkPx: fill.price,
    fillIdxPx: '',
  }
}

const NO_FILL = {
  fillPx: '',
  fillSz: '0',
  fillTime: '',
  tradeId: '',
  execType: '',
  fillFee: '0',
  fillFeeCcy: '',
  fillPnl: '0',
  fillNotionalUsd: '',
  fillMarkPx: '',
  fillIdxPx: '',
} as const

const EMPTY_ON_SWAPS = { fillPxVol: '', fillPxUsd: '', fillMarkVol: '', fillFwdPx: '' } as const

/** What its fills up to then have settled; later ones of the same call do not count. */
function profitSoFar(engine: Engine, order: EngineOrder): Decimal {
  let filled: Decimal = '0'
  let profit: Decimal = '0'
  for (const fill of engine.fills(order.accountId)) {
    if (fill.orderId !== order.orderId) continue
    if (!isLess(filled, order.executedQuantity)) break
    filled = add(filled, fill.quantity)
    profit = add(profit, fill.realizedPnl)
  }
  return profit
}
