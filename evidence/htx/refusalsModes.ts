import type { Probe, Words } from '../../test/wire/evidence.ts'
import { refused, says } from './refusals.ts'
import {
  algoIdOf,
  ask,
  btc,
  cross,
  hedgeOn,
  isolated,
  limit,
  market,
  openLong,
  orderIdOf,
  place,
  post,
  restingBuy,
  waitingStop,
} from './words.ts'

// docs/wire/htx.md 4 to 4.6, 4.10 and the texts in 6: cancels, modes, lists.

const cancel = '/v5/trade/cancel_order'
const cancelResting = post(cancel, { ...btc, client_order_id: '2001' })
const DAY = 86_400_000
/** Of a simulator's clock, which begins with the year. */
const start = Date.UTC(2026, 0, 1)

function setLeverage(rate: number): Words {
  return post('/v5/position/lever', { ...cross, lever_rate: rate })
}

function cancelFirst(index: number): Probe['send'] {
  return (earlier) => post(cancel, { ...btc, order_id: orderIdOf(earlier[index]) })
}

const isolatedLong = post('/v5/trade/order', { ...isolated, ...market })

function addMargin(amount: string): Words {
  return post('/v5/position/margin', { ...btc, position_side: 'both', type: 'add', amount })
}

export const modeRefusals: readonly Probe[] = [
  refused(
    1061,
    says('The order does not exist.'),
    'a cancel of an order nobody knows',
    post(cancel, { ...btc, order_id: '1512501029504577536' }),
  ),
  refused(
    1061,
    says('The order does not exist.'),
    'a cancel by the id of a conditional order',
    (earlier) => post(cancel, { ...btc, order_id: algoIdOf(earlier[1]) }),
    { before: [openLong, waitingStop] },
  ),
  refused(
    1063,
    says('The order has been executed.'),
    'a cancel of an order that was filled',
    cancelFirst(0),
    {
      before: [openLong],
    },
  ),
  refused(
    1071,
    says('Repeated cancellation. Your order has been canceled.'),
    'a second cancel',
    cancelFirst(0),
    { before: [restingBuy, cancelResting] },
  ),
  refused(
    1066,
    /field cannot be empty\. Please re-enter\.$/,
    'a cancel without an id',
    post(cancel, btc),
  ),
  refused(
    1051,
    says('No orders to cancel.'),
    'cancel-all with no orders',
    post('/v5/trade/cancel_all_orders', btc),
  ),
  refused(
    1067,
    says('The time_out field is invalid. Please re-enter.'),
    "a dead man's switch too short",
    post('/v5/trade/cancel-after', { on_off: '1', time_out: '4999' }),
  ),
  refused(
    1052,
    says('The number exceeds the batch limit.'),
    'a batch of 26',
    post(
      '/v5/trade/batch_orders',
      Array.from({ length: 26 }, () => ({ ...cross, ...limit })),
    ),
  ),
  refused(
    1052,
    says('The number exceeds the batch limit.'),
    'a batch of 26 cancels of conditional orders',
    post(
      '/v5/algo/cancel_orders',
      Array.from({ length: 26 }, () => ({ ...btc, algo_id: '1512871666507657216' })),
    ),
  ),
  refused(1496, 'text', 'assets of many kinds', post('/v5/account/asset_mode', { asset_mode: 1 })),
  refused(
    1067,
    says('The asset_mode field is invalid. Please re-enter.'),
    'an asset mode of old',
    post('/v5/account/asset_mode', { asset_mode: 0 }),
    { notUnderstood: ['asset_mode'] },
  ),
  refused(
    1047,
    says('Insufficient margin available.'),
    'margin that the position needs',
    post('/v5/position/margin', { ...btc, position_side: 'both', type: 'reduce', amount: '10' }),
    { before: [isolatedLong] },
  ),
  refused(
    1048,
    says('Insufficient close amount available.'),
    'a close without a position',
    post('/v5/trade/position', cross),
  ),
  refused(
    1048,
    says('Insufficient close amount available.'),
    'hedge mode: more than the side holds',
    place({ ...market, side: 'sell', position_side: 'long', volume: '11' }),
    {
      before: [hedgeOn, place({ ...market, position_side: 'long' })],
    },
  ),
  refused(1499, 'text', 'hedge mode: an order without a side', place(market), {
    before: [hedgeOn],
  }),
  refused(
    1499,
    'text',
    'hedge mode: an order for both',
    place({ ...market, position_side: 'both' }),
    {
      before: [hedgeOn],
    },
  ),
  refused(1499, 'text', 'hedge mode: a close without a side', post('/v5/trade/position', cross), {
    before: [hedgeOn, place({ ...market, position_side: 'long' })],
  }),
  refused(
    1500,
    'text',
    'one-way mode: an order for a side',
    place({ ...market, position_side: 'long' }),
  ),
  refused(1493, 'text', 'position mode with an order', hedgeOn, { before: [restingBuy] }),
  refused(1494, 'text', 'position mode with a position', hedgeOn, { before: [openLong] }),
  refused(
    1045,
    says('Unable to switch leverage due to open orders.'),
    'leverage with an order',
    setLeverage(10),
    { before: [restingBuy] },
  ),
  refused(
    1037,
    says('The leverage is invalid. Please contact the customer service.'),
    'leverage above the tier',
    setLeverage(201),
  ),
  refused(
    1037,
    says('The leverage is invalid. Please contact the customer service.'),
    'leverage of zero',
    setLeverage(0),
  ),
  refused(
    1047,
    says('Insufficient margin available.'),
    'more margin than is free',
    addMargin('100000'),
    {
      before: [isolatedLong],
    },
  ),
  refused(
    1047,
    says('Insufficient margin available.'),
    'margin without a position',
    addMargin('10'),
  ),
  refused(
    1066,
    says('The type field cannot be empty. Please re-enter.'),
    'conditional orders without a type',
    ask('/v5/algo/order/opens', btc),
  ),
  refused(
    1067,
    says('The limit field is invalid. Please re-enter.'),
    'a page of more than 100',
    ask('/v5/trade/order/opens', { ...btc, limit: '101' }),
  ),
  refused(
    1066,
    says('The margin_mode field cannot be empty. Please re-enter.'),
    'history without a margin mode',
    ask('/v5/trade/order/history', btc),
  ),
  refused(
    1067,
    /^The (start|end)_time field is invalid\. Please re-enter\.$/,
    'a window of more than 48 hours',
    ask('/v5/trade/order/history', {
      ...cross,
      start_time: String(start - 3 * DAY),
      end_time: String(start),
    }),
  ),
  refused(
    1067,
    /^The (start|end)_time field is invalid\. Please re-enter\.$/,
    'fills older than three days',
    ask('/v5/trade/order/details', {
      ...btc,
      start_time: String(start - 5 * DAY),
      end_time: String(start - 4 * DAY),
    }),
  ),
]
