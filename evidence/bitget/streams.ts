import type { Json } from '../../test/wire/evidence.ts'
import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { askAccount } from './requests.ts'
import { account } from './samplesMarket.ts'
import { kind } from './wire.ts'
import { instruments, time } from './wireMarket.ts'

// docs/wire/bitget.md 8, by hand: a classic account. Each product type is listened to by itself.

const PUBLIC = '/v2/ws/public'
const PRIVATE = '/v2/ws/private'

function subscribe(channel: string): Json {
  return { op: 'subscribe', args: [{ instType: 'USDT-FUTURES', channel, instId: 'BTCUSDT' }] }
}

function on(...channels: readonly string[]): ExpectedSocket {
  return { path: PUBLIC, frames: channels.map(subscribe) }
}

/** Over the seconds, `GET` and `/user/verify`. */
export const login: Json = {
  op: 'login',
  args: [
    {
      apiKey: 'fictional-api-key-0001',
      passphrase: 'fictional-passphrase-0001',
      timestamp: '1763798400',
      sign: 'FTbhxahN5MgVuE3SLNK3+HOCNt7b3PWmbqlYfKgF3Ko=',
    },
  ],
}

function ofAccount(instType: string): Json[] {
  const channels = ['orders', 'fill', 'orders-algo', 'positions']
  return [
    ...channels.map((channel) => ({ instType, channel, instId: 'default' })),
    { instType, channel: 'account', coin: 'default' },
  ].map((arg) => ({ op: 'subscribe', args: [arg] }))
}

const user: ExpectedSocket = {
  path: PRIVATE,
  frames: [login, ...ofAccount('USDT-FUTURES'), ...ofAccount('USDC-FUTURES')],
}

/** 3.3. */
const CANDLES = '1m 3m 5m 15m 30m 1H 4H 6Hutc 12Hutc 1Dutc 3Dutc 1Wutc 1Mutc'.split(' ')

export function answer(frame: Json): Json[] {
  if (frame === 'ping') return ['pong']
  const { op, args = [] } = Object(frame)
  if (op === 'login') return [{ event: 'login', code: 0, connId: 'a4d3ae55' }]
  return args.map((arg: Json) => ({ event: op, arg }))
}

export const publicCases: Omit<
  StreamEvidence['cases'],
  'S-05' | 'S-06' | 'S-07' | 'S-08' | 'S-11'
> = {
  'S-01': { sockets: [on('ticker')] },
  'S-02': { sockets: [on('trade')] },
  'S-03': { sockets: [on('candle5m')] },
  'S-04': { sockets: [on('books')] },
  'S-09': { sockets: [on(...CANDLES.map((candle) => `candle${candle}`))] },
  'S-10': { sockets: [{ ...on('trade'), repeated: ['ping'] }] },
  'S-12': {
    sockets: [
      {
        path: PUBLIC,
        frames: [
          subscribe('trade'),
          subscribe('ticker'),
          {
            op: 'unsubscribe',
            args: [{ instType: 'USDT-FUTURES', channel: 'trade', instId: 'BTCUSDT' }],
          },
        ],
      },
    ],
  },
}

/** What a classic account (V2) must send on sockets. */
export const streams: StreamEvidence = {
  requests: [time, ...instruments, kind, askAccount(account())],
  list: 'args',
  answer,
  cases: {
    ...publicCases,
    'S-05': { sockets: [user] },
    'S-06': { sockets: [user] },
    'S-07': { sockets: [user] },
    'S-08': { sockets: [user] },
    'S-11': { sockets: [{ ...user, repeated: ['ping'] }] },
  },
}
