import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import {
  ask,
  askAlgos,
  askConfig,
  askPositions,
  type Body,
  btc,
  page,
  post,
  send,
  swaps,
} from './requests.ts'
import * as sample from './samples.ts'
import { closedPosition, position } from './samplesAccount.ts'
import { wireMarket } from './wireMarket.ts'

// docs/wire/okx.md 4.4 and 4.5: `closeFraction` takes the place of a size. What an entry brings along
// can be relied on to close only in long/short mode, and stands from its fill on.

/** Ids the client makes itself. */
const ownId = /^[0-9a-z]{18}$/

type Members = { readonly [key: string]: Json }

interface World {
  isHedge?: boolean
  /** Signed in net mode; `'0'` is flat. */
  pos: string
  /** The stop, once it stands. */
  stop?: Members
  /** The entry, once it was sent. */
  entry?: Json
}

const long: World = { pos: '2' }
const short: World = { pos: '-2' }
const hedge: World = { ...long, isHedge: true }

/** Whatever the position is when it fires. */
const whole = { closeFraction: '1', sz: '', algoClOrdId: 'x' } as const

function looksAt({ isHedge = false, pos, stop, entry }: World): ExpectedRequest[] {
  const posSide = isHedge ? 'long' : 'net'
  const algos = stop === undefined ? [] : [sample.algo({ ...stop, posSide })]
  const ordId = sample.ORDER_ID
  const resting = entry !== undefined && pos === '0' ? [entry] : []
  return [
    askPositions(pos === '0' ? closedPosition : position({ pos, posSide })),
    askConfig(isHedge ? 'long_short_mode' : 'net_mode'),
    ...askAlgos(btc, algos),
    ask('trade/orders-pending', { ...swaps, ...btc, ...page }, sample.list(resting)),
    ask('trade/order-algo', { algoId: sample.ALGO_ID }, sample.list(algos)),
    ask('trade/order', { ...btc, ordId }, entry ? sample.list([entry]) : sample.noSuchOrder),
    ...requestsOf(wireMarket['W-03']),
  ]
}

function sendAlgo(json: Body): ExpectedRequest {
  return post(
    'trade/order-algo',
    {
      ...btc,
      tdMode: 'cross',
      ordType: 'conditional',
      closeFraction: '1',
      slTriggerPxType: 'mark',
      slOrdPx: '-1',
      algoClOrdId: ownId,
      ...json,
    },
    sample.algoReceipt(sample.ALGO_ID),
  )
}

function protective(before: World, request: ExpectedRequest, stop: Members): Expected {
  const { side, slTriggerPx } = stop
  return {
    requests: [request],
    looks: (left) => looksAt(left === 0 ? before : { ...before, stop }),
    result: {
      status: 'ACTIVE',
      stopLossOrder: {
        orderId: `algo:${sample.ALGO_ID}`,
        side: side === 'sell' ? 'SELL' : 'BUY',
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: slTriggerPx ?? null,
        closePosition: true,
      },
    },
  }
}

const sell = { side: 'sell', slTriggerPx: '58000' } as const
const buy = { side: 'buy', slTriggerPx: '62000' } as const

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

// Of such a stop neither size nor order price can be changed (51523, 51524), so neither is said; what
// it watches is.
const amend = post(
  'trade/amend-algos',
  { ...btc, algoId: sample.ALGO_ID, newSlTriggerPx: '58000', newSlTriggerPxType: 'mark' },
  sample.list([{ algoId: sample.ALGO_ID, algoClOrdId: 'x', sCode: '0', sMsg: '' }]),
)

/** A market order of two contracts that was filled. */
function filled(posSide: 'net' | 'long'): Json {
  return sample.filledOrder({ posSide, sz: '2', accFillSz: '2', fillSz: '2', clOrdId: 'x' })
}

const watchesLast = { ...whole, ...sell, slTriggerPxType: 'last' } as const

export const wireManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  'W-63': protective(long, sendAlgo({ ...sell, reduceOnly: true }), { ...whole, ...sell }),
  'W-64': protective(short, sendAlgo({ ...buy, reduceOnly: true }), { ...whole, ...buy }),
  // Side and position side say that it closes.
  'W-65': protective(hedge, sendAlgo({ ...sell, posSide: 'long' }), { ...whole, ...sell }),
  'W-66': protective({ ...long, stop: { ...whole, ...sell, slTriggerPx: '57000' } }, amend, {
    ...whole,
    ...sell,
  }),
  // In net mode what it brought along could open the other side.
  'W-67': {
    requests: [
      send(
        { side: 'buy', ordType: 'market', sz: '2', clOrdId: ownId },
        sample.placed(sample.ORDER_ID, 'x'),
      ),
      sendAlgo({ ...sell, slTriggerPxType: 'last', reduceOnly: true }),
    ],
    inOrder: true,
    looks: (left) => {
      const after: World = { ...long, entry: filled('net') }
      return looksAt([{ pos: '0' }, after][left] ?? { ...after, stop: watchesLast })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
  'W-68': {
    requests: [
      send(
        { side: 'buy', ordType: 'limit', px: '59500.1', sz: '2', clOrdId: ownId },
        sample.placed(sample.ORDER_ID, 'x'),
      ),
    ],
    looks: (left) =>
      looksAt({ pos: '0', ...(left > 0 && { entry: sample.order({ sz: '2', clOrdId: 'x' }) }) }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  // Its own client id is what finds it.
  'W-69': {
    requests: [
      send(
        {
          side: 'buy',
          posSide: 'long',
          ordType: 'market',
          sz: '2',
          clOrdId: ownId,
          attachAlgoOrds: [{ slTriggerPx: '58000', slTriggerPxType: 'last', slOrdPx: '-1' }],
        },
        sample.placed(sample.ORDER_ID, 'x'),
      ),
    ],
    looks: (left) =>
      looksAt(
        left === 0
          ? { pos: '0', isHedge: true }
          : {
              ...hedge,
              entry: filled('long'),
              stop: { ...sell, slTriggerPxType: 'last', sz: '2', algoClOrdId: '' },
            },
      ),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', quantity: '0.02' } },
  },
  'W-70': {
    requests: [sendAlgo({ ...sell, reduceOnly: true }), ...openInterest, amend],
    inOrder: true,
    looks(left) {
      const slTriggerPx = left === 2 ? '57500' : '58000'
      return looksAt(left === 0 ? long : { ...long, stop: { ...whole, ...sell, slTriggerPx } })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
  // It covers the more by itself.
  'W-71': {
    requests: [sendAlgo({ ...sell, reduceOnly: true }), ...openInterest],
    inOrder: true,
    looks: (left) =>
      looksAt({ pos: left < 2 ? '2' : '3', ...(left > 0 && { stop: { ...whole, ...sell } }) }),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
}
