import {
  type Expected,
  type ExpectedRequest,
  type Json,
  requestsOf,
  type WireEvidence,
} from '../../test/wire/evidence.ts'
import {
  btc,
  leverages,
  open,
  type Parameters,
  positions,
  post,
  recent,
  send,
  tickers,
} from './requests.ts'
import * as sample from './samples.ts'
import { position, tickerRow } from './samplesMarket.ts'
import { wireMarket } from './wireMarket.ts'

// docs/wire/kraken.md 4.5: no stop follows the position, so each has a size; nothing can be attached
// to an entry, and positions are netted.

type Members = { readonly [key: string]: Json }

/** Ids the client makes itself. */
const ownId = /^[0-9a-z]{18}$/

const OLD_ID = '1abfd3c6-af93-4b30-91cc-e4a93797f300'

interface World {
  side: 'long' | 'short'
  /** 0 is flat. */
  size: number
  /** The one that was there before still stands. */
  hasOld?: boolean
  /** The new one, once it stands. */
  stop?: Stop
  /** A limit order that opens, once it rests. */
  hasEntry?: boolean
}

const long: World = { side: 'long', size: 0.02 }
const short: World = { side: 'short', size: 0.02 }

function looksAt({ side, size, hasOld, stop, hasEntry }: World): ExpectedRequest[] {
  const entry = { cliOrdId: 'x', unfilledSize: 0.02 }
  const old = { order_id: OLD_ID, cliOrdId: 'y', stopPrice: 57000 }
  return [
    positions(size === 0 ? [] : [position({ side, size })]),
    tickers(btc, [tickerRow({})]),
    leverages([]),
    open([
      ...(hasOld ? [stopRow(old)] : []),
      ...(stop ? [stopRow({ triggerSignal: 'mark', ...stop })] : []),
      ...(hasEntry ? [sample.openOrder(entry)] : []),
    ]),
    recent({ orderIds: sample.STOP_ID }, stop ? [recentStop(stop)] : []),
    recent({ orderIds: sample.ORDER_ID }, hasEntry ? [recentEntry] : []),
    ...requestsOf(wireMarket['W-03']),
  ]
}

function stopRow(members: Members): Json {
  return sample.openStop({ cliOrdId: 'x', unfilledSize: 0.02, ...members })
}

function recentStop({ side, stopPrice, unfilledSize: quantity = 0.02 }: Stop): Json {
  const triggerSide = side === 'sell' ? 'trigger_below' : 'trigger_above'
  return sample.recentTrigger(stopPrice, triggerSide, { side, cliOrdId: 'x', quantity })
}

const recentEntry = sample.recentOrder('ENTERED_BOOK', { cliOrdId: 'x', quantity: 0.02 })

type Stop = {
  side: 'buy' | 'sell'
  stopPrice: number
  /** Default mark. */
  triggerSignal?: 'last'
  /** Default 0.02. */
  unfilledSize?: number
}

function place(stop: Stop): ExpectedRequest {
  const { side, stopPrice } = stop
  const signal = stop.triggerSignal ?? 'mark'
  const orderTrigger = sample.eventTrigger({
    clientId: 'x',
    side,
    quantity: 0.02,
    triggerPrice: stopPrice,
    triggerSide: side === 'sell' ? 'trigger_below' : 'trigger_above',
    triggerSignal: `${signal}_price`,
  })
  return send(
    {
      orderType: 'stp',
      side,
      size: '0.02',
      stopPrice: String(stopPrice),
      triggerSignal: signal,
      reduceOnly: 'true',
      cliOrdId: ownId,
    },
    sample.placed([{ type: 'PLACE', orderTrigger }], { order_id: sample.STOP_ID, cliOrdId: 'x' }),
  )
}

const sell: Stop = { side: 'sell', stopPrice: 58000 }
const sellAtLast: Stop = { ...sell, triggerSignal: 'last' }
const buy: Stop = { side: 'buy', stopPrice: 62000 }

function protective(before: World, stop: Stop): Expected {
  const { side, stopPrice } = stop
  return {
    requests: [place(stop)],
    looks: (left) => looksAt(left === 0 ? before : { ...before, stop }),
    result: standing(side === 'sell' ? 'SELL' : 'BUY', String(stopPrice)),
  }
}

