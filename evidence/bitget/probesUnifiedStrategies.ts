import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { is58000, isHundredth, success } from './shapes.ts'
import { order, protection, receipt, receiptOf } from './shapesUnified.ts'
import { ask, fall, member, memberOf } from './words.ts'
import {
  atMarket,
  closeLong,
  create,
  endedStrategies,
  openLong,
  openShort,
  positions,
  stopOfLong,
  strategies,
  strategy,
  write,
} from './wordsUnified.ts'

// docs/wire/bitget.md 12.5.

const stopRow = {
  clientOid: ['one of', 'stop-1'],
  qty: isHundredth,
  posSide: ['one of', 'long'],
  stopLoss: is58000,
  takeProfit: ['one of', ''],
  slTriggerBy: ['one of', 'mark'],
  slOrderType: ['one of', 'market'],
} as const satisfies Shape

const wholeStop = strategy({
  type: 'tpsl',
  tpslMode: 'full',
  side: 'sell',
  reduceOnly: 'yes',
  stopLoss: '58000',
  slTriggerBy: 'mark',
  slOrderType: 'market',
})

const both = strategy({
  tpslMode: 'partial',
  qty: '0.01',
  side: 'sell',
  reduceOnly: 'yes',
  stopLoss: '58000',
  slTriggerBy: 'mark',
  takeProfit: '62000',
  tpTriggerBy: 'market',
  clientOid: 'both-1',
})

const moved = write('trade/modify-strategy-order', {
  clientOid: 'stop-1',
  qty: '0.01',
  stopLoss: '58500',
  slTriggerBy: 'mark',
  slOrderType: 'market',
})

const cancelled = write('trade/cancel-strategy-order', { clientOid: 'stop-1' })

/** The cursor of this one list is a bare number of 19 digits. */
export function ended(...rows: readonly Shape[]): Shape {
  return success({ list: ['rows', ...rows], cursor: 'number' })
}

export function subOrdersOf(entry: unknown) {
  return ask('v3/trade/strategy-sub-orders', { orderId: member(entry, 'orderId') })
}

/** The first order a strategy placed. */
export function placedBy(answer: unknown) {
  const [row] = Object.values(Object(memberOf(memberOf(answer, 'data'), 'list')))
  return ask('v3/trade/order-info', { orderId: String(memberOf(row, 'subOrderId')) })
}

export const unifiedStrategyProbes: readonly Probe[] = [
  {
    title: 'a stop is acknowledged',
    before: [openLong],
    send: stopOfLong,
    answer: receiptOf('stop-1'),
  },
  { title: 'no strategies: a bare array', send: strategies, answer: success(['rows']) },
  {
    title: 'a stop that waits',
    before: [openLong, stopOfLong],
    send: strategies,
    answer: success(['rows', protection('pending', stopRow)]),
  },
  {
    title: 'a stop of a short position',
    before: [
      openShort,
      strategy({
        tpslMode: 'partial',
        qty: '0.01',
        side: 'buy',
        reduceOnly: 'yes',
        stopLoss: '62000',
      }),
    ],
    send: strategies,
    answer: success([
      'rows',
      protection('pending', { posSide: ['one of', 'short'], slTriggerBy: ['one of', 'market'] }),
    ]),
  },
  {
    title: "a stop in one-way mode with the position's side instead of reduceOnly",
    before: [openLong],
    send: strategy({ tpslMode: 'partial', qty: '0.01', posSide: 'long', stopLoss: '58000' }),
    answer: success(receipt),
  },
  {
    title: 'a stop of the whole position has no quantity',
    before: [openLong, wholeStop],
    send: strategies,
    answer: success([
      'rows',
      protection('pending', {
        qty: ['one of', ''],
        stopLoss: is58000,
        posSide: ['one of', 'long'],
      }),
    ]),
  },
  {
    title: 'both legs in one row',
    before: [openLong, both],
    send: strategies,
    answer: success([
      'rows',
      protection('pending', {
        clientOid: ['one of', 'both-1'],
        stopLoss: is58000,
        takeProfit: /^62000(\.0+)?$/,
        slTriggerBy: ['one of', 'mark'],
        tpTriggerBy: ['one of', 'market'],
      }),
    ]),
  },
  {
    title: 'a stop moved',
    before: [openLong, stopOfLong],
    send: moved,
    answer: receiptOf('stop-1'),
  },
  {
    title: 'a stop that was moved',
    before: [openLong, stopOfLong, moved],
    send: strategies,
    answer: success(['rows', protection('pending', { ...stopRow, stopLoss: /^58500(\.0+)?$/ })]),
  },
  {
    title: 'one leg moved leaves the other',
    before: [
      openLong,
      both,
      write('trade/modify-strategy-order', {
        clientOid: 'both-1',
        stopLoss: '58500',
        slTriggerBy: 'mark',
        slOrderType: 'market',
      }),
    ],
    send: strategies,
    answer: success([
      'rows',
      protection('pending', { stopLoss: /^58500(\.0+)?$/, takeProfit: /^62000(\.0+)?$/ }),
    ]),
  },
  {
    title: 'a stop triggers',
    before: [openLong, stopOfLong, fall],
    send: endedStrategies,
    answer: ended(protection('success', stopRow)),
  },
  {
    title: 'a stop that triggers closes the position',
    before: [openLong, stopOfLong, fall],
    send: positions,
    answer: success({ list: ['either', 'null', ['rows']] }),
  },
  {
    title: 'the order of a stop that triggered',
    before: [openLong, stopOfLong, fall, (earlier) => subOrdersOf(earlier[1])],
    send: (earlier) => placedBy(earlier.at(-1)),
    answer: success(
      order('filled', {
        clientOid: 'digits',
        side: ['one of', 'sell'],
        orderType: ['one of', 'market'],
        cumExecQty: isHundredth,
      }),
    ),
  },
  {
    title: 'a stop goes with its position',
    before: [openLong, stopOfLong, closeLong],
    send: endedStrategies,
    answer: ended(protection('cancelled', stopRow)),
  },
  {
    title: 'a stop cancelled',
    before: [openLong, stopOfLong],
    send: cancelled,
    answer: success('null'),
  },
  {
    title: 'a stop that was cancelled',
    before: [openLong, stopOfLong, cancelled],
    send: endedStrategies,
    answer: ended(protection('cancelled', stopRow)),
  },
  {
    title: 'a stop on the entry becomes a row of its own',
    before: [create({ ...atMarket, stopLoss: '58000', takeProfit: '62000', clientOid: 'entry-1' })],
    send: strategies,
    answer: success([
      'rows',
      protection('pending', {
        qty: isHundredth,
        posSide: ['one of', 'long'],
        stopLoss: is58000,
        takeProfit: /^62000(\.0+)?$/,
        slTriggerBy: ['one of', 'market'],
        tpTriggerBy: ['one of', 'market'],
      }),
    ]),
  },
]
