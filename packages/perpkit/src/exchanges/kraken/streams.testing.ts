import { createRig, type Rig } from '../../client/streams/rig.testing.ts'
import { kraken } from './index.ts'
import { success } from './script.testing.ts'

// The other side of this exchange's sockets, as far as the tests of this folder need one.

export const CHALLENGE = 'c100b894-1729-464d-ace1-52dbce11db42'

const INSTRUMENT = {
  ...{ symbol: 'PF_XBTUSD', tickSize: 1, contractSize: 1, maxPositionSize: 1200 },
  ...{ marginLevels: [{ numNonContractUnits: 0, initialMargin: 0.01 }] },
  ...{ contractValueTradePrecision: 4, base: 'BTC', quote: 'USD', isExpired: false },
}

const WALLET = {
  ...{ balanceValue: 5000, pnl: 0, marginEquity: 5000, availableMargin: 5000 },
  currencies: { USD: { quantity: 5000, available: 5000 } },
}

/** A client whose subscriptions are all acknowledged. */
export function krakenRig(): Rig {
  const at = (): string => new Date(rig.clock.now()).toISOString()
  const answer = (content: Record<string, unknown>) => (): unknown => ({
    ...(success(content) as object),
    serverTime: at(),
  })
  const rig: Rig = createRig(kraken, {
    'GET /derivatives/api/v3/tickers/PF_XBTUSD': answer({}),
    'GET /derivatives/api/v3/tickers': answer({
      tickers: [{ symbol: 'PF_XBTUSD', markPrice: 84000 }],
    }),
    'GET /derivatives/api/v3/instruments': answer({ instruments: [INSTRUMENT] }),
    'GET /derivatives/api/v3/accounts': answer({ accounts: { flex: WALLET } }),
    'GET /derivatives/api/v3/openpositions': answer({ openPositions: [] }),
    'GET /derivatives/api/v3/openorders': answer({ openOrders: [] }),
    'GET /derivatives/api/v3/fills': answer({ fills: [] }),
    'POST /derivatives/api/v3/orders/status': answer({ orders: [] }),
    'GET /api/history/v3/orders': answer({ elements: [], len: 0 }),
    'GET /api/history/v3/triggers': answer({ elements: [], len: 0 }),
  })
  rig.sockets.onOpen = (side) => side.accept()
  rig.sockets.onFrame = (side, text) => side.say(replyTo(text))
  return rig
}

/** Yes to everything. */
export function replyTo(text: string): object {
  const { event, ...words } = JSON.parse(text)
  if (event === 'challenge') return { event, message: CHALLENGE }
  return { event: `${event}d`, ...words }
}

export function bookSnapshot(seq: number, bids: number[][], asks: number[][]): object {
  const levels = (rows: number[][]): object[] => rows.map(([price, qty]) => ({ price, qty }))
  return {
    ...{ feed: 'book_snapshot', product_id: 'PF_XBTUSD', timestamp: seq, seq, tickSize: null },
    ...{ bids: levels(bids), asks: levels(asks) },
  }
}

export function bookChange(seq: number, side: 'buy' | 'sell', price: number, qty: number): object {
  return { feed: 'book', product_id: 'PF_XBTUSD', side, seq, price, qty, timestamp: seq }
}
