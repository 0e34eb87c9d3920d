import type { Json } from '../../test/wire/evidence.ts'
import { list } from './samples.ts'

// Contracts and market after the samples of docs/wire/okx.md 3.

type Members = { readonly [key: string]: Json }

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

export const btcUsdt: Json = linear('BTC', 'USDT', '0.01')

export const instruments: Json = list([
  btcUsdt,
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

/** 3.2. */
export const trades: readonly Json[] = [
  {
    instId: 'BTC-USDT-SWAP',
    side: 'sell',
    sz: '0.5',
    px: '60000',
    tradeId: '1518905529',
    source: '0',
    ts: '1763798399900',
  },
  {
    instId: 'BTC-USDT-SWAP',
    side: 'buy',
    sz: '1.2',
    px: '60000.2',
    tradeId: '1518905528',
    source: '0',
    ts: '1763798399800',
  },
]

/** 3.4. */
export const fundingNow: Json = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  method: 'current_period',
  formulaType: 'withRate',
  fundingRate: '0.0000512',
  nextFundingRate: '',
  fundingTime: '1763827200000',
  nextFundingTime: '1763856000000',
  minFundingRate: '-0.00375',
  maxFundingRate: '0.00375',
  interestRate: '0.0001',
  impactValue: '20000',
  premium: '0.00004',
  settState: 'settled',
  settFundingRate: '0.0000488',
  ts: '1763798400000',
}

/** The last estimate is not what was charged. */
export function fundingThen(fundingTime: number, index: number): Json {
  return {
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    fundingRate: `0.0000${51 + index}`,
    realizedRate: `0.0000${11 + index}`,
    fundingTime: String(fundingTime),
    method: 'current_period',
    formulaType: 'withRate',
  }
}

/** Contracts, base asset, dollars. */
export const openInterest: Json = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  oi: '2216113.01',
  oiCcy: '22161.1301',
  oiUsd: '1329667800.5',
  ts: '1763798400007',
}
