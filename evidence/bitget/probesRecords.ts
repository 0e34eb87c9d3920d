import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { endedOrder, entrusted, fill, isHundredth, list, success } from './shapes.ts'
import { ask, btc, closeLong, member, openLong, restingBuy, usdt } from './words.ts'

// docs/wire/bitget.md 4.1 (bills), 4.2 (closed positions) and 4.5 (fills).

const symbol: Shape = ['one of', 'BTCUSDT']
const fills = ask('v2/mix/order/fills', btc)
export const bill = {
  billId: 'digits',
  symbol,
  amount: 'decimal',
  fee: 'decimal',
  feeByCoupon: 'decimal or empty',
  businessType: 'text',
  coin: ['one of', 'USDT'],
  balance: 'decimal',
  cTime: 'ms text',
} as const satisfies Shape

const bought = {
  ...fill,
  side: ['one of', 'buy'],
  baseVolume: isHundredth,
  tradeSide: ['one of', 'buy_single'],
  tradeScope: ['one of', 'taker'],
  enterPointSource: /^api$/i,
} as const satisfies Shape

function page(...rows: readonly Shape[]): Shape {
  return success({ fillList: ['rows', ...rows], endId: 'digits' })
}

const isEmpty = success({
  fillList: ['either', 'null', ['rows']],
  endId: ['optional', ['either', 'null', 'empty']],
})

const noBills = success({
  bills: ['either', 'null', ['rows']],
  endId: ['optional', ['either', 'null', 'empty']],
})

export const recordProbes: readonly Probe[] = [
  { title: 'no fills', before: [restingBuy], send: fills, answer: isEmpty },
  { title: 'fills', before: [openLong], send: fills, answer: page(bought) },
  {
    title: 'fills: newest first, a page and what follows it',
    before: [openLong, closeLong],
    send: ask('v2/mix/order/fills', { ...btc, limit: '1' }),
    answer: page({
      ...fill,
      side: ['one of', 'sell'],
      tradeSide: ['one of', 'sell_single', 'reduce_sell_single'],
    }),
  },
  {
    title: 'fills of the long list',
    before: [openLong],
    send: ask('v2/mix/order/fill-history', btc),
    answer: page({ ...bought, marginCoin: ['one of', 'USDT'] }),
  },
  {
    title: 'closed positions: times in small letters',
    before: [openLong, closeLong],
    send: ask('v2/mix/position/history-position', btc),
    answer: list({
      positionId: 'digits',
      symbol: ['optional', symbol],
      marginCoin: ['optional', ['one of', 'USDT']],
      holdSide: ['optional', ['one of', 'long']],
      marginMode: ['optional', ['one of', 'crossed']],
      posMode: ['one of', 'one_way_mode'],
      openAvgPrice: /^[56]\d{4}/,
      closeAvgPrice: /^[56]\d{4}/,
      openTotalPos: isHundredth,
      closeTotalPos: isHundredth,
      pnl: 'decimal',
      netProfit: 'decimal',
      totalFunding: 'decimal',
      openFee: 'decimal',
      closeFee: 'decimal',
      ctime: 'ms text',
      utime: 'ms text',
    }),
  },
  {
    title: 'no closed positions',
    before: [openLong],
    send: ask('v2/mix/position/history-position', btc),
    answer: success({
      list: ['either', 'null', ['rows']],
      endId: ['optional', ['either', 'null', 'empty']],
    }),
  },
  {
    title: 'bills: trades',
    before: [openLong],
    send: ask('v2/mix/account/bill', usdt),
    answer: success({
      bills: ['rows', { ...bill, businessType: ['one of', 'buy'] }],
      endId: 'digits',
    }),
  },
  {
    title: 'bills: funding',
    before: [openLong, { advanceMs: 8 * 3_600_000 }],
    send: ask('v2/mix/account/bill', { ...usdt, businessType: 'contract_settle_fee' }),
    answer: success({
      bills: ['rows', { ...bill, businessType: ['one of', 'contract_settle_fee'] }],
      endId: 'digits',
    }),
  },
  {
    title: 'bills: funding alone leaves trades out',
    before: [openLong],
    send: ask('v2/mix/account/bill', { ...usdt, onlyFunding: 'yes' }),
    answer: noBills,
  },
  {
    title: 'orders: the page behind another',
    before: [openLong, closeLong, ask('v2/mix/order/orders-history', { ...btc, limit: '1' })],
    send: ([, , first]) =>
      ask('v2/mix/order/orders-history', { ...btc, idLessThan: member(first, 'endId') }),
    answer: entrusted(endedOrder('filled', { clientOid: ['one of', 'entry-1'] })),
  },
  {
    title: 'fills: the page behind another',
    before: [openLong, closeLong, ask('v2/mix/order/fills', { ...btc, limit: '1' })],
    send: ([, , first]) =>
      ask('v2/mix/order/fills', { ...btc, idLessThan: member(first, 'endId') }),
    answer: page(bought),
  },
  {
    title: 'fills of an order',
    before: [openLong, closeLong],
    send: ([entry]) => ask('v2/mix/order/fills', { ...btc, orderId: member(entry, 'orderId') }),
    answer: page(bought),
  },
]
