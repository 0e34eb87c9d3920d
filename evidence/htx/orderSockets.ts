import type { Json } from '../../test/wire/evidence.ts'
import type {
  Desk,
  Heard,
  OrderSocketEvidence,
  SayStep,
} from '../../test/wire/orderSocketEvidence.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/htx.md 8.3, by hand: a reply has neither `op` nor topic, and comes in gzip; order events
// come over the notification socket, as text.

const TRADE = '/linear-swap-trade'
const PRIVATE = '/ws/v5/notification'

const text: Heard = { shape: 'text' }
const digits: Heard = { shape: 'digits' }
const integer: Heard = { shape: 'integer' }
const ms: Heard = { shape: 'ms' }

function says(say: Json | ((desk: Desk) => Json), answer: Heard): SayStep {
  return { at: TRADE, say, hear: [answer] }
}

function enters(at: string): SayStep {
  return {
    at,
    say: (desk) => ({ ...loginOf(at, desk) }),
    hear: [{ op: 'auth', type: 'api', 'err-code': 0, ts: ms, data: { 'user-id': digits } }],
  }
}

const login = enters(TRADE)

function request(op: string, data: Json): Json {
  return { op, cid: '17', data }
}

/** Requests count from the first on; a login does not. */
function rateLimit(requests: number): Heard {
  return { limit: 72, interval: 3000, remaining: 72 - requests, reset: integer }
}

function success(data: Heard, requests = 1): Heard {
  const rate_limit = rateLimit(requests)
  return { cid: '17', code: 200, message: 'Success', data, rate_limit, ts: ms }
}

function refusal(code: number, message: Heard): Heard {
  return { cid: '17', code, message, data: null, rate_limit: rateLimit(1), ts: ms }
}

/** 4.4: contracts of 0.001; ids are numbers. */
const limit = {
  contract_code: 'BTC-USDT',
  margin_mode: 'cross',
  side: 'buy',
  type: 'limit',
  price: '59000',
  volume: '10',
  client_order_id: '1780315200001',
} as const

const lower = { ...limit, price: '58900', client_order_id: '1780315200002' } as const

function done(order: { readonly client_order_id: string }): Heard {
  return { order_id: digits, client_order_id: order.client_order_id }
}

function item(order: { readonly client_order_id: string }): Heard {
  return { code: 200, message: 'Success', order_id: digits, client_order_id: order.client_order_id }
}

const place: SayStep = says(request('place_order', limit), success(done(limit)))

const placeTwo: SayStep = says(
  request('place_batch_orders', [limit, lower]),
  success([item(limit), item(lower)]),
)

function refused(order: { readonly [key: string]: Json }, code: number, message: string): SayStep {
  return says(request('place_order', { ...limit, ...order }), refusal(code, message))
}

/** 8.2: an object. */
const orderPush: Heard = {
  op: 'notify',
  topic: 'orders',
  contract_code: 'BTC-USDT',
  ts: ms,
  uid: digits,
  data: {
    atLeast: {
      side: 'buy',
      type: 'limit',
      price: /^59000(\.0+)?$/,
      volume: '10',
      state: 'new',
      contract_code: 'BTC-USDT',
      position_side: 'both',
      order_id: digits,
      client_order_id: limit.client_order_id,
      margin_mode: 'cross',
      reduce_only: false,
      time_in_force: 'gtc',
      trade_volume: '0',
    },
  },
}

