import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { instrument, list, receipt, success } from './shapes.ts'
import { ask, btc, create, openLong, post, restingBuy } from './words.ts'

// docs/wire/bybit.md 4.1, 4.3 and 4.6: records, settings and the batch calls.

const symbol: Shape = ['one of', 'BTCUSDT']
const isHundredth = /^0\.010*$/

const closeLong = create({
  side: 'Sell',
  orderType: 'Market',
  qty: '0.01',
  reduceOnly: true,
  positionIdx: 0,
})

function batch(codes: readonly [code: number, msg: string][]): Shape {
  return {
    retCode: ['one of', 0],
    retMsg: ['one of', 'OK'],
    result: {
      list: [
        'rows',
        ...codes.map(
          ([code]): Shape => ({
            category: ['one of', 'linear'],
            symbol,
            orderId: code === 0 ? 'text' : 'empty',
            orderLinkId: 'text',
          }),
        ),
      ],
    },
    retExtInfo: {
      list: [
        'rows',
        ...codes.map(([code, msg]): Shape => ({ code: ['one of', code], msg: ['one of', msg] })),
      ],
    },
    time: 'ms',
  }
}

const known = { symbol: 'BTCUSDT', orderLinkId: 'resting-1' }
const unknown = { symbol: 'BTCUSDT', orderLinkId: 'nobody' }

export const recordProbes: readonly Probe[] = [
  {
    title: 'transactions',
    before: [openLong],
    send: ask('/v5/account/transaction-log', { category: 'linear', limit: '1' }),
    answer: success({
      nextPageCursor: 'text or empty',
      list: [
        'rows',
        {
          id: 'text',
          symbol,
          category: ['one of', 'linear'],
          side: ['one of', 'Buy'],
          type: ['one of', 'TRADE'],
          transSubType: 'text or empty',
          funding: 'decimal or empty',
          fee: 'decimal',
          change: 'decimal',
          cashFlow: 'decimal',
          cashBalance: 'decimal',
          currency: ['one of', 'USDT'],
          size: 'decimal',
          qty: 'decimal',
          tradePrice: 'decimal',
          feeRate: 'decimal',
          bonusChange: 'decimal or empty',
          transactionTime: 'ms text',
          orderId: 'text',
          orderLinkId: ['one of', 'entry-1'],
          tradeId: 'text',
          extraFees: 'empty',
        },
      ],
    }),
  },
  {
    title: 'closed profit: the side is the closing one',
    before: [openLong, closeLong],
    send: ask('/v5/position/closed-pnl', { ...btc, limit: '1' }),
    answer: list({
      symbol,
      orderType: ['one of', 'Market'],
      leverage: 'decimal',
      side: ['one of', 'Sell'],
      orderId: 'text',
      orderPrice: 'decimal',
      qty: isHundredth,
      closedSize: isHundredth,
      execType: ['one of', 'Trade'],
      fillCount: 'digits',
      avgEntryPrice: 'decimal',
      avgExitPrice: 'decimal',
      cumEntryValue: 'decimal',
      cumExitValue: 'decimal',
      openFee: 'decimal',
      closeFee: 'decimal',
      closedPnl: 'decimal',
      createdTime: 'ms text',
      updatedTime: 'ms text',
    }),
  },
  {
    title: 'instruments as an account sees them',
    send: ask('/v5/account/instruments-info', btc),
    answer: list({
      ...instrument,
      isPublicRpi: ['optional', 'anything'],
      myRpiPermission: ['optional', 'anything'],
    }),
  },
  {
    title: 'price-limit behaviour set',
    send: post('/v5/account/set-limit-px-action', { category: 'linear', modifyEnable: true }),
    answer: success({}),
  },
  {
    title: 'disconnect protection is answered without result or time',
    send: post('/v5/order/disconnected-cancel-all', { product: 'DERIVATIVES', timeWindow: 10 }),
    answer: { retCode: ['one of', 0], retMsg: ['one of', 'success'] },
  },
  {
    title: 'disconnect protection that was set',
    before: [post('/v5/order/disconnected-cancel-all', { product: 'DERIVATIVES', timeWindow: 10 })],
    send: ask('/v5/account/query-dcp-info'),
    answer: success(
      {
        dcpInfos: [
          'rows',
          {
            product: ['one of', 'DERIVATIVES'],
            dcpStatus: ['one of', 'ON'],
            timeWindow: ['one of', '10'],
          },
        ],
      },
      ['one of', 'success'],
    ),
  },
  {
    title: 'pre-check of an order',
    send: post('/v5/order/pre-check', {
      ...btc,
      side: 'Buy',
      orderType: 'Limit',
      qty: '0.01',
      price: '59500',
      positionIdx: 0,
      orderLinkId: 'check-1',
    }),
    answer: success({
      ...receipt,
      // Nothing is placed, so there may be no id.
      orderId: 'text or empty',
      preImrE4: 'integer',
      preMmrE4: 'integer',
      postImrE4: 'integer',
      postMmrE4: 'integer',
    }),
  },
  {
    title: 'batch cancel: an unknown order fails in its own place',
    before: [restingBuy],
    send: post('/v5/order/cancel-batch', { category: 'linear', request: [known, unknown] }),
    answer: batch([
      [0, 'OK'],
      [110001, 'order not exists or too late to cancel'],
    ]),
  },
  {
    title: 'batch amend: an unknown order fails in its own place',
    before: [restingBuy],
    send: post('/v5/order/amend-batch', {
      category: 'linear',
      request: [
        { ...known, qty: '0.02' },
        { ...unknown, qty: '0.02' },
      ],
    }),
    answer: batch([
      [0, 'OK'],
      [110001, 'order not exists or too late to replace'],
    ]),
  },
]
