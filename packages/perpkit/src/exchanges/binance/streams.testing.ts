import { createRig, type Rig } from '../../client/streams/rig.testing.ts'
import type { FarSide } from '../../transport/socket.testing.ts'
import { binance } from './index.ts'

// The other side of this exchange's sockets, as far as the tests of this folder need one.

const SYMBOLS = {
  symbols: ['BTCUSDT', 'ETHUSDT'].map((symbol) => ({
    symbol,
    contractType: 'PERPETUAL',
    baseAsset: symbol.slice(0, 3),
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    status: 'TRADING',
    pricePrecision: 2,
    quantityPrecision: 3,
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: '0.10' },
      { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
      { filterType: 'MIN_NOTIONAL', notional: '50' },
    ],
  })),
}

export const NO_MONEY = {
  totalWalletBalance: '100',
  availableBalance: '100',
  totalUnrealizedProfit: '0',
  totalMarginBalance: '100',
  assets: [{ asset: 'USDT', walletBalance: '100', availableBalance: '100', unrealizedProfit: '0' }],
}

/** A client whose subscriptions are all acknowledged, on an account where nothing has happened. */
export function binanceRig(): Rig {
  const rig: Rig = createRig(binance, {
    'GET /fapi/v1/time': () => ({ serverTime: rig.clock.now() }),
    'GET /fapi/v1/exchangeInfo': () => SYMBOLS,
    'POST /fapi/v1/listenKey': () => ({ listenKey: 'listen-1' }),
    'PUT /fapi/v1/listenKey': () => ({}),
    'GET /fapi/v3/account': () => NO_MONEY,
    'GET /fapi/v3/positionRisk': () => [],
    'GET /fapi/v1/symbolConfig': () => [],
    'GET /fapi/v1/openOrders': () => [],
    'GET /fapi/v1/openAlgoOrders': () => [],
    'GET /fapi/v1/allOrders': () => [],
    'GET /fapi/v1/allAlgoOrders': () => [],
    'GET /fapi/v1/userTrades': () => [],
  })
  rig.sockets.onOpen = (side) => side.accept()
  rig.sockets.onFrame = (side, text) => acknowledge(side, text)
  return rig
}

/** Says yes to everything. */
function acknowledge(side: FarSide, text: string): void {
  const { method, id } = JSON.parse(text)
  side.say({ result: method === 'LIST_SUBSCRIPTIONS' ? [] : null, id })
}

/** A change of the book: `u` follows `pu`. */
export function depthUpdate(
  pu: number,
  u: number,
  { b = [], a = [] }: { b?: string[][]; a?: string[][] },
): object {
  return {
    stream: 'btcusdt@depth@100ms',
    data: { e: 'depthUpdate', E: u, T: u, s: 'BTCUSDT', U: pu + 1, u, pu, b, a },
  }
}

export function depthSnapshot(lastUpdateId: number, bid = '100.0', ask = '101.0'): object {
  return { lastUpdateId, E: lastUpdateId, T: 1, bids: [[bid, '1']], asks: [[ask, '1']] }
}
