import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { amount, says, success } from './shapes.ts'
import { btcInstrument, instrument } from './shapesMarket.ts'
import { btc, look, post, swaps } from './words.ts'

// docs/wire/okx.md 1.3, 3.3, 3.4: contracts, bars and the times of funding. A simulator begins on
// 2026-01-01, a Thursday, at midnight UTC.

const decimals: readonly Shape[] = Array.from({ length: 7 }, () => 'decimal')
const bare: readonly Shape[] = Array.from({ length: 4 }, () => 'decimal')

function bar(time: string, confirm: string): Shape {
  return ['rows', says(time), ...decimals, says(confirm)]
}

/** Plain names of six hours and more open at midnight of UTC+8. */
const opens: readonly (readonly [bar: string, time: string])[] = [
  ['1m', '1767225600000'],
  ['6H', '1767218400000'],
  ['6Hutc', '1767225600000'],
  ['1D', '1767196800000'],
  ['1Dutc', '1767225600000'],
  ['3Dutc', '1767225600000'],
  ['1W', '1766937600000'],
  ['1Wutc', '1766966400000'],
  ['1M', '1767196800000'],
  ['1Mutc', '1767225600000'],
]

/** 1.3: what a contract is, its lot, which is its minimum too, and its tick. */
const contracts: readonly (readonly [base: string, ctVal: string, lot: string, tick: string])[] = [
  ['ETH', '0.1', '0.01', '0.01'],
  ['SOL', '1', '0.01', '0.01'],
  ['XRP', '100', '0.01', '0.0001'],
  ['DOGE', '1000', '0.01', '0.00001'],
  ['PEPE', '10000000', '0.1', '0.000000001'],
]

const anyRow: Shape = 'anything'

export const barProbes: readonly Probe[] = [
  ...opens.map(([name, time]) => ({
    title: `the bar of ${name} that is open`,
    send: look('market/candles', { ...btc, bar: name, limit: '1' }),
    answer: success(bar(time, '0')),
  })),
  ...contracts.map(([base, ctVal, lot, tick]) => ({
    title: `a contract of ${base}`,
    send: look('public/instruments', { ...swaps, instId: `${base}-USDT-SWAP` }),
    answer: success({
      ...instrument,
      instId: says(`${base}-USDT-SWAP`),
      ctVal: says(ctVal),
      ctValCcy: says(base),
      lotSz: says(lot),
      minSz: says(lot),
      tickSz: says(tick),
    }),
  })),
  {
    title: 'the hour that is open, and the one before',
    send: look('market/candles', { ...btc, bar: '1H', limit: '2' }),
    answer: success(bar('1767225600000', '0'), bar('1767222000000', '1')),
  },
  {
    title: 'the history ends with the hour before',
    send: look('market/history-candles', { ...btc, bar: '1H', limit: '1' }),
    answer: success(bar('1767222000000', '1')),
  },
  {
    title: 'after is exclusive',
    send: look('market/candles', { ...btc, bar: '1H', after: '1767222000000', limit: '1' }),
    answer: success(bar('1767218400000', '1')),
  },
  {
    title: 'before alone is the newest page',
    send: look('market/candles', { ...btc, bar: '1H', before: '1767200000000', limit: '2' }),
    answer: success(bar('1767225600000', '0'), bar('1767222000000', '1')),
  },
  {
    title: 'more candles than there may be are as many as there may be',
    send: look('market/candles', { ...btc, limit: '1000' }),
    answer: success(...Array.from({ length: 300 }, () => anyRow)),
  },
  {
    title: 'of mark prices a hundred',
    send: look('market/history-mark-price-candles', { ...btc, limit: '1000' }),
    answer: success(...Array.from({ length: 100 }, () => anyRow)),
  },
  {
    title: 'the history of index prices ends with the hour before',
    send: look('market/history-index-candles', { instId: 'BTC-USDT', bar: '1H', limit: '1' }),
    answer: success(['rows', says('1767222000000'), ...bare, says('1')]),
  },
  {
    title: 'the band is three hundredths about the index',
    send: look('public/price-limit', btc),
    answer: success({
      instType: says('SWAP'),
      instId: says('BTC-USDT-SWAP'),
      buyLmt: amount('61800'),
      sellLmt: amount('58200'),
      ts: 'ms text',
      enabled: ['one of', true],
    }),
  },
  {
    title: 'the share of the band is told with the contract',
    send: look('public/instruments', { ...swaps, ...btc }),
    answer: success({ ...btcInstrument, floatPxLmtPct: amount('0.03') }),
  },
  {
    title: "when the dead man's switch will act",
    send: post('trade/cancel-all-after', { timeOut: '60' }),
    answer: success({
      triggerTime: /^17672256(59|60)\d{3}$/,
      tag: 'empty',
      ts: /^17672256\d{5}$/,
    }),
  },
  {
    title: 'the next funding and the one after it',
    send: look('public/funding-rate', btc),
    answer: success({
      instType: says('SWAP'),
      instId: says('BTC-USDT-SWAP'),
      method: 'text',
      formulaType: 'text',
      fundingRate: 'decimal',
      nextFundingRate: 'empty',
      fundingTime: says('1767254400000'),
      nextFundingTime: says('1767283200000'),
      minFundingRate: 'decimal',
      maxFundingRate: 'decimal',
      interestRate: 'decimal',
      impactValue: 'decimal',
      premium: 'decimal',
      settState: 'text',
      settFundingRate: 'decimal',
      ts: 'ms text',
    }),
  },
]
