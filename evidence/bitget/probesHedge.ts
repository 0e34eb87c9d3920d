import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { bill } from './probesRecords.ts'
import {
  entrusted,
  fill,
  is58000,
  isHundredth,
  isZero,
  lists,
  order,
  orderDetail,
  plan,
  position,
  receipt,
  receiptOf,
  success,
} from './shapes.ts'
import {
  allPositions,
  ask,
  btc,
  create,
  createPlan,
  detail,
  fall,
  hedgedLong,
  hedgedShort,
  hedgeOn,
  isolatedOn,
  pending,
  plansOf,
  post,
  protect,
  write,
} from './words.ts'

// docs/wire/bitget.md 4.2 to 4.8: hedge mode, where `side` of an order is that of the position.

const posMode: Shape = ['one of', 'hedge_mode']

const closeLong = create({
  side: 'buy',
  tradeSide: 'close',
  orderType: 'market',
  size: '0.01',
  clientOid: 'close-1',
})

const takeOfLong = create({
  side: 'buy',
  tradeSide: 'close',
  orderType: 'limit',
  price: '61000',
  size: '0.01',
  clientOid: 'take-1',
})

const stopOfLong = protect({
  planType: 'loss_plan',
  triggerPrice: '58000',
  triggerType: 'mark_price',
  holdSide: 'long',
  size: '0.01',
  clientOid: 'stop-1',
})

const ofLong = {
  posMode,
  side: ['one of', 'buy'],
  posSide: ['one of', 'long'],
} as const satisfies Shape

const long = { ...position, posMode } as const satisfies Shape
const short = { ...long, holdSide: ['one of', 'short'] } as const satisfies Shape

const closedRow = { ...receipt, symbol: ['one of', 'BTCUSDT'] } as const satisfies Shape

