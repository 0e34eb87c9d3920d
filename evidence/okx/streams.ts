import type { Json } from '../../test/wire/evidence.ts'
import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { askConfig } from './requests.ts'
import { instruments, time } from './wireMarket.ts'

// docs/wire/okx.md 8, by hand. Candles and conditional orders have an address of their own.

const PUBLIC = '/ws/v5/public'
const PRIVATE = '/ws/v5/private'
const BUSINESS = '/ws/v5/business'

type Scope = Readonly<Record<string, string>>

function subscribe(channel: string, scope: Scope = { instId: 'BTC-USDT-SWAP' }): Json {
  return { op: 'subscribe', args: [{ channel, ...scope }] }
}

function on(path: string, ...channels: readonly string[]): ExpectedSocket {
  return { path, frames: channels.map((channel) => subscribe(channel)) }
}

/** Over the seconds, `GET` and `/users/self/verify`, as in vector V5; on each connection anew. */
const login: Json = {
  op: 'login',
  args: [
    {
      apiKey: 'fictional-api-key-0001',
      passphrase: 'fictional-passphrase-0001',
      timestamp: '1763798400',
      sign: '8xjWmzUCm7N45vQ4Sgp2J7o0yfxgc5Ak1IORzRVKwgY=',
    },
  ],
}

const swaps = { instType: 'SWAP' } as const

const user: readonly ExpectedSocket[] = [
  {
    path: PRIVATE,
    frames: [
      login,
      subscribe('orders', swaps),
      subscribe('positions', swaps),
      subscribe('account', {}),
    ],
  },
  {
    path: BUSINESS,
    frames: [login, subscribe('orders-algo', swaps), subscribe('algo-advance', swaps)],
  },
]

/** 3.3. */
const BARS = '1m 3m 5m 15m 30m 1H 2H 4H 6Hutc 12Hutc 1Dutc 3Dutc 1Wutc 1Mutc'.split(' ')

const ticker: ExpectedSocket = {
  path: PUBLIC,
  frames: [
    subscribe('tickers'),
    subscribe('mark-price'),
    subscribe('index-tickers', { instId: 'BTC-USDT' }),
  ],
}

/** What OKX V5 must be sent on sockets. */
export const streams: StreamEvidence = {
  requests: [time, instruments, askConfig('net_mode')],
  list: 'args',
  tag: { names: ['id'], form: /^"[A-Za-z0-9]{1,32}"$/ },
  answer(frame) {
    if (frame === 'ping') return ['pong']
    const { id, op, args = [] } = Object(frame)
    if (op === 'login') return [{ event: 'login', code: '0', msg: '', connId: 'a4d3ae55' }]
    return args.map((arg: Json) => ({ ...(id && { id }), event: op, arg, connId: 'a4d3ae55' }))
  },
  cases: {
    'S-01': { sockets: [ticker] },
    'S-02': { sockets: [on(PUBLIC, 'trades')] },
    'S-03': { sockets: [on(BUSINESS, 'candle5m')] },
    'S-04': { sockets: [on(PUBLIC, 'books')] },
    'S-05': { sockets: user },
    'S-06': { sockets: user },
    'S-07': { sockets: user },
    'S-08': { sockets: user },
    'S-09': { sockets: [on(BUSINESS, ...BARS.map((bar) => `candle${bar}`))] },
    'S-10': { sockets: [{ ...on(PUBLIC, 'trades'), repeated: ['ping'] }] },
    'S-11': { sockets: user.map((socket) => ({ ...socket, repeated: ['ping'] })) },
    'S-12': {
      sockets: [
        {
          path: PUBLIC,
          frames: [
            subscribe('trades'),
            ...ticker.frames,
            { op: 'unsubscribe', args: [{ channel: 'trades', instId: 'BTC-USDT-SWAP' }] },
          ],
        },
      ],
    },
  },
}
