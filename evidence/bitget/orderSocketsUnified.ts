import type { Json } from '../../test/wire/evidence.ts'
import type {
  Desk,
  Heard,
  OrderSocketEvidence,
  SayStep,
} from '../../test/wire/orderSocketEvidence.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/bitget.md 12.7, by hand: a unified account (V3). Orders go over the private socket.

const PRIVATE = '/v3/ws/private'

const text: Heard = { shape: 'text' }
const digits: Heard = { shape: 'digits' }
const micros = /^\d{16}$/

type Members = { readonly [key: string]: Json }

function says(say: Json | ((desk: Desk) => Json), ...hear: readonly Heard[]): SayStep {
  return { at: PRIVATE, say, hear }
}

const login: SayStep = says((desk) => ({ op: 'login', args: [loginOf(desk)] }), {
  event: 'login',
  code: /^"?0"?$/,
  msg: { shape: ['optional', 'text or empty'] },
  connId: text,
})

const CATEGORY = 'usdt-futures'

function request(topic: string, ...args: readonly Members[]): { [key: string]: Json } {
  return { op: 'trade', id: '1', category: CATEGORY, topic, args }
}

/** Only what places orders says the category back. */
function success(topic: string, ...args: readonly Heard[]): Heard {
  const category: { category?: string } = /place/.test(topic) ? { category: CATEGORY } : {}
  return {
    event: 'trade',
    id: '1',
    ...category,
    topic,
    args,
    code: '0',
    msg: 'Success',
    connId: text,
    ts: { shape: 'ms text' },
    receiveTime: micros,
    pushTime: micros,
    rateLimit: [{ limit: digits, remaining: digits }],
  }
}

function refusal(code: string): Heard {
  return { event: 'error', id: '1', code, msg: text }
}

function done(clientOid: string): Heard {
  return { orderId: digits, clientOid }
}

/** One of a batch. */
function row(clientOid: string, more: { readonly [key: string]: Heard } = {}): Heard {
  return { code: '0', msg: 'Success', orderId: digits, clientOid, ...more }
}

function refused(clientOid: string, code: string): Heard {
  return { atLeast: { code, msg: text, clientOid } }
}

/** As V2 answers; the code may be a text. */
function notAnOrder(code: number): Heard {
  return { atLeast: { event: 'error', code: new RegExp(`^"?${code}"?$`), msg: text } }
}

const btc = { symbol: 'BTCUSDT' } as const

const limit = {
  symbol: 'BTCUSDT',
  qty: '0.01',
  side: 'buy',
  orderType: 'limit',
  price: '59000',
  timeInForce: 'gtc',
  clientOid: 'o-1',
} as const

const lower = { ...limit, price: '58900', clientOid: 'o-2' } as const

const placed: Heard = {
  symbol: 'BTCUSDT',
  orderId: digits,
  clientOid: 'o-1',
  cTime: { shape: 'ms text' },
}

const place: SayStep = says(request('place-order', limit), success('place-order', placed))

const placeTwo: SayStep = says(
  request('batch-place', limit, lower),
  success('batch-place', row('o-1', btc), row('o-2', btc)),
)

const orders = { instType: 'UTA', topic: 'order' } as const

function orderPush(orderStatus: string): Heard {
  return {
    action: 'snapshot',
    arg: orders,
    data: [
      {
        atLeast: {
          category: CATEGORY,
          symbol: 'BTCUSDT',
          orderId: digits,
          clientOid: 'o-1',
          price: /^59000(\.0+)?$/,
          qty: /^0\.010*$/,
          orderType: 'limit',
          timeInForce: 'gtc',
          side: 'buy',
          marginMode: 'crossed',
          reduceOnly: 'no',
          cumExecQty: /^0(\.0+)?$/,
          orderStatus,
        },
      },
    ],
    ts: { shape: 'ms' },
  }
}

