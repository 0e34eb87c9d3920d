import { add, type Decimal, div, max, mul, negate, sub, sum } from '../../../core/decimal.ts'
import type { Engine, PositionView } from '../../engine/types.ts'
import { openAlgos } from './algoRecords.ts'
import { crossFigures, marginRatio } from './balance.ts'
import { contractsOf, plain } from './decimals.ts'
import { fillTradeIdOf, positionIdOf } from './ids.ts'
import { fees, type Listing, listingOf } from './instruments.ts'
import {
  closersOn,
  closingSideOf,
  isSameLeg,
  legOf,
  modeWord,
  sideWord,
  sideWords,
} from './legs.ts'
import { isLiquidation } from './notes.ts'
import { isClosed, netProfit, type Span } from './spans.ts'

/** A row of account/positions: keys as in the sample of docs/wire/okx.md 4.1. */
export function positionRow(
  engine: Engine,
  listing: Listing,
  position: PositionView,
  span: Span,
): Record<string, unknown> {
  const { entryPrice, leverage, maintenanceMargin, markPrice, side, size } = position
  const { last } = engine.prices(listing.engine.symbol)
  const contracts = contractsOf(listing, size)
  const profitAt = (price: Decimal): Decimal =>
    mul(side === 'LONG' ? sub(price, entryPrice) : sub(entryPrice, price), size)
  const ratio = (profit: Decimal): string =>
    plain(div(mul(profit, String(leverage)), mul(entryPrice, size)), 16)
  return {
    ...commonFields(engine, listing, span),
    pos: plain(side === 'LONG' || position.isHedged ? contracts : negate(contracts)),
    avgPx: plain(entryPrice),
    lever: String(leverage),
    liqPx: position.liquidationPrice === undefined ? '' : plain(position.liquidationPrice),
    upl: plain(profitAt(markPrice)),
    uplRatio: ratio(profitAt(markPrice)),
    uplLastPx: plain(profitAt(last)),
    uplRatioLastPx: ratio(profitAt(last)),
    ...marginFigures(engine, listing, position),
    mmr: plain(maintenanceMargin),
    notionalUsd: plain(position.notional),
    adl: '1',
    bePx: plain(breakEven(side, entryPrice)),
    closeOrderAlgo: closingAlgos(engine, position),
  }
}

/** What is left of a row some time after its position was closed: `pos` is "0". */
export function flatRow(engine: Engine, listing: Listing, span: Span): Record<string, unknown> {
  return {
    ...commonFields(engine, listing, span),
    pos: '0',
    avgPx: '',
    lever: String(engine.leverage(span.firstFill.accountId, span.leg.symbol, span.leg)),
    availPos: '',
    margin: '',
    liqPx: '',
    upl: '0',
    uplRatio: '0',
    uplLastPx: '0',
    uplRatioLastPx: '0',
    imr: '0',
    mmr: '0',
    mgnRatio: '',
    notionalUsd: '0',
    adl: '0',
    bePx: '',
    closeOrderAlgo: [],
  }
}

/** A row of account/positions-history: docs/wire/okx.md 4.1. */
export function closedRow(
  engine: Engine,
  accountId: string,
  span: Span,
): Record<string, string> & { type: string; posId: string; uTime: string } {
  const { leg } = span
  const listing = listingOf(leg.symbol)
  const lever = String(engine.leverage(accountId, leg.symbol, leg))
  const openPrice = div(span.openedValue, span.opened)
  const margin = mul(openPrice, span.largestSize)
  return {
    posId: positionIdOf(span.firstFill.fillId),
    instType: 'SWAP',
    instId: listing.instId,
    uly: listing.family,
    direction: sideWords[span.side],
    posSide: sideWord(leg),
    mgnMode: modeWord(leg),
    lever,
    openAvgPx: plain(openPrice),
    closeAvgPx: plain(div(span.closedValue, span.closed)),
    openMaxPos: plain(contractsOf(listing, span.largestSize)),
    closeTotalPos: plain(contractsOf(listing, span.closed)),
    pnl: plain(span.pnl),
    pnlRatio: plain(div(mul(netProfit(span), lever), margin), 16),
    realizedPnl: plain(netProfit(span)),
    fee: plain(negate(span.fee)),
    fundingFee: plain(span.funding),
    liqPenalty: '0',
    settledPnl: '',
    nonSettleAvgPx: '',
    triggerPx: '',
    ccy: listing.engine.settleAsset,
    type: endingType(engine, span),
    cTime: String(span.firstFill.timestamp),
    uTime: String(span.lastFill.timestamp),
  }
}

