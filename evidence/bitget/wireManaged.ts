import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import {
  ask,
  askAccount,
  askOpen,
  askOrder,
  askPlan,
  type Body,
  btc,
  coin,
  post,
  send,
} from './requests.ts'
import * as sample from './samples.ts'
import { account, position } from './samplesMarket.ts'
import { wireMarket } from './wireMarket.ts'

// docs/wire/bitget.md 4.4 and 4.6: `pos_loss` is the stop of a whole position and has no size. A
// preset of the entry becomes one, which watches the last price.

/** Ids the client makes itself. */
const ownId = /^[0-9a-z]{18}$/

interface World {
  isHedge?: boolean
  holdSide: 'long' | 'short'
  /** `'0'` is flat. */
  total: string
  /** The stop, once it stands. */
  stop?: sample.Members
  /** The entry, once it was sent. */
  entry?: { state: 'live' | 'filled'; members: sample.Members }
}

const long: World = { holdSide: 'long', total: '0.02' }
const short: World = { holdSide: 'short', total: '0.02' }

function looksAt({ isHedge = false, holdSide, total, stop, entry }: World): ExpectedRequest[] {
  const posMode = isHedge ? 'hedge_mode' : 'one_way_mode'
  const plans = stop === undefined ? [] : [planOf(isHedge, stop)]
  const positions = total === '0' ? [] : [position({ holdSide, total, posMode })]
  const plain = entry?.state === 'live' ? [sample.row('live', entry.members)] : []
  const byId = { orderId: sample.PLAN_ID } as const
  return [
    ask('v2/mix/position/single-position', { ...btc, ...coin }, sample.ok(positions)),
    askAccount(account({ posMode })),
    ...askOpen(btc, { profit_loss: plans, plain }),
    askPlan('pending', 'profit_loss', byId, plans),
    askOrder(
      { orderId: sample.ORDER_ID },
      sample.ok(
        entry?.state === 'filled'
          ? sample.filledDetail(entry.members)
          : sample.detail('live', entry?.members),
      ),
    ),
    ...requestsOf(wireMarket['W-03']),
  ]
}

/** A size of zero is the whole. */
function planOf(isHedge: boolean, stop: sample.Members): Json {
  const { triggerPrice = '58000', triggerType = 'mark_price' } = stop
  return sample.plan({
    planType: 'pos_loss',
    size: '0',
    clientOid: 'x',
    stopLossTriggerPrice: triggerPrice,
    stopLossTriggerType: triggerType,
    ...(isHedge && {
      posMode: 'hedge_mode',
      posSide: 'long',
      side: 'buy',
      tradeSide: 'close',
    }),
    ...stop,
  })
}

const ofPosition = { ...btc, ...coin } as const

function place(json: Body): ExpectedRequest {
  const words = { planType: 'pos_loss', triggerType: 'mark_price', clientOid: ownId }
  return post(
    'v2/mix/order/place-tpsl-order',
    { ...ofPosition, ...words, ...json },
    sample.receipt(sample.PLAN_ID),
  )
}

function protective(before: World, request: ExpectedRequest, stop: sample.Members): Expected {
  return {
    requests: [request],
    looks: (left) => looksAt(left === 0 ? before : { ...before, stop }),
    result: {
      status: 'ACTIVE',
      stopLossOrder: {
        orderId: `algo:${sample.PLAN_ID}`,
        side: before.holdSide === 'long' ? 'SELL' : 'BUY',
        type: 'STOP_MARKET',
        status: 'PENDING',
        stopPrice: stop.triggerPrice ?? null,
        closePosition: true,
      },
    },
  }
}

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

/** An empty size is the whole. */
const amend = post(
  'v2/mix/order/modify-tpsl-order',
  {
    ...ofPosition,
    orderId: sample.PLAN_ID,
    triggerPrice: '58000',
    triggerType: 'mark_price',
    size: '',
  },
  sample.receipt(sample.PLAN_ID),
)

const filled = { clientOid: 'x', size: '0.02', baseVolume: '0.02' } as const

function entered(isHedge: boolean): Expected {
  const sides = isHedge ? { tradeSide: 'open' } : {}
  const modes = isHedge ? { posMode: 'hedge_mode', posSide: 'long', tradeSide: 'open' } : {}
  return {
    requests: [
      send(
        {
          side: 'buy',
          ...sides,
          orderType: 'market',
          size: '0.02',
          clientOid: ownId,
          presetStopLossPrice: '58000',
        },
        sample.receipt(sample.ORDER_ID),
      ),
    ],
    looks: (left) =>
      looksAt(
        left === 0
          ? { ...long, isHedge, total: '0' }
          : {
              ...long,
              isHedge,
              entry: { state: 'filled', members: { ...filled, ...modes } },
              stop: { triggerPrice: '58000', triggerType: 'fill_price' },
            },
      ),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  }
}

export const wireManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  // In one-way mode `buy` names the long position.
  'W-63': protective(long, place({ holdSide: 'buy', triggerPrice: '58000' }), {
    triggerPrice: '58000',
  }),
  'W-64': protective(short, place({ holdSide: 'sell', triggerPrice: '62000' }), {
    side: 'buy',
    tradeSide: 'buy_single',
    triggerPrice: '62000',
  }),
  'W-65': protective(
    { ...long, isHedge: true },
    place({ holdSide: 'long', triggerPrice: '58000' }),
    { triggerPrice: '58000' },
  ),
  // There is but one, and it keeps its id.
  'W-66': protective({ ...long, stop: { triggerPrice: '57000' } }, amend, {
    triggerPrice: '58000',
  }),
  'W-67': entered(false),
  'W-68': {
    requests: [
      send(
        {
          side: 'buy',
          orderType: 'limit',
          force: 'gtc',
          price: '59500.1',
          size: '0.02',
          clientOid: ownId,
          presetStopLossPrice: '58000',
        },
        sample.receipt(sample.ORDER_ID),
      ),
    ],
    looks: (left) =>
      looksAt({
        ...long,
        total: '0',
        ...(left > 0 && { entry: { state: 'live', members: { clientOid: 'x', size: '0.02' } } }),
      }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  'W-69': entered(true),
  'W-70': {
    requests: [place({ holdSide: 'buy', triggerPrice: '58000' }), ...openInterest, amend],
    inOrder: true,
    looks(left) {
      const triggerPrice = left === 2 ? '57500' : '58000'
      return looksAt(left === 0 ? long : { ...long, stop: { triggerPrice } })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
  // It covers the more by itself.
  'W-71': {
    requests: [place({ holdSide: 'buy', triggerPrice: '58000' }), ...openInterest],
    inOrder: true,
    looks: (left) =>
      looksAt({
        ...long,
        ...(left > 0 && { stop: { triggerPrice: '58000' } }),
        ...(left > 1 && { total: '0.03' }),
      }),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
}
