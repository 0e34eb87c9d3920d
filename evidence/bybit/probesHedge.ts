import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { list, order, position, success } from './shapes.ts'
import { ask, btc, create, fall, post } from './words.ts'

// docs/wire/bybit.md 4.2 and 4.5: hedge mode, a slot for each side.

const isHundredth = /^0\.010*$/
/** When the symbol was first traded. */
const neverOrOnce = /^(0|\d{13})?$/

export const hedgeOn: Words = post('/v5/position/switch-mode', {
  category: 'linear',
  coin: 'USDT',
  mode: 3,
})

const oneWay = post('/v5/position/switch-mode', { ...btc, mode: 0 })

const market = { orderType: 'Market', qty: '0.01' } as const

export const hedgedLong: Words = create({
  ...market,
  side: 'Buy',
  positionIdx: 1,
  orderLinkId: 'long-1',
})

const hedgedShort = create({ ...market, side: 'Sell', positionIdx: 2, orderLinkId: 'short-1' })

function closeLong(qty: string, reduceOnly: boolean): Words {
  return create({
    side: 'Sell',
    orderType: 'Market',
    qty,
    positionIdx: 1,
    reduceOnly,
    orderLinkId: 'close-1',
  })
}

const stopOfShort = create({
  ...market,
  side: 'Buy',
  positionIdx: 2,
  triggerPrice: '62000',
  triggerDirection: 1,
  triggerBy: 'MarkPrice',
  reduceOnly: true,
  closeOnTrigger: true,
  orderLinkId: 'stop-2',
})

const stopOfLong = post('/v5/position/trading-stop', {
  ...btc,
  tpslMode: 'Full',
  positionIdx: 1,
  stopLoss: '58000',
})

const isolated = post('/v5/account/set-margin-mode', { setMarginMode: 'ISOLATED_MARGIN' })
const bySymbol = ask('/v5/position/list', btc)
const byCoin = ask('/v5/position/list', { category: 'linear', settleCoin: 'USDT', limit: '200' })

function byLink(orderLinkId: string): Words {
  return ask('/v5/order/realtime', { ...btc, orderLinkId })
}

function slot(positionIdx: 1 | 2, more: { readonly [key: string]: Shape } = {}): Shape {
  return {
    ...position,
    positionIdx: ['one of', positionIdx],
    symbol: ['one of', 'BTCUSDT'],
    ...more,
  }
}

function flat(positionIdx: 1 | 2, more: { readonly [key: string]: Shape } = {}): Shape {
  return slot(positionIdx, {
    side: ['one of', ''],
    size: ['one of', '0'],
    createdTime: neverOrOnce,
    openTime: ['one of', 0],
    ...more,
  })
}

const long = slot(1, { side: ['one of', 'Buy'], size: isHundredth, openTime: 'ms' })
const short = slot(2, { side: ['one of', 'Sell'], size: isHundredth, openTime: 'ms' })

function rows(...shapes: readonly Shape[]): Shape {
  return success({
    category: ['one of', 'linear'],
    list: ['rows', ...shapes],
    nextPageCursor: 'text or empty',
  })
}

function row(positionIdx: 1 | 2, status: string, more: { readonly [key: string]: Shape }): Shape {
  return {
    ...order,
    positionIdx: ['one of', positionIdx],
    orderStatus: ['one of', status],
    ...more,
  }
}

