import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { ended, placedBy, subOrdersOf } from './probesUnifiedStrategies.ts'
import { isHundredth, success } from './shapes.ts'
import { order, protection, receipt, strategyRow } from './shapesUnified.ts'
import { ask, fall, rise } from './words.ts'
import {
  endedStrategies,
  hedgedLong,
  hedgedShort,
  hedgeOn,
  openLong,
  restingBuy,
  stopEntry,
  stopOfLong,
  strategies,
  strategy,
  write,
} from './wordsUnified.ts'

// docs/wire/bitget.md 12.5: what triggers, trails, and strategies in hedge mode.

const entryRow = {
  qty: isHundredth,
  side: ['one of', 'buy'],
  reduceOnly: /^no$/i,
  triggerPrice: /^62000(\.0+)?$/,
  triggerBy: ['one of', 'mark'],
  triggerOrderType: ['one of', 'market'],
  takeProfit: ['one of', ''],
  stopLoss: ['one of', ''],
} as const satisfies Shape

const trail = strategy({
  type: 'trailing_stop',
  qty: '0.01',
  side: 'sell',
  reduceOnly: 'yes',
  trailingStopParams: [
    {
      activationPrice: '61000',
      activationType: 'mark',
      trailType: 'ratio',
      trailVariance: '1.5',
      preOrderType: 'market',
    },
  ],
})

export const unifiedTriggerProbes: readonly Probe[] = [
  {
    title: 'an entry that waits is acknowledged',
    send: stopEntry,
    answer: success(receipt),
  },
  {
    title: 'an entry that waits',
    before: [stopEntry],
    send: strategies,
    answer: success(['rows', strategyRow('trigger', 'pending', entryRow)]),
  },
  {
    title: 'an entry triggers',
    before: [stopEntry, rise],
    send: endedStrategies,
    answer: ended(strategyRow('trigger', 'success', entryRow)),
  },
  {
    title: 'the order of an entry that triggered',
    before: [stopEntry, rise, (earlier) => subOrdersOf(earlier[0])],
    send: (earlier) => placedBy(earlier.at(-1)),
    answer: success(order('filled', { clientOid: 'digits', side: ['one of', 'buy'] })),
  },
  {
    title: 'a trailing stop that waits',
    before: [openLong, trail],
    send: strategies,
    answer: success([
      'rows',
      strategyRow('trailing_stop', 'pending', {
        qty: isHundredth,
        side: ['one of', 'sell'],
        reduceOnly: /^yes$/i,
        trailingStopParams: [
          'rows',
          {
            activationPrice: /^61000(\.0+)?$/,
            activationType: ['one of', 'mark'],
            trailType: ['one of', 'ratio'],
            trailVariance: /^1\.50*$/,
            preOrderType: ['one of', 'market'],
            preOrderPrice: ['optional', ['either', 'decimal or empty', 'null']],
          },
        ],
      }),
    ]),
  },
  {
    title: 'hedge mode: a stop of the long leaves the short',
    before: [
      hedgeOn,
      hedgedLong,
      hedgedShort,
      strategy({
        tpslMode: 'partial',
        qty: '0.01',
        side: 'sell',
        posSide: 'long',
        stopLoss: '58000',
        clientOid: 'stop-1',
      }),
      fall,
      endedStrategies,
    ],
    send: ask('v3/position/current-position', { category: 'USDT-FUTURES', posSide: 'long' }),
    answer: success({ list: ['either', 'null', ['rows']] }),
  },
  {
    title: 'hedge mode: a stop of the short',
    before: [
      hedgeOn,
      hedgedShort,
      strategy({
        tpslMode: 'partial',
        qty: '0.01',
        side: 'buy',
        posSide: 'short',
        stopLoss: '62000',
      }),
    ],
    send: strategies,
    answer: success(['rows', protection('pending', { posSide: ['one of', 'short'] })]),
  },
  {
    title: 'an entry that is refused when it triggers',
    before: [
      strategy({
        type: 'trigger',
        qty: '200',
        side: 'buy',
        triggerPrice: '62000',
        triggerBy: 'mark',
        triggerOrderType: 'market',
      }),
      rise,
    ],
    send: endedStrategies,
    answer: ended(strategyRow('trigger', 'failed')),
  },
  {
    title: 'cancels of plain orders leave strategies alone',
    before: [openLong, stopOfLong, restingBuy, write('trade/cancel-symbol-order', {})],
    send: strategies,
    answer: success(['rows', protection('pending', { clientOid: ['one of', 'stop-1'] })]),
  },
  {
    title: 'what an entry placed',
    before: [stopEntry, rise],
    send: ([entry]) => subOrdersOf(entry),
    answer: success({
      list: [
        'rows',
        {
          subOrderId: 'digits',
          subClientOid: 'digits',
          category: ['one of', 'USDT-FUTURES'],
          symbol: ['one of', 'BTCUSDT'],
          price: 'decimal or empty',
          qty: isHundredth,
          cumExecQty: isHundredth,
          avgPrice: /^6\d{4}/,
          side: ['one of', 'buy'],
          posSide: 'text or empty',
          status: 'text',
        },
      ],
      cursor: 'text or empty',
    }),
  },
]
