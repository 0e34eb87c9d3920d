import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askOpen, btc, coin, page, post, refused, usdc, usdt } from './requests.ts'
import {
  lists,
  ORDER_ID,
  orders,
  PLAN_ID,
  plan,
  refusal,
  row,
  trailingPlan,
  triggerPlan,
} from './samples.ts'

// docs/wire/bitget.md 4.5 and 4.8: what is open, and the end of all of it.

const TAKE_ID = '1300000000000000104'

/** Ids of a full page, newest first. */
const newestIds = Array.from({ length: 100 }, (_, index) =>
  String(1300000000000000900n - BigInt(index)),
)
const oldestId = newestIds.at(-1) ?? ''

function fullPage(ours: (members: { orderId: string }) => Json): Json {
  return orders(
    newestIds.map((orderId) => ours({ orderId })),
    oldestId,
  )
}

/** Without ids: all of that kind. */
function cancelPlans(planType: string, orderIds?: readonly string[]): ExpectedRequest {
  const listed = orderIds?.map((orderId) => ({ orderId }))
  return post(
    'v2/mix/order/cancel-plan-order',
    { ...btc, ...coin, planType, ...(listed && { orderIdList: listed }) },
    lists((listed ?? []).map(({ orderId }) => ({ orderId, clientOid: '' }))),
  )
}

const plansOfUsdt = { ...usdt, planType: 'profit_loss', ...page }

export const wireLists: Pick<WireEvidence['cases'], 'W-22' | 'W-25' | 'W-30'> = {
  // Four lists; an empty one is `null`.
  'W-22': {
    requests: askOpen(btc, {
      profit_loss: [plan({})],
      normal_plan: [triggerPlan({})],
      track_plan: [trailingPlan({})],
      plain: [row('live')],
    }),
    result: [
      {
        orderId: `algo:${PLAN_ID}`,
        clientOrderId: 'wire-15',
        type: 'STOP_MARKET',
        side: 'SELL',
        status: 'PENDING',
        stopPrice: '58000',
        reduceOnly: true,
      },
      {
        type: 'STOP_MARKET',
        side: 'BUY',
        stopPrice: '62000',
        status: 'PENDING',
        reduceOnly: false,
      },
      {
        type: 'TRAILING_STOP_MARKET',
        side: 'SELL',
        status: 'PENDING',
        callbackRate: '0.015',
        activationPrice: '61000',
        reduceOnly: true,
      },
      { orderId: ORDER_ID, type: 'LIMIT', status: 'NEW', price: '59500.1' },
    ],
  },
  // Of what protects a position each kind is cancelled by its ids, of the rest all at once.
  'W-25': {
    requests: [
      ask(
        'v2/mix/order/orders-plan-pending',
        { ...btc, planType: 'profit_loss', ...page },
        orders([
          plan({}),
          plan({ orderId: TAKE_ID, planType: 'profit_plan', triggerPrice: '62000' }),
        ]),
      ),
      cancelPlans('loss_plan', [PLAN_ID]),
      cancelPlans('profit_plan', [TAKE_ID]),
      cancelPlans('normal_plan'),
      refused({
        ...cancelPlans('track_plan'),
        answer: refusal('43004', 'There is no order to cancel'),
      }),
      post(
        'v2/mix/order/batch-cancel-orders',
        { ...btc, ...coin },
        lists([{ orderId: ORDER_ID, clientOid: 'a' }]),
      ),
      // `true` means none is left, so it is looked.
      ...askOpen(btc),
    ],
    result: true,
  },
  // Each margin coin has lists of its own. A full page has one behind it, before its oldest id.
  'W-30': {
    requests: [
      ask('v2/mix/order/orders-plan-pending', plansOfUsdt, fullPage(plan)),
      ask('v2/mix/order/orders-plan-pending', { ...plansOfUsdt, idLessThan: oldestId }, orders([])),
      ...askOpen(usdt).slice(1, 3),
      ask(
        'v2/mix/order/orders-pending',
        { ...usdt, ...page },
        fullPage((members) => row('live', members)),
      ),
      ask(
        'v2/mix/order/orders-pending',
        { ...usdt, ...page, idLessThan: oldestId },
        orders([row('live', { orderId: ORDER_ID, symbol: 'PEPEUSDT', size: '3' })]),
      ),
      ...askOpen(usdc, { plain: [row('live', { symbol: 'BTCPERP', marginCoin: 'USDC' })] }),
    ],
    result: [
      ...newestIds.map((id) => ({ orderId: `algo:${id}`, symbol: 'BTCUSDT', status: 'PENDING' })),
      ...newestIds.map((orderId) => ({ orderId, symbol: 'BTCUSDT', status: 'NEW' })),
      { orderId: ORDER_ID, symbol: 'PEPEUSDT', quantity: '3' },
      { symbol: 'BTCUSDC', nativeSymbol: 'BTCPERP', quantity: '0.01' },
    ],
  },
}
