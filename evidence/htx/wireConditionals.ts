import type { Expected, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { type Body, btc, missOrder, post, readAlgo, readOrder, sendAlgo } from './requests.ts'
import {
  ALGO_ID,
  algoReceipt,
  CHILD_ID,
  filledOrder,
  numberOf,
  refusal,
  stopLoss,
  success,
  takeProfit,
  trailingStop,
} from './samples.ts'

// docs/wire/htx.md 4.10: a book of its own.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT', orderId: `algo:${ALGO_ID}` }
const byId = { algo_id: ALGO_ID }

interface Stop {
  id: string
  side: 'buy' | 'sell'
  price: string
  source: 'last' | 'mark'
}

function stopBody({ id, side, price, source }: Stop): Body {
  return {
    side,
    type: 'sl',
    volume: '10',
    sl_trigger_price: price,
    sl_type: 'market',
    sl_trigger_price_type: source,
    algo_client_order_id: numberOf(id),
  }
}

function stop(order: Stop): Expected {
  const { id, side, price, source } = order
  const row = stopLoss({
    side,
    algo_client_order_id: numberOf(id),
    sl_trigger_price: price,
    sl_trigger_price_type: source,
  })
  return {
    requests: [sendAlgo(stopBody(order), algoReceipt(numberOf(id))), readAlgo('sl', byId, [row])],
    result: waiting('STOP_MARKET', order),
  }
}

function profit({ id, side, price, source }: Stop): Expected {
  const leg = { tp_trigger_price: price, tp_type: 'market', tp_trigger_price_type: source }
  const name = { algo_client_order_id: numberOf(id) }
  return {
    requests: [
      sendAlgo({ side, type: 'tp', volume: '10', ...leg, ...name }, algoReceipt(numberOf(id))),
      // By its id alone nobody knows of which type it is.
      readAlgo('sl', byId, []),
      readAlgo('tp', byId, [takeProfit({ side, ...leg, ...name })]),
    ],
    result: waiting('TAKE_PROFIT_MARKET', { id, side, price, source }),
  }
}

function waiting(type: string, { id, side, price }: Stop): Json {
  return {
    ...unified,
    clientOrderId: numberOf(id),
    side: side.toUpperCase(),
    type,
    quantity: '0.01',
    price: '0',
    stopPrice: price,
    status: 'PENDING',
    executedQty: '0',
    reduceOnly: true,
  }
}

export const wireConditionals: Pick<
  WireEvidence['cases'],
  | 'W-15'
  | 'W-16'
  | 'W-17'
  | 'W-18'
  | 'W-21'
  | 'W-24'
  | 'W-29'
  | 'W-33'
  | 'W-34'
  | 'W-35'
  | 'W-41'
  | 'W-56'
  | 'W-59'
> = {
  'W-15': stop({ id: 'wire-15', side: 'sell', price: '58000', source: 'mark' }),
  'W-16': stop({ id: 'wire-16', side: 'buy', price: '62000', source: 'last' }),
  'W-17': profit({ id: 'wire-17', side: 'sell', price: '62000', source: 'last' }),
  'W-18': profit({ id: 'wire-18', side: 'buy', price: '58000', source: 'mark' }),
  'W-21': {
    requests: [readAlgo('sl', byId, [stopLoss({})])],
    result: {
      ...unified,
      status: 'PENDING',
      type: 'STOP_MARKET',
      stopPrice: '58000',
      createdAt: 1763798400091,
      updatedAt: 1763798400187,
    },
  },
  'W-24': {
    requests: [
      post(
        '/v5/algo/cancel_orders',
        [{ ...btc, algo_id: ALGO_ID }],
        success([{ algo_id: ALGO_ID, algo_client_order_id: null, code: 200, message: 'Success' }]),
      ),
    ],
    result: true,
  },
  'W-29': { unsupported: 'conditional orders watch the last or the mark price (4.10)' },
  'W-33': { unsupported: 'tp and sl only close, and trigger has no market price (4.10)' },
  // What became of it stands in the plain book; it keeps its id and its trigger with us.
  'W-34': {
    requests: [
      readAlgo('sl', byId, [
        stopLoss({
          state: 'effective',
          actual_volume: '10',
          actual_price: '0',
          actual_time: '1763798400150',
          relation_order_id: CHILD_ID,
        }),
      ]),
      readOrder(
        CHILD_ID,
        success(
          filledOrder({
            order_id: CHILD_ID,
            client_order_id: ALGO_ID,
            side: 'sell',
            order_source: 'tpsl',
            reduce_only: true,
            trade_avg_price: '57990',
          }),
        ),
      ),
    ],
    result: {
      ...unified,
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '57990',
      stopPrice: '58000',
      reduceOnly: true,
    },
  },
  'W-35': {
    requests: [
      ...missOrder({ client_order_id: numberOf('wire-15') }),
      readAlgo('sl', { algo_client_order_id: numberOf('wire-15') }, [stopLoss({})]),
    ],
    result: { ...unified, clientOrderId: numberOf('wire-15'), status: 'PENDING' },
  },
  'W-41': {
    requests: [
      sendAlgo(
        stopBody({ id: 'wire-41', side: 'sell', price: '61000', source: 'last' }),
        refusal(1407, 'The stop loss trigger price must be lower than the last price.'),
      ),
    ],
    rejects: 'WOULD_TRIGGER_IMMEDIATELY',
  },
  // The rate is a fraction here, too. It may not be a market order: the nearest to one that is taken.
  'W-56': {
    requests: [
      sendAlgo(
        {
          side: 'sell',
          type: 'trailing_stop',
          volume: '10',
          callback_rate: '0.015',
          active_price: '61000',
          order_price_type: 'optimal_20',
          reduce_only: true,
          algo_client_order_id: numberOf('wire-56'),
        },
        algoReceipt(numberOf('wire-56')),
      ),
      ...['sl', 'tp', 'tpsl', 'trigger'].map((type) => readAlgo(type, byId, [])),
      readAlgo('trailing_stop', byId, [
        trailingStop({ algo_client_order_id: numberOf('wire-56') }),
      ]),
    ],
    result: {
      ...unified,
      clientOrderId: numberOf('wire-56'),
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      status: 'PENDING',
      callbackRate: '0.015',
      activationPrice: '61000',
      reduceOnly: true,
    },
  },
  'W-59': { unsupported: 'V5 amends nothing (4.4, 4.10)' },
}
