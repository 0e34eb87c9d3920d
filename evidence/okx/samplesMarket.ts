import type { Json } from '../../test/wire/evidence.ts'
import { list } from './samples.ts'

// Contracts, market and account after the samples of docs/wire/okx.md 3 and 4.1.

type Members = { readonly [key: string]: Json }

/** 4.1: two contracts long at 60000; in net mode the sign of `pos` is the direction. */
export function position(members: Members): Json {
  return {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    posId: '2497956918703120300',
    mgnMode: 'cross',
    posSide: 'net',
    pos: '2',
    availPos: '',
    avgPx: '60000',
    markPx: '60100',
    last: '60100.1',
    idxPx: '60102',
    lever: '12.0',
    liqPx: '40321.5',
    upl: '2',
    uplRatio: '0.02',
    uplLastPx: '2.002',
    imr: '100.1666666666666667',
    margin: '',
    mmr: '4.8',
    mgnRatio: '48.1',
    notionalUsd: '1202.1',
    adl: '1',
    ccy: 'USDT',
    tradeId: '1518905529',
    bePx: '60060.03',
    realizedPnl: '-0.6',
    pnl: '0',
    fee: '-0.6',
    fundingFee: '0',
    liqPenalty: '0',
    settledPnl: '',
    closeOrderAlgo: [],
    cTime: '1763790000000',
    uTime: '1763798400000',
    ...members,
  }
}

/** Asked for by name, what was closed is shown for 30 days. */
export const closedPosition: Json = position({
  posId: '2497956918703120200',
  mgnMode: 'isolated',
  pos: '0',
  avgPx: '',
  upl: '',
  uplRatio: '',
  imr: '',
  mmr: '',
  notionalUsd: '',
})

/** One row in net mode, and the leverage with eight places. */
export function leverage(lever: string): Json {
  return list([
    {
      ccy: '',
      instId: 'BTC-USDT-SWAP',
      mgnMode: 'cross',
      posSide: 'net',
      lever: `${lever}.00000000`,
    },
  ])
}

function assetBalance(members: Members): Json {
  return {
    isoEq: '0',
    isoUpl: '0',
    ordFrozen: '0',
    imr: '0',
    mmr: '0',
    mgnRatio: '',
    notionalLever: '0',
    disEq: '0',
    uTime: '1744498994783',
    collateralEnabled: false,
    ...members,
  }
}

/** Futures mode: the account's own totals stand empty. */
export const balance: Json = list([
  {
    totalEq: '10320.99',
    isoEq: '0',
    adjEq: '',
    availEq: '',
    imr: '',
    mmr: '',
    mgnRatio: '',
    upl: '',
    ordFroz: '',
    notionalUsd: '',
    uTime: '1744499648556',
    details: [
      assetBalance({
        ccy: 'USDC',
        eq: '200',
        cashBal: '200',
        availEq: '200',
        availBal: '200',
        frozenBal: '0',
        upl: '0',
        eqUsd: '199.98',
      }),
      assetBalance({
        ccy: 'USDT',
        eq: '10120.55',
        cashBal: '10100',
        availEq: '9907.12',
        availBal: '9907.12',
        frozenBal: '213.43',
        upl: '20.55',
        eqUsd: '10121.01',
      }),
    ],
  },
])

