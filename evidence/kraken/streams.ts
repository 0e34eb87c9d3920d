import type { Json } from '../../test/wire/evidence.ts'
import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { instruments, time } from './wireMarket.ts'

// docs/wire/kraken.md 8, by hand: one address for everything, and no request ids.

const PATH = '/ws/v1'

const heartbeat: Json = { event: 'subscribe', feed: 'heartbeat' }

function subscribe(feed: string): Json {
  return { event: 'subscribe', feed, product_ids: ['PF_XBTUSD'] }
}

/** A market that moves seldom is told from a dead connection by the heartbeat. */
function on(...feeds: readonly string[]): { sockets: ExpectedSocket[] } {
  return { sockets: [{ path: PATH, frames: [heartbeat, ...feeds.map(subscribe)] }] }
}

const CHALLENGE = 'c100b894-1729-464d-ace1-52dbce11db42'

/** Over the SHA-256 of the challenge, with the secret decoded, as in vector 7. */
const signed = {
  api_key: 'fictional-api-key-0001',
  original_challenge: CHALLENGE,
  signed_challenge:
    'gpyRczblKpXl0nHPzGax3Vr/CLtBEyz8WRAcZkeTU6ASFH36CwhOFflqjKwP3MH13S62o2C29egeSsBEOLRdbg==',
} as const

/** `open_orders` alone is silent about orders that end at once. */
const user: ExpectedSocket = {
  path: PATH,
  frames: [
    { event: 'challenge', api_key: 'fictional-api-key-0001' },
    heartbeat,
    ...['open_orders_verbose', 'fills', 'open_positions', 'balances'].map((feed) => ({
      event: 'subscribe',
      feed,
      ...signed,
    })),
  ],
}

/** 3.6. */
const RESOLUTIONS = '1m 5m 15m 30m 1h 4h 12h 1d 1w'.split(' ')

/** A frame of the protocol: one of JSON is not understood. */
const ping = '(ping)'

/** What Kraken must be sent on sockets. */
export const streams: StreamEvidence = {
  requests: [time, instruments],
  list: 'product_ids',
  greet: () => [{ event: 'info', version: 1 }],
  answer(frame) {
    if (frame === ping) return []
    const { event, ...words } = Object(frame)
    if (event === 'challenge') return [{ event, message: CHALLENGE }]
    return [{ event: `${event}d`, ...words }]
  },
  pulse: () => [{ feed: 'heartbeat', time: 1764206270368 }],
  cases: {
    'S-01': on('ticker'),
    'S-02': on('trade'),
    'S-03': on('candles_trade_5m'),
    'S-04': on('book'),
    'S-05': { sockets: [user] },
    'S-06': { sockets: [user] },
    'S-07': { sockets: [user] },
    'S-08': { sockets: [user] },
    'S-09': on(...RESOLUTIONS.map((resolution) => `candles_trade_${resolution}`)),
    'S-10': {
      sockets: [{ path: PATH, frames: [heartbeat, subscribe('trade')], repeated: [ping] }],
    },
    'S-11': { sockets: [{ ...user, repeated: [ping] }] },
    'S-12': {
      sockets: [
        {
          path: PATH,
          frames: [
            heartbeat,
            subscribe('trade'),
            subscribe('ticker'),
            { event: 'unsubscribe', feed: 'trade', product_ids: ['PF_XBTUSD'] },
          ],
        },
      ],
    },
  },
}
