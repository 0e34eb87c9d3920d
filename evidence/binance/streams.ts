import type { ExpectedRequest, Json } from '../../test/wire/evidence.ts'
import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { instruments, time } from './wireMarket.ts'
import { positionMode } from './wireModes.ts'

// docs/wire/binance.md 8, by hand. A connection serves the streams of one route alone, and says
// nothing about those of another.

/** Combined, so that each message names its stream. */
const PUBLIC = '/public/stream?streams='
const MARKET = '/market/stream?streams='

function subscribe(stream: string): Json {
  return { method: 'SUBSCRIBE', params: [`btcusdt@${stream}`] }
}

/** Never silent: without it a quiet market could not be told from a dead connection. */
const PULSE = 'markPrice@1s'

function onMarket(...names: readonly string[]): ExpectedSocket {
  return on(MARKET, PULSE, ...names)
}

function on(path: string, ...names: readonly string[]): ExpectedSocket {
  return { path, frames: names.map(subscribe) }
}

const KEY = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1'

/** 8.5: named by the key, not signed. */
const listenKey: ExpectedRequest = {
  method: 'POST',
  path: '/fapi/v1/listenKey',
  access: 'public',
  answer: { listenKey: KEY },
}

/** The address alone subscribes. */
const user: ExpectedSocket = { path: `/private/ws?listenKey=${KEY}`, frames: [] }

/** 3.3. */
const INTERVALS = '1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M'.split(' ')

/** No stream has last, best and mark price together. */
const ticker = [onMarket('ticker'), on(PUBLIC, 'bookTicker')]

/** A question that is answered as long as the connection lives. */
const question: Json = { method: 'LIST_SUBSCRIPTIONS' }

/** What Binance USD-M must be sent on sockets. */
export const streams: StreamEvidence = {
  requests: [time, instruments, positionMode(false), listenKey],
  list: 'params',
  tag: { names: ['id'], form: /^(\d+|"[^"]+")$/ },
  answer(frame) {
    const { id = null, method } = Object(frame)
    return [{ result: method === 'LIST_SUBSCRIPTIONS' ? [] : null, id }]
  },
  cases: {
    'S-01': { sockets: ticker },
    'S-02': { sockets: [onMarket('aggTrade')] },
    'S-03': { sockets: [onMarket('kline_5m')] },
    'S-04': { sockets: [on(PUBLIC, 'depth@100ms')] },
    'S-05': { sockets: [user] },
    'S-06': { sockets: [user] },
    'S-07': { sockets: [user] },
    'S-08': { sockets: [user] },
    'S-09': { sockets: [onMarket(...INTERVALS.map((interval) => `kline_${interval}`))] },
    'S-10': { sockets: [{ ...onMarket('aggTrade'), repeated: [question] }] },
    'S-11': { sockets: [{ ...user, repeated: [question] }] },
    'S-12': {
      sockets: [
        {
          path: MARKET,
          frames: [
            ...['aggTrade', 'ticker', PULSE].map(subscribe),
            { method: 'UNSUBSCRIBE', params: ['btcusdt@aggTrade'] },
          ],
        },
        on(PUBLIC, 'bookTicker'),
      ],
    },
  },
}
