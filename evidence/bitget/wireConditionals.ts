import type { Expected, ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import {
  askOrder,
  askPlan,
  type Body,
  btc,
  coin,
  findPlan,
  look,
  post,
  refused,
} from './requests.ts'
import * as sample from './samples.ts'
import { ticker } from './samplesMarket.ts'

// docs/wire/bitget.md 4.6 to 4.8: two stores of their own, with ids that do not tell them apart.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTCUSDT' }
const orderId = `algo:${sample.PLAN_ID}`
const byId = { orderId: sample.PLAN_ID } as const

/** 4.6: of exactly the size given; in one-way mode `buy` names the long position. */
function protect(json: Body, answer: Json): ExpectedRequest {
  const path = 'v2/mix/order/place-tpsl-order'
  return post(path, { ...btc, ...coin, size: '0.01', ...json }, answer)
}

function protective(
  id: string,
  kind: { planType: 'loss_plan' | 'profit_plan'; holdSide: 'buy' | 'sell' },
  triggerPrice: string,
  triggerType: string,
): Expected {
  const { planType, holdSide } = kind
  const side = holdSide === 'buy' ? 'sell' : 'buy'
  const words = { ...kind, triggerPrice, triggerType, clientOid: id }
  const row = {
    planType,
    clientOid: id,
    side,
    tradeSide: `${side}_single`,
    triggerPrice,
    triggerType,
  }
  return {
    // The receipt tells an id and no more; what was meant may have been ignored in silence.
    requests: [
      protect(words, sample.receipt(sample.PLAN_ID)),
      ...findPlan('profit_loss', byId, planType === 'loss_plan' ? stop(row) : take(row)),
    ],
    result: {
      ...unified,
      orderId,
      clientOrderId: id,
      side: side.toUpperCase(),
      type: planType === 'loss_plan' ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET',
      quantity: '0.01',
      price: '0',
      stopPrice: triggerPrice,
      status: 'PENDING',
      executedQty: '0',
      reduceOnly: true,
      createdAt: 1763798400100,
    },
  }
}

type Kept = Record<'triggerPrice' | 'triggerType', string> & Record<string, string>

/** Each kind keeps its trigger under a name of its own, too. */
function stop(row: Kept): Json {
  const { triggerPrice, triggerType } = row
  return sample.plan({
    ...row,
    stopLossTriggerPrice: triggerPrice,
    stopLossTriggerType: triggerType,
  })
}

function take(row: Kept): Json {
  const { triggerPrice, triggerType } = row
  return sample.plan({
    ...row,
    ...sample.noStop,
    stopSurplusTriggerPrice: triggerPrice,
    stopSurplusTriggerType: triggerType,
  })
}

const amendment = {
  ...btc,
  ...coin,
  ...byId,
  triggerPrice: '57000',
  triggerType: 'mark_price',
  size: '0.01',
} as const

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
  'W-15': protective('wire-15', { planType: 'loss_plan', holdSide: 'buy' }, '58000', 'mark_price'),
  'W-16': protective('wire-16', { planType: 'loss_plan', holdSide: 'sell' }, '62000', 'fill_price'),
  'W-17': protective(
    'wire-17',
    { planType: 'profit_plan', holdSide: 'buy' },
    '62000',
    'fill_price',
  ),
  'W-18': protective(
    'wire-18',
    { planType: 'profit_plan', holdSide: 'sell' },
    '58000',
    'mark_price',
  ),
  'W-21': {
    requests: [askPlan('pending', 'profit_loss', byId, [sample.plan({})])],
    result: { orderId, status: 'PENDING', type: 'STOP_MARKET', stopPrice: '58000' },
  },
  // A cancel names the kind, which only its row tells.
  'W-24': {
    requests: [
      askPlan('pending', 'profit_loss', byId, [sample.plan({})]),
      post(
        'v2/mix/order/cancel-plan-order',
        { ...btc, ...coin, planType: 'loss_plan', orderIdList: [byId] },
        sample.lists([{ ...byId, clientOid: 'wire-15' }]),
      ),
    ],
    result: true,
  },
  'W-29': { unsupported: 'triggers watch the last or the mark price (sheet 4.6)' },
  // Such an order is triggered from whichever side the price comes, so the market is looked at first.
  'W-33': {
    requests: [
      look('v2/mix/market/ticker', btc, ticker),
      post(
        'v2/mix/order/place-plan-order',
        {
          ...btc,
          ...coin,
          marginMode: 'crossed',
          planType: 'normal_plan',
          side: 'buy',
          orderType: 'market',
          size: '0.01',
          triggerPrice: '62000',
          triggerType: 'fill_price',
          clientOid: 'wire-33',
        },
        sample.receipt('1300000000000000102'),
      ),
      ...findPlan('normal_plan', { orderId: '1300000000000000102' }, sample.triggerPlan({})),
    ],
    result: {
      orderId: 'algo:1300000000000000102',
      side: 'BUY',
      status: 'PENDING',
      type: 'STOP_MARKET',
      stopPrice: '62000',
      reduceOnly: false,
    },
  },
  // It keeps its id; status and fills are those of the order it became.
  'W-34': {
    requests: [
      askPlan('pending', 'profit_loss', byId, []),
      askPlan('history', 'profit_loss', byId, [
        sample.plan({ planStatus: 'executed', executeOrderId: sample.CHILD_ID }),
      ]),
      askOrder(
        { orderId: sample.CHILD_ID },
        sample.ok(
          sample.filledDetail({
            orderId: sample.CHILD_ID,
            clientOid: '1300000000000000202',
            side: 'sell',
            tradeSide: 'reduce_sell_single',
            reduceOnly: 'YES',
            priceAvg: '57990',
            orderSource: 'loss_market',
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
  // No list crosses from one store to the other: not in one, it is asked for in the next.
  'W-35': {
    requests: [
      refused(
        askOrder(
          { clientOid: 'wire-15' },
          sample.refusal('40109', 'The data of the order cannot be found'),
        ),
      ),
      askPlan('pending', 'profit_loss', { clientOid: 'wire-15' }, [sample.plan({})]),
    ],
    result: { orderId, clientOrderId: 'wire-15', status: 'PENDING' },
  },
  'W-41': {
    requests: [
      refused(
        protect(
          {
            planType: 'loss_plan',
            holdSide: 'buy',
            triggerPrice: '61000',
            triggerType: 'fill_price',
            clientOid: 'wire-41',
          },
          sample.refusal('40834', 'The stop loss price must be below the current price'),
        ),
      ),
    ],
    rejects: 'WOULD_TRIGGER_IMMEDIATELY',
  },
  // The rate in percent; the trigger price is where it becomes active.
  'W-56': {
    requests: [
      post(
        'v2/mix/order/place-plan-order',
        {
          ...btc,
          ...coin,
          marginMode: 'crossed',
          planType: 'track_plan',
          side: 'sell',
          reduceOnly: 'YES',
          orderType: 'market',
          size: '0.01',
          triggerPrice: '61000',
          triggerType: 'fill_price',
          callbackRatio: '1.5',
          clientOid: 'wire-56',
        },
        sample.receipt('1300000000000000103'),
      ),
      ...findPlan('track_plan', { orderId: '1300000000000000103' }, sample.trailingPlan({})),
    ],
    result: {
      ...unified,
      orderId: 'algo:1300000000000000103',
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
  // The id stays. What does not change is said again, read from the order as it stands.
  'W-59': {
    requests: [
      askPlan('pending', 'profit_loss', byId, [sample.plan({})]),
      askPlan('pending', 'profit_loss', byId, [sample.plan({})]),
      post('v2/mix/order/modify-tpsl-order', amendment, sample.receipt(sample.PLAN_ID)),
      askPlan('pending', 'profit_loss', byId, [
        sample.plan({ triggerPrice: '57000', stopLossTriggerPrice: '57000' }),
      ]),
    ],
    result: { orderId, stopPrice: '57000', quantity: '0.01', status: 'PENDING' },
  },
}
