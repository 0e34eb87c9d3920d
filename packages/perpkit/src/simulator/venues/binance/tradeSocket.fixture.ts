import { sign } from 'node:crypto'
import { expect } from 'vitest'
import { hmacSha256 } from '../../../core/bytes.ts'
import type { LocalSocket } from '../../server/localSocket.ts'
import { privateKey } from './ed25519.ts'
import { openStand, type Stand, type Words } from './wire.fixture.ts'

// The request API as foreign clients speak it: signed anew in each message, or logged in.

export type Reply = Readonly<Record<string, unknown>>

export interface TradeStand extends Stand {
  socket: LocalSocket
  /** Says it, and returns the replies that have come since. */
  say(message: unknown): Reply[]
  /** A message without anything that proves whose it is; its reply. */
  ask(method: string, params?: Words): Reply
  /** The same, signed; its reply. */
  sign(method: string, params?: Words): Reply
  /** The parameters with what proves whose they are. */
  signed(params: Words, form?: SignedForm): Words
  /** Ids of the account's open orders. */
  openIds(): Promise<unknown[]>
  /** Logs in with the account's Ed25519 key; the reply. */
  logOn(): Reply
}

export interface SignedForm {
  /** How the clients write what they sign; `plain`. */
  texts?: 'plain' | 'encoded'
  kind?: 'HMAC' | 'Ed25519'
}

export function openTradeStand(target = '/ws-fapi/v1'): TradeStand {
  const stand = openStand()
  const socket = stand.simulator.openSocket('binance', target)
  const take = (): Reply[] => socket.take().map((frame) => JSON.parse(String(frame)))
  const say: TradeStand['say'] = (message) => {
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
    return take()
  }
  const ask: TradeStand['ask'] = (method, params = {}) => {
    const [reply] = say({ id: 1, method, params })
    if (!reply) throw new Error('nothing was said')
    return reply
  }
  const signed: TradeStand['signed'] = (params, { texts = 'plain', kind = 'HMAC' } = {}) => {
    const { apiKey, apiSecret } = trade.credentials
    const all = { apiKey, timestamp: stand.simulator.now(), ...params }
    const text = payload(all, texts)
    const signature =
      kind === 'HMAC'
        ? hmacSha256(apiSecret, text, 'hex')
        : sign(null, Buffer.from(text), privateKey(apiSecret)).toString('base64')
    return { ...all, signature }
  }
  const trade: TradeStand = {
    ...stand,
    socket,
    say,
    ask,
    signed,
    sign: (method, params = {}) => ask(method, signed(params)),
    async openIds() {
      const { json } = await trade.get('/fapi/v1/openOrders')
      return json.items().map((order) => order.at('orderId').value)
    },
    logOn: () => ask('session.logon', signed({}, { kind: 'Ed25519' })),
  }
  return trade
}

/** A reply that refuses with that status and code. */
export function refusal(status: number, code: number): object {
  return expect.objectContaining({ status, error: expect.objectContaining({ code }) })
}

function payload(params: Words, texts: 'plain' | 'encoded'): string {
  return Object.entries(params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${texts === 'plain' ? value : encodeURIComponent(value)}`)
    .join('&')
}
