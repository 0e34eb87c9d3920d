import type { Engine, EngineConditional } from '../../engine/types.ts'
import type { Algo } from './algoRecords.ts'
import { contractsOf, plain } from './decimals.ts'
import { listingOf } from './instruments.ts'
import { isClosing, modeWord, sideWord } from './legs.ts'
import { readNotes } from './notes.ts'
import { moveTriggerPrice } from './trailing.ts'

/** A row of the algo lists: keys as in the sample of docs/wire/okx.md 4.4. */
export function algoRow(engine: Engine, algo: Algo): Record<string, unknown> {
  const { main, notes, order } = algo
  const listing = listingOf(algo.symbol)
  const resting = restingProfit(engine, algo)
  return {
    instType: 'SWAP',
    instId: listing.instId,
    algoId: algo.algoId,
    algoClOrdId: algo.algoClOrdId,
    clOrdId: '',
    ordId: order?.orderId ?? '',
    ordIdList: order ? [order.orderId] : [],
    ordType: notes.ordType,
    state: algo.state,
    side: algo.side === 'BUY' ? 'buy' : 'sell',
    posSide: sideWord(main),
    tdMode: modeWord(main),
    sz: main.closePosition ? '' : plain(contractsOf(listing, main.quantity)),
    closeFraction: notes.closeFraction,
    lever: notes.lever,
    reduceOnly: String(isClosing(main)),
    ...legFigures(algo, resting?.price),
    ...triggerFigures(algo),
    ...outcome(algo),
    callbackRatio: notes.callbackRatio,
    callbackSpread: notes.callbackSpread,
    activePx: notes.activePx,
    moveTriggerPx: moveTriggerPrice(main),
    last: notes.last,
    attachAlgoOrds: notes.attached.map(({ number: _, ...item }) => item),
    linkedOrd: { ordId: resting?.orderId ?? '' },
    amendPxOnTriggerType: notes.amendPxOnTriggerType,
    tag: notes.tag,
    ccy: '',
    cTime: String(main.createdAt),
    uTime: String(algo.updatedAt),
    ...emptyOnSwaps,
  }
}

const emptyOnSwaps = {
  chaseType: '',
  chaseVal: '',
  maxChaseType: '',
  maxChaseVal: '',
  isTradeBorrowMode: '',
  pxLimit: '',
  pxSpread: '',
  pxVar: '',
  szLimit: '',
  timeInterval: '',
  quickMgnType: '',
  tgtCcy: '',
  tradeQuoteCcy: '',
} as const

function legFigures(
  { stopLoss, takeProfit }: Algo,
  restingPrice: string | undefined,
): Record<string, string> {
  return {
    tpTriggerPx: takeProfit?.triggerPrice ?? '',
    tpTriggerPxType: takeProfit?.triggerSource ?? '',
    tpOrdPx: takeProfit ? (takeProfit.price ?? '-1') : (restingPrice ?? ''),
    slTriggerPx: stopLoss?.triggerPrice ?? '',
    slTriggerPxType: stopLoss?.triggerSource ?? '',
    slOrdPx: stopLoss ? (stopLoss.price ?? '-1') : '',
  }
}

function triggerFigures({ main, notes }: Algo): Record<string, string> {
  const isTrigger = notes.ordType === 'trigger'
  return {
    triggerPx: isTrigger ? main.triggerPrice : '',
    triggerPxType: isTrigger ? main.triggerSource : '',
    ordPx: isTrigger ? (main.price ?? '-1') : '',
    advanceOrdType: notes.advanceOrdType,
  }
}

function outcome({ fired, order, state }: Algo): Record<string, string> {
  const hasFired = state === 'effective'
  const listing = order && listingOf(order.symbol)
  return {
    actualSide: hasFired && fired ? readNotes(fired.venueData).leg : '',
    actualSz: order && listing ? plain(contractsOf(listing, order.quantity)) : '0',
    actualPx: order?.price ?? '',
    triggerTime: fired?.triggeredAt === undefined ? '' : String(fired.triggeredAt),
    failCode: state === 'order_failed' ? failCodeOf(fired) : '',
  }
}

/** Why what was fired could not become an order. */
function failCodeOf(fired: EngineConditional | undefined): string {
  switch (fired?.endReason) {
    case 'insufficientMargin':
      return '51008'
    case 'reduceOnly':
    case 'positionClosed':
      return '51169'
    default:
      return '51103'
  }
}

/** The take-profit of the order book that belongs to an `oco`. */
function restingProfit(
  engine: Engine,
  { main, notes }: Algo,
): { orderId: string; price: string | undefined } | undefined {
  if (notes.link === '') return undefined
  const profits = engine.orders(main.accountId).filter(({ venueData }) => {
    const own = readNotes(venueData)
    return own.isTpLimit && own.link === notes.link
  })
  return profits.length === 1 ? profits[0] && priced(profits[0]) : undefined
}

function priced(order: { orderId: string; price?: string }): {
  orderId: string
  price: string | undefined
} {
  return { orderId: order.orderId, price: order.price }
}
