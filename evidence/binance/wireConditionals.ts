import type { Expected, ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, refuse, remove } from './requests.ts'
import * as sample from './samples.ts'

// docs/wire/binance.md 4.6: the algo service.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }

type Form = Record<string, string>

function placeAlgo(form: Form, answer: Record<string, Json>): ExpectedRequest {
  return {
    method: 'POST',
    path: '/fapi/v1/algoOrder',
    access: 'signed',
    dated: true,
    form: { ...btc, algoType: 'CONDITIONAL', quantity: '0.01', ...form },
    answer: sample.placedAlgo(answer),
  }
}

function trigger(
  id: string,
  side: string,
  type: string,
  triggerPrice: string,
  workingType: string,
): Expected {
  return {
    requests: [
      placeAlgo(
        { side, type, triggerPrice, workingType, reduceOnly: 'true', clientAlgoId: id },
        { clientAlgoId: id, side, orderType: type, triggerPrice, workingType },
      ),
    ],
    result: {
      ...unified,
      orderId: 'algo:2146760',
      clientOrderId: id,
      side,
      type,
      quantity: '0.01',
      price: '0',
      stopPrice: triggerPrice,
      status: 'PENDING',
      executedQty: '0',
      reduceOnly: true,
    },
  }
}

const byAlgoId = { algoId: '2146760' }

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
  'W-15': trigger('wire-15', 'SELL', 'STOP_MARKET', '58000', 'MARK_PRICE'),
  'W-16': trigger('wire-16', 'BUY', 'STOP_MARKET', '62000', 'CONTRACT_PRICE'),
  'W-17': trigger('wire-17', 'SELL', 'TAKE_PROFIT_MARKET', '62000', 'CONTRACT_PRICE'),
  'W-18': trigger('wire-18', 'BUY', 'TAKE_PROFIT_MARKET', '58000', 'MARK_PRICE'),
  'W-21': {
    requests: [ask('/fapi/v1/algoOrder', byAlgoId, sample.queriedAlgo({}))],
    result: { orderId: 'algo:2146760', status: 'PENDING', type: 'STOP_MARKET', stopPrice: '58000' },
  },
  'W-24': {
    requests: [
      remove('/fapi/v1/algoOrder', byAlgoId, {
        algoId: 2146760,
        clientAlgoId: 'wire-15',
        code: '200',
        msg: 'success',
      }),
    ],
    result: true,
  },
  'W-29': { unsupported: 'docs/wire/binance.md 5: workingType knows no index price' },
  'W-33': {
    requests: [
      placeAlgo(
        {
          side: 'BUY',
          type: 'STOP_MARKET',
          triggerPrice: '62000',
          workingType: 'CONTRACT_PRICE',
          clientAlgoId: 'wire-33',
        },
        { side: 'BUY', triggerPrice: '62000.00', reduceOnly: false },
      ),
    ],
    result: { side: 'BUY', status: 'PENDING', reduceOnly: false },
  },
  // It keeps its id; status and fills are those of the order it became.
  'W-34': {
    requests: [
      ask(
        '/fapi/v1/algoOrder',
        byAlgoId,
        sample.queriedAlgo({
          algoStatus: 'FINISHED',
          triggerTime: 1763798400076,
          actualOrderId: '88937381063',
          actualPrice: '57990.00000',
          actualType: 'MARKET',
          actualQty: '0.010',
        }),
      ),
      ask(
        '/fapi/v1/order',
        { ...btc, orderId: '88937381063' },
        sample.queriedOrder({
          orderId: 88937381063,
          clientOrderId: 'wire-15',
          side: 'SELL',
          type: 'MARKET',
          origType: 'STOP_MARKET',
          status: 'FILLED',
          executedQty: '0.010',
          avgPrice: '57990.00000',
          stopPrice: '58000.00',
          reduceOnly: true,
        }),
      ),
    ],
    result: {
      orderId: 'algo:2146760',
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '57990',
      stopPrice: '58000',
    },
  },
  // Regular and algo client ids are separate spaces: who is not in one is asked for in the other.
  'W-35': {
    requests: [
      refuse(
        ask('/fapi/v1/order', { ...btc, origClientOrderId: 'wire-15' }, null),
        sample.noSuchOrder,
      ),
      ask('/fapi/v1/algoOrder', { clientAlgoId: 'wire-15' }, sample.queriedAlgo({})),
    ],
    result: { orderId: 'algo:2146760', clientOrderId: 'wire-15', status: 'PENDING' },
  },
  'W-41': {
    requests: [
      refuse(
        placeAlgo(
          {
            side: 'SELL',
            type: 'STOP_MARKET',
            triggerPrice: '61000',
            workingType: 'CONTRACT_PRICE',
            reduceOnly: 'true',
            clientAlgoId: 'wire-41',
          },
          {},
        ),
        { code: -2021, msg: 'Order would immediately trigger.' },
      ),
    ],
    rejects: 'WOULD_TRIGGER_IMMEDIATELY',
  },
  // Their rate is in percent. No trigger price: with one it would be refused.
  'W-56': {
    requests: [
      placeAlgo(
        {
          side: 'SELL',
          type: 'TRAILING_STOP_MARKET',
          callbackRate: '1.5',
          activatePrice: '61000',
          workingType: 'CONTRACT_PRICE',
          reduceOnly: 'true',
          clientAlgoId: 'wire-56',
        },
        {
          clientAlgoId: 'wire-56',
          orderType: 'TRAILING_STOP_MARKET',
          triggerPrice: '0.00',
          workingType: 'CONTRACT_PRICE',
          activatePrice: '61000.00',
          callbackRate: '1.5',
        },
      ),
    ],
    result: {
      ...unified,
      orderId: 'algo:2146760',
      clientOrderId: 'wire-56',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      status: 'PENDING',
      callbackRate: '0.015',
      activationPrice: '61000',
      reduceOnly: true,
    },
  },
}
