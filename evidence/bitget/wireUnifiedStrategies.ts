import type { Expected, ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, type Body, page, post, refused } from './requests.ts'
import { askHedge, askOrder, askStrategies, btc, usdt } from './requestsUnified.ts'
import { CHILD_ID, ok, PLAN_ID, receipt, refusal } from './samples.ts'
import * as sample from './samplesUnified.ts'

// docs/wire/bitget.md 12.5: a store of its own; what is open is one list without a filter.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const orderId = `algo:${PLAN_ID}`
const TRAILING_ID = '1300000000000000103'
const inUsdt = 'USDT-FUTURES'

function send(json: Body, answer: Json): ExpectedRequest {
  return post('v3/trade/place-strategy-order', { ...btc, qty: '0.01', ...json }, answer)
}

/** Of exactly the quantity given, which `partial` says: `full` would ignore it. */
function protect(json: Body, answer: Json): ExpectedRequest {
  return send({ type: 'tpsl', tpslMode: 'partial', ...json }, answer)
}

function stopLoss(price: string, trigger: string): Record<string, string> {
  return { stopLoss: price, slTriggerBy: trigger, slOrderType: 'market' }
}

function takeProfit(price: string, trigger: string): Record<string, string> {
  return { takeProfit: price, tpTriggerBy: trigger, tpOrderType: 'market' }
}

function protective(
  id: string,
  side: 'buy' | 'sell',
  stopPrice: string,
  leg: Record<string, string>,
): Expected {
  const isStop = 'stopLoss' in leg
  const row = { clientOid: id, posSide: side === 'sell' ? 'long' : 'short', ...leg }
  return {
    // The receipt tells an id and no more; what was meant may have been ignored in silence.
    requests: [
      protect({ side, reduceOnly: 'yes', ...leg, clientOid: id }, receipt(PLAN_ID)),
      askStrategies(inUsdt, [isStop ? sample.strategy(row) : sample.takeProfit(row)]),
    ],
    result: {
      ...unified,
      orderId,
      clientOrderId: id,
      side: side.toUpperCase(),
      type: isStop ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET',
      quantity: '0.01',
      price: '0',
      stopPrice,
      status: 'PENDING',
      executedQty: '0',
      reduceOnly: true,
      createdAt: 1763798400100,
    },
  }
}

function askEnded(rows: readonly Json[]): ExpectedRequest {
  return ask('v3/trade/history-strategy-orders', { ...usdt, ...page }, sample.list(rows))
}

export const wireUnifiedStrategies: Pick<
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
  | 'W-54'
  | 'W-56'
  | 'W-59'
> = {
  'W-15': protective('wire-15', 'sell', '58000', stopLoss('58000', 'mark')),
  'W-16': protective('wire-16', 'buy', '62000', stopLoss('62000', 'market')),
  'W-17': protective('wire-17', 'sell', '62000', takeProfit('62000', 'market')),
  'W-18': protective('wire-18', 'buy', '58000', takeProfit('58000', 'mark')),
  'W-21': {
    requests: [askStrategies(inUsdt, [sample.strategy({})])],
    result: { orderId, side: 'SELL', status: 'PENDING', type: 'STOP_MARKET', stopPrice: '58000' },
  },
  'W-24': {
    requests: [post('v3/trade/cancel-strategy-order', { orderId: PLAN_ID }, ok(null))],
    result: true,
  },
  'W-29': { unsupported: 'triggers watch the last or the mark price (sheet 12.5)' },
  'W-33': { unsupported: 'only `tpsl` keeps a client order id (sheet 12.5)' },
  // It keeps its id; status and fills are those of the order it placed.
  'W-34': {
    requests: [
      askStrategies(inUsdt, []),
      askEnded([sample.strategy({ status: 'success' })]),
      ask('v3/trade/strategy-sub-orders', { orderId: PLAN_ID }, sample.subOrders(CHILD_ID)),
      askOrder(
        { orderId: CHILD_ID },
        ok(
          sample.filledOrder({
            orderId: CHILD_ID,
            clientOid: '1300000000000000202',
            side: 'sell',
            reduceOnly: 'YES',
            avgPrice: '57990',
          }),
        ),
      ),
    ],
    result: {
      orderId,
      clientOrderId: 'wire-15',
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '57990',
      stopPrice: '58000',
    },
  },
  'W-35': {
    requests: [
      refused(askOrder({ clientOid: 'wire-15' }, refusal('25204', 'Order does not exist'))),
      askStrategies(inUsdt, [sample.strategy({})]),
    ],
    result: { orderId, clientOrderId: 'wire-15', status: 'PENDING' },
  },
  'W-41': {
    requests: [
      refused(
        protect(
          { side: 'sell', reduceOnly: 'yes', ...stopLoss('61000', 'market'), clientOid: 'wire-41' },
          refusal('25586', 'The stop loss price must be below the current price'),
        ),
      ),
    ],
    rejects: 'WOULD_TRIGGER_IMMEDIATELY',
  },
  // The position says that it closes: `reduceOnly` beside it would be refused.
  'W-54': {
    requests: [
      ...askHedge(),
      protect(
        { side: 'buy', posSide: 'short', ...stopLoss('62000', 'mark'), clientOid: 'wire-54' },
        receipt(PLAN_ID),
      ),
      askStrategies(inUsdt, [
        sample.strategy({ clientOid: 'wire-54', posSide: 'short', stopLoss: '62000' }),
      ]),
    ],
    result: {
      orderId,
      side: 'BUY',
      positionSide: 'SHORT',
      status: 'PENDING',
      stopPrice: '62000',
      reduceOnly: true,
    },
  },
  // A client order id would not be kept, and none is sent. The rate is in percent.
  'W-56': {
    requests: [
      send(
        {
          type: 'trailing_stop',
          side: 'sell',
          reduceOnly: 'yes',
          trailingStopParams: [
            {
              activationPrice: '61000',
              activationType: 'market',
              trailType: 'ratio',
              trailVariance: '1.5',
              preOrderType: 'market',
            },
          ],
        },
        ok({ clientOid: TRAILING_ID, orderId: TRAILING_ID }),
      ),
      askStrategies(inUsdt, [sample.trailing]),
    ],
    result: {
      ...unified,
      orderId: `algo:${TRAILING_ID}`,
      clientOrderId: TRAILING_ID,
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      status: 'PENDING',
      callbackRate: '0.015',
      activationPrice: '61000',
      reduceOnly: true,
    },
  },
  // The id stays. What does not change is said again, read from the order as it stands.
  'W-59': {
    requests: [
      askStrategies(inUsdt, [sample.strategy({})]),
      askStrategies(inUsdt, [sample.strategy({})]),
      post(
        'v3/trade/modify-strategy-order',
        { orderId: PLAN_ID, qty: '0.01', ...stopLoss('57000', 'mark') },
        receipt(PLAN_ID),
      ),
      askStrategies(inUsdt, [sample.strategy({ stopLoss: '57000' })]),
    ],
    result: { orderId, stopPrice: '57000', quantity: '0.01', status: 'PENDING' },
  },
}
