import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, post, refuse } from './requests.ts'
import * as sample from './samples.ts'

// docs/wire/binance.md 4.3 and 4.4. The margin mode is one of the symbol, the position mode one of
// the account.

/** The account's flags are cheaper than the page of the position mode. */
export function positionMode(isHedge: boolean): ExpectedRequest {
  return ask('/fapi/v1/accountConfig', {}, sample.accountConfig(isHedge))
}

const hedge = positionMode(true)
const done: Json = { code: 200, msg: 'success' }
const setIsolated = post('/fapi/v1/marginType', { ...btc, marginType: 'ISOLATED' }, done)

/** In hedge mode `reduceOnly` is refused: side and position side say it. */
function place(form: Record<string, string>, members: Record<string, Json>): ExpectedRequest {
  const words = { ...btc, newOrderRespType: 'RESULT', ...form }
  return { ...post('/fapi/v1/order', words, sample.placedOrder(members)), dated: true }
}

function market(side: string, id: string, members: Record<string, Json>): ExpectedRequest {
  return place(
    { side, positionSide: 'LONG', type: 'MARKET', quantity: '0.01', newClientOrderId: id },
    {
      clientOrderId: id,
      side,
      positionSide: 'LONG',
      type: 'MARKET',
      origType: 'MARKET',
      status: 'FILLED',
      executedQty: '0.010',
      cumQty: '0.010',
      ...members,
    },
  )
}

export const wireModes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-54' | 'W-55' | 'W-62'
> = {
  'W-47': {
    requests: [ask('/fapi/v1/symbolConfig', btc, [sample.configOf('ISOLATED')])],
    result: 'ISOLATED',
  },
  'W-48': { requests: [setIsolated], result: true },
  'W-49': { requests: [hedge], result: 'HEDGE' },
  'W-50': {
    requests: [post('/fapi/v1/positionSide/dual', { dualSidePosition: 'true' }, done)],
    result: true,
  },
  'W-52': {
    requests: [hedge, market('BUY', 'wire-52', {})],
    result: {
      orderId: '22542179',
      clientOrderId: 'wire-52',
      side: 'BUY',
      positionSide: 'LONG',
      type: 'MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      reduceOnly: false,
    },
  },
  'W-53': {
    requests: [hedge, market('SELL', 'wire-53', { reduceOnly: true })],
    result: {
      orderId: '22542179',
      side: 'SELL',
      positionSide: 'LONG',
      status: 'FILLED',
      reduceOnly: true,
    },
  },
  'W-54': {
    requests: [
      hedge,
      {
        ...post(
          '/fapi/v1/algoOrder',
          {
            ...btc,
            algoType: 'CONDITIONAL',
            side: 'BUY',
            positionSide: 'SHORT',
            type: 'STOP_MARKET',
            quantity: '0.01',
            triggerPrice: '62000',
            workingType: 'MARK_PRICE',
            clientAlgoId: 'wire-54',
          },
          sample.placedAlgo({
            clientAlgoId: 'wire-54',
            side: 'BUY',
            positionSide: 'SHORT',
            triggerPrice: '62000.00',
            reduceOnly: true,
          }),
        ),
        dated: true,
      },
    ],
    result: {
      orderId: 'algo:2146760',
      clientOrderId: 'wire-54',
      side: 'BUY',
      positionSide: 'SHORT',
      type: 'STOP_MARKET',
      status: 'PENDING',
      stopPrice: '62000',
      reduceOnly: true,
    },
  },
  // It is isolated already, which is as good; the order does not say it.
  'W-55': {
    requests: [
      refuse(setIsolated, { code: -4046, msg: 'No need to change margin type.' }),
      place(
        {
          side: 'BUY',
          type: 'LIMIT',
          quantity: '0.01',
          price: '59500.1',
          timeInForce: 'GTC',
          newClientOrderId: 'wire-55',
        },
        { clientOrderId: 'wire-55', price: '59500.10' },
      ),
    ],
    result: { orderId: '22542179', clientOrderId: 'wire-55', status: 'NEW', price: '59500.1' },
  },
  // In milliseconds, and of one symbol.
  'W-62': {
    requests: [
      post(
        '/fapi/v1/countdownCancelAll',
        { ...btc, countdownTime: '60000' },
        { symbol: 'BTCUSDT', countdownTime: '60000' },
      ),
    ],
    result: true,
  },
}
