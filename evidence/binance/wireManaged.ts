import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import { ask, btc, remove } from './requests.ts'
import * as sample from './samples.ts'
import { wireMarket } from './wireMarket.ts'
import { positionMode } from './wireModes.ts'

// docs/wire/binance.md 4.6: a stop of the whole position has no quantity and does not say that it
// reduces. There is one a side, and it needs a position: no entry brings it along.

/** Ids the client makes itself. */
const ownId = /^[0-9a-z]{18}$/

const NEW_ID = 2146760
const BRIDGE_ID = 2146761
const OLD_ID = 2146762

type Algo = { readonly algoId: number; readonly [key: string]: Json }

interface World {
  isHedge?: boolean
  /** Signed; `'0.000'` is flat. */
  amount: string
  algos?: readonly Algo[]
  /** The entry, once it was sent. */
  entry?: Record<string, Json>
}

const long: World = { amount: '0.020' }
const short: World = { amount: '-0.020' }

function looksAt({ isHedge = false, amount, algos = [], entry }: World): ExpectedRequest[] {
  const positionSide = isHedge ? 'LONG' : 'BOTH'
  const rows = amount === '0.000' ? [] : [sample.position({ positionAmt: amount, positionSide })]
  return [
    ask('/fapi/v3/positionRisk', btc, rows),
    ask('/fapi/v1/symbolConfig', btc, [sample.symbolConfig]),
    positionMode(isHedge),
    ask('/fapi/v1/openOrders', btc, entry && amount === '0.000' ? [entry] : []),
    ask('/fapi/v1/openAlgoOrders', btc, algos.map(sample.listedAlgo)),
    ...algos.map((algo) =>
      ask('/fapi/v1/algoOrder', { algoId: String(algo.algoId) }, sample.queriedAlgo(algo)),
    ),
    ask('/fapi/v1/order', { ...btc, orderId: '22542179' }, entry ?? sample.noSuchOrder),
    ...requestsOf(wireMarket['W-03']),
  ]
}

interface Stop {
  side: 'BUY' | 'SELL'
  triggerPrice: string
  workingType?: string
  positionSide?: 'LONG'
}

/** Whatever the position is when it fires. */
const whole = { closePosition: true, quantity: '0', reduceOnly: false } as const

function placeWhole({ workingType = 'MARK_PRICE', ...stop }: Stop): ExpectedRequest {
  return place({ ...stop, workingType, closePosition: 'true' }, { ...stop, ...whole })
}

function place(form: Record<string, string>, answer: Record<string, Json>): ExpectedRequest {
  return {
    method: 'POST',
    path: '/fapi/v1/algoOrder',
    access: 'signed',
    dated: true,
    form: { ...btc, algoType: 'CONDITIONAL', type: 'STOP_MARKET', clientAlgoId: ownId, ...form },
    answer: sample.placedAlgo({ clientAlgoId: 'x', ...answer }),
  }
}

function cancel(algoId: number): ExpectedRequest {
  const answer = { algoId, clientAlgoId: 'x', code: '200', msg: 'success' }
  return remove('/fapi/v1/algoOrder', { algoId: String(algoId) }, answer)
}

function protective(before: World, stop: Stop): Expected {
  const { side, triggerPrice } = stop
  const algos = [{ algoId: NEW_ID, ...stop, ...whole }]
  return {
    requests: [placeWhole(stop)],
    looks: (left) => looksAt(left === 0 ? before : { ...before, algos }),
    result: {
      status: 'ACTIVE',
      stopLossOrder: {
        side,
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: triggerPrice,
        closePosition: true,
      },
    },
  }
}

const old: Algo = { algoId: OLD_ID, ...whole, triggerPrice: '57000.00' }
const bridge: Algo = { algoId: BRIDGE_ID, quantity: '0.020' }
const stop: Algo = { algoId: NEW_ID, ...whole }
/** As it reads once it was cancelled. */
const bridgeGone = sample.queriedAlgo({ ...bridge, algoStatus: 'CANCELED' })
const sell: Stop = { side: 'SELL', triggerPrice: '58000' }

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

