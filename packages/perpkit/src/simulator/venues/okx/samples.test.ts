import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { isRecord, type Reader } from '../../../core/reader.ts'
import { BTC, type Desk, limit, openDesk, order, placeAlgo, row, stop } from './desk.fixture.ts'

// Keys and JSON types of answers against the samples of docs/wire/okx.md.

const sheet = readFileSync(new URL('../../../../../../docs/wire/okx.md', import.meta.url), 'utf8')

let desk: Desk
let ids: { ordId: string; algoId: string }

// A position with a history behind it, and orders of every kind.
beforeAll(async () => {
  desk = openDesk()
  await desk.post('trade/order', order({ sz: '3' }))
  await desk.post('trade/order', order({ side: 'sell', sz: '3', reduceOnly: true }))
  const entry = await desk.post('trade/order', order({ sz: '2', clOrdId: 'entry' }))
  await desk.post('trade/order', limit('59500', { clOrdId: 'rest' }))
  const algoId = await placeAlgo(desk, stop({ algoClOrdId: 'sl1' }))
  ids = { ordId: entry.at('data').at(0).at('ordId').string(), algoId }
})

describe('the whole sample', () => {
  test.each([
    ['a server time', '{"ts":"1795334400123"}', 'public/time', {}],
    [
      'a ticker',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","last"',
      'market/ticker',
      { instId: BTC },
    ],
    ['a book', '{"asks":[["85000.1","310.5","0","14"]]', 'market/books', { instId: BTC }],
    [
      'a trade',
      '{"instId":"BTC-USDT-SWAP","side":"sell"',
      'market/trades',
      { instId: BTC, limit: 1 },
    ],
    [
      'a mark price',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","markPx":"85001.2"',
      'public/mark-price',
      { instType: 'SWAP', instId: BTC },
    ],
    [
      'an index price',
      '{"instId":"BTC-USDT","idxPx"',
      'market/index-tickers',
      { instId: 'BTC-USDT' },
    ],
    [
      'a price limit',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","buyLmt"',
      'public/price-limit',
      { instId: BTC },
    ],
    [
      'a funding rate',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","method"',
      'public/funding-rate',
      { instId: BTC },
    ],
    [
      'a past funding rate',
      '{"instType":"SWAP","instId":"...","fundingRate"',
      'public/funding-rate-history',
      { instId: BTC, limit: 1 },
    ],
    [
      'an open interest',
      '{"instType":"SWAP","instId":"...","oi"',
      'public/open-interest',
      { instType: 'SWAP', instId: BTC },
    ],
    [
      'a fill',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","tradeId"',
      'trade/fills',
      { instId: BTC, limit: 1 },
    ],
    [
      'an order',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","ordId":"2497956918703120384","clOrdId":"lab0000000000001","tag":"","px":"85000.5"',
      'trade/order',
      { instId: BTC, clOrdId: 'entry' },
    ],
    [
      'an instrument',
      '{"instType":"SWAP","instId":"BTC-USDT-SWAP","uly"',
      'public/instruments',
      { instType: 'SWAP', instId: BTC },
    ],
  ])('default: %s', async (_, beginning, path, query) => {
    const shown = row(await desk.get(path, query))
    expect(shape(shown)).toEqual(shape(sample(beginning)))
  })
})

describe('the sample as far as it goes', () => {
  test.each([
    ['a config', '{"uid":"4470...', 'account/config', {}],
    ['a balance', '{"totalEq":"99.88"', 'account/balance', {}],
    ['a position', '{"instType":"SWAP","instId":"BTC-USDT-SWAP","posId"', 'account/positions', {}],
    ['a fee', '{"level":"Lv1","feeGroup"', 'account/trade-fee', { instType: 'SWAP' }],
    [
      'a tier',
      '{"instFamily":"BTC-USDT","tier":"1"',
      'public/position-tiers',
      { instType: 'SWAP', tdMode: 'cross', instFamily: 'BTC-USDT' },
    ],
  ])('default: %s', async (_, beginning, path, query) => {
    const shown = row(await desk.get(path, query))
    expect(shape(shown)).toMatchObject(Object(shape(sample(beginning))))
  })

  test('default: an algo', async () => {
    const shown = row(await desk.get('trade/order-algo', { algoId: ids.algoId }))
    const { ordIdList: _, ...known } = Object(
      shape(sample('{"instType":"SWAP","instId":"BTC-USDT-SWAP","algoId"')),
    )
    expect(shape(shown)).toMatchObject(known)
    expect(shown.ordIdList).toEqual([])
  })
})

