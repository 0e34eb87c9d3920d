import type { Expected, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, place, post, refuse } from './requests.ts'
import { conditional, list, receipt, refusal, STOP_ID } from './samples.ts'

// docs/wire/bybit.md 4.4 and 4.5: the same endpoints with a trigger.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const byStopId = { ...btc, orderId: STOP_ID }

interface Trigger {
  id: string
  side: 'Buy' | 'Sell'
  price: string
  /** 1 fires when the price rises to it, 2 when it falls. */
  direction: 1 | 2
  by: string
  type: string
}

function trigger({ id, side, price, direction, by, type }: Trigger): Expected {
  return {
    requests: place(
      {
        side,
        orderType: 'Market',
        qty: '0.01',
        triggerPrice: price,
        triggerDirection: direction,
        triggerBy: by,
        reduceOnly: true,
        closeOnTrigger: true,
        orderLinkId: id,
      },
      STOP_ID,
      conditional({
        orderLinkId: id,
        side,
        triggerPrice: price,
        triggerDirection: direction,
        triggerBy: by,
      }),
    ),
    result: {
      ...unified,
      orderId: STOP_ID,
      clientOrderId: id,
      side: side.toUpperCase(),
      type,
      quantity: '0.01',
      price: '0',
      stopPrice: price,
      status: 'PENDING',
      executedQty: '0',
      reduceOnly: true,
    },
  }
}

const stopLoss = { type: 'STOP_MARKET' } as const
const takeProfit = { type: 'TAKE_PROFIT_MARKET' } as const

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
> = {
  'W-15': trigger({
    ...stopLoss,
    id: 'wire-15',
    side: 'Sell',
    price: '58000',
    direction: 2,
    by: 'MarkPrice',
  }),
  'W-16': trigger({
    ...stopLoss,
    id: 'wire-16',
    side: 'Buy',
    price: '62000',
    direction: 1,
    by: 'LastPrice',
  }),
  'W-17': trigger({
    ...takeProfit,
    id: 'wire-17',
    side: 'Sell',
    price: '62000',
    direction: 1,
    by: 'LastPrice',
  }),
  'W-18': trigger({
    ...takeProfit,
    id: 'wire-18',
    side: 'Buy',
    price: '58000',
    direction: 2,
    by: 'MarkPrice',
  }),
  'W-21': {
    requests: [ask('/v5/order/realtime', byStopId, list([conditional({})]))],
    result: { orderId: STOP_ID, status: 'PENDING', type: 'STOP_MARKET', stopPrice: '58000' },
  },
  'W-24': {
    requests: [post('/v5/order/cancel', { orderId: STOP_ID }, receipt(STOP_ID, 'wire-15'))],
    result: true,
  },
  'W-29': trigger({
    ...stopLoss,
    id: 'wire-29',
    side: 'Sell',
    price: '58000',
    direction: 2,
    by: 'IndexPrice',
  }),
  'W-33': {
    requests: place(
      {
        side: 'Buy',
        orderType: 'Market',
        qty: '0.01',
        triggerPrice: '62000',
        triggerDirection: 1,
        triggerBy: 'LastPrice',
        reduceOnly: false,
        closeOnTrigger: false,
        orderLinkId: 'wire-33',
      },
      STOP_ID,
      conditional({ side: 'Buy', triggerDirection: 1, reduceOnly: false, closeOnTrigger: false }),
    ),
    result: { side: 'BUY', status: 'PENDING', reduceOnly: false },
  },
  // It keeps its id and its trigger.
  'W-34': {
    requests: [
      ask(
        '/v5/order/realtime',
        byStopId,
        list([
          conditional({
            orderStatus: 'Filled',
            avgPrice: '57990',
            cumExecQty: '0.010',
            leavesQty: '0.000',
          }),
        ]),
      ),
    ],
    result: {
      orderId: STOP_ID,
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '57990',
      stopPrice: '58000',
    },
  },
  'W-35': {
    requests: [
      ask('/v5/order/realtime', { ...btc, orderLinkId: 'wire-15' }, list([conditional({})])),
    ],
    result: { orderId: STOP_ID, clientOrderId: 'wire-15', status: 'PENDING' },
  },
  'W-41': {
    requests: [
      refuse(
        {
          side: 'Sell',
          orderType: 'Market',
          qty: '0.01',
          triggerPrice: '61000',
          triggerDirection: 2,
          triggerBy: 'LastPrice',
          reduceOnly: true,
          closeOnTrigger: true,
          orderLinkId: 'wire-41',
        },
        refusal(
          110093,
          'expect Falling, but trigger_price[610000000] >= current[600000000]??LastPrice',
        ),
      ),
    ],
    rejects: 'WOULD_TRIGGER_IMMEDIATELY',
  },
  'W-56': {
    unsupported:
      'docs/wire/bybit.md 4.4: one distance for the whole position, without quantity or client id',
  },
}
