import type { Probe, Shape } from '../../test/wire/evidence.ts'
import {
  algoListExtras,
  cancelledAlgo,
  placedAlgo,
  queriedOrder,
  success,
  triggeredAlgo,
  waitingAlgo,
} from './shapes.ts'
import { algo, ask, member, openLong, remove, waitingStop } from './words.ts'

// docs/wire/binance.md 4.6: conditional orders live in a service and an id space of their own.

const btc = { symbol: 'BTCUSDT' }
const isZero = /^0(\.0+)?$/
const isHundredth = /^0\.010*$/

const placed = (type: string, more: { readonly [key: string]: Shape }): Shape => ({
  ...placedAlgo,
  orderType: ['one of', type],
  ...more,
})

const fall = { price: ['BTCUSDT', '57900'] } as const

export const algoProbes: readonly Probe[] = [
  {
    title: 'a stop on the mark price',
    send: waitingStop,
    answer: placed('STOP_MARKET', {
      clientAlgoId: ['one of', 'stop-1'],
      side: ['one of', 'SELL'],
      quantity: isHundredth,
      triggerPrice: /^58000(\.0+)?$/,
      workingType: ['one of', 'MARK_PRICE'],
      reduceOnly: ['one of', true],
      closePosition: ['one of', false],
      activatePrice: 'empty',
      callbackRate: 'empty',
    }),
  },
  {
    title: 'a stop that becomes a limit order',
    send: algo({
      side: 'SELL',
      type: 'STOP',
      quantity: '0.01',
      price: '57900',
      triggerPrice: '58000',
    }),
    answer: placed('STOP', {
      price: /^57900(\.0+)?$/,
      workingType: ['one of', 'CONTRACT_PRICE'],
      timeInForce: ['one of', 'GTC'],
      reduceOnly: ['one of', false],
    }),
  },
  {
    title: 'a take-profit',
    send: algo({
      side: 'SELL',
      type: 'TAKE_PROFIT_MARKET',
      quantity: '0.01',
      triggerPrice: '62000',
      reduceOnly: 'true',
      workingType: 'CONTRACT_PRICE',
    }),
    answer: placed('TAKE_PROFIT_MARKET', { triggerPrice: /^62000(\.0+)?$/ }),
  },
  {
    title: 'a stop for the whole position',
    before: [openLong],
    send: algo({
      side: 'SELL',
      type: 'STOP_MARKET',
      triggerPrice: '58000',
      closePosition: 'true',
    }),
    answer: placed('STOP_MARKET', { closePosition: ['one of', true], quantity: isZero }),
  },
  {
    title: 'a trailing stop',
    send: algo({
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      callbackRate: '1',
      activatePrice: '61000',
      reduceOnly: 'true',
    }),
    answer: placed('TRAILING_STOP_MARKET', {
      callbackRate: /^1(\.0+)?$/,
      activatePrice: /^61000(\.0+)?$/,
    }),
  },
  {
    title: 'query by algoId',
    before: [waitingStop],
    send: ([stop]) => ask('/fapi/v1/algoOrder', { algoId: member(stop, 'algoId') }),
    answer: { ...waitingAlgo, algoStatus: ['one of', 'NEW'], triggerTime: ['one of', 0] },
  },
  {
    title: 'query by client id',
    before: [waitingStop],
    send: ask('/fapi/v1/algoOrder', { clientAlgoId: 'stop-1' }),
    answer: { ...waitingAlgo, algoStatus: ['one of', 'NEW'] },
  },
  {
    title: 'open conditionals of a symbol',
    before: [waitingStop],
    send: ask('/fapi/v1/openAlgoOrders', btc),
    answer: ['rows', { ...waitingAlgo, ...algoListExtras }],
  },
  {
    title: 'open conditionals of all symbols',
    before: [waitingStop],
    send: ask('/fapi/v1/openAlgoOrders'),
    answer: ['rows', { ...waitingAlgo, ...algoListExtras }],
  },
  {
    title: 'history of conditionals',
    before: [waitingStop],
    send: ask('/fapi/v1/allAlgoOrders', btc),
    answer: ['rows', { ...waitingAlgo, ...algoListExtras }],
  },
  {
    title: 'open orders do not show untriggered conditionals',
    before: [waitingStop],
    send: ask('/fapi/v1/openOrders', btc),
    answer: ['rows'],
  },
  {
    title: 'cancel by algoId',
    before: [waitingStop],
    send: ([stop]) => remove('/fapi/v1/algoOrder', { algoId: member(stop, 'algoId') }),
    answer: cancelledAlgo,
  },
  {
    title: 'a cancelled conditional stays to be asked for',
    before: [waitingStop, remove('/fapi/v1/algoOrder', { clientAlgoId: 'stop-1' })],
    send: ask('/fapi/v1/algoOrder', { clientAlgoId: 'stop-1' }),
    answer: { ...waitingAlgo, algoStatus: ['one of', 'CANCELED'] },
  },
  {
    title: 'cancel all conditionals',
    before: [waitingStop],
    send: remove('/fapi/v1/algoOpenOrders', btc),
    answer: success,
  },
  {
    title: 'a triggered conditional tells the order it became',
    before: [openLong, waitingStop, fall],
    send: ask('/fapi/v1/algoOrder', { clientAlgoId: 'stop-1' }),
    answer: {
      ...triggeredAlgo,
      algoStatus: ['one of', 'FINISHED'],
      actualQty: isHundredth,
      actualPrice: /^5[78]\d{3}/,
    },
  },
  {
    title: 'a triggered conditional has left the open ones',
    before: [openLong, waitingStop, fall],
    send: ask('/fapi/v1/openAlgoOrders', btc),
    answer: ['rows'],
  },
  {
    title: 'the order a conditional became',
    before: [openLong, waitingStop, fall, ask('/fapi/v1/algoOrder', { clientAlgoId: 'stop-1' })],
    send: ([, , asked]) =>
      ask('/fapi/v1/order', { ...btc, orderId: member(asked, 'actualOrderId') }),
    answer: {
      ...queriedOrder,
      status: ['one of', 'FILLED'],
      type: ['one of', 'MARKET'],
      origType: ['one of', 'STOP_MARKET'],
      stopPrice: /^58000(\.0+)?$/,
      clientOrderId: ['one of', 'stop-1'],
      reduceOnly: ['one of', true],
      workingType: ['one of', 'MARK_PRICE'],
    },
  },
]
