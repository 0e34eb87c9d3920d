import type { Shape } from '../../test/wire/evidence.ts'
import { says } from './shapes.ts'

// docs/wire/okx.md 3.1 and 3.2.

const swap = says('SWAP')
const btcSwap = says('BTC-USDT-SWAP')

/** 3.1. Contracts are counted in coins, orders in contracts. */
export const instrument = {
  instType: swap,
  instId: 'text',
  uly: 'text',
  instFamily: 'text',
  settleCcy: 'text',
  ctVal: 'decimal',
  ctMult: 'decimal',
  ctValCcy: 'text',
  ctType: ['one of', 'linear'],
  baseCcy: 'empty',
  quoteCcy: 'empty',
  tickSz: 'decimal',
  lotSz: 'decimal',
  minSz: 'decimal',
  maxLmtSz: 'decimal',
  maxMktSz: 'decimal',
  maxLmtAmt: 'decimal or empty',
  maxMktAmt: 'decimal or empty',
  maxStopSz: 'decimal',
  maxTriggerSz: 'decimal',
  maxTwapSz: 'decimal',
  maxIcebergSz: 'decimal',
  lever: 'decimal',
  listTime: 'ms text',
  expTime: 'empty',
  state: ['one of', 'live'],
  ruleType: ['one of', 'normal'],
  groupId: 'digits',
  instIdCode: 'integer',
  instCategory: ['one of', '1'],
  futureSettlement: 'boolean',
  tradeQuoteCcyList: ['rows'],
  initPxLmtPct: 'decimal',
  floatPxLmtPct: 'decimal',
  maxPxLmtPct: 'decimal',
  upcChg: ['rows'],
  category: 'digits',
  alias: 'empty',
  optType: 'empty',
  stk: 'empty',
  openType: 'empty',
  auctionEndTime: 'empty',
  contTdSwTime: 'empty',
  preMktSwTime: 'empty',
} as const satisfies Shape

/** 1.3: the values the sheet fixes. */
export const btcInstrument = {
  ...instrument,
  instId: btcSwap,
  uly: says('BTC-USDT'),
  instFamily: says('BTC-USDT'),
  settleCcy: says('USDT'),
  ctVal: says('0.01'),
  ctMult: says('1'),
  ctValCcy: says('BTC'),
  tickSz: says('0.1'),
  lotSz: says('0.01'),
  minSz: says('0.01'),
} as const satisfies Shape

export const ticker = {
  instType: swap,
  instId: btcSwap,
  last: 'decimal',
  lastSz: 'decimal',
  askPx: 'decimal',
  askSz: 'decimal',
  bidPx: 'decimal',
  bidSz: 'decimal',
  open24h: 'decimal',
  high24h: 'decimal',
  low24h: 'decimal',
  volCcy24h: 'decimal',
  vol24h: 'decimal',
  sodUtc0: 'decimal',
  sodUtc8: 'decimal',
  ts: 'ms text',
} as const satisfies Shape