/** 3.1; sizes in contracts. */
function instrument(members: Members): Json {
  return {
    instType: 'SWAP',
    ctMult: '1',
    ctType: 'linear',
    baseCcy: '',
    quoteCcy: '',
    tickSz: '0.1',
    lotSz: '0.01',
    minSz: '0.01',
    maxLmtSz: '100000000',
    maxMktSz: '12000',
    maxLmtAmt: '20000000',
    maxMktAmt: '',
    maxStopSz: '12000',
    maxTriggerSz: '100000000.0000000000000000',
    maxTwapSz: '100000000.0000000000000000',
    maxIcebergSz: '100000000.0000000000000000',
    lever: '100',
    listTime: '1573557408000',
    expTime: '',
    state: 'live',
    ruleType: 'normal',
    groupId: '4',
    instIdCode: 10459,
    instCategory: '1',
    futureSettlement: false,
    tradeQuoteCcyList: [],
    initPxLmtPct: '0.05',
    floatPxLmtPct: '0.03',
    maxPxLmtPct: '0.15',
    upcChg: [],
    category: '1',
    alias: '',
    optType: '',
    stk: '',
    openType: '',
    auctionEndTime: '',
    contTdSwTime: '',
    preMktSwTime: '',
    ...members,
  }
}

/** `BTC-USDT` and so on: the pair names the underlying and the family. */
function linear(base: string, quote: string, ctVal: string, members: Members = {}): Json {
  const pair = `${base}-${quote}`
  return instrument({
    instId: `${pair}-SWAP`,
    uly: pair,
    instFamily: pair,
    settleCcy: quote,
    ctVal,
    ctValCcy: base,
    ...members,
  })
}

export const instruments: Json = list([
  linear('BTC', 'USDT', '0.01'),
  linear('BTC', 'USDC', '0.0001'),
  linear('PEPE', 'USDT', '10000000', { lotSz: '0.1', minSz: '0.1', tickSz: '0.000000001' }),
  linear('SUI', 'USDT', '1', { lotSz: '1', minSz: '1', tickSz: '0.0001', state: 'suspend' }),
  // Coin-margined: out of scope.
  linear('BTC', 'USD', '100', { ctType: 'inverse', settleCcy: 'BTC', ctValCcy: 'USD' }),
  // Linear, but settled in what the account chose.
  linear('BTC', 'USD', '0.01', {
    instId: 'BTC-USD_UM-SWAP',
    instFamily: 'BTC-USD_UM',
    settleCcy: 'USDⓈ',
  }),
  // Not open yet: a name and empty texts.
  {
    instType: 'SWAP',
    instId: 'NEW-USDT-SWAP',
    uly: '',
    settleCcy: '',
    ctVal: '',
    ctType: '',
    tickSz: '',
    lotSz: '',
    minSz: '',
    listTime: '1763884800000',
    state: 'preopen',
  },
])

/** 3.2; `vol24h` in contracts, `volCcy24h` in the base asset. */
export const ticker: Json = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  last: '60000.1',
  lastSz: '1.2',
  askPx: '60000.2',
  askSz: '310.5',
  bidPx: '60000',
  bidSz: '12.01',
  open24h: '59100',
  high24h: '60900',
  low24h: '58700',
  volCcy24h: '81234.5',
  vol24h: '8123450.12',
  sodUtc0: '59500',
  sodUtc8: '59700',
  ts: '1763798400005',
}

/** 3.4. */
export const markPrice: Json = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  markPx: '60001.2',
  ts: '1763798400003',
}

export const indexTicker: Json = {
  instId: 'BTC-USDT',
  idxPx: '60002.1',
  open24h: '59100',
  high24h: '60910',
  low24h: '58690',
  sodUtc0: '59500',
  sodUtc8: '59700',
  ts: '1763798400004',
}

/** 3.2; level: price, contracts, a constant, number of orders. */
export const book: Json = {
  asks: [
    ['60000.2', '310.5', '0', '14'],
    ['60000.3', '1', '0', '1'],
  ],
  bids: [
    ['60000', '12.01', '0', '3'],
    ['59999.9', '0.5', '0', '1'],
  ],
  ts: '1763798400010',
  seqId: 3235851742,
}

/** 3.3: newest first; volume in contracts, base and quote. */
export function candles(starts: readonly number[]): Json {
  const rows = starts.map((start) => [
    String(start),
    '60480',
    '60490',
    '60470',
    '60475',
    '1230',
    '12.3',
    '743842.5',
    '1',
  ])
  return list(rows.reverse())
}
