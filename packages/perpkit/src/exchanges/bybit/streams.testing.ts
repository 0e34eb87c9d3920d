import { createRig, type Rig } from '../../client/streams/rig.testing.ts'
import { bybit } from './index.ts'

// The other side of this exchange's sockets, as far as the tests of this folder need one.

export function listOf(...list: object[]): object {
  return { retCode: 0, retMsg: 'OK', result: { list }, time: 1_763_798_400_000 }
}

const SYMBOL = {
  symbol: 'BTCUSDT',
  contractType: 'LinearPerpetual',
  status: 'Trading',
  baseCoin: 'BTC',
  quoteCoin: 'USDT',
  settleCoin: 'USDT',
  leverageFilter: { maxLeverage: '100' },
  priceFilter: { tickSize: '0.10' },
  lotSizeFilter: { qtyStep: '0.001', minOrderQty: '0.001', maxOrderQty: '100' },
}

export const WALLET = {
  totalWalletBalance: '100',
  totalAvailableBalance: '100',
  totalPerpUPL: '0',
  totalMarginBalance: '100',
  coin: [
    { coin: 'USDT', equity: '100', usdValue: '100', walletBalance: '100', unrealisedPnl: '0' },
    { coin: 'BTC', equity: '0', usdValue: '0', walletBalance: '0', unrealisedPnl: '0' },
  ],
}

/** A client whose login and subscriptions are all acknowledged. */
export function bybitRig(): Rig {
  const rig: Rig = createRig(bybit, {
    'GET /v5/market/time': () => ({
      retCode: 0,
      result: { timeSecond: '0', timeNano: `${rig.clock.now()}000000` },
      time: rig.clock.now(),
    }),
    'GET /v5/market/instruments-info': () => listOf(SYMBOL),
    'GET /v5/account/info': () => ({ retCode: 0, result: { marginMode: 'REGULAR_MARGIN' } }),
    'GET /v5/account/wallet-balance': () => listOf(WALLET),
    'GET /v5/position/list': () => listOf(),
    'GET /v5/order/realtime': () => listOf(),
    'GET /v5/order/history': () => listOf(),
    'GET /v5/execution/list': () => listOf(),
  })
  rig.sockets.onOpen = (side) => side.accept()
  rig.sockets.onFrame = (side, text) => side.say(replyTo(text))
  return rig
}

/** Yes to everything. */
export function replyTo(text: string): object {
  const { op, req_id } = JSON.parse(text)
  const ret_msg = op === 'ping' ? 'pong' : ''
  return { success: true, ret_msg, conn_id: 'c', ...(req_id && { req_id }), op }
}

export function book(type: 'snapshot' | 'delta', u: number, b: string[][], a: string[][]): object {
  return {
    topic: 'orderbook.50.BTCUSDT',
    type,
    ts: u,
    data: { s: 'BTCUSDT', b, a, u, seq: u * 10 },
    cts: u,
  }
}
