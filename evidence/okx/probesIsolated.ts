import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { amount, id, one, order, says, success, zero } from './shapes.ts'
import { balance, position } from './shapesAccount.ts'
import { ask, btc, fall, openLong, orderOf, place, post, swaps } from './words.ts'

// docs/wire/okx.md 4.1 and 4.6: isolated margin, the margin mode of each order, and the ledger.

export const isolatedLong: Words = post('trade/order', {
  ...btc,
  tdMode: 'isolated',
  side: 'buy',
  ordType: 'market',
  sz: '1',
  clOrdId: 'entry1',
})

const isolated = {
  ...position,
  mgnMode: ['one of', 'isolated'],
  margin: 'decimal',
  imr: 'empty',
  mgnRatio: 'decimal',
  pos: one,
} as const satisfies Shape

export function adjust(type: 'add' | 'reduce', amt: string): Words {
  return post('account/position/margin-balance', { ...btc, posSide: 'net', type, amt })
}

const adjusted = {
  instId: says('BTC-USDT-SWAP'),
  posSide: says('net'),
  ccy: says('USDT'),
  leverage: 'text or empty',
} as const satisfies Shape

/** The sample of 4.1 breaks off: what an entry of the ledger may say besides. */
const maybe: Shape = ['optional', 'text or empty']
const bill = {
  billId: id,
  type: 'digits',
  subType: 'digits',
  ccy: says('USDT'),
  balChg: 'decimal',
  bal: 'decimal',
  sz: 'decimal or empty',
  px: 'decimal or empty',
  pnl: 'decimal or empty',
  fee: 'decimal or empty',
  instId: 'text or empty',
  instType: 'text or empty',
  mgnMode: 'text or empty',
  ordId: 'text or empty',
  clOrdId: 'text or empty',
  tradeId: 'text or empty',
  execType: ['one of', '', 'T', 'M'],
  fillTime: 'ms text or empty',
  ts: 'ms text',
  from: maybe,
  to: maybe,
  notes: maybe,
  interest: maybe,
  tag: maybe,
  posBal: maybe,
  posBalChg: maybe,
  fillFwdPx: maybe,
  fillIdxPx: maybe,
  fillMarkPx: maybe,
  fillMarkVol: maybe,
  fillPxUsd: maybe,
  fillPxVol: maybe,
  earnAmt: maybe,
  earnApr: maybe,
  contractPx: maybe,
} as const satisfies Shape

/** Past the next settlement, whichever of the eight hours it is. */
const settled = { advanceMs: 8 * 3_600_000 + 60_000 } as const

export const isolatedProbes: readonly Probe[] = [
  {
    title: 'isolated: the order says so',
    before: [isolatedLong],
    send: orderOf('entry1'),
    answer: success({ ...order, tdMode: says('isolated'), state: says('filled') }),
  },
  {
    title: 'isolated: the position has a margin of its own',
    before: [isolatedLong],
    send: ask('account/positions', swaps),
    answer: success(isolated),
  },
  {
    title: 'isolated: a cross position of the same contract stands beside it',
    before: [isolatedLong, place({ side: 'buy', ordType: 'market', sz: '1' })],
    send: ask('account/positions', { ...swaps, ...btc }),
    answer: {
      code: says('0'),
      msg: 'empty',
      data: ['rows by', 'mgnMode', { cross: { ...position, pos: one }, isolated }],
    },
  },
  {
    title: 'isolated: positions newest first',
    before: [
      isolatedLong,
      { advanceMs: 1_000 },
      place({ side: 'buy', ordType: 'market', sz: '1' }),
    ],
    send: ask('account/positions', swaps),
    answer: success({ ...position, pos: one }, isolated),
  },
  {
    title: 'isolated: what the balance leaves out',
    before: [isolatedLong],
    send: ask('account/balance'),
    answer: success({
      ...balance,
      isoEq: 'decimal',
      details: ['rows', { ...balance.details[1], imr: zero, mmr: zero, isoEq: /^[1-9]\d*/ }],
    }),
  },
  {
    title: 'isolated: margin added',
    before: [isolatedLong],
    send: adjust('add', '10'),
    answer: success({ ...adjusted, type: says('add'), amt: amount('10') }),
  },
  {
    title: 'isolated: margin taken back',
    before: [isolatedLong, adjust('add', '10')],
    send: adjust('reduce', '5'),
    answer: success({ ...adjusted, type: says('reduce'), amt: amount('5') }),
  },
  {
    title: 'isolated: leverage set, with no side in net mode',
    send: post('account/set-leverage', { ...btc, lever: '7', mgnMode: 'isolated' }),
    answer: success({
      instId: says('BTC-USDT-SWAP'),
      lever: says('7'),
      mgnMode: says('isolated'),
      posSide: says('net'),
    }),
  },
  {
    title: 'isolated: what is pending in cross margin does not block its leverage',
    before: [place({ side: 'buy', ordType: 'limit', px: '59500', sz: '1' })],
    send: post('account/set-leverage', { ...btc, lever: '7', mgnMode: 'isolated' }),
    answer: success({
      instId: says('BTC-USDT-SWAP'),
      lever: says('7'),
      mgnMode: says('isolated'),
      posSide: says('net'),
    }),
  },
  {
    title: 'ledger: a fill',
    before: [openLong],
    send: ask('account/bills', { ...swaps, limit: '1' }),
    answer: success({
      ...bill,
      instId: says('BTC-USDT-SWAP'),
      instType: says('SWAP'),
      mgnMode: says('cross'),
      ordId: id,
      clOrdId: says('entry1'),
      tradeId: 'digits',
      fee: /^-0\.\d+$/,
    }),
  },
  {
    title: 'ledger: funding',
    before: [openLong, settled],
    send: ask('account/bills', { ...swaps, type: '8', limit: '1' }),
    answer: success({
      ...bill,
      type: says('8'),
      subType: ['one of', '173', '174'],
      instId: says('BTC-USDT-SWAP'),
      sz: one,
      px: 'decimal',
      ordId: 'empty',
      tradeId: 'empty',
    }),
  },
  {
    title: 'ledger: funding in the archive',
    before: [openLong, settled],
    send: ask('account/bills-archive', { ...swaps, type: '8', limit: '1' }),
    answer: success({ ...bill, type: says('8'), balChg: 'decimal', pnl: 'decimal' }),
  },
  {
    title: 'a position closed in part has a row of its own kind',
    before: [
      place({ side: 'buy', ordType: 'market', sz: '2' }),
      place({ side: 'sell', ordType: 'market', sz: '1', reduceOnly: true }),
      fall,
    ],
    send: ask('account/positions-history', { ...swaps, type: '1' }),
    answer: success({
      posId: id,
      instId: says('BTC-USDT-SWAP'),
      direction: says('long'),
      posSide: says('net'),
      mgnMode: says('cross'),
      lever: 'decimal',
      openAvgPx: 'decimal',
      closeAvgPx: 'decimal',
      openMaxPos: amount('2'),
      closeTotalPos: one,
      pnl: 'decimal',
      pnlRatio: 'decimal',
      realizedPnl: 'decimal',
      fee: 'decimal',
      fundingFee: 'decimal',
      liqPenalty: 'decimal',
      settledPnl: 'decimal or empty',
      nonSettleAvgPx: 'text or empty',
      triggerPx: 'decimal or empty',
      ccy: says('USDT'),
      uly: says('BTC-USDT'),
      instType: says('SWAP'),
      type: says('1'),
      cTime: 'ms text',
      uTime: 'ms text',
    }),
  },
]
