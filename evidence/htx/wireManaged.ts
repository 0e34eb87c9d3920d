import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import {
  ask,
  askMode,
  askPositions,
  type Body,
  btc,
  listAlgos,
  page,
  post,
  readAlgo,
  readOrder,
  send,
  sendAlgo,
} from './requests.ts'
import * as sample from './samples.ts'
import { wireMarket } from './wireMarket.ts'

// docs/wire/htx.md 4.10 and 4.11: no stop follows the position, so each has a volume, and none can be
// changed; an entry can bring one along.

/** Ids the client makes itself are numbers. */
const ownId = /^[1-9]\d{0,18}$/

const OLD_ID = '1512871666507650000'

interface World {
  isHedge?: boolean
  direction: 'buy' | 'sell'
  /** In contracts; `'0'` is flat. */
  volume: string
  stops?: readonly Json[]
  /** The entry, once it was sent. */
  entry?: Json
}

const long: World = { direction: 'buy', volume: '20' }
const short: World = { direction: 'sell', volume: '20' }

function looksAt({ isHedge, direction, volume, stops = [], entry }: World): ExpectedRequest[] {
  const position = sample.position({
    direction,
    volume,
    available: volume,
    ...(isHedge && { position_side: 'long' }),
  })
  const resting = entry !== undefined && volume === '0' ? [entry] : []
  return [
    askPositions(...(volume === '0' ? [] : [position])),
    askMode(isHedge ? 'dual_side' : 'single_side'),
    ...listAlgos(btc, { sl: stops }),
    ask('/v5/trade/order/opens', { ...btc, ...page }, sample.success(resting)),
    ...[sample.ALGO_ID, OLD_ID].map((algo_id) =>
      readAlgo(
        'sl',
        { algo_id },
        stops.filter((stop) => Object(stop).algo_id === algo_id),
      ),
    ),
    ...(entry === undefined ? [] : [readOrder(sample.ORDER_ID, sample.success(entry))]),
    ...requestsOf(wireMarket['W-03']),
  ]
}

function place(json: Body): ExpectedRequest {
  return sendAlgo(
    {
      type: 'sl',
      volume: '20',
      sl_type: 'market',
      sl_trigger_price_type: 'mark',
      algo_client_order_id: ownId,
      ...json,
    },
    sample.algoReceipt('1'),
  )
}

function stopRow(members: sample.Members): Json {
  return sample.stopLoss({ volume: '20', algo_client_order_id: '1', ...members })
}

const sell = { side: 'sell', sl_trigger_price: '58000' } as const
const buy = { side: 'buy', sl_trigger_price: '62000' } as const

function protective(before: World, stop: typeof sell | typeof buy): Expected {
  const sides = before.isHedge ? { position_side: 'long' } : {}
  return {
    requests: [place({ ...stop, ...sides })],
    looks: (left) =>
      looksAt(left === 0 ? before : { ...before, stops: [stopRow({ ...stop, ...sides })] }),
    result: standing(stop.side === 'sell' ? 'SELL' : 'BUY', stop.sl_trigger_price),
  }
}

function standing(side: string, stopPrice: string): Json {
  const orderId = `algo:${sample.ALGO_ID}`
  const order = { orderId, side, stopPrice, type: 'STOP_MARKET', status: 'PENDING' }
  return { status: 'ACTIVE', stopLossOrder: { ...order, quantity: '0.02', reduceOnly: true } }
}

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

const cancelOld = post(
  '/v5/algo/cancel_orders',
  [{ ...btc, algo_id: OLD_ID }],
  sample.success([{ algo_id: OLD_ID, algo_client_order_id: null, code: 200, message: 'Success' }]),
)

/** The first stop, with an id of its own. */
const placeOld: ExpectedRequest = {
  ...place(sell),
  answer: sample.success([{ algo_id: OLD_ID, algo_client_order_id: '2' }]),
}

function oldRow(members: sample.Members): Json {
  return stopRow({ algo_id: OLD_ID, algo_client_order_id: '2', ...sell, ...members })
}

const attached = {
  sl_trigger_price: '58000',
  sl_type: 'market',
  sl_trigger_price_type: 'last',
} as const

function entered(isHedge: boolean): Expected {
  const sides = isHedge ? { position_side: 'long' } : {}
  const bought = { volume: '20', trade_volume: '20', client_order_id: '1', ...sides }
  const entry = sample.filledOrder({ ...bought, ...attached })
  // What came along has no client order id.
  const { algo_client_order_id: _, ...stop } = Object(stopRow({ ...attached, ...sides }))
  return {
    requests: [
      send(
        {
          side: 'buy',
          type: 'market',
          volume: '20',
          client_order_id: ownId,
          ...sides,
          ...attached,
        },
        sample.receipt('1'),
      ),
    ],
    looks: (left) =>
      looksAt(
        left === 0 ? { ...long, isHedge, volume: '0' } : { ...long, isHedge, entry, stops: [stop] },
      ),
    result: standing('SELL', '58000'),
  }
}

export const wireManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  'W-63': protective(long, sell),
  'W-64': protective(short, buy),
  'W-65': protective({ ...long, isHedge: true }, sell),
  // The new one first.
  'W-66': {
    requests: [place(sell), cancelOld],
    inOrder: true,
    looks: (left) => {
      const old = stopRow({ algo_id: OLD_ID, sl_trigger_price: '57000' })
      const stages = [[old], [old, stopRow(sell)], [stopRow(sell)]]
      return looksAt({ ...long, stops: stages[left] ?? [] })
    },
    result: standing('SELL', '58000'),
  },
  'W-67': entered(false),
  'W-68': {
    requests: [
      send(
        {
          side: 'buy',
          type: 'limit',
          price: '59500.1',
          time_in_force: 'gtc',
          volume: '20',
          client_order_id: ownId,
          ...attached,
        },
        sample.receipt('1'),
      ),
    ],
    looks: (left) =>
      looksAt({
        ...long,
        volume: '0',
        ...(left > 0 && {
          entry: sample.order({ volume: '20', client_order_id: '1', ...attached }),
        }),
      }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  'W-69': entered(true),
  'W-70': {
    requests: [placeOld, ...openInterest, place(sell), cancelOld],
    inOrder: true,
    looks(left) {
      const moved = oldRow({ sl_trigger_price: '57500' })
      const stages = [[], [oldRow({})], [moved], [moved, stopRow(sell)], [stopRow(sell)]]
      return looksAt({ ...long, stops: stages[left] ?? [] })
    },
    result: standing('SELL', '58000'),
  },
  'W-71': {
    requests: [placeOld, ...openInterest, place({ ...sell, volume: '30' }), cancelOld],
    inOrder: true,
    looks(left) {
      const more = stopRow({ ...sell, volume: '30' })
      const stages = [[], [oldRow({})], [oldRow({})], [oldRow({}), more], [more]]
      return looksAt({ ...long, volume: left < 2 ? '20' : '30', stops: stages[left] ?? [] })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', quantity: '0.03' } },
  },
}
