import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import { ask, btc, placeUnseen, post } from './requests.ts'
import * as sample from './samples.ts'
import { wireMarket } from './wireMarket.ts'

// docs/wire/bybit.md 4.4 and 4.5: the stop of a position is set with it and follows its size; an
// entry can bring it along.

/** Ids the client makes itself. */
const ownId = /^[0-9a-z]{18}$/

interface World {
  isHedge?: boolean
  side: 'Buy' | 'Sell'
  /** `'0'` is flat. */
  size: string
  /** Where its stop stands. */
  stopPrice?: string
  /** What it watches. */
  slTriggerBy?: string
  /** The entry, once it was sent. */
  entry?: Json
}

const long: World = { side: 'Buy', size: '0.020' }
const short: World = { side: 'Sell', size: '0.020' }

function looksAt(world: World): ExpectedRequest[] {
  const { stopPrice, entry } = world
  const stops = stopPrice === undefined ? [] : [stopRow(world)]
  const realtime = '/v5/order/realtime'
  return [
    ask('/v5/position/list', btc, sample.list(slots(world))),
    ask('/v5/position/list', { ...btc, limit: '200' }, sample.list(slots(world))),
    ask('/v5/account/info', {}, sample.accountInfo),
    ask(realtime, { ...btc, limit: '50' }, sample.list([...stops, ...resting(world)])),
    ask(realtime, { ...btc, orderId: sample.STOP_ID }, sample.list(stops)),
    ask(realtime, { ...btc, orderId: sample.ORDER_ID }, sample.list(entry ? [entry] : [])),
    ...requestsOf(wireMarket['W-03']),
  ]
}

function slots({ isHedge, side, size, stopPrice }: World): Json[] {
  const index = side === 'Buy' ? 1 : 2
  const positionIdx = isHedge ? index : 0
  const own =
    size === '0'
      ? sample.flatSlot(positionIdx)
      : sample.position({ positionIdx, side, size, stopLoss: stopPrice ?? '' })
  return isHedge ? [own, sample.flatSlot(2)] : [own]
}

function resting({ size, entry }: World): Json[] {
  return entry !== undefined && size === '0' ? [entry] : []
}

/** Without a client id; its quantity is the position's. */
function stopRow({ isHedge, side, size, stopPrice = '', slTriggerBy = 'MarkPrice' }: World): Json {
  return sample.conditional({
    orderLinkId: '',
    positionIdx: isHedge ? 1 : 0,
    side: side === 'Buy' ? 'Sell' : 'Buy',
    qty: size,
    leavesQty: size,
    createType: 'CreateByStopLoss',
    stopOrderType: 'StopLoss',
    triggerPrice: stopPrice,
    triggerDirection: side === 'Buy' ? 2 : 1,
    triggerBy: slTriggerBy,
    stopLoss: stopPrice,
    tpslMode: 'Full',
  })
}

/** `Full` is the whole position, and can be carried out at the market only. */
function setStop(positionIdx: 0 | 1, stopLoss: string): ExpectedRequest {
  const words = { tpslMode: 'Full', positionIdx, stopLoss, slTriggerBy: 'MarkPrice' }
  return post('/v5/position/trading-stop', words, sample.success({}))
}

function protective(before: World, stopPrice: string): Expected {
  const { isHedge, side } = before
  return {
    requests: [setStop(isHedge ? 1 : 0, stopPrice)],
    looks: (left) => looksAt(left === 0 ? before : { ...before, stopPrice }),
    result: {
      status: 'ACTIVE',
      stopLossOrder: {
        side: side === 'Buy' ? 'SELL' : 'BUY',
        type: 'STOP_MARKET',
        status: 'PENDING',
        quantity: '0.02',
        stopPrice,
        closePosition: true,
      },
    },
  }
}

function entered(isHedge: boolean): Expected {
  const entry = sample.filledOrder({
    positionIdx: isHedge ? 1 : 0,
    qty: '0.020',
    cumExecQty: '0.020',
  })
  const before: World = { isHedge, side: 'Buy', size: '0' }
  const after: World = { ...long, isHedge, stopPrice: '58000', slTriggerBy: 'LastPrice', entry }
  return {
    requests: [
      placeUnseen(
        {
          positionIdx: isHedge ? 1 : 0,
          side: 'Buy',
          orderType: 'Market',
          qty: '0.02',
          reduceOnly: false,
          orderLinkId: ownId,
          ...attached,
        },
        sample.ORDER_ID,
      ),
    ],
    looks: (left) => looksAt(left === 0 ? before : after),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', quantity: '0.02' } },
  }
}

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

const attached = { stopLoss: '58000', slTriggerBy: 'LastPrice', tpslMode: 'Full' } as const

export const wireManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  'W-63': protective(long, '58000'),
  'W-64': protective(short, '62000'),
  'W-65': protective({ ...long, isHedge: true }, '58000'),
  // The same call once more changes the one there is.
  'W-66': protective({ ...long, stopPrice: '57000' }, '58000'),
  'W-67': entered(false),
  'W-68': {
    requests: [
      placeUnseen(
        {
          side: 'Buy',
          orderType: 'Limit',
          qty: '0.02',
          price: '59500.1',
          timeInForce: 'GTC',
          reduceOnly: false,
          orderLinkId: ownId,
          ...attached,
        },
        sample.ORDER_ID,
      ),
    ],
    looks: (left) =>
      looksAt({
        side: 'Buy',
        size: '0',
        ...(left > 0 && { entry: sample.order({ qty: '0.020', leavesQty: '0.020' }) }),
      }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  'W-69': entered(true),
  'W-70': {
    requests: [setStop(0, '58000'), ...openInterest, setStop(0, '58000')],
    inOrder: true,
    looks(left) {
      const stopPrice = [undefined, '58000', '57500'][left] ?? '58000'
      return looksAt(left === 0 ? long : { ...long, stopPrice })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', quantity: '0.02' } },
  },
  // It covers the more by itself.
  'W-71': {
    requests: [setStop(0, '58000'), ...openInterest],
    inOrder: true,
    looks: (left) =>
      looksAt({
        ...long,
        ...(left > 0 && { stopPrice: '58000' }),
        ...(left > 1 && { size: '0.030' }),
      }),
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', closePosition: true } },
  },
}
