import type { Shape } from '../../test/wire/evidence.ts'

// Rows of answers that several endpoints share: docs/wire/okx.md 4 and 6. Numbers are strings, what
// does not apply is empty.

type Keys = { readonly [key: string]: Shape }

const swap: Shape = ['one of', 'SWAP']
const btcSwap: Shape = ['one of', 'BTC-USDT-SWAP']
const flag: Shape = ['one of', 'true', 'false']
const source: Shape = ['one of', '', 'last', 'mark', 'index']
/** 4.6. */
export const id: Shape = /^\d{19}$/
const idOrEmpty: Shape = /^(\d{19})?$/
/** Gateway received and answered. */
const timed: Keys = { inTime: /^\d{16}$/, outTime: /^\d{16}$/ }

export const zero: Shape = /^0(\.0+)?$/
export const one: Shape = /^1(\.0+)?$/

/** Exactly this text. */
export function says(text: string): Shape {
  return ['one of', text]
}

/** A price or a size, however many zeros follow. */
export function amount(digits: string): Shape {
  return new RegExp(`^${digits.replace('.', '\\.')}${digits.includes('.') ? '0*' : '(\\.0+)?'}$`)
}

/** Section 3: the envelope of a success; a single object stands in the list, too. */
export function success(...rows: readonly Shape[]): Shape {
  return { code: says('0'), msg: 'empty', data: ['rows', ...rows] }
}

/** 4.2 and 4.3: answers of the order book tell how long they took. */
export function acted(...rows: readonly Shape[]): Shape {
  return { code: says('0'), msg: 'text or empty', data: ['rows', ...rows], ...timed }
}

/** Section 6: a request refused as a whole. */
export function refusal(code: string, msg: Shape = 'text'): Shape {
  return { code: says(code), msg, data: ['rows'] }
}

/** Section 2: a refusal of the gateway carries no `data`. */
export function gatewayRefusal(code: string, msg: Shape = 'text'): Shape {
  return { code: says(code), msg }
}

/** 4.2: the answer to a new order is a receipt. */
export const receipt = {
  ordId: id,
  clOrdId: 'text or empty',
  tag: 'empty',
  ts: 'ms text',
  sCode: ['one of', '0'],
  sMsg: 'text or empty',
  subCode: 'empty',
} as const satisfies Shape

/** 4.3. */
export const cancelReceipt = {
  ordId: id,
  clOrdId: 'text or empty',
  ts: 'ms text',
  sCode: ['one of', '0'],
  sMsg: 'text or empty',
} as const satisfies Shape

/** 4.4: conditional orders. */
export const algoReceipt = {
  algoId: id,
  algoClOrdId: 'text or empty',
  clOrdId: 'empty',
  tag: 'empty',
  sCode: ['one of', '0'],
  sMsg: 'text or empty',
} as const satisfies Shape

export function refusedOrder(sCode: string, sMsg: Shape = 'text', more: Keys = {}): Shape {
  return {
    ...receipt,
    ordId: 'empty',
    sCode: says(sCode),
    sMsg,
    subCode: 'text or empty',
    ...more,
  }
}

/** 4.3: an order that has live fills describes its last. */
export const order = {
  instType: swap,
  instId: btcSwap,
  ordId: id,
  clOrdId: 'text or empty',
  tag: 'empty',
  px: 'decimal or empty',
  sz: 'decimal',
  ordType: ['one of', 'market', 'limit', 'post_only', 'fok', 'ioc', 'optimal_limit_ioc'],
  side: ['one of', 'buy', 'sell'],
  posSide: ['one of', 'net'],
  tdMode: ['one of', 'cross'],
  state: ['one of', 'live', 'partially_filled', 'filled', 'canceled'],
  accFillSz: 'decimal',
  fillPx: 'decimal or empty',
  fillSz: 'decimal',
  fillTime: 'ms text or empty',
  tradeId: /^\d*$/,
  avgPx: 'decimal or empty',
  lever: 'decimal',
  fee: 'decimal',
  feeCcy: ['one of', 'USDT'],
  rebate: ['one of', '0'],
  rebateCcy: ['one of', 'USDT'],
  pnl: 'decimal',
  source: ['one of', '', '6', '7', '13', '25'],
  category: ['one of', 'normal'],
  reduceOnly: flag,
  cancelSource: /^\d*$/,
  cancelSourceReason: 'text or empty',
  stpId: 'empty',
  stpMode: ['one of', 'cancel_maker'],
  attachAlgoClOrdId: 'text or empty',
  attachAlgoOrds: ['rows'],
  algoClOrdId: 'text or empty',
  algoId: idOrEmpty,
  linkedAlgoOrd: { algoId: idOrEmpty },
  isTpLimit: flag,
  tpTriggerPx: 'decimal or empty',
  tpOrdPx: 'decimal or empty',
  slTriggerPx: 'decimal or empty',
  slOrdPx: 'decimal or empty',
  tpTriggerPxType: source,
  slTriggerPxType: source,
  ccy: ['one of', '', 'USDT'],
  tgtCcy: 'empty',
  pxType: 'empty',
  pxUsd: 'empty',
  pxVol: 'empty',
  quickMgnType: 'empty',
  tradeQuoteCcy: 'empty',
  cTime: 'ms text',
  uTime: 'ms text',
} as const satisfies Shape