export const hedgeProbes: readonly Probe[] = [
  { title: 'hedge mode: switched by coin', send: hedgeOn, answer: success({}) },
  {
    title: 'hedge mode: switched by symbol',
    send: post('/v5/position/switch-mode', { ...btc, mode: 3 }),
    answer: success({}),
  },
  {
    title: 'hedge mode: two flat rows',
    before: [hedgeOn],
    send: bySymbol,
    answer: rows(flat(1), flat(2)),
  },
  {
    title: 'hedge mode: back in one-way mode one row',
    before: [hedgeOn, oneWay],
    send: bySymbol,
    answer: list({ ...position, positionIdx: ['one of', 0], createdTime: neverOrOnce }),
  },
  {
    title: 'hedge mode: a symbol in use stays behind without a word',
    before: [hedgeOn, hedgedLong],
    send: post('/v5/position/switch-mode', { category: 'linear', coin: 'USDT', mode: 0 }),
    answer: success({}),
  },
  {
    title: 'hedge mode: it is still hedged',
    before: [
      hedgeOn,
      hedgedLong,
      post('/v5/position/switch-mode', { category: 'linear', coin: 'USDT', mode: 0 }),
    ],
    send: bySymbol,
    answer: rows(long, flat(2)),
  },
  {
    title: 'hedge mode: a long and a short beside each other',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: byCoin,
    answer: success({
      category: ['one of', 'linear'],
      list: ['rows by', 'side', { Buy: long, Sell: short }],
      nextPageCursor: 'text or empty',
    }),
  },
  {
    title: 'hedge mode: the order says its slot',
    before: [hedgeOn, hedgedShort],
    send: byLink('short-1'),
    answer: rows(row(2, 'Filled', { side: ['one of', 'Sell'], reduceOnly: ['one of', false] })),
  },
  {
    title: 'hedge mode: closing the long leaves the short',
    before: [hedgeOn, hedgedLong, hedgedShort, closeLong('0.01', true)],
    send: byCoin,
    answer: rows(short),
  },
  {
    title: 'hedge mode: a close above the slot is clipped',
    before: [hedgeOn, hedgedLong, closeLong('0.02', true)],
    send: byLink('close-1'),
    answer: rows(
      row(1, 'Filled', {
        qty: isHundredth,
        cumExecQty: isHundredth,
        reduceOnly: ['one of', true],
      }),
    ),
  },
  {
    title: 'hedge mode: side and slot say that it closes, the row what was sent',
    before: [hedgeOn, hedgedLong, closeLong('0.02', false)],
    send: byLink('close-1'),
    answer: rows(
      row(1, 'Filled', {
        qty: isHundredth,
        cumExecQty: isHundredth,
        reduceOnly: ['one of', false],
      }),
    ),
  },
  {
    title: 'hedge mode: a close above the slot never opens the other',
    before: [hedgeOn, hedgedLong, closeLong('0.02', false)],
    send: bySymbol,
    answer: rows(flat(1), flat(2)),
  },
  {
    title: 'hedge mode: the stop of a short waits',
    before: [hedgeOn, hedgedShort, stopOfShort],
    send: byLink('stop-2'),
    answer: rows(
      row(2, 'Untriggered', {
        side: ['one of', 'Buy'],
        triggerPrice: /^62000(\.0+)?$/,
        triggerDirection: ['one of', 1],
        reduceOnly: ['one of', true],
        closeOnTrigger: ['one of', true],
      }),
    ),
  },
  {
    title: 'hedge mode: the stop of a short closes it, and nothing else',
    before: [
      hedgeOn,
      hedgedLong,
      hedgedShort,
      stopOfShort,
      { price: ['BTCUSDT', '62100'] as const },
    ],
    send: byCoin,
    answer: rows(long),
  },
  {
    title: 'hedge mode: protection of one slot',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfLong],
    send: ask('/v5/order/realtime', { ...btc, orderFilter: 'StopOrder' }),
    answer: rows(
      row(1, 'Untriggered', {
        orderLinkId: ['one of', ''],
        createType: ['one of', 'CreateByStopLoss'],
        stopOrderType: ['one of', 'StopLoss'],
        side: ['one of', 'Sell'],
        reduceOnly: ['one of', true],
        closeOnTrigger: ['one of', true],
      }),
    ),
  },
  {
    title: 'hedge mode: it stands in the row of its slot',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfLong],
    send: bySymbol,
    answer: rows(
      slot(1, { stopLoss: /^58000(\.0+)?$/ }),
      slot(2, { side: ['one of', 'Sell'], stopLoss: /^(0(\.0+)?)?$/ }),
    ),
  },
  {
    title: 'hedge mode: it fires for its slot alone',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfLong, fall],
    send: byCoin,
    answer: rows(short),
  },
  {
    title: 'hedge mode: orders of both slots are cancelled at once',
    before: [
      hedgeOn,
      hedgedShort,
      stopOfShort,
      create({
        side: 'Buy',
        orderType: 'Limit',
        qty: '0.01',
        price: '59500',
        positionIdx: 1,
        orderLinkId: 'resting-2',
      }),
    ],
    send: post('/v5/order/cancel-all', btc),
    answer: success({
      list: [
        'rows by',
        'orderLinkId',
        {
          'stop-2': { orderId: 'text', orderLinkId: 'text' },
          'resting-2': { orderId: 'text', orderLinkId: 'text' },
        },
      ],
      success: ['one of', '1'],
    }),
  },
  {
    title: 'hedge mode, cross: one leverage for both slots',
    before: [
      hedgeOn,
      post('/v5/position/set-leverage', { ...btc, buyLeverage: '7', sellLeverage: '7' }),
    ],
    send: bySymbol,
    answer: rows(flat(1, { leverage: /^7(\.0+)?$/ }), flat(2, { leverage: /^7(\.0+)?$/ })),
  },
  {
    title: 'hedge mode, isolated: a leverage for each slot',
    before: [
      hedgeOn,
      isolated,
      post('/v5/position/set-leverage', { ...btc, buyLeverage: '7', sellLeverage: '12.5' }),
    ],
    send: bySymbol,
    answer: rows(flat(1, { leverage: /^7(\.0+)?$/ }), flat(2, { leverage: /^12\.50*$/ })),
  },
  {
    title: 'hedge mode: a batch of both slots',
    before: [hedgeOn],
    send: post('/v5/order/create-batch', {
      category: 'linear',
      request: [
        { ...market, symbol: 'BTCUSDT', side: 'Buy', positionIdx: 1, orderLinkId: 'batch-1' },
        { ...market, symbol: 'BTCUSDT', side: 'Buy', positionIdx: 0, orderLinkId: 'batch-2' },
      ],
    }),
    answer: {
      retCode: ['one of', 0],
      retMsg: ['one of', 'OK'],
      result: {
        list: [
          'rows',
          {
            category: ['one of', 'linear'],
            symbol: ['one of', 'BTCUSDT'],
            orderId: 'text',
            orderLinkId: ['one of', 'batch-1'],
            createAt: 'ms text',
          },
          {
            category: ['one of', 'linear'],
            symbol: ['one of', 'BTCUSDT'],
            orderId: 'empty',
            orderLinkId: ['one of', 'batch-2'],
            createAt: 'empty',
          },
        ],
      },
      retExtInfo: {
        list: [
          'rows',
          { code: ['one of', 0], msg: ['one of', 'OK'] },
          { code: ['one of', 10001], msg: ['one of', 'position idx not match position mode'] },
        ],
      },
      time: 'ms',
    },
  },
]
