import { gzipSync } from 'node:zlib'
import { createRig, type Rig } from '../../client/streams/rig.testing.ts'
import type { FarSide } from '../../transport/socket.testing.ts'
import { htx } from './index.ts'
import { done } from './script.testing.ts'

// The other side of this exchange's sockets, as far as the tests of this folder need one.

const CONTRACT = {
  ...{ symbol: 'BTC', contract_code: 'BTC-USDT', contract_size: 0.001, price_tick: 0.1 },
  ...{ contract_status: 1, support_margin_mode: 'all', business_type: 'swap' },
  ...{ trade_partition: 'USDT' },
}

export const BALANCE = {
  ...{ equity: '0', profit_unreal: '0', available_margin: '0' },
  details: [{ currency: 'USDT', equity: '100', profit_unreal: '0', available_margin: '100' }],
}

/** A client whose login and subscriptions are all acknowledged, on an account without a past. */
export function htxRig(): Rig {
  const ok = (data: unknown) => () => ({ status: 'ok', data, ts: 1 })
  const none = (): unknown => done([])
  const rig: Rig = createRig(htx, {
    'GET /api/v1/timestamp': () => ({ status: 'ok', ts: rig.clock.now() }),
    'GET /linear-swap-api/v1/swap_contract_info': ok([CONTRACT]),
    'GET /linear-swap-api/v1/swap_query_elements': ok([]),
    'GET /v5/account/balance': () => done(BALANCE),
    'GET /v5/trade/position/opens': none,
    'GET /v5/trade/order/opens': none,
    'GET /v5/trade/order/history': none,
    'GET /v5/trade/order/details': none,
    'GET /v5/algo/order': none,
    'GET /v5/algo/order/opens': none,
    'GET /v5/algo/order/history': none,
  })
  rig.sockets.onOpen = (side) => side.accept()
  rig.sockets.onFrame = (side, text) => answer(side, text)
  return rig
}

/** Yes to everything, packed where the exchange packs. */
export function answer(side: FarSide, text: string): void {
  if (text === '(ping)') return
  const { sub, unsub, id, op, type, cid, topic } = JSON.parse(text)
  if (sub !== undefined) say(side, { id, status: 'ok', subbed: sub, ts: 1 })
  else if (unsub !== undefined) say(side, { id, status: 'ok', unsubbed: unsub, ts: 1 })
  else if (op === 'auth') side.say({ op, type, 'err-code': 0, ts: 1, data: { 'user-id': '1' } })
  else if (op === 'sub') side.say({ op, cid, topic, ts: 1, 'err-code': 0 })
}

/** A frame of market data. */
export function say(side: FarSide, frame: object): void {
  side.say(gzipSync(JSON.stringify(frame)))
}

export function book(
  event: 'snapshot' | 'update',
  version: number,
  bids: number[][],
  asks: number[][],
): object {
  const ch = 'market.BTC-USDT.depth.size_150.high_freq'
  return { ch, ts: version, tick: { ch, event, version, ts: version, bids, asks, mrid: 1, id: 1 } }
}
