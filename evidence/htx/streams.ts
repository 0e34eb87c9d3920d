import { gzipSync } from 'node:zlib'
import type { Json } from '../../test/wire/evidence.ts'
import type { ExpectedSocket, StreamEvidence } from '../../test/wire/streamEvidence.ts'
import { askMode } from './requests.ts'
import { balance, contracts, elements, time } from './wireMarket.ts'

// docs/wire/htx.md 8, by hand. Prices that are not traded have an address of their own.

const MARKET = '/linear-swap-ws'
const INDEX = '/ws_index'
const PRIVATE = '/ws/v5/notification'

const MOMENT = 1763798400015

function topic(name: string): string {
  return `market.BTC-USDT.${name}`
}

/** The server asks, and is told its own number. */
function on(path: string, ...frames: readonly Json[]): ExpectedSocket {
  return { path, frames, repeated: [{ pong: MOMENT }] }
}

function market(...names: readonly string[]): ExpectedSocket {
  return on(MARKET, ...names.map((name) => ({ sub: topic(name) })))
}

const ticker = [
  market('detail', 'bbo'),
  on(INDEX, { sub: topic('mark_price.1min') }, { sub: topic('index.1min') }),
]

/** Over `GET`, host, path and the four parameters sorted, as in vector T5; not percent-encoded. */
const login: Json = {
  op: 'auth',
  type: 'api',
  AccessKeyId: 'fictional-api-key-0001',
  SignatureMethod: 'HmacSHA256',
  SignatureVersion: '2',
  Timestamp: '2025-11-22T08:00:00',
  Signature: 'i9MFhirU2wojZmmZuCYaLkYl6Hm4S/Iky2V93pqq4+M=',
}

/** `trade_detail` is the one that tells fees. */
const user: ExpectedSocket = {
  path: PRIVATE,
  frames: [
    login,
    ...['orders', 'trade_detail', 'positions', 'algo_orders'].map((name) => ({
      op: 'sub',
      topic: name,
      contract_code: '*',
    })),
    { op: 'sub', topic: 'account' },
  ],
  repeated: [{ op: 'pong', ts: String(MOMENT) }],
}

/** The sheet knows no ping of the client but these of the protocol, which are allowed anywhere. */
function quiet(socket: ExpectedSocket): ExpectedSocket {
  return { ...socket, repeated: [...(socket.repeated ?? []), '(ping)'] }
}

/** 3.4: longer ones begin at 16:00 UTC, and are no candles of ours. */
const PERIODS = '1min 5min 15min 30min 60min 4hour'.split(' ')

/** What HTX must be sent on sockets. */
export const streams: StreamEvidence = {
  requests: [time, contracts, elements, askMode('single_side'), balance],
  tag: { names: ['id', 'cid'], form: /^"[^"]+"$/ },
  answer(frame, path) {
    const { op, sub, unsub, id, cid, topic: name, contract_code: code } = Object(frame)
    if (sub) return [{ id, status: 'ok', subbed: sub, ts: MOMENT }]
    if (unsub) return [{ id, status: 'ok', unsubbed: unsub, ts: MOMENT }]
    if (op === 'auth') {
      return [{ op, type: 'api', 'err-code': 0, ts: MOMENT, data: { 'user-id': '359305390' } }]
    }
    const isAsked = path === PRIVATE && (op === 'sub' || op === 'unsub')
    const scope = code === undefined ? {} : { contract_code: code }
    return isAsked ? [{ op, cid, topic: name, ...scope, ts: MOMENT, 'err-code': 0 }] : []
  },
  pulse(path) {
    return path === PRIVATE ? [{ op: 'ping', ts: String(MOMENT) }] : [{ ping: MOMENT }]
  },
  pack(text, path) {
    return path === PRIVATE ? text : gzipSync(text)
  },
  cases: {
    'S-01': { sockets: ticker },
    'S-02': { sockets: [market('trade.detail')] },
    'S-03': { sockets: [market('kline.5min')] },
    'S-04': {
      sockets: [on(MARKET, { sub: topic('depth.size_150.high_freq'), data_type: 'incremental' })],
    },
    'S-05': { sockets: [user] },
    'S-06': { sockets: [user] },
    'S-07': { sockets: [user] },
    'S-08': { sockets: [user] },
    'S-09': { sockets: [market(...PERIODS.map((period) => `kline.${period}`))] },
    'S-10': { sockets: [quiet(market('trade.detail'))] },
    'S-11': { sockets: [quiet(user)] },
    'S-12': {
      sockets: [
        on(
          MARKET,
          { sub: topic('trade.detail') },
          { sub: topic('detail') },
          { sub: topic('bbo') },
          { unsub: topic('trade.detail') },
        ),
        ...ticker.slice(1),
      ],
    },
  },
}