/** What HTX must answer over its order socket. */
export const orderSockets: OrderSocketEvidence = {
  packed: [TRADE],
  cases: {
    'O-01': {
      steps: [
        login,
        says((desk) => ({ ...loginOf(TRADE, desk) }), {
          atLeast: { op: 'auth', 'err-code': 2005 },
        }),
      ],
    },
    'O-02': { steps: [login, place] },
    'O-03': {
      steps: [
        login,
        says(
          request('place_order', {
            contract_code: 'BTC-USDT',
            margin_mode: 'cross',
            side: 'buy',
            type: 'market',
            volume: '10',
            client_order_id: limit.client_order_id,
          }),
          success(done(limit)),
        ),
      ],
    },
    'O-04': {
      steps: [
        login,
        place,
        says(
          request('cancel_order', {
            contract_code: 'BTC-USDT',
            client_order_id: limit.client_order_id,
          }),
          success(done(limit), 2),
        ),
      ],
    },
    'O-05': { absent: 'No amendment.' },
    'O-06': {
      steps: [
        login,
        says(
          request('place_batch_orders', [limit, { ...lower, volume: '0' }]),
          success([
            item(limit),
            { code: 1040, message: text, order_id: null, client_order_id: null },
          ]),
        ),
      ],
    },
    'O-07': { absent: 'No amendment.' },
    'O-08': {
      steps: [
        login,
        placeTwo,
        says(
          request('cancel_batch_orders', {
            contract_code: 'BTC-USDT',
            client_order_id: [limit.client_order_id],
          }),
          success([item(limit)], 2),
        ),
        says(
          request('cancel_all_orders', { contract_code: 'BTC-USDT' }),
          success([item(lower)], 3),
        ),
      ],
    },
    'O-09': {
      steps: [
        enters(PRIVATE),
        {
          at: PRIVATE,
          say: { op: 'sub', cid: '5', topic: 'orders', contract_code: 'BTC-USDT' },
          hear: [
            {
              op: 'sub',
              cid: '5',
              topic: 'orders',
              contract_code: 'BTC-USDT',
              ts: ms,
              'err-code': 0,
            },
          ],
        },
        login,
        place,
        { at: PRIVATE, hear: [orderPush] },
      ],
    },
    'O-10': {
      steps: [
        login,
        refused({ contract_code: 'FOO-USDT' }, 1013, 'This contract symbol doesnt exist.'),
      ],
    },
    'O-11': {
      steps: [
        login,
        refused({ volume: '0' }, 1040, 'Invalid amount, please modify and order again.'),
      ],
    },
    'O-12': {
      steps: [
        login,
        says(
          request('cancel_order', { contract_code: 'BTC-USDT', client_order_id: '1780315200009' }),
          refusal(1061, 'The order does not exist.'),
        ),
      ],
    },
    // 8.2: one of two codes.
    'O-13': {
      steps: [
        login,
        says(request('fly_order', limit), { atLeast: { op: 'error', 'err-code': /^20(10|40)$/ } }),
      ],
      isNotUnderstood: true,
    },
    'O-14': {
      steps: [
        {
          at: TRADE,
          say: (desk) => ({ ...loginOf(PRIVATE, desk) }),
          hear: [
            { atLeast: { op: 'auth', 'err-code': 2003 } },
            { atLeast: { op: 'close', ts: ms } },
          ],
          ends: 'any code',
        },
      ],
    },
    'O-15': {
      steps: [
        says(request('place_order', limit), {
          cid: '17',
          code: 2002,
          message: 'Authentication required.',
          data: null,
          ts: ms,
        }),
      ],
    },
    'O-16': { absent: 'An order is not dated.' },
    // The words of before V5.
    'O-17': {
      steps: [
        login,
        says(request('create_cross_order', limit), {
          atLeast: { op: 'error', 'err-code': /^20(10|40)$/ },
        }),
      ],
      isNotUnderstood: true,
    },
    'O-18': { absent: 'No conditional orders over sockets.' },
    'O-19': {
      steps: [
        login,
        says(request('place_order', 'order'), {
          atLeast: { cid: '17', code: 1030, message: 'Input error.', data: null },
        }),
        // `cid` is optional.
        says(
          { op: 'cancel_order', data: { contract_code: 'BTC-USDT', client_order_id: '9' } },
          {
            code: 1061,
            message: 'The order does not exist.',
            data: null,
            rate_limit: { atLeast: { limit: 72, interval: 3000 } },
            ts: ms,
          },
        ),
        says('order', { atLeast: { op: 'error', 'err-code': /^20(10|40)$/ } }),
      ],
    },
  },
}