const bridging = place(
  {
    side: 'SELL',
    triggerPrice: '58000',
    workingType: 'MARK_PRICE',
    quantity: '0.02',
    reduceOnly: 'true',
  },
  { algoId: BRIDGE_ID, quantity: '0.020' },
)

/** The one there is gives way to one at 58000. */
function replace(first: Algo): { requests: ExpectedRequest[]; stages: Algo[][] } {
  return {
    requests: [bridging, cancel(first.algoId), placeWhole(sell), cancel(BRIDGE_ID)],
    stages: [[first], [first, bridge], [bridge], [bridge, stop], [stop]],
  }
}

/** An order that opens, with nothing attached to it. */
function enter(form: Record<string, string>, members: Record<string, Json>): ExpectedRequest {
  const words = { side: 'BUY', quantity: '0.02', newOrderRespType: 'RESULT', ...form }
  return {
    method: 'POST',
    path: '/fapi/v1/order',
    access: 'signed',
    dated: true,
    form: { ...btc, ...words, newClientOrderId: ownId },
    answer: sample.placedOrder({ clientOrderId: 'x', origQty: '0.020', ...members }),
  }
}

function entered(isHedge: boolean): Expected {
  const filled = {
    type: 'MARKET',
    origType: 'MARKET',
    status: 'FILLED',
    origQty: '0.020',
    executedQty: '0.020',
  }
  const sides = isHedge ? ({ positionSide: 'LONG' } as const) : {}
  const entry = sample.queriedOrder({ ...filled, ...sides, avgPrice: '60000.10000' })
  const algos = [{ ...stop, ...sides, workingType: 'CONTRACT_PRICE' }]
  const worlds: World[] = [
    { isHedge, amount: '0.000' },
    { isHedge, ...long, entry },
    { isHedge, ...long, entry, algos },
  ]
  return {
    requests: [
      enter({ type: 'MARKET', ...sides }, { ...filled, ...sides }),
      placeWhole({ ...sell, ...sides, workingType: 'CONTRACT_PRICE' }),
    ],
    inOrder: true,
    looks: (left) => looksAt(worlds[left] ?? long),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  }
}

function staged(algos: readonly Algo[]): ExpectedRequest[] {
  return [
    ...looksAt({ ...long, algos }),
    ask('/fapi/v1/algoOrder', { algoId: String(BRIDGE_ID) }, bridgeGone),
  ]
}

const moved: Algo = { ...old, triggerPrice: '57500.00' }

export const wireManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  'W-63': protective(long, sell),
  'W-64': protective(short, { side: 'BUY', triggerPrice: '62000' }),
  'W-65': protective({ ...long, isHedge: true }, { ...sell, positionSide: 'LONG' }),
  // A second one would be refused, so one with a quantity stands in while the first is replaced.
  'W-66': {
    requests: replace(old).requests,
    inOrder: true,
    looks: (left) => staged(replace(old).stages[left] ?? []),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
  'W-67': entered(false),
  'W-68': {
    requests: [
      enter({ type: 'LIMIT', price: '59500.1', timeInForce: 'GTC' }, { price: '59500.10' }),
    ],
    looks: (left) =>
      looksAt({
        amount: '0.000',
        ...(left > 0 && {
          entry: sample.queriedOrder({ origQty: '0.020', price: '59500.10' }),
        }),
      }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  'W-69': entered(true),
  'W-70': {
    requests: [
      { ...placeWhole(sell), answer: sample.placedAlgo({ ...old, triggerPrice: '58000.00' }) },
      ...openInterest,
      ...replace(moved).requests,
    ],
    inOrder: true,
    looks(left) {
      const before: Algo[][] = [[], [{ ...old, triggerPrice: '58000.00' }]]
      return staged([...before, ...replace(moved).stages][left] ?? [])
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
  // It covers the more by itself.
  'W-71': {
    requests: [placeWhole(sell), ...openInterest],
    inOrder: true,
    looks: (left) =>
      looksAt({ amount: left < 2 ? '0.020' : '0.030', algos: left === 0 ? [] : [stop] }),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
}
