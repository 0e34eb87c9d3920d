import type { Json } from '../../test/wire/evidence.ts'
import type {
  Desk,
  Heard,
  OrderSocketEvidence,
  SayStep,
} from '../../test/wire/orderSocketEvidence.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/bitget.md 8.6, by hand: a classic account (V2). Orders go over the private socket.

const PRIVATE = '/v2/ws/private'

const text: Heard = { shape: 'text' }
const digits: Heard = { shape: 'digits' }
const ms: Heard = { shape: 'ms' }

type Members = { readonly [key: string]: Json }

function says(say: Json | ((desk: Desk) => Json), ...hear: readonly Heard[]): SayStep {
  return { at: PRIVATE, say, hear }
}

const login: SayStep = says((desk) => ({ op: 'login', args: [loginOf(desk)] }), {
  event: 'login',
  code: 0,
  msg: { shape: ['optional', 'text or empty'] },
  connId: text,
})

const btc = { instType: 'USDT-FUTURES', instId: 'BTCUSDT' } as const

function request(
  channel: string,
  params: Members,
  instrument: Members = btc,
): { op: string; args: Json } {
  return { op: 'trade', args: [{ id: 'req-1', ...instrument, channel, params }] }
}

function success(channel: string, params: Heard): Heard {
  const arg = [{ id: 'req-1', ...btc, channel, params }]
  return { event: 'trade', arg, code: 0, msg: 'Success', ts: ms }
}

function refused(said: { op: string; args: Json }, code: number, msg: Heard = text): SayStep {
  return says(said, { event: 'error', arg: Object(said.args), code, msg, ts: ms })
}

/** Of what is no order. */
function refusal(code: number): Heard {
  return { atLeast: { event: 'error', code, msg: text } }
}

const limit = {
  orderType: 'limit',
  side: 'buy',
  size: '0.01',
  price: '59000',
  marginCoin: 'USDT',
  force: 'gtc',
  marginMode: 'crossed',
  clientOid: 'o-1',
} as const

const placed = { orderId: digits, clientOid: 'o-1' } as const

const place: SayStep = says(request('place-order', limit), success('place-order', placed))

const orders = { instType: 'USDT-FUTURES', channel: 'orders', instId: 'default' } as const

const orderPush: Heard = {
  action: 'snapshot',
  arg: orders,
  data: [
    {
      atLeast: {
        instId: 'BTCUSDT',
        orderId: digits,
        clientOid: 'o-1',
        price: /^59000(\.0+)?$/,
        size: /^0\.010*$/,
        accBaseVolume: /^0(\.0+)?$/,
        orderType: 'limit',
        force: 'gtc',
        side: 'buy',
        marginMode: 'crossed',
        marginCoin: 'USDT',
        reduceOnly: 'no',
        status: 'live',
      },
    },
  ],
  ts: ms,
}

/** What Bitget must answer to the orders of a classic account over its private socket. */
export const orderSockets: OrderSocketEvidence = {
  cases: {
    'O-01': { steps: [login, says('ping', 'pong')] },
    'O-02': { steps: [login, place] },
    'O-03': {
      steps: [
        login,
        says(
          request('place-order', {
            orderType: 'market',
            side: 'buy',
            size: '0.01',
            marginCoin: 'USDT',
            marginMode: 'crossed',
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
        // The ids as they were sent.
        says(
          request('cancel-order', { clientOid: 'o-1' }),
          success('cancel-order', { clientOid: 'o-1' }),
        ),
      ],
    },
    'O-05': { absent: 'No amendment of classic accounts.' },
    'O-06': { absent: 'No batch of classic accounts.' },
    'O-07': { absent: 'No batch of classic accounts.' },
    'O-08': { absent: 'No batch of classic accounts.' },
    // On the same socket, before the reply or after it.
    'O-09': {
      steps: [
        login,
        says({ op: 'subscribe', args: [orders] }, { event: 'subscribe', arg: orders }),
        says(request('place-order', limit), success('place-order', placed), orderPush),
      ],
    },
    'O-10': {
      steps: [login, refused(request('place-order', limit, { ...btc, instId: 'FOOUSDT' }), 40034)],
    },
    // 6.1: too many decimals are seen before too small.
    'O-11': {
      steps: [
        login,
        refused(
          request('place-order', { ...limit, size: '0.00001' }),
          40808,
          /checkBDScale error value=0\.00001 checkScale=4/,
        ),
      ],
    },
    'O-12': {
      steps: [login, refused(request('cancel-order', { clientOid: 'nobody' }), 40768)],
    },
    'O-13': {
      steps: [login, says({ op: 'fly', args: [{ id: 'req-1', ...btc }] }, refusal(30003))],
      isNotUnderstood: true,
    },
    'O-14': {
      steps: [
        {
          at: PRIVATE,
          say: (desk) => ({ op: 'login', args: [{ ...loginOf(desk), sign: 'AAAA' }] }),
          hear: [refusal(30015)],
          ends: 1000,
        },
      ],
    },
    'O-15': { steps: [refused(request('place-order', limit), 30004)] },
    'O-16': { absent: 'An order of a classic account is not dated.' },
    'O-17': {
      steps: [
        login,
        place,
        refused(
          request('modify-order', { clientOid: 'o-1', newSize: '0.02', newPrice: '59100' }),
          30001,
        ),
      ],
      truth: { orders: [{ price: '59000', quantity: '0.01', status: 'NEW' }] },
      isNotUnderstood: true,
    },
    'O-18': { absent: 'No plans over sockets.' },
    'O-19': {
      steps: [
        login,
        refused({ op: 'trade', args: [] }, 30016, 'Param error'),
        refused(
          { op: 'trade', args: [{ ...btc, channel: 'place-order', params: limit }] },
          41101,
          /^Param .*error$/,
        ),
        refused(
          {
            op: 'trade',
            args: [
              {
                id: 'req-1',
                ...btc,
                instType: 'usdt-futures',
                channel: 'place-order',
                params: limit,
              },
            ],
          },
          41101,
          /^Param .*error$/,
        ),
        {
          at: '/v2/ws/public',
          say: request('place-order', limit),
          hear: [refusal(30003)],
        },
      ],
      isNotUnderstood: true,
    },
  },
}
