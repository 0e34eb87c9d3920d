import type { ExpectedRequest, WireEvidence } from '../../test/wire/evidence.ts'
import { askAccount, btc, coin, findPlan, post, send } from './requests.ts'
import { ORDER_ID, ok, PLAN_ID, plan, receipt } from './samples.ts'
import { account } from './samplesMarket.ts'

// docs/wire/bitget.md 4.3 and the side matrix of 4.4. The margin mode is one of the symbol, the
// position mode one of a product type, read through any of its symbols.

const hedge = askAccount(account({ posMode: 'hedge_mode' }))

const setIsolated = post(
  'v2/mix/account/set-margin-mode',
  { ...btc, ...coin, marginMode: 'isolated' },
  ok({
    symbol: 'BTCUSDT',
    marginCoin: 'USDT',
    longLeverage: '10',
    shortLeverage: '10',
    marginMode: 'isolated',
  }),
)

function setHedge(productType: string): ExpectedRequest {
  const words = { productType, posMode: 'hedge_mode' }
  return post('v2/mix/account/set-position-mode', words, ok({ posMode: 'hedge_mode' }))
}

export const wireModes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-54' | 'W-55' | 'W-62'
> = {
  'W-47': { requests: [askAccount(account({ marginMode: 'isolated' }))], result: 'ISOLATED' },
  'W-48': { requests: [setIsolated], result: true },
  'W-49': { requests: [hedge], result: 'HEDGE' },
  'W-50': { requests: [setHedge('USDT-FUTURES'), setHedge('USDC-FUTURES')], result: true },
  'W-52': {
    requests: [
      hedge,
      send(
        { side: 'buy', tradeSide: 'open', orderType: 'market', size: '0.01', clientOid: 'wire-52' },
        receipt(ORDER_ID),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      side: 'BUY',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: false,
    },
  },
  // `side` is that of the position.
  'W-53': {
    requests: [
      hedge,
      send(
        {
          side: 'buy',
          tradeSide: 'close',
          orderType: 'market',
          size: '0.01',
          clientOid: 'wire-53',
        },
        receipt(ORDER_ID),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      side: 'SELL',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: true,
    },
  },
  'W-54': {
    requests: [
      hedge,
      post(
        'v2/mix/order/place-tpsl-order',
        {
          ...btc,
          ...coin,
          planType: 'loss_plan',
          holdSide: 'short',
          size: '0.01',
          triggerPrice: '62000',
          triggerType: 'mark_price',
          clientOid: 'wire-54',
        },
        receipt(PLAN_ID),
      ),
      ...findPlan(
        'profit_loss',
        { orderId: PLAN_ID },
        plan({
          clientOid: 'wire-54',
          side: 'sell',
          posSide: 'short',
          tradeSide: 'close',
          posMode: 'hedge_mode',
          triggerPrice: '62000',
          stopLossTriggerPrice: '62000',
        }),
      ),
    ],
    result: {
      orderId: `algo:${PLAN_ID}`,
      side: 'BUY',
      positionSide: 'SHORT',
      status: 'PENDING',
      stopPrice: '62000',
      reduceOnly: true,
    },
  },
  // The order names the mode, which must be the symbol's.
  'W-55': {
    requests: [
      setIsolated,
      // Once for each of the modes.
      askAccount(account({ marginMode: 'isolated' })),
      askAccount(account({ marginMode: 'isolated' })),
      send(
        {
          marginMode: 'isolated',
          side: 'buy',
          orderType: 'limit',
          force: 'gtc',
          price: '59500.1',
          size: '0.01',
          clientOid: 'wire-55',
        },
        receipt(ORDER_ID),
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', price: '59500.1' },
  },
  'W-62': { unsupported: 'V2 has no such call (sheet 4.4)' },
}