describe('keys beyond the samples', () => {
  // docs/wire/okx.md 4.1 and 4.4: "further keys".
  test.each<[name: string, path: string, query: Record<string, string>, keys: string]>([
    [
      'a config',
      'account/config',
      {},
      `uid mainUid acctLv posMode perm ctIsoMode level kycLv ip label acctStpMode autoLoan feeType
      settleCcy settleCcyList type greeksType levelTmp liquidationGear mgnIsoMode opAuth roleType
      spotRoleType stgyType spotOffsetType traderInsts spotTraderInsts enableSpotBorrow
      spotBorrowAutoRepay`,
    ],
    [
      'a balance',
      'account/balance',
      {},
      `totalEq isoEq adjEq availEq imr mmr mgnRatio upl ordFroz notionalUsd uTime details borrowFroz
      notionalUsdForBorrow notionalUsdForFutures notionalUsdForOption notionalUsdForSwap delta
      deltaLever deltaNeutralStatus`,
    ],
    [
      'a position',
      'account/positions',
      {},
      `instType instId posId mgnMode posSide pos availPos avgPx markPx last idxPx lever liqPx upl
      uplRatio uplLastPx imr margin mmr mgnRatio notionalUsd adl ccy tradeId bePx realizedPnl pnl
      fee fundingFee liqPenalty settledPnl closeOrderAlgo cTime uTime baseBal quoteBal baseBorrowed
      baseInterest quoteBorrowed quoteInterest posCcy liab liabCcy interest optVal
      pendingCloseOrdLiabVal hedgedPos nonSettleAvgPx spotInUseAmt spotInUseCcy clSpotInUseAmt
      maxSpotInUseAmt bizRefId bizRefType deltaBS deltaPA gammaBS gammaPA thetaBS thetaPA vegaBS
      vegaPA uplRatioLastPx usdPx`,
    ],
    [
      'a closed position',
      'account/positions-history',
      {},
      `posId instId direction posSide mgnMode lever openAvgPx closeAvgPx openMaxPos closeTotalPos pnl
      pnlRatio realizedPnl fee fundingFee liqPenalty settledPnl nonSettleAvgPx triggerPx ccy uly
      instType type cTime uTime`,
    ],
    [
      'a fee',
      'account/trade-fee',
      { instType: 'SWAP' },
      `level feeGroup instType maker taker makerU takerU ruleType ts category delivery exercise
      makerUSDC takerUSDC fiat`,
    ],
    [
      'a bill',
      'account/bills',
      { limit: '1' },
      `billId type subType ccy balChg bal posBalChg posBal sz px pnl fee interest instId instType
      mgnMode ordId clOrdId tradeId tag execType fillTime ts from to notes`,
    ],
    ['a size', 'account/max-size', { instId: BTC, tdMode: 'cross' }, 'instId ccy maxBuy maxSell'],
    [
      'an available size',
      'account/max-avail-size',
      { instId: BTC, tdMode: 'cross' },
      'instId availBuy availSell',
    ],
    [
      'a tier',
      'public/position-tiers',
      { instType: 'SWAP', tdMode: 'cross', instFamily: 'BTC-USDT' },
      `instFamily tier minSz maxSz mmr imr maxLever baseMaxLoan instId optMgnFactor quoteMaxLoan uly`,
    ],
    [
      'an algo',
      'trade/orders-algo-pending',
      { ordType: 'conditional' },
      `instType instId algoId algoClOrdId clOrdId ordId ordIdList ordType state side posSide tdMode sz
      closeFraction lever reduceOnly tpTriggerPx tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType
      slOrdPx triggerPx triggerPxType ordPx advanceOrdType actualSide actualSz actualPx triggerTime
      failCode callbackRatio callbackSpread activePx moveTriggerPx last attachAlgoOrds linkedOrd
      amendPxOnTriggerType tag ccy cTime uTime chaseType chaseVal maxChaseType maxChaseVal
      isTradeBorrowMode pxLimit pxSpread pxVar szLimit timeInterval quickMgnType tgtCcy
      tradeQuoteCcy`,
    ],
  ])('default: %s', async (_, path, query, keys) => {
    const shown = row(await desk.get(path, query))
    expect(Object.keys(shown).sort()).toEqual(keys.split(/\s+/).sort())
  })

  test('default: the coins of a balance', async () => {
    const [coin] = Object(row(await desk.get('account/balance'))).details
    const keys = `ccy eq cashBal availEq availBal frozenBal ordFrozen upl isoEq isoUpl imr mmr mgnRatio
      notionalLever disEq eqUsd uTime collateralEnabled crossLiab fixedBal interest isoLiab liab
      maxLoan rewardBal spotInUseAmt stgyEq twap uplLiab borrowFroz spotIsoBal smtSyncEq colRes
      frpType accAvgPx clSpotInUseAmt maxSpotInUseAmt openAvgPx spotBal spotCopyTradingEq spotUpl
      spotUplRatio totalPnl totalPnlRatio colBorrAutoConversion collateralRestrict`
    expect(Object.keys(coin).sort()).toEqual(keys.split(/\s+/).sort())
  })

  test('default: what is attached to an order', async () => {
    const attachAlgoOrds = [{ slTriggerPx: '50000', slOrdPx: '-1' }]
    const answer = await desk.post('trade/order', limit('58300', { attachAlgoOrds }))
    const { ordId } = row(answer)
    const shown = row(await desk.get('trade/order', { instId: BTC, ordId: String(ordId) }))
    const [item] = Object(shown).attachAlgoOrds
    const keys = `attachAlgoId attachAlgoClOrdId tpTriggerPx tpTriggerPxType tpOrdPx tpOrdKind
      slTriggerPx slTriggerPxType slOrdPx sz amendPxOnTriggerType callbackRatio callbackSpread
      activePx failCode failReason`
    expect(Object.keys(item).sort()).toEqual(keys.split(/\s+/).sort())
    expect(item.attachAlgoId).toMatch(/^\d{19}$/)
  })
})

