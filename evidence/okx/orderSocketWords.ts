import type { Json } from '../../test/wire/evidence.ts'
import type { AskStep, Desk, Heard, SayStep } from '../../test/wire/orderSocketEvidence.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/okx.md 8.4, by hand: what is said over the private socket and heard of it.

export const PRIVATE = '/ws/v5/private'

export const text: Heard = { shape: 'text' }
const digits: Heard = { shape: 'digits' }
const maybeText: Heard = { shape: 'text or empty' }
export const micros = /^\d{16}$/

type Members = { readonly [key: string]: Json }

export function says(say: Json | ((desk: Desk) => Json), ...hear: readonly Heard[]): SayStep {
  return { at: PRIVATE, say, hear }
}

export const login: SayStep = says((desk) => ({ op: 'login', args: [loginOf(desk)] }), {
  event: 'login',
  code: '0',
  msg: '',
  connId: text,
})

/** 3.1: where the number is told. It is asked for first. */
export const ask: AskStep = {
  ask: {
    method: 'GET',
    path: '/api/v5/public/instruments',
    access: 'public',
    query: { instType: 'SWAP', instId: 'BTC-USDT-SWAP' },
  },
}

function numberOf({ heard }: Desk): number {
  return Number(Object(heard[0]).data[0].instIdCode)
}

export function request(op: string, ...orders: readonly Members[]): (desk: Desk) => Json {
  return (desk) => ({
    id: '1512',
    op,
    args: orders.map((order) => ({ instIdCode: numberOf(desk), ...order })),
  })
}

/** `code` is '0' when all is done, '1' when nothing is, '2' else. */
export function reply(op: string, code: string, ...data: readonly Heard[]): Heard {
  return { id: '1512', op, code, msg: '', data, inTime: micros, outTime: micros }
}

const moment: Heard = { shape: 'ms text' }
export const optional: Heard = { shape: ['optional', 'text or empty'] }

export function done(clOrdId: string, more: { readonly [key: string]: Heard } = {}): Heard {
  return {
    ordId: digits,
    clOrdId,
    tag: optional,
    ts: moment,
    sCode: '0',
    sMsg: maybeText,
    subCode: optional,
    ...more,
  }
}

export function refused(clOrdId: string, sCode: string, sMsg: Heard = text): Heard {
  return { atLeast: { clOrdId, sCode, sMsg } }
}

/** What is no list of orders is refused as a whole. */
export function notTaken(op: string): Heard {
  return {
    id: '1512',
    op,
    code: '60013',
    msg: 'Invalid args',
    data: [],
    inTime: micros,
    outTime: micros,
  }
}

/** An operation that is no request for an order at all. */
export function error(
  code: string,
  msg: Heard,
  more: { readonly [key: string]: Heard } = {},
): Heard {
  return { event: 'error', code, msg, connId: text, ...more }
}

/** Whether errors say it back is told of one of them alone. */
export const echoed = { id: { shape: ['optional', ['one of', '1512']] } } as const

export const limit = {
  tdMode: 'cross',
  side: 'buy',
  ordType: 'limit',
  px: '59000',
  sz: '1',
  clOrdId: 'o1',
} as const

export const lower = { ...limit, px: '58900', clOrdId: 'o2' } as const

export const place: SayStep = says(
  request('order', limit),
  reply('order', '0', done('o1', { tag: '' })),
)

export const placeTwo: SayStep = says(
  request('batch-orders', limit, lower),
  reply('batch-orders', '0', done('o1', { tag: '' }), done('o2', { tag: '' })),
)

export function refusedOrder(order: Members, sCode: string): SayStep {
  return says(request('order', { ...limit, ...order }), reply('order', '1', refused('o1', sCode)))
}

export const swaps = { channel: 'orders', instType: 'SWAP' } as const

export const orderPush: Heard = {
  arg: { ...swaps, uid: digits },
  data: [
    {
      atLeast: {
        instType: 'SWAP',
        instId: 'BTC-USDT-SWAP',
        ordId: digits,
        clOrdId: 'o1',
        px: /^59000(\.0+)?$/,
        sz: /^1(\.0+)?$/,
        ordType: 'limit',
        side: 'buy',
        posSide: 'net',
        tdMode: 'cross',
        state: 'live',
        accFillSz: /^0?$/,
        avgPx: /^0?$/,
        code: '0',
      },
    },
  ],
}