/** What Bitget must answer to the orders of a unified account over its private socket. */
export const orderSocketsUnified: OrderSocketEvidence = {
  cases: {
    'O-01': { steps: [login, says('ping', 'pong')] },
    'O-02': { steps: [login, place] },
    'O-03': {
      steps: [
        login,
        says(
          request('place-order', {
            symbol: 'BTCUSDT',
            qty: '0.01',
            side: 'buy',
            orderType: 'market',
            clientOid: 'o-1',
          }),
          success('place-order', placed),
        ),
      ],
    },
    'O-04': {
      steps: [
        login,
        place,
        says(request('cancel-order', { clientOid: 'o-1' }), success('cancel-order', done('o-1'))),
      ],
    },
    'O-05': {
      steps: [
        login,
        place,
        says(
          request('modify-order', {
            symbol: 'BTCUSDT',
            clientOid: 'o-1',
            qty: '0.02',
            price: '59100',
          }),
          success('modify-order', done('o-1')),
        ),
      ],
    },
    'O-06': {
      steps: [
        login,
        says(
          request('batch-place', limit, { ...lower, qty: '0.00001' }),
          success('batch-place', row('o-1', btc), refused('o-2', '25200')),
        ),
      ],
    },
    'O-07': {
      steps: [
        login,
        placeTwo,
        says(
          request(
            'batch-modify',
            { symbol: 'BTCUSDT', clientOid: 'o-1', qty: '0.02', price: '59100' },
            { symbol: 'BTCUSDT', clientOid: 'nobody', qty: '0.02' },
          ),
          success('batch-modify', row('o-1'), refused('nobody', '25204')),
        ),
      ],
    },
    'O-08': {
      steps: [
        login,
        placeTwo,
        says(
          request(
            'batch-cancel',
            { clientOid: 'o-1', symbol: 'BTCUSDT' },
            { clientOid: 'o-2', symbol: 'BTCUSDT' },
          ),
          success('batch-cancel', row('o-1'), row('o-2')),
        ),
      ],
    },
    // On the same socket, before the reply or after it; an order that rests is told twice.
    'O-09': {
      steps: [
        login,
        says({ op: 'subscribe', args: [orders] }, { event: 'subscribe', arg: orders }),
        says(
          request('place-order', limit),
          success('place-order', placed),
          orderPush('live'),
          orderPush('new'),
        ),
      ],
    },
    'O-10': {
      steps: [
        login,
        says(request('place-order', { ...limit, symbol: 'FOOUSDT' }), refusal('25100')),
      ],
    },
    // 6.1: too many decimals are seen before too small.
    'O-11': {
      steps: [login, says(request('place-order', { ...limit, qty: '0.00001' }), refusal('25200'))],
    },
    'O-12': {
      steps: [login, says(request('cancel-order', { clientOid: 'nobody' }), refusal('25204'))],
    },
    'O-13': {
      steps: [login, says({ ...request('place-order', limit), op: 'fly' }, notAnOrder(30003))],
      isNotUnderstood: true,
    },
    'O-14': {
      steps: [
        {
          at: PRIVATE,
          say: (desk) => ({ op: 'login', args: [{ ...loginOf(desk), sign: 'AAAA' }] }),
          hear: [notAnOrder(30015)],
          ends: 1000,
        },
      ],
    },
    'O-15': { steps: [says(request('place-order', limit), refusal('30004'))] },
    // 2: taken, and cancelled for that reason.
    'O-16': {
      steps: [
        login,
        says(
          ({ now }) => ({
            ...request('place-order', { ...limit, receiveWindow: '1000' }),
            requestTime: String(now - 2_000),
          }),
          success('place-order', placed),
        ),
      ],
      truth: { orders: [{ price: '59000', executedQty: '0', status: 'CANCELLED' }] },
    },
    'O-17': {
      steps: [
        login,
        // One client says it with a word more.
        says(request('batch-place-order', limit), refusal('30001')),
      ],
      isNotUnderstood: true,
    },
    'O-18': { absent: 'No strategies over sockets.' },
    'O-19': {
      steps: [
        login,
        says(request('place-order', limit, lower), refusal('30016')),
        says({ op: 'trade', id: '1', category: CATEGORY, topic: 'place-order' }, refusal('30002')),
        // Upper case is of REST.
        says(
          { ...request('place-order', limit), category: 'USDT-FUTURES' },
          { event: 'error', id: '1', code: '41101', msg: 'Param category=USDT-FUTURES error' },
        ),
      ],
      isNotUnderstood: true,
    },
  },
}
