import type { Json } from '../../test/wire/evidence.ts'
import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { allInstruments, time } from './wireMarket.ts'
import { askMode } from './wireModes.ts'

// docs/wire/bybit.md 8, by hand.

const PUBLIC = '/v5/public/linear'
const PRIVATE = '/v5/private'

function subscribe(topic: string): Json {
  return { op: 'subscribe', args: [topic] }
}

function market(...topics: readonly string[]): { sockets: ExpectedSocket[] } {
  return { sockets: [{ path: PUBLIC, frames: topics.map(subscribe) }] }
}

/** Over `GET/realtime` and the time it expires, ten seconds from now, both as in vector V6. */
const login: Json = {
  op: 'auth',
  args: [
    'fictional-api-key-0001',
    1763798410000,
    '54a0f4e5b9adf718fb7ed989876dcd0d86e6ae19a90db9a82dff4d4c0bce5646',
  ],
}

const ping: Json = { op: 'ping' }

/** One socket for everything of the account. */
const user: ExpectedSocket = {
  path: PRIVATE,
  frames: [login, ...['order', 'execution', 'position', 'wallet'].map(subscribe)],
}

/** 3.3: minutes, and letters from a day on. */
const INTERVALS = ['1', '3', '5', '15', '30', '60', '120', '240', '360', '720', 'D', 'W', 'M']

function acknowledge(frame: Json, path: string): Json[] {
  const { op = '', req_id = '' } = Object(frame)
  if (op === 'ping' && path === PRIVATE)
    return [{ req_id, op: 'pong', args: ['1763798400000'], conn_id: 'c' }]
  const ret_msg = op === 'ping' ? 'pong' : ''
  return [{ success: true, ret_msg, conn_id: 'c', req_id, op }]
}

/** What Bybit V5 must be sent on sockets. */
export const streams: StreamEvidence = {
  requests: [time, allInstruments, askMode('one-way')],
  list: 'args',
  tag: { names: ['req_id'], form: /^("[^"]{1,64}"|\d+)$/ },
  answer: acknowledge,
  cases: {
    'S-01': market('tickers.BTCUSDT'),
    'S-02': market('publicTrade.BTCUSDT'),
    'S-03': market('kline.5.BTCUSDT'),
    'S-04': market('orderbook.50.BTCUSDT'),
    'S-05': { sockets: [user] },
    'S-06': { sockets: [user] },
    'S-07': { sockets: [user] },
    'S-08': { sockets: [user] },
    'S-09': market(...INTERVALS.map((interval) => `kline.${interval}.BTCUSDT`)),
    'S-10': {
      sockets: [{ path: PUBLIC, frames: [subscribe('publicTrade.BTCUSDT')], repeated: [ping] }],
    },
    'S-11': { sockets: [{ ...user, repeated: [ping] }] },
    'S-12': {
      sockets: [
        {
          path: PUBLIC,
          frames: [
            subscribe('publicTrade.BTCUSDT'),
            subscribe('tickers.BTCUSDT'),
            { op: 'unsubscribe', args: ['publicTrade.BTCUSDT'] },
          ],
        },
      ],
    },
  },
}
