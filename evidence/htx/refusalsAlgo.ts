import type { Json, Probe, Step } from '../../test/wire/evidence.ts'
import { refused, says } from './refusals.ts'
import {
  btc,
  closeLong,
  cross,
  limit,
  openLong,
  place,
  placeAlgo,
  post,
  stop,
  waitingStop,
} from './words.ts'

// docs/wire/htx.md 4.4, 4.10, 4.11 and the texts in 6: conditional orders and attached protection.

const REPEATED = "Customer's order number is repeated. Please try again later."

const takeProfit = { ...btc, type: 'tp', side: 'sell', volume: '10', tp_type: 'market' } as const
const trailing = {
  type: 'trailing_stop',
  side: 'sell',
  volume: '10',
  order_price_type: 'optimal_20',
} as const

function without(name: string, json: { readonly [key: string]: Json }): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))
}

/** A conditional order that is refused; the account holds a long of 10 contracts. */
function badAlgo(
  code: number,
  message: Parameters<typeof refused>[1],
  title: string,
  json: { readonly [key: string]: Json },
  before: readonly Step[] = [openLong],
): Probe {
  return refused(code, message, title, placeAlgo(json), { before })
}

export const algoRefusals: readonly Probe[] = [
  refused(
    1067,
    says('The position_side field is invalid. Please re-enter.'),
    'a conditional order without a side',
    post('/v5/algo/order', { ...cross, ...without('position_side', stop) }),
    {
      before: [openLong],
    },
  ),
  badAlgo(1407, /^The stop-loss price shall not be /, 'a stop-loss above the market', {
    ...stop,
    sl_trigger_price: '61000',
  }),
  badAlgo(1405, /^The take-profit price shall not be /, 'a take-profit below the market', {
    ...takeProfit,
    tp_trigger_price: '59000',
  }),
  badAlgo(1412, / does not meet with the price precision limit 0\.1\.$/, 'a trigger off the tick', {
    ...stop,
    sl_trigger_price: '58000.05',
  }),
  badAlgo(
    1066,
    says('The sl_trigger_price field cannot be empty. Please re-enter.'),
    'a stop-loss without a trigger',
    without('sl_trigger_price', stop),
  ),
  badAlgo(
    1066,
    /field cannot be empty\. Please re-enter\.$/,
    'a stop at a limit without its price',
    { ...stop, sl_type: 'limit' },
  ),
  badAlgo(1030, says('Input error.'), 'a stop of a part of a contract', { ...stop, volume: '1.5' }),
  badAlgo(
    1048,
    says('Insufficient close amount available.'),
    'a stop without a position',
    stop,
    [],
  ),
  badAlgo(1048, says('Insufficient close amount available.'), 'a stop after the position', stop, [
    openLong,
    closeLong,
  ]),
  badAlgo(1048, says('Insufficient close amount available.'), 'a stop larger than the position', {
    ...stop,
    volume: '11',
  }),
  badAlgo(
    1050,
    says(REPEATED),
    'a client id of a conditional order that is live',
    { ...stop, algo_client_order_id: '3001' },
    [openLong, waitingStop],
  ),
  badAlgo(1425, 'text', 'a callback below 0.001', { ...trailing, callback_rate: '0.0005' }),
  badAlgo(1426, 'text', 'an activation on the wrong side', {
    ...trailing,
    callback_rate: '0.05',
    active_price: '59000',
  }),
  refused(
    1405,
    /^The take-profit price shall not be /,
    'an attached take-profit below the entry',
    place({ ...limit, tp_trigger_price: '59000', tp_type: 'market' }),
  ),
  refused(
    1407,
    /^The stop-loss price shall not be /,
    'an attached stop-loss above the entry',
    place({ ...limit, sl_trigger_price: '59800', sl_type: 'market' }),
  ),
  refused(
    1404,
    'text',
    'attached protection of a closing order',
    place({ ...limit, side: 'sell', price: '60500', reduce_only: 1, sl_trigger_price: '62000' }),
    {
      before: [openLong],
    },
  ),
  refused(
    1066,
    says('The sl_trigger_price field cannot be empty. Please re-enter.'),
    'an attached stop-loss without a trigger',
    place({ ...limit, sl_type: 'market' }),
  ),
]
