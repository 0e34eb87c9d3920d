import type { Json } from '../../test/wire/evidence.ts'
import type { Desk, Heard, SayStep } from '../../test/wire/orderSocketEvidence.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/bybit.md 8, by hand: what is said over the order socket and heard of it.

const TRADE = '/v5/trade'
export const PRIVATE = '/v5/private'

export const text: Heard = { shape: 'text' }
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const origin = { Traceid: text, Timenow: { shape: 'ms text' } } as const

/** What is left of the rate is told where something was taken. */
const limits: Heard = {
  'X-Bapi-Limit': '10',
  'X-Bapi-Limit-Status': /^\d$/,
  'X-Bapi-Limit-Reset-Timestamp': { shape: 'ms text' },
  ...origin,
}

type Members = { readonly [key: string]: Json }

export function says(say: Json | ((desk: Desk) => Json), answer: Heard): SayStep {
  return { at: TRADE, say, hear: [answer] }
}

/** The time is checked, nothing is signed. */
export function request(
  reqId: string,
  op: string,
  order: Members,
  lateMs = 0,
): (desk: Desk) => Json {
  return ({ now }) => ({
    reqId,
    header: { 'X-BAPI-TIMESTAMP': String(now - lateMs), 'X-BAPI-RECV-WINDOW': '5000' },
    op,
    args: [order],
  })
}

export function success(reqId: string, op: string, data: Heard, retExtInfo: Heard = {}): Heard {
  return { reqId, retCode: 0, retMsg: 'OK', op, data, retExtInfo, header: limits, connId: text }
}

export function refusal(reqId: string, op: string, retCode: number, retMsg: Heard): Heard {
  return { reqId, retCode, retMsg, op, data: {}, retExtInfo: {}, header: limits, connId: text }
}

/** Refused before anything is taken of the rate. */
export function turnedAway(reqId: string, op: string, retCode: number, retMsg: Heard): Heard {
  return { reqId, retCode, retMsg, op, data: {}, retExtInfo: {}, header: origin, connId: text }
}

export function refusedLogin(reqId: string, retCode: number, retMsg: string): Heard {
  return { reqId, retCode, retMsg, op: 'auth', connId: text }
}

export const login: SayStep = says((desk) => ({ reqId: 'a1', op: 'auth', args: loginOf(desk) }), {
  reqId: 'a1',
  retCode: 0,
  retMsg: 'OK',
  op: 'auth',
  connId: text,
})

export const btc = { category: 'linear', symbol: 'BTCUSDT' } as const

export const limit = {
  symbol: 'BTCUSDT',
  side: 'Buy',
  orderType: 'Limit',
  qty: '0.010',
  price: '59000.00',
  timeInForce: 'GTC',
  positionIdx: 0,
  orderLinkId: 'o-1',
} as const

export const lower = { ...limit, price: '58900.00', orderLinkId: 'o-2' } as const

export const create = { category: 'linear', ...limit } as const

export function placed(orderLinkId: string): Heard {
  return { orderId: uuid, orderLinkId }
}

export const place: SayStep = says(
  request('r-1', 'order.create', create),
  success('r-1', 'order.create', placed('o-1')),
)

/** 4.4: fires when the price falls; waits without a position too. */
export function placeStop(reqId: string, orderLinkId: string, triggerPrice: string): SayStep {
  const stop = {
    ...btc,
    side: 'Sell',
    orderType: 'Market',
    qty: '0.010',
    triggerPrice,
    triggerDirection: 2,
    reduceOnly: true,
    positionIdx: 0,
    orderLinkId,
  }
  return says(
    request(reqId, 'order.create', stop),
    success(reqId, 'order.create', placed(orderLinkId)),
  )
}

export function refused(order: Members, retCode: number, retMsg: Heard): SayStep {
  return says(
    request('r-1', 'order.create', { ...create, ...order }),
    refusal('r-1', 'order.create', retCode, retMsg),
  )
}

export function batch(items: readonly Members[]): Members {
  return { category: 'linear', request: items }
}

export function codes(...list: readonly (readonly [code: number, msg: Heard])[]): Heard {
  return { list: list.map(([code, msg]) => ({ code, msg })) }
}

export function row(orderLinkId: string, more: { readonly [key: string]: Heard } = {}): Heard {
  return { ...btc, orderId: uuid, orderLinkId, ...more }
}

export const createAt: Heard = { shape: 'ms text' }

export const placeTwo: SayStep = says(
  request('r-1', 'order.create-batch', batch([limit, lower])),
  success(
    'r-1',
    'order.create-batch',
    { list: [row('o-1', { createAt }), row('o-2', { createAt })] },
    codes([0, 'OK'], [0, 'OK']),
  ),
)

/** One step, one message. */
export const orderPush: Heard = {
  id: { shape: ['optional', 'text'] },
  topic: 'order',
  creationTime: { shape: 'ms' },
  data: [
    {
      atLeast: {
        category: 'linear',
        symbol: 'BTCUSDT',
        orderId: uuid,
        orderLinkId: 'o-1',
        side: 'Buy',
        positionIdx: 0,
        orderStatus: 'New',
        orderType: 'Limit',
        timeInForce: 'GTC',
        price: /^59000(\.0+)?$/,
        qty: /^0\.010*$/,
        leavesQty: /^0\.010*$/,
        cumExecQty: /^0(\.0+)?$/,
        rejectReason: 'EC_NoError',
        reduceOnly: false,
      },
    },
  ],
}