/** 4.3: what an order reads that was not filled. */
export const unfilled = {
  accFillSz: ['one of', '0'],
  fillPx: 'empty',
  fillSz: ['one of', '0'],
  fillTime: 'empty',
  tradeId: 'empty',
  avgPx: 'empty',
  fee: ['one of', '0'],
} as const satisfies Shape

/** One contract at about 60000 as taker. */
export const filled = {
  state: ['one of', 'filled'],
  accFillSz: one,
  fillPx: /^[56]\d{4}/,
  fillSz: 'decimal',
  fillTime: 'ms text',
  tradeId: 'digits',
  avgPx: /^[56]\d{4}/,
  fee: /^-0\.(28|29|3)\d*$/,
} as const satisfies Shape

/** 4.3: one fill. */
export const fill = {
  instType: swap,
  instId: btcSwap,
  tradeId: 'digits',
  ordId: id,
  clOrdId: 'text or empty',
  billId: id,
  subType: ['one of', '1', '2', '3', '4', '5', '6'],
  tag: 'empty',
  fillPx: 'decimal',
  fillSz: 'decimal',
  fillPnl: 'decimal',
  fillIdxPx: 'decimal or empty',
  fillMarkPx: 'decimal',
  side: ['one of', 'buy', 'sell'],
  posSide: ['one of', 'net'],
  execType: ['one of', 'T', 'M'],
  fee: 'decimal',
  feeCcy: ['one of', 'USDT'],
  feeRate: ['optional', 'empty'],
  fillTime: 'ms text',
  ts: 'ms text',
  fillPxVol: 'empty',
  fillPxUsd: 'empty',
  fillMarkVol: 'empty',
  fillFwdPx: 'empty',
  tradeQuoteCcy: 'empty',
} as const satisfies Shape

/** 4.4. */
export const algo = {
  instType: swap,
  instId: btcSwap,
  algoId: id,
  algoClOrdId: 'text or empty',
  clOrdId: 'empty',
  ordId: idOrEmpty,
  ordIdList: ['array of', id],
  ordType: ['one of', 'conditional', 'oco', 'trigger', 'move_order_stop'],
  state: ['one of', 'live', 'effective', 'canceled', 'order_failed'],
  side: ['one of', 'buy', 'sell'],
  posSide: ['one of', 'net'],
  tdMode: ['one of', 'cross'],
  sz: 'decimal or empty',
  closeFraction: 'decimal or empty',
  lever: 'decimal',
  reduceOnly: flag,
  tpTriggerPx: 'decimal or empty',
  tpTriggerPxType: source,
  tpOrdPx: 'decimal or empty',
  slTriggerPx: 'decimal or empty',
  slTriggerPxType: source,
  slOrdPx: 'decimal or empty',
  triggerPx: 'decimal or empty',
  triggerPxType: source,
  ordPx: 'decimal or empty',
  advanceOrdType: ['one of', '', 'fok', 'ioc'],
  actualSide: ['one of', '', 'tp', 'sl'],
  actualSz: 'decimal',
  actualPx: 'decimal or empty',
  triggerTime: 'ms text or empty',
  failCode: 'text or empty',
  callbackRatio: 'decimal or empty',
  callbackSpread: 'decimal or empty',
  activePx: 'decimal or empty',
  moveTriggerPx: 'decimal or empty',
  last: 'decimal or empty',
  attachAlgoOrds: ['rows'],
  linkedOrd: { ordId: idOrEmpty },
  amendPxOnTriggerType: ['one of', '0'],
  tag: 'empty',
  ccy: ['one of', '', 'USDT'],
  chaseType: 'empty',
  chaseVal: 'empty',
  maxChaseType: 'empty',
  maxChaseVal: 'empty',
  isTradeBorrowMode: 'empty',
  pxLimit: 'empty',
  pxSpread: 'empty',
  pxVar: 'empty',
  szLimit: 'empty',
  timeInterval: 'empty',
  quickMgnType: 'empty',
  tgtCcy: 'empty',
  tradeQuoteCcy: 'empty',
  cTime: 'ms text',
  uTime: 'ms text',
} as const satisfies Shape

/** 4.4: what a conditional order reads that waits. */
export const waiting = {
  state: ['one of', 'live'],
  ordId: 'empty',
  ordIdList: ['rows'],
  actualSide: 'empty',
  actualSz: ['one of', '0'],
} as const satisfies Shape
