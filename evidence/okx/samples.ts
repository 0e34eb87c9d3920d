import type { Json } from '../../test/wire/evidence.ts'

// Answers in the exchange's own words, after the samples of docs/wire/okx.md.

type Members = { readonly [key: string]: Json }

/** Section 3: the envelope; a single object stands in the list, too. */
export function list(rows: readonly Json[]): Json {
  return { code: '0', msg: '', data: rows }
}

/** Section 6: a request that is refused as a whole. */
function refusal(code: string, msg: string): Json {
  return { code, msg, data: [] }
}

/** Section 6: the envelope says 1, the row says why; HTTP 200. */
export function refusedRow(msg: string, row: Members): Json {
  return { code: '1', msg, data: [row], inTime: '1763798400120339', outTime: '1763798400123240' }
}

/** Calls of the order book tell how long they took, those of conditional orders do not. */
function timed(rows: readonly Json[]): Json {
  return {
    code: '0',
    msg: '',
    data: rows,
    inTime: '1763798400120339',
    outTime: '1763798400123240',
  }
}

/** Ids have 18 or 19 digits: more than a JSON number holds. */
export const ORDER_ID = '2497956918703120384'
export const ALGO_ID = '3654836939422998529'
export const CHILD_ID = '2497956918703120999'

/** 4.6. */
export const noSuchOrder: Json = refusal('51603', 'Order does not exist')

/** 4.2: accepted, no more. */
export function placed(ordId: string, clOrdId: string): Json {
  const row = { ordId, clOrdId, tag: '', ts: '1763798400123', sCode: '0', sMsg: 'Order placed' }
  return timed([{ ...row, subCode: '' }])
}

/** 4.3. */
export function cancelled(...ordIds: readonly string[]): Json {
  const row = { clOrdId: '', ts: '1763798400100', sCode: '0', sMsg: '' }
  return timed(ordIds.map((ordId) => ({ ordId, ...row })))
}

/** 4.4: the answers to placing and cancelling conditional orders. */
export function algoReceipt(...algoIds: readonly string[]): Json {
  const row = { algoClOrdId: '', clOrdId: '', tag: '', sCode: '0', sMsg: '' }
  return list(algoIds.map((algoId) => ({ algoId, ...row })))
}

/** 4.3: an order of one contract that rests. Of a swap in BTC a contract is 0.01 BTC. */
export function order(members: Members): Json {
  return {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    ordId: ORDER_ID,
    clOrdId: 'lab0000000000001',
    tag: '',
    px: '59500.1',
    sz: '1',
    ordType: 'limit',
    side: 'buy',
    posSide: 'net',
    tdMode: 'cross',
    state: 'live',
    accFillSz: '0',
    fillPx: '',
    fillSz: '0',
    fillTime: '',
    tradeId: '',
    avgPx: '',
    lever: '5',
    fee: '0',
    feeCcy: 'USDT',
    rebate: '0',
    rebateCcy: 'USDT',
    pnl: '0',
    source: '',
    category: 'normal',
    reduceOnly: 'false',
    cancelSource: '',
    cancelSourceReason: '',
    stpId: '',
    stpMode: 'cancel_maker',
    attachAlgoClOrdId: '',
    attachAlgoOrds: [],
    algoClOrdId: '',
    algoId: '',
    linkedAlgoOrd: { algoId: '' },
    isTpLimit: 'false',
    tpTriggerPx: '',
    tpOrdPx: '',
    slTriggerPx: '',
    slOrdPx: '',
    tpTriggerPxType: '',
    slTriggerPxType: '',
    ccy: 'USDT',
    tgtCcy: '',
    pxType: '',
    pxUsd: '',
    pxVol: '',
    quickMgnType: '',
    tradeQuoteCcy: '',
    cTime: '1763798400100',
    uTime: '1763798400200',
    ...members,
  }
}

/** A market order of one contract, filled at 60000.1. */
export function filledOrder(members: Members): Json {
  return order({
    ordType: 'market',
    px: '',
    state: 'filled',
    accFillSz: '1',
    fillPx: '60000.1',
    fillSz: '1',
    fillTime: '1763798400199',
    tradeId: '1518905529',
    avgPx: '60000.1',
    fee: '-0.30000050',
    ...members,
  })
}

/** 4.4: a stop-loss of one contract that waits. */
export function algo(members: Members): Json {
  return {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    algoId: ALGO_ID,
    algoClOrdId: 'wire15',
    clOrdId: '',
    ordId: '',
    ordIdList: [],
    ordType: 'conditional',
    state: 'live',
    side: 'sell',
    posSide: 'net',
    tdMode: 'cross',
    sz: '1',
    closeFraction: '',
    lever: '10',
    reduceOnly: 'true',
    tpTriggerPx: '',
    tpTriggerPxType: '',
    tpOrdPx: '',
    slTriggerPx: '58000',
    slTriggerPxType: 'mark',
    slOrdPx: '-1',
    triggerPx: '',
    triggerPxType: '',
    ordPx: '',
    advanceOrdType: '',
    actualSide: '',
    actualSz: '0',
    actualPx: '',
    triggerTime: '',
    failCode: '',
    callbackRatio: '',
    callbackSpread: '',
    activePx: '',
    moveTriggerPx: '',
    last: '60000.1',
    attachAlgoOrds: [],
    linkedOrd: { ordId: '' },
    amendPxOnTriggerType: '0',
    tag: '',
    ccy: '',
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
    cTime: '1763798400100',
    uTime: '1763798400200',
    ...members,
  }
}

const noStop: Members = { slTriggerPx: '', slTriggerPxType: '', slOrdPx: '' }

export function takeProfitAlgo(members: Members): Json {
  return algo({ ...noStop, tpOrdPx: '-1', ...members })
}

/** Placed as `orderPx`, read back as `ordPx`. */
export const triggerAlgo: Json = algo({
  ...noStop,
  algoId: '3654836939422998400',
  algoClOrdId: '',
  ordType: 'trigger',
  side: 'buy',
  reduceOnly: 'false',
  triggerPx: '62000',
  triggerPxType: 'last',
  ordPx: '-1',
})

export function trailingAlgo(members: Members): Json {
  return algo({
    ...noStop,
    algoId: '3654836939422998300',
    algoClOrdId: '',
    ordType: 'move_order_stop',
    callbackRatio: '0.01',
    moveTriggerPx: '59400.1',
    ...members,
  })
}

/** 4.2: several orders, of which some were refused. */
export function placedSome(...rows: readonly Members[]): Json {
  return {
    code: '2',
    msg: '',
    data: rows.map((row) => ({ tag: '', ts: '1763798400123', subCode: '', ...row })),
    inTime: '1763798400120339',
    outTime: '1763798400123240',
  }
}

/** 4.3: an execution of one contract; a fee that was paid is negative. */
export function fill(members: Members): Json {
  return {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    tradeId: '1518905529',
    ordId: ORDER_ID,
    clOrdId: 'wire10',
    billId: '2497956918703120399',
    subType: '1',
    tag: '',
    fillPx: '60000.1',
    fillSz: '1',
    fillPnl: '0',
    fillIdxPx: '',
    fillMarkPx: '60001',
    side: 'buy',
    posSide: 'net',
    execType: 'T',
    fee: '-0.3000005',
    feeCcy: 'USDT',
    feeRate: '',
    fillTime: '1763798393000',
    ts: '1763798393002',
    fillPxVol: '',
    fillPxUsd: '',
    fillMarkVol: '',
    fillFwdPx: '',
    tradeQuoteCcy: '',
    ...members,
  }
}
