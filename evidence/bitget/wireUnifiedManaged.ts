import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import { type Body, post } from './requests.ts'
import {
  askOrder,
  askOrders,
  askPositions,
  askSettings,
  askStrategies,
  btc,
  send,
} from './requestsUnified.ts'
import { type Members, ORDER_ID, ok, PLAN_ID, receipt } from './samples.ts'
import * as sample from './samplesUnified.ts'
import { wireMarket } from './wireMarket.ts'

// docs/wire/bitget.md 12.4 and 12.5: `full` is the whole position, and its quantity would be ignored.
// A preset of the entry becomes a row of its own, of what has filled.

/** Ids the client makes itself. */
const ownId = /^[0-9a-z]{18}$/

interface World {
  isHedge?: boolean
  posSide: 'long' | 'short'
  /** `'0'` is flat. */
  total: string
  /** The stop, once it stands. */
  stop?: Members
  /** The entry, once it was sent. */
  entry?: Json
}

const long: World = { posSide: 'long', total: '0.02' }
const short: World = { posSide: 'short', total: '0.02' }

function looksAt({ isHedge = false, posSide, total, stop, entry }: World): ExpectedRequest[] {
  const holdMode = isHedge ? 'hedge_mode' : 'one_way_mode'
  const rows = total === '0' ? [] : [sample.position({ posSide, total, holdMode })]
  return [
    askPositions(btc, rows),
    askSettings(sample.settings({ holdMode })),
    askStrategies('USDT-FUTURES', stop ? [sample.strategy({ ...stop, posSide })] : []),
    askOrders(btc, entry !== undefined && total === '0' ? [entry] : []),
    ...(entry === undefined ? [] : [askOrder({ orderId: ORDER_ID }, ok(entry))]),
    ...requestsOf(wireMarket['W-03']),
  ]
}

/** The whole of what is open when it fires. */
const whole = { qty: '', clientOid: 'x' } as const

function place(json: Body): ExpectedRequest {
  const words = { type: 'tpsl', tpslMode: 'full', slTriggerBy: 'mark', slOrderType: 'market' }
  const path = 'v3/trade/place-strategy-order'
  return post(path, { ...btc, ...words, clientOid: ownId, ...json }, receipt(PLAN_ID))
}

function protective(before: World, request: ExpectedRequest, stopLoss: string): Expected {
  return {
    requests: [request],
    looks: (left) => looksAt(left === 0 ? before : { ...before, stop: { ...whole, stopLoss } }),
    result: {
      status: 'ACTIVE',
      stopLossOrder: {
        orderId: `algo:${PLAN_ID}`,
        side: before.posSide === 'long' ? 'SELL' : 'BUY',
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: stopLoss,
        closePosition: true,
      },
    },
  }
}

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

const amend = post(
  'v3/trade/modify-strategy-order',
  { orderId: PLAN_ID, stopLoss: '58000', slTriggerBy: 'mark', slOrderType: 'market' },
  receipt(PLAN_ID),
)

const placed = place({ side: 'sell', reduceOnly: 'yes', stopLoss: '58000' })

const preset = { stopLoss: '58000', slTriggerBy: 'market', slOrderType: 'market' } as const

function entered(isHedge: boolean): Expected {
  const holdMode = isHedge ? 'hedge_mode' : 'one_way_mode'
  const entry = sample.filledOrder({ clientOid: 'x', qty: '0.02', cumExecQty: '0.02', holdMode })
  return {
    requests: [
      send(
        {
          side: 'buy',
          ...(isHedge && { posSide: 'long' }),
          orderType: 'market',
          qty: '0.02',
          clientOid: ownId,
          ...preset,
        },
        receipt(ORDER_ID),
      ),
    ],
    looks: (left) =>
      looksAt(
        left === 0
          ? { ...long, isHedge, total: '0' }
          : { ...long, isHedge, entry, stop: { ...preset, qty: '0.02', clientOid: PLAN_ID } },
      ),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', quantity: '0.02' } },
  }
}

export const wireUnifiedManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  'W-63': protective(long, placed, '58000'),
  'W-64': protective(short, place({ side: 'buy', reduceOnly: 'yes', stopLoss: '62000' }), '62000'),
  'W-65': protective(
    { ...long, isHedge: true },
    place({ side: 'sell', posSide: 'long', stopLoss: '58000' }),
    '58000',
  ),
  // There is but one, and it keeps its id; the quantity is left out.
  'W-66': protective({ ...long, stop: { ...whole, stopLoss: '57000' } }, amend, '58000'),
  'W-67': entered(false),
  'W-68': {
    requests: [
      send(
        {
          side: 'buy',
          orderType: 'limit',
          timeInForce: 'gtc',
          price: '59500.1',
          qty: '0.02',
          clientOid: ownId,
          ...preset,
        },
        receipt(ORDER_ID),
      ),
    ],
    looks: (left) =>
      looksAt({
        ...long,
        total: '0',
        ...(left > 0 && { entry: sample.order({ clientOid: 'x', qty: '0.02' }) }),
      }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  'W-69': entered(true),
  'W-70': {
    requests: [placed, ...openInterest, amend],
    inOrder: true,
    looks(left) {
      const stopLoss = left === 2 ? '57500' : '58000'
      return looksAt(left === 0 ? long : { ...long, stop: { ...whole, stopLoss } })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
  // It covers the more by itself.
  'W-71': {
    requests: [placed, ...openInterest],
    inOrder: true,
    looks: (left) =>
      looksAt({
        ...long,
        ...(left > 0 && { stop: { ...whole, stopLoss: '58000' } }),
        ...(left > 1 && { total: '0.03' }),
      }),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
}
