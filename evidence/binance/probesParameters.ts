import type { Probe } from '../../test/wire/evidence.ts'
import { placedAlgo, placedOrder } from './shapes.ts'
import { algo, ask, order, put, remove, restingBuy } from './words.ts'

// docs/wire/binance.md 4.4 to 4.6: every parameter the sheet names is understood, and comes back
// where the answer has a place for it. What is not understood stands in the ledger.

const btc = { symbol: 'BTCUSDT' }

export const parameterProbes: readonly Probe[] = [
  {
    title: 'a limit order with all it can say',
    send: order({
      side: 'BUY',
      positionSide: 'BOTH',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.01',
      price: '50000',
      reduceOnly: 'false',
      newClientOrderId: 'all-1',
      newOrderRespType: 'ACK',
      selfTradePreventionMode: 'EXPIRE_TAKER',
    }),
    answer: {
      ...placedOrder,
      selfTradePreventionMode: ['one of', 'EXPIRE_TAKER'],
    },
  },
  {
    title: 'a limit order that takes its price from the book',
    send: order({
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.01',
      priceMatch: 'QUEUE',
    }),
    answer: { ...placedOrder, priceMatch: ['one of', 'QUEUE'], price: /^[56]\d{4}/ },
  },
  {
    title: 'a conditional with all it can say',
    send: algo({
      side: 'SELL',
      positionSide: 'BOTH',
      type: 'TAKE_PROFIT',
      quantity: '0.01',
      price: '62100',
      triggerPrice: '62000',
      workingType: 'MARK_PRICE',
      priceProtect: 'TRUE',
      timeInForce: 'GTC',
      reduceOnly: 'true',
      clientAlgoId: 'all-2',
      newOrderRespType: 'ACK',
      selfTradePreventionMode: 'EXPIRE_BOTH',
    }),
    answer: {
      ...placedAlgo,
      orderType: ['one of', 'TAKE_PROFIT'],
      clientAlgoId: ['one of', 'all-2'],
      price: /^62100(\.0+)?$/,
      priceProtect: ['one of', true],
      reduceOnly: ['one of', true],
      selfTradePreventionMode: ['one of', 'EXPIRE_BOTH'],
    },
  },
  {
    title: 'amend with the assertion that it reduces',
    before: [
      order({ side: 'BUY', type: 'MARKET', quantity: '0.02' }),
      order({
        side: 'SELL',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: '0.01',
        price: '62000',
        reduceOnly: 'true',
        newClientOrderId: 'reduce-1',
      }),
    ],
    send: put('/fapi/v1/order', {
      ...btc,
      origClientOrderId: 'reduce-1',
      side: 'SELL',
      quantity: '0.01',
      price: '62100',
      reduceOnly: 'true',
    }),
    answer: {
      ...placedOrder,
      pair: ['one of', 'BTCUSDT'],
      reduceOnly: ['one of', true],
      price: /^62100(\.0+)?$/,
    },
  },
  {
    title: 'batch cancel by client ids',
    before: [restingBuy],
    send: remove('/fapi/v1/batchOrders', { ...btc, origClientOrderIdList: '["resting-1"]' }),
    answer: ['rows', { ...placedOrder, status: ['one of', 'CANCELED'] }],
  },
  {
    title: 'history from a time on',
    before: [restingBuy],
    send: ask('/fapi/v1/allOrders', { ...btc, startTime: '1767225600000', limit: '5' }),
    answer: ['at least one', 'anything'],
  },
  {
    title: 'open conditionals by what they are',
    send: ask('/fapi/v1/openAlgoOrders', { algoType: 'CONDITIONAL', symbol: 'BTCUSDT' }),
    answer: ['rows'],
  },
]
