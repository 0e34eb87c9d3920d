import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { askPositions, askSettings, btc } from './requestsUnified.ts'
import { settings } from './samplesUnified.ts'
import { answer, login, publicCases } from './streams.ts'
import { instruments, time } from './wireMarket.ts'

// docs/wire/bitget.md 12.7, by hand: what is private has words of its own, and is one for all product
// types.

const user: ExpectedSocket = {
  path: '/v3/ws/private',
  frames: [
    login,
    ...['order', 'fill', 'strategy-order', 'position', 'account'].map((topic) => ({
      op: 'subscribe',
      args: [{ instType: 'UTA', topic }],
    })),
  ],
}

/** What a unified account (V3) must send on sockets. */
export const streamsUnified: StreamEvidence = {
  requests: [time, ...instruments, askSettings(settings()), askPositions(btc, [])],
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
