import type { RequestRow, VenueName } from 'perpkit/simulator'

// The venues' rate limits as the sheets tell them (section 7 of each), for the calls of a fleet: a
// second book beside the client's and the simulator's own.

/** So many units may be used in any window of this length. */
export interface Budget {
  bucket: string
  limit: number
  windowMs: number
}

/** What one request takes from one of them. */
export interface Taken extends Budget {
  units: number
}

/** Throws for a call the table does not have: nothing is counted by guess. */
export function takenBy(venue: VenueName, row: RequestRow): Taken[] {
  const taken = TABLES[venue](`${row.method} ${row.path}`)
  if (taken) return taken
  throw new Error(`${venue}: no cost is written down for ${row.method} ${row.path}`)
}

const TABLES: Readonly<Record<VenueName, (call: string) => Taken[] | undefined>> = {
  binance: ofBinance,
  bybit: ofBybit,
  okx: ofOkx,
  bitget: ofBitget,
  htx: ofHtx,
  kraken: ofKraken,
}

const MINUTE_MS = 60_000

/** docs/wire/binance.md 3, 4 and 7; of one symbol. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'GET /fapi/v1/time': 1,
  'GET /fapi/v1/exchangeInfo': 1,
  'GET /fapi/v1/leverageBracket': 1,
  'GET /fapi/v1/accountConfig': 5,
  'GET /fapi/v1/symbolConfig': 5,
  'GET /fapi/v1/ticker/24hr': 1,
  'GET /fapi/v1/ticker/bookTicker': 2,
  'GET /fapi/v1/premiumIndex': 1,
  'GET /fapi/v1/depth': 2,
  'GET /fapi/v1/openOrders': 1,
  'GET /fapi/v1/openAlgoOrders': 1,
  'GET /fapi/v3/positionRisk': 5,
  'GET /fapi/v3/account': 5,
  'DELETE /fapi/v1/order': 1,
}

function ofBinance(call: string): Taken[] | undefined {
  if (call === 'POST /fapi/v1/order') {
    return [
      { bucket: 'orders 10 s', limit: 300, windowMs: 10_000, units: 1 },
      { bucket: 'orders 1 min', limit: 1_200, windowMs: MINUTE_MS, units: 1 },
    ]
  }
  const units = WEIGHTS[call]
  if (units === undefined) return undefined
  return [{ bucket: 'weight', limit: 2_400, windowMs: MINUTE_MS, units }]
}

/** docs/wire/bybit.md 7: signed calls of this table in a second; all of them and all others by address. */
const BYBIT_PER_SECOND: Readonly<Record<string, number>> = {
  'POST /v5/order/create': 10,
  'POST /v5/order/cancel': 10,
  'GET /v5/order/realtime': 50,
  'GET /v5/position/list': 50,
  'GET /v5/account/wallet-balance': 50,
  'GET /v5/account/info': 50,
}

function ofBybit(call: string): Taken[] | undefined {
  const all = { bucket: 'address', limit: 600, windowMs: 5_000, units: 1 }
  const own = BYBIT_PER_SECOND[call]
  if (own === undefined) return call.startsWith('GET /v5/market/') ? [all] : undefined
  return [{ bucket: call, limit: own, windowMs: 1_000, units: 1 }, all]
}

/** docs/wire/okx.md 3, 4 and 7: calls in two seconds, of one instrument. */
const OKX_PER_TWO_SECONDS: Readonly<Record<string, number>> = {
  'GET public/time': 10,
  'GET public/instruments': 20,
  'GET public/mark-price': 10,
  'GET market/ticker': 20,
  'GET market/index-tickers': 20,
  'GET market/books': 40,
  'GET account/config': 5,
  'GET account/positions': 10,
  'GET account/balance': 10,
  'POST trade/order': 60,
  'POST trade/cancel-order': 60,
  'GET trade/order': 60,
  'GET trade/orders-pending': 60,
  'GET trade/orders-algo-pending': 20,
}

function ofOkx(call: string): Taken[] | undefined {
  const bucket = call.replace('/api/v5/', '')
  const limit = OKX_PER_TWO_SECONDS[bucket]
  if (limit === undefined) return undefined
  const own = { bucket, limit, windowMs: 2_000, units: 1 }
  if (bucket !== 'POST trade/order') return [own]
  return [own, { bucket: 'sub-account', limit: 1_000, windowMs: 2_000, units: 1 }]
}

/** docs/wire/bitget.md 7: calls in a second. */
const BITGET_PER_SECOND: Readonly<Record<string, number>> = {
  'GET v2/public/time': 20,
  'GET v2/mix/market/contracts': 20,
  'GET v2/mix/market/ticker': 20,
  'GET v2/mix/market/merge-depth': 20,
  'GET v3/account/settings': 20,
  'GET v2/mix/account/account': 10,
  'GET v2/mix/account/accounts': 10,
  'GET v2/mix/position/single-position': 10,
  'POST v2/mix/order/place-order': 10,
  'POST v2/mix/order/cancel-order': 10,
  'GET v2/mix/order/detail': 10,
  'GET v2/mix/order/orders-pending': 10,
  'GET v2/mix/order/orders-plan-pending': 10,
}

function ofBitget(call: string): Taken[] | undefined {
  const bucket = call.replace('/api/', '')
  const limit = BITGET_PER_SECOND[bucket]
  if (limit === undefined) return undefined
  return [
    { bucket, limit, windowMs: 1_000, units: 1 },
    { bucket: 'address', limit: 6_000, windowMs: MINUTE_MS, units: 1 },
  ]
}

/** docs/wire/htx.md 7: what is private is told by its path, what trades by its method. */
function ofHtx(call: string): Taken[] | undefined {
  const [method = '', path = ''] = call.split(' ')
  if (path === '/linear-swap-api/v1/swap_query_elements') {
    return [{ bucket: 'elements', limit: 20, windowMs: 2_000, units: 1 }]
  }
  if (/^\/(linear-swap-ex|index)\/market\//.test(path)) {
    return [{ bucket: 'market data', limit: 800, windowMs: 1_000, units: 1 }]
  }
  if (/^\/(v5\/market|linear-swap-api\/v1|api\/v1)\//.test(path)) {
    return [{ bucket: 'other public', limit: 240, windowMs: 3_000, units: 1 }]
  }
  if (!/^\/v5\/(account|algo|position|trade)\//.test(path)) return undefined
  const bucket = method === 'GET' ? 'read' : 'trade'
  return [{ bucket, limit: 72, windowMs: 3_000, units: 1 }]
}

/** docs/wire/kraken.md 7: signed calls; public ones are free. */
const KRAKEN_COSTS: Readonly<Record<string, number>> = {
  'POST sendorder': 10,
  'POST cancelorder': 10,
  'GET openorders': 2,
  'GET openpositions': 2,
  'GET accounts': 2,
}

function ofKraken(call: string): Taken[] | undefined {
  const name = call.replace('/derivatives/api/v3/', '')
  if (/^GET (instruments|orderbook|tickers)(\/|$)/.test(name)) return []
  const units = KRAKEN_COSTS[name]
  if (units === undefined) return undefined
  return [{ bucket: 'derivatives', limit: 500, windowMs: 10_000, units }]
}
