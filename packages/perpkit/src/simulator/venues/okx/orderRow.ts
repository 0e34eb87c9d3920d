import { div, isZero, negate, sum } from '../../../core/decimal.ts'
import type { Engine, EngineFill, EngineOrder } from '../../engine/types.ts'
import { type Algo, algoBehind, algosOf } from './algoRecords.ts'
import { contractsOf, plain } from './decimals.ts'
import { textOf } from './errors.ts'
import { attachedIdOf, fillTradeIdOf } from './ids.ts'
import { type Listing, listingOf } from './instruments.ts'
import { modeWord, sideWord } from './legs.ts'
import { type AttachedItem, isLiquidation, type Notes, readNotes } from './notes.ts'
import { cancelSourceOf, stateOf } from './orderState.ts'
import { type LegName, passedCode } from './triggers.ts'

/** A row of trade/order, pending and history: keys as in the sample of docs/wire/okx.md 4.3. */
export function orderRow(engine: Engine, order: EngineOrder): Record<string, unknown> {
  const listing = listingOf(order.symbol)
  const notes = readNotes(order.venueData)
  const algo = algoBehind(engine, order)
  const settle = listing.engine.settleAsset
  const state = stateOf(order, notes)
  const isShrunk = notes.isAmendedDown && state === 'filled'
  const quantity = isShrunk ? order.executedQuantity : order.quantity
  return {
    instType: 'SWAP',
    instId: listing.instId,
    ordId: order.orderId,
    clOrdId: algo ? '' : order.clientOrderId,
    tag: notes.tag,
    px: order.price ?? '',
    sz: plain(contractsOf(listing, quantity)),
    ordType: orderTypeOf(order, notes, algo),
    side: order.side === 'BUY' ? 'buy' : 'sell',
    posSide: sideWord(order),
    tdMode: modeWord(order),
    state,
    ...fillFigures(engine, listing, order),
    lever: notes.lever,
    fee: plain(negate(order.fee)),
    feeCcy: settle,
    rebate: '0',
    rebateCcy: settle,
    source: algo ? (sources[algo.notes.ordType] ?? '13') : '',
    category: isLiquidation(order.venueData) ? 'full_liquidation' : 'normal',
    reduceOnly: String(order.reduceOnly),
    cancelSource: cancelSourceOf(engine, order, notes),
    cancelSourceReason: '',
    stpId: '',
    stpMode: notes.stpMode,
    attachAlgoClOrdId: '',
    attachAlgoOrds: notes.attached.map((item) => attachedRow(engine, order, item)),
    algoClOrdId: algo?.algoClOrdId ?? '',
    algoId: algo?.algoId ?? '',
    linkedAlgoOrd: { algoId: linkedAlgoId(engine, order, notes) },
    isTpLimit: String(notes.isTpLimit),
    ccy: settle,
    cTime: String(order.createdAt),
    uTime: String(order.updatedAt),
    ...emptyOnSwaps,
  }
}

const emptyOnSwaps = {
  tpTriggerPx: '',
  tpOrdPx: '',
  slTriggerPx: '',
  slOrdPx: '',
  tpTriggerPxType: '',
  slTriggerPxType: '',
  tgtCcy: '',
  pxType: '',
  pxUsd: '',
  pxVol: '',
  quickMgnType: '',
  tradeQuoteCcy: '',
} as const

/** Who made an order that a client did not: docs/wire/okx.md 5. */
const sources: Readonly<Record<string, string>> = {
  trigger: '6',
  conditional: '7',
  oco: '7',
  move_order_stop: '25',
}

/** What an algo became is a market or limit order; others are what was sent. */
function orderTypeOf(order: EngineOrder, notes: Notes, algo: Algo | undefined): string {
  if (!algo && notes.ordType !== '') return notes.ordType
  if (order.type === 'MARKET') return 'market'
  return childTypes[order.timeInForce]
}

const childTypes = { GTC: 'limit', GTX: 'post_only', IOC: 'ioc', FOK: 'fok' } as const

function fillFigures(engine: Engine, listing: Listing, order: EngineOrder): Record<string, string> {
  const fills = fillsOf(engine, order)
  const last = fills[fills.length - 1]
  return {
    accFillSz: plain(contractsOf(listing, order.executedQuantity)),
    fillPx: last?.price ?? '',
    fillSz: last ? plain(contractsOf(listing, last.quantity)) : '0',
    fillTime: last ? String(last.timestamp) : '',
    tradeId: last ? fillTradeIdOf(last.fillId) : '',
    avgPx: averagePrice(order),
    pnl: plain(sum(fills.map(({ realizedPnl }) => realizedPnl))),
  }
}

/** Old to new. */
function fillsOf(engine: Engine, order: EngineOrder): EngineFill[] {
  if (isZero(order.executedQuantity)) return []
  return engine.fills(order.accountId).filter(({ orderId }) => orderId === order.orderId)
}

function averagePrice({ executedNotional, executedQuantity }: EngineOrder): string {
  return isZero(executedQuantity) ? '' : plain(div(executedNotional, executedQuantity))
}

/** The stop a resting take-profit belongs to. */
function linkedAlgoId(engine: Engine, order: EngineOrder, notes: Notes): string {
  if (!notes.isTpLimit || notes.link === '') return ''
  const algo = algosOf(engine, order.accountId).find((row) => row.notes.link === notes.link)
  return algo?.algoId ?? ''
}

/** One item of `attachAlgoOrds` inside its entry: docs/wire/okx.md 4.5. */
function attachedRow(
  engine: Engine,
  order: EngineOrder,
  item: AttachedItem,
): Record<string, string> {
  const { number, ...sent } = item
  const attachAlgoId = attachedIdOf(order.orderId, number)
  return { attachAlgoId, ...sent, ...failureOf(engine, order, item, attachAlgoId) }
}

/** Protection that could not be placed when its entry had filled, since the price had passed it. */
function failureOf(
  engine: Engine,
  order: EngineOrder,
  item: AttachedItem,
  attachAlgoId: string,
): { failCode: string; failReason: string } {
  const hasEnded = order.status !== 'NEW' && order.status !== 'PARTIALLY_FILLED'
  const isDue = hasEnded && !isZero(order.executedQuantity)
  const { accountId } = order
  const rows = isDue ? [...engine.conditionals(accountId), ...engine.orders(accountId)] : []
  const isThere = rows.some(({ venueData }) => readNotes(venueData).attachedId === attachAlgoId)
  const leg: LegName | undefined =
    item.slTriggerPx !== '' ? 'sl' : item.tpTriggerPx !== '' ? 'tp' : undefined
  if (!isDue || isThere || leg === undefined || waitsForWhole(order, item)) {
    return { failCode: '', failReason: '' }
  }
  const type = leg === 'sl' ? item.slTriggerPxType : item.tpTriggerPxType
  const source = type === 'mark' || type === 'index' ? type : 'last'
  const code = passedCode(order.side === 'BUY' ? 'SELL' : 'BUY', leg, source)
  return { failCode: code, failReason: textOf(code) }
}

/** One of several take-profits, which come only with a full fill. */
function waitsForWhole(order: EngineOrder, { tpOrdPx }: AttachedItem): boolean {
  const { attached } = readNotes(order.venueData)
  const isSplit = attached.filter((item) => item.tpOrdPx !== '').length > 1
  return isSplit && tpOrdPx !== '' && order.status !== 'FILLED'
}
