import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { execution, list, order, receipt, success } from './shapes.ts'
import { ask, btc, create, fall, member, openLong, post, restingBuy, waitingStop } from './words.ts'

// docs/wire/bybit.md 4.3 to 4.5.

const isZero = /^0(\.0+)?$/
const isHundredth = /^0\.010*$/

function row(status: string, more: { readonly [key: string]: Shape } = {}): Shape {
  return { ...order, orderStatus: ['one of', status], ...more }
}

const limit = { side: 'Buy', orderType: 'Limit', qty: '0.01', positionIdx: 0 } as const
const byLink = (orderLinkId: string): Record<string, string> => ({ ...btc, orderLinkId })

const untriggered: Shape = row('Untriggered', {
  orderLinkId: ['one of', 'stop-1'],
  createType: ['one of', 'CreateByStopOrder'],
  stopOrderType: ['one of', 'Stop'],
  orderType: ['one of', 'Market'],
  timeInForce: ['one of', 'IOC'],
  price: isZero,
  triggerPrice: /^58000(\.0+)?$/,
  triggerDirection: ['one of', 2],
  triggerBy: ['one of', 'MarkPrice'],
  reduceOnly: ['one of', true],
  closeOnTrigger: ['one of', false],
  leavesQty: isHundredth,
})

const batchRow = { category: ['one of', 'linear'], symbol: 'text', orderLinkId: 'text' } as const