function standing(side: string, stopPrice: string): Json {
  const order = { orderId: sample.STOP_ID, side, stopPrice, type: 'STOP_MARKET' }
  const { status, quantity } = { status: 'PENDING', quantity: '0.02' }
  return { status: 'ACTIVE', stopLossOrder: { ...order, status, quantity, reduceOnly: true } }
}

/** What marks that something has happened. */
const openInterest = requestsOf(wireMarket['W-46'])

/** The id stays. The size is that of the whole order, whatever of it has filled. */
function edit(size: string): ExpectedRequest {
  const changed = sample.eventTrigger({ clientId: 'x', quantity: Number(size) })
  return post(
    '/editorder',
    { orderId: sample.STOP_ID, stopPrice: '58000', size, qtyMode: 'ABSOLUTE' },
    sample.success({
      editStatus: {
        status: 'edited',
        orderId: sample.STOP_ID,
        cliOrdId: 'x',
        receivedTime: sample.RECEIVED,
        orderEvents: [
          {
            type: 'EDIT',
            old: sample.eventTrigger({ clientId: 'x', quantity: 0.02 }),
            new: changed,
            reducedQuantity: null,
          },
        ],
      },
    }),
  )
}

function enter(form: Parameters, events: readonly Json[]): ExpectedRequest {
  const words = { side: 'buy', size: '0.02', cliOrdId: ownId }
  return send({ ...words, ...form }, sample.placed(events, { cliOrdId: 'x' }))
}

const entered: Expected = {
  requests: [
    enter({ orderType: 'mkt' }, [sample.execution(60000, 0.02, { cliOrdId: 'x', quantity: 0.02 })]),
    place(sellAtLast),
  ],
  inOrder: true,
  looks: (left) => looksAt([{ ...long, size: 0 }, long][left] ?? { ...long, stop: sellAtLast }),
  result: standing('SELL', '58000'),
}

export const wireManaged: Pick<
  WireEvidence['cases'],
  'W-63' | 'W-64' | 'W-65' | 'W-66' | 'W-67' | 'W-68' | 'W-69' | 'W-70' | 'W-71'
> = {
  'W-63': protective(long, sell),
  'W-64': protective(short, buy),
  // There is no other mode.
  'W-65': protective(long, sell),
  // The new one first.
  'W-66': {
    requests: [
      place(sell),
      post(
        '/cancelorder',
        { order_id: OLD_ID },
        sample.success({
          cancelStatus: {
            status: 'cancelled',
            order_id: OLD_ID,
            receivedTime: sample.RECEIVED,
            orderEvents: [
              { type: 'CANCEL', uid: OLD_ID, orderTrigger: sample.eventTrigger({ uid: OLD_ID }) },
            ],
          },
        }),
      ),
    ],
    inOrder: true,
    looks: (left) => looksAt({ ...long, hasOld: left < 2, ...(left > 0 && { stop: sell }) }),
    result: standing('SELL', '58000'),
  },
  'W-67': entered,
  'W-68': {
    requests: [
      enter({ orderType: 'lmt', limitPrice: '59500.1' }, [
        sample.place({ cliOrdId: 'x', quantity: 0.02 }),
      ]),
    ],
    looks: (left) => looksAt({ ...long, size: 0, hasEntry: left > 0 }),
    result: { status: 'ACTIVE', entryOrder: { status: 'NEW', price: '59500.1' } },
  },
  'W-69': entered,
  'W-70': {
    requests: [place(sell), ...openInterest, edit('0.02')],
    inOrder: true,
    looks(left) {
      const moved: Stop = { ...sell, stopPrice: 57500 }
      return looksAt(left === 0 ? long : { ...long, stop: left === 2 ? moved : sell })
    },
    result: standing('SELL', '58000'),
  },
  'W-71': {
    requests: [place(sell), ...openInterest, edit('0.03')],
    inOrder: true,
    looks(left) {
      const grown: World = { ...long, size: left < 2 ? 0.02 : 0.03 }
      const stop: Stop = left < 3 ? sell : { ...sell, unfilledSize: 0.03 }
      return looksAt(left === 0 ? grown : { ...grown, stop })
    },
    result: { status: 'ACTIVE', stopLossOrder: { stopPrice: '58000', quantity: '0.03' } },
  },
}