function commonFields(engine: Engine, listing: Listing, span: Span): Record<string, string> {
  const { index, last, mark } = engine.prices(listing.engine.symbol)
  return {
    instType: 'SWAP',
    instId: listing.instId,
    posId: positionIdOf(span.firstFill.fillId),
    mgnMode: modeWord(span.leg),
    posSide: sideWord(span.leg),
    markPx: mark,
    last,
    idxPx: index,
    ccy: listing.engine.settleAsset,
    tradeId: fillTradeIdOf(span.lastFill.fillId),
    realizedPnl: plain(netProfit(span)),
    pnl: plain(span.pnl),
    fee: plain(negate(span.fee)),
    fundingFee: plain(span.funding),
    liqPenalty: '0',
    settledPnl: '',
    usdPx: '1',
    cTime: String(span.firstFill.timestamp),
    uTime: String(span.lastFill.timestamp),
    ...emptyOnSwaps,
  }
}

const emptyOnSwaps = {
  baseBal: '',
  baseBorrowed: '',
  baseInterest: '',
  bizRefId: '',
  bizRefType: '',
  clSpotInUseAmt: '',
  deltaBS: '',
  deltaPA: '',
  gammaBS: '',
  gammaPA: '',
  hedgedPos: '',
  interest: '',
  liab: '',
  liabCcy: '',
  maxSpotInUseAmt: '',
  nonSettleAvgPx: '',
  optVal: '',
  pendingCloseOrdLiabVal: '',
  posCcy: '',
  quoteBal: '',
  quoteBorrowed: '',
  quoteInterest: '',
  spotInUseAmt: '',
  spotInUseCcy: '',
  thetaBS: '',
  thetaPA: '',
  vegaBS: '',
  vegaPA: '',
} as const

/** `1` closed in part, `2` whole, `3` liquidated. */
function endingType(engine: Engine, span: Span): '1' | '2' | '3' {
  if (!isClosed(span)) return '1'
  const { accountId, orderId } = span.lastFill
  const ending = engine.order(accountId, orderId)
  return ending && isLiquidation(ending.venueData) ? '3' : '2'
}

/** A cross position draws on the account, an isolated one on what was put aside for it. */
function marginFigures(
  engine: Engine,
  listing: Listing,
  position: PositionView,
): Record<string, string> {
  const { accountId, initialMargin, isolatedMargin, maintenanceMargin } = position
  if (isolatedMargin === undefined) {
    const { equity } = crossFigures(engine, accountId, listing.engine.settleAsset)
    const mgnRatio = marginRatio(equity, maintenanceMargin)
    return { imr: plain(initialMargin), margin: '', mgnRatio, availPos: '' }
  }
  const equity = add(isolatedMargin, position.unrealizedPnl)
  return {
    imr: '',
    margin: plain(isolatedMargin),
    mgnRatio: marginRatio(equity, maintenanceMargin),
    availPos: position.isHedged ? closable(engine, listing, position) : '',
  }
}

/** Contracts no resting order is there to close. */
function closable(engine: Engine, listing: Listing, position: PositionView): string {
  const { accountId, side, size } = position
  const closing = closersOn(engine, accountId, legOf(position), closingSideOf(side))
  const taken = sum(
    closing.map(({ executedQuantity, quantity }) => sub(quantity, executedQuantity)),
  )
  return plain(contractsOf(listing, max(sub(size, taken), '0')))
}

/** The price at which closing as a taker pays for both fees. */
function breakEven(side: 'LONG' | 'SHORT', entryPrice: Decimal): Decimal {
  const more = add('1', fees.taker)
  const less = sub('1', fees.taker)
  return side === 'LONG' ? div(mul(entryPrice, more), less) : div(mul(entryPrice, less), more)
}

/** Algos that close the position whole. */
function closingAlgos(engine: Engine, position: PositionView): unknown[] {
  return openAlgos(engine, position.accountId)
    .filter((algo) => isSameLeg(algo.main, legOf(position)) && algo.notes.closeFraction !== '')
    .map(({ algoId, notes, stopLoss, takeProfit }) => ({
      algoId,
      slTriggerPx: stopLoss?.triggerPrice ?? '',
      slTriggerPxType: stopLoss?.triggerSource ?? '',
      tpTriggerPx: takeProfit?.triggerPrice ?? '',
      tpTriggerPxType: takeProfit?.triggerSource ?? '',
      closeFraction: notes.closeFraction,
    }))
}