export const hedgeProbes: readonly Probe[] = [
  {
    title: 'hedge mode: a long and a short beside each other',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: allPositions,
    answer: success(['rows by', 'holdSide', { long, short }]),
  },
  {
    title: 'hedge mode: positions of a symbol',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: ask('v2/mix/position/single-position', { ...btc, marginCoin: 'USDT' }),
    answer: success([
      'rows by',
      'holdSide',
      {
        long: { ...long, autoMargin: ['one of', 'off', 'on'] },
        short: { ...short, autoMargin: ['one of', 'off', 'on'] },
      },
    ]),
  },
  {
    title: 'hedge mode: an order that opens',
    before: [hedgeOn, hedgedLong],
    send: detail('long-1'),
    answer: orderDetail('filled', {
      ...ofLong,
      tradeSide: ['one of', 'open'],
      reduceOnly: ['one of', 'NO'],
      baseVolume: isHundredth,
    }),
  },
  {
    title: 'hedge mode: an order that closes a long buys',
    before: [hedgeOn, hedgedLong, closeLong],
    send: detail('close-1'),
    answer: orderDetail('filled', {
      ...ofLong,
      tradeSide: ['one of', 'close'],
      baseVolume: isHundredth,
    }),
  },
  {
    title: 'hedge mode: closing leaves the other side',
    before: [hedgeOn, hedgedLong, hedgedShort, closeLong],
    send: allPositions,
    answer: success(['rows', short]),
  },
  {
    title: 'hedge mode: tradeSide in any case',
    before: [hedgeOn],
    send: create({
      side: 'buy',
      tradeSide: 'Open',
      orderType: 'market',
      size: '0.01',
      force: 'GTC',
      clientOid: 'long-1',
    }),
    answer: receiptOf('long-1'),
  },
  {
    title: 'hedge mode: a limit order that closes',
    before: [hedgeOn, hedgedLong, takeOfLong],
    send: pending,
    answer: entrusted(order('live', { ...ofLong, tradeSide: ['one of', 'close'] })),
  },
  {
    title: 'hedge mode: a limit order that closes holds its part of the position',
    before: [hedgeOn, hedgedLong, takeOfLong],
    send: allPositions,
    answer: success(['rows', { ...long, available: isZero, locked: isHundredth }]),
  },
  {
    title: 'hedge mode: a market close ends the limit orders that hold all of it',
    before: [hedgeOn, hedgedLong, takeOfLong, closeLong],
    send: detail('take-1'),
    answer: orderDetail('canceled', { ...ofLong, tradeSide: ['one of', 'close'] }),
  },
  {
    title: "hedge mode: fills have the position's side",
    before: [hedgeOn, hedgedLong, closeLong],
    send: ask('v2/mix/order/fills', btc),
    answer: success({
      fillList: [
        'rows',
        { ...fill, posMode, side: ['one of', 'buy'], tradeSide: ['one of', 'close'] },
        { ...fill, posMode, side: ['one of', 'buy'], tradeSide: ['one of', 'open'] },
      ],
      endId: 'digits',
    }),
  },
  {
    title: 'hedge mode: bills',
    before: [hedgeOn, hedgedLong],
    send: ask('v2/mix/account/bill', { productType: 'USDT-FUTURES', businessType: 'open_long' }),
    answer: success({
      bills: ['rows', { ...bill, businessType: ['one of', 'open_long'] }],
      endId: 'digits',
    }),
  },
  {
    title: 'hedge mode: a stop of the long',
    before: [hedgeOn, hedgedLong, stopOfLong],
    send: plansOf('profit_loss'),
    answer: entrusted(
      plan('loss_plan', { ...ofLong, tradeSide: ['one of', 'close'], triggerPrice: is58000 }),
    ),
  },
  {
    title: 'hedge mode: a stop of the long leaves the short',
    before: [hedgeOn, hedgedLong, hedgedShort, stopOfLong, fall],
    send: allPositions,
    answer: success(['rows', short]),
  },
  {
    title: 'hedge mode: a plan that closes',
    before: [
      hedgeOn,
      hedgedLong,
      createPlan({
        planType: 'normal_plan',
        side: 'buy',
        tradeSide: 'close',
        orderType: 'market',
        size: '0.01',
        triggerPrice: '58000',
        triggerType: 'fill_price',
      }),
    ],
    send: plansOf('normal_plan'),
    answer: entrusted(plan('normal_plan', { ...ofLong, tradeSide: ['one of', 'close'] })),
  },
  {
    title: 'hedge mode: isolated leverage of each side',
    before: [hedgeOn, isolatedOn],
    send: write('account/set-leverage', { longLeverage: '5', shortLeverage: '6' }),
    answer: success({
      symbol: ['one of', 'BTCUSDT'],
      marginCoin: ['one of', 'USDT'],
      longLeverage: /^5(\.0+)?$/,
      shortLeverage: /^6(\.0+)?$/,
      crossMarginLeverage: /^20(\.0+)?$/,
      marginMode: ['one of', 'isolated'],
    }),
  },
  {
    title: 'hedge mode: one side closed at the market',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: post('v2/mix/order/close-positions', { ...btc, holdSide: 'short' }),
    answer: lists(['rows', closedRow]),
  },
  {
    title: 'hedge mode: isolated leverage of one side',
    before: [hedgeOn, isolatedOn],
    send: write('account/set-leverage', { leverage: '5', holdSide: 'long' }),
    answer: success({
      symbol: ['one of', 'BTCUSDT'],
      marginCoin: ['one of', 'USDT'],
      longLeverage: /^5(\.0+)?$/,
      shortLeverage: /^20(\.0+)?$/,
      crossMarginLeverage: /^20(\.0+)?$/,
      marginMode: ['one of', 'isolated'],
    }),
  },
  {
    title: 'hedge mode: both sides closed at the market',
    before: [hedgeOn, hedgedLong, hedgedShort],
    send: post('v2/mix/order/close-positions', btc),
    answer: lists(['rows', closedRow, closedRow]),
  },
  {
    title: 'hedge mode: reduceOnly is ignored',
    before: [hedgeOn],
    send: create({
      side: 'buy',
      tradeSide: 'open',
      orderType: 'market',
      size: '0.01',
      reduceOnly: 'YES',
      clientOid: 'long-1',
    }),
    answer: receiptOf('long-1'),
  },
]