export const orderProbes: readonly Probe[] = [
  {
    title: 'an order is acknowledged',
    send: openLong,
    answer: success({ ...receipt, orderLinkId: ['one of', 'entry-1'] }),
  },
  {
    title: 'an order without a client id is acknowledged',
    send: create({ ...limit, price: '59500' }),
    answer: success({ ...receipt, orderLinkId: ['one of', ''] }),
  },
  {
    title: 'a filled market order',
    before: [openLong],
    send: ([entry]) => ask('/v5/order/realtime', { ...btc, orderId: member(entry, 'orderId') }),
    answer: list(
      row('Filled', {
        orderLinkId: ['one of', 'entry-1'],
        createType: ['one of', 'CreateByUser'],
        cancelType: ['one of', 'UNKNOWN'],
        rejectReason: ['one of', 'EC_NoError'],
        orderType: ['one of', 'Market'],
        timeInForce: ['one of', 'IOC'],
        avgPrice: /^[56]\d{4}/,
        cumExecQty: isHundredth,
        leavesQty: isZero,
        leavesValue: isZero,
        stopOrderType: ['one of', ''],
        triggerDirection: ['one of', 0],
      }),
    ),
  },
  {
    title: 'a resting limit order',
    before: [restingBuy],
    send: ask('/v5/order/realtime', byLink('resting-1')),
    answer: list(
      row('New', {
        price: /^59500(\.0+)?$/,
        timeInForce: ['one of', 'GTC'],
        orderType: ['one of', 'Limit'],
        cumExecQty: isZero,
        leavesQty: isHundredth,
        triggerPrice: 'decimal or empty',
        reduceOnly: ['one of', false],
      }),
    ),
  },
  {
    title: 'a post-only order that would trade ends at once',
    before: [create({ ...limit, price: '60500', timeInForce: 'PostOnly', orderLinkId: 'post-1' })],
    send: ask('/v5/order/realtime', byLink('post-1')),
    answer: list(
      row('Cancelled', {
        timeInForce: ['one of', 'PostOnly'],
        cancelType: ['one of', 'UNKNOWN'],
        rejectReason: ['one of', 'EC_PostOnlyWillTakeLiquidity'],
        leavesQty: isZero,
      }),
    ),
  },
  {
    title: 'an IOC order with nothing to hit ends at once',
    before: [create({ ...limit, price: '59500', timeInForce: 'IOC', orderLinkId: 'ioc-1' })],
    send: ask('/v5/order/realtime', byLink('ioc-1')),
    answer: list(
      row('Cancelled', {
        cancelType: ['one of', 'UNKNOWN'],
        rejectReason: ['one of', 'EC_NoImmediateQtyToFill'],
        timeInForce: ['one of', 'IOC'],
      }),
    ),
  },
  {
    title: 'a FOK order that cannot fill ends at once',
    before: [create({ ...limit, price: '59500', timeInForce: 'FOK', orderLinkId: 'fok-1' })],
    send: ask('/v5/order/realtime', byLink('fok-1')),
    answer: list(
      row('Cancelled', {
        rejectReason: ['one of', 'EC_CancelForNoFullFill'],
        timeInForce: ['one of', 'FOK'],
        cumExecQty: isZero,
      }),
    ),
  },
  {
    title: 'a conditional that waits',
    before: [waitingStop],
    send: ask('/v5/order/realtime', byLink('stop-1')),
    answer: list(untriggered),
  },
  {
    title: 'open orders hold conditionals too, newest first',
    before: [restingBuy, waitingStop],
    send: ask('/v5/order/realtime', { ...btc, limit: '50' }),
    answer: success({
      category: ['one of', 'linear'],
      list: ['rows', untriggered, row('New')],
      nextPageCursor: 'empty',
    }),
  },
  {
    title: 'open orders by coin, conditionals only',
    before: [restingBuy, waitingStop],
    send: ask('/v5/order/realtime', {
      category: 'linear',
      settleCoin: 'USDT',
      orderFilter: 'StopOrder',
    }),
    answer: list(untriggered),
  },
  {
    title: 'an unknown id is an empty list',
    send: ask('/v5/order/realtime', byLink('nobody')),
    answer: success({
      category: ['one of', 'linear'],
      list: ['rows'],
      nextPageCursor: 'empty',
    }),
  },
  {
    title: 'a conditional that has triggered keeps its id',
    before: [openLong, waitingStop, fall],
    send: ([, stop]) => ask('/v5/order/realtime', { ...btc, orderId: member(stop, 'orderId') }),
    answer: list(
      row('Filled', {
        orderLinkId: ['one of', 'stop-1'],
        stopOrderType: ['one of', 'Stop'],
        triggerPrice: /^58000(\.0+)?$/,
        triggerDirection: ['one of', 2],
        avgPrice: /^5[78]\d{3}/,
        cumExecQty: isHundredth,
        reduceOnly: ['one of', true],
      }),
    ),
  },
  {
    title: 'history of what was cancelled',
    before: [restingBuy, post('/v5/order/cancel', byLink('resting-1'))],
    send: ask('/v5/order/history', byLink('resting-1')),
    answer: list(
      row('Cancelled', {
        cancelType: ['one of', 'CancelByUser'],
        rejectReason: ['one of', 'EC_PerCancelRequest'],
        leavesQty: isZero,
      }),
    ),
  },
  {
    title: 'a cancelled conditional is deactivated',
    before: [waitingStop, post('/v5/order/cancel', byLink('stop-1'))],
    send: ask('/v5/order/history', byLink('stop-1')),
    answer: list(row('Deactivated', { cancelType: ['one of', 'CancelByUser'] })),
  },
  {
    title: 'fills',
    before: [openLong],
    send: ask('/v5/execution/list', { ...btc, execType: 'Trade', limit: '1' }),
    answer: list({
      ...execution,
      orderLinkId: ['one of', 'entry-1'],
      feeRate: ['one of', '0.00055'],
      isMaker: ['one of', false],
    }),
  },
  {
    title: 'cancel',
    before: [restingBuy],
    send: ([resting]) => post('/v5/order/cancel', { ...btc, orderId: member(resting, 'orderId') }),
    answer: success({ orderId: 'text', orderLinkId: ['one of', 'resting-1'] }),
  },
  {
    title: 'cancel all, conditionals too',
    before: [restingBuy, waitingStop],
    send: post('/v5/order/cancel-all', btc),
    answer: success({ list: ['rows', receipt, receipt], success: ['one of', '1'] }),
  },
  {
    title: 'cancel all of nothing',
    send: post('/v5/order/cancel-all', btc),
    answer: success({ list: ['rows'], success: ['one of', '1'] }),
  },
  {
    title: 'amend',
    before: [restingBuy],
    send: post('/v5/order/amend', { ...byLink('resting-1'), qty: '0.02', price: '59400' }),
    answer: success({ orderId: 'text', orderLinkId: ['one of', 'resting-1'] }),
  },
  {
    title: 'an amended order',
    before: [
      restingBuy,
      post('/v5/order/amend', { ...byLink('resting-1'), qty: '0.02', price: '59400' }),
    ],
    send: ask('/v5/order/realtime', byLink('resting-1')),
    answer: list(row('New', { qty: /^0\.020*$/, price: /^59400(\.0+)?$/ })),
  },
  {
    title: 'batch: receipts, and codes at the same index',
    send: post('/v5/order/create-batch', {
      category: 'linear',
      request: [
        { symbol: 'BTCUSDT', ...limit, price: '59500', orderLinkId: 'b-1' },
        { symbol: 'BTCUSDT', ...limit, price: '59500', orderLinkId: 'b-1' },
      ],
    }),
    answer: {
      retCode: ['one of', 0],
      retMsg: ['one of', 'OK'],
      result: {
        list: [
          'rows',
          { ...batchRow, orderId: 'text', createAt: 'ms text' },
          { ...batchRow, orderId: 'empty', createAt: 'empty' },
        ],
      },
      retExtInfo: {
        list: [
          'rows',
          { code: ['one of', 0], msg: ['one of', 'OK'] },
          { code: ['one of', 110072], msg: ['one of', 'OrderLinkedID is duplicate'] },
        ],
      },
      time: 'ms',
    },
  },
]