describe('answers of writing calls', () => {
  test('default: an order', async () => {
    const answer = await desk.post('trade/order', limit('59000', { clOrdId: 'a1' }))
    const { data, ...envelope } = record(answer)
    expect(data).toEqual([
      {
        ordId: expect.stringMatching(/^\d{19}$/),
        clOrdId: 'a1',
        tag: '',
        ts: expect.stringMatching(/^\d{13}$/),
        sCode: '0',
        sMsg: 'Order placed',
        subCode: '',
      },
    ])
    expect(envelope).toEqual({
      code: '0',
      msg: '',
      inTime: expect.stringMatching(/^\d{16}$/),
      outTime: expect.stringMatching(/^\d{16}$/),
    })
  })

  test('error: an order that is refused', async () => {
    const answer = await desk.post('trade/order', limit('59000', { clOrdId: 'b1', sz: '1000000' }))
    expect(record(answer)).toMatchObject({
      code: '1',
      msg: 'All operations failed',
      data: [
        {
          ordId: '',
          clOrdId: 'b1',
          tag: '',
          ts: expect.stringMatching(/^\d{13}$/),
          sCode: '51008',
          sMsg: 'Order failed. Insufficient USDT margin in account',
          subCode: '1001',
        },
      ],
    })
  })

  test('default: an algo, its change and its end', async () => {
    const placed = await desk.post('trade/order-algo', stop({ algoClOrdId: 'c1', tag: 't' }))
    const algoId = placed.at('data').at(0).at('algoId').string()
    expect(record(placed)).toEqual({
      code: '0',
      msg: '',
      data: [
        {
          algoId: expect.stringMatching(/^\d{19}$/),
          algoClOrdId: 'c1',
          clOrdId: '',
          sCode: '0',
          sMsg: '',
          tag: 't',
        },
      ],
    })
    const change = { instId: BTC, algoId, newSlTriggerPx: '57000', newSlOrdPx: '-1' }
    expect(record(await desk.post('trade/amend-algos', change))).toEqual({
      code: '0',
      msg: '',
      data: [{ algoId, algoClOrdId: 'c1', reqId: '', sCode: '0', sMsg: '' }],
    })
    expect(record(await desk.post('trade/cancel-algos', [{ instId: BTC, algoId }]))).toEqual({
      code: '0',
      msg: '',
      data: [{ algoId, algoClOrdId: 'c1', clOrdId: '', tag: '', sCode: '0', sMsg: '' }],
    })
  })

  test('default: an amendment and a cancellation carry the time the order was made', async () => {
    const made = await desk.post('trade/order', limit('58500', { clOrdId: 'd1' }))
    const { ordId, ts } = row(made)
    await desk.advance(5_000)
    const change = { instId: BTC, ordId, newSz: '2', reqId: 'r1' }
    expect(row(await desk.post('trade/amend-order', change))).toEqual({
      ordId,
      clOrdId: 'd1',
      ts,
      reqId: 'r1',
      sCode: '0',
      sMsg: '',
      subCode: '',
    })
    expect(row(await desk.post('trade/cancel-order', { instId: BTC, ordId }))).toEqual({
      ordId,
      clOrdId: 'd1',
      ts,
      sCode: '0',
      sMsg: '',
    })
  })
})

/** A sample out of the sheet; what it leaves open is left out. */
function sample(beginning: string): unknown {
  const text = sheet.replaceAll('\n', ' ')
  const start = text.indexOf(beginning)
  if (start === -1) throw new Error(`the sheet has no ${beginning}`)
  let depth = 0
  let end = start
  for (; end < text.length; end++) {
    if (text[end] === '{' || text[end] === '[') depth++
    if (text[end] === '}' || text[end] === ']') depth--
    if (depth === 0) break
  }
  return JSON.parse(text.slice(start, end + 1).replaceAll(/,\.\.\.(?=[}\]])/g, ''))
}

/** The value with the name of its type in place of each plain value; lists by their first item. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])]
  if (!isRecord(value)) return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shape(item)]))
}

function record(answer: Reader): Record<string, unknown> {
  if (!isRecord(answer.value)) throw new Error('no object')
  return answer.value
}
