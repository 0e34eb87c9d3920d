import { isRecord } from '../core/reader.ts'
import { assembleSimulator, type Simulator } from './assemble.ts'
import type { VenueState } from './control/state.ts'
import {
  type EngineInstrument,
  type EngineRules,
  isRefusal,
  type MarginMode,
  type PositionSide,
} from './engine/types.ts'
import type { SimulatorOptions } from './options.ts'
import type {
  Answer,
  Charge,
  Handling,
  RawRequest,
  Route,
  Venue,
  VenueCredentials,
  VenueLimits,
  VenueName,
} from './server/types.ts'

// A venue of no exchange, just large enough to test the rooms around venues: parameters are JSON,
// a key stands in `x-key` and its secret in `x-sign`.

/** A venue that lists BTC and ETH against USDT, and settles in USDT. */
export function tinyVenue(name: VenueName): Venue {
  return {
    name,
    instruments: [instrument('BTC', '0.1'), instrument('ETH', '0.01')],
    rules,
    routes,
    settleAsset: 'USDT',
    makeCredentials: (hex) => ({ apiKey: `${name}-${hex(8)}`, apiSecret: hex(16) }),
    knownHeaders: ['x-key', 'x-sign'],
    readParams,
    authenticate({ request, clock, params }, _route, keys) {
      const known = keys.find(request.headers['x-key'] ?? '')
      if (!known) return answer(401, { no: 'unknown key' })
      if (request.headers['x-sign'] !== known.credentials.apiSecret) {
        return answer(401, { no: 'wrong signature' })
      }
      const at = params.get('at')
      if (typeof at === 'number' && !clock.isCurrent(at, 5_000, 1_000)) {
        return answer(401, { no: 'wrong time' })
      }
      return { accountId: known.accountId }
    },
    notFound: () => answer(404, { no: 'no such path' }),
    reject: (reason, { request }) => answer(400, { no: reason, at: request.path }),
    answerHeaders: ({ clock }) => ({ 'X-Time': String(clock.now()) }),
    maintenance: () => answer(503, { no: 'closed for maintenance' }),
  }
}

/** When a manual clock starts. */
export const START = 1_767_225_600_000

/** Two such venues, `binance` and `bybit`, on one manual clock, without sockets. */
export function simulateTiny(): Simulator {
  const venues = [tinyVenue('binance'), tinyVenue('bybit')]
  return assembleSimulator({ clock: 'manual' }, venues).simulator
}

/**
 * That `binance` with limits: 10 requests a fixed second for an address, 3 orders in a sliding
 * minute for an account; the fourth refusal of an address within 5 s bans it for 30 s, then 60 s.
 */
export function simulateLimited(options: SimulatorOptions = {}): Simulator {
  const venue = { ...tinyVenue('binance'), limits }
  const all = { clock: 'manual', ...options } as const
  return assembleSimulator(all, [venue, tinyVenue('bybit')]).simulator
}

/** An order for 0.01 BTC at `binance`, and what came back. */
export async function order(
  simulator: Simulator,
  body: Record<string, unknown>,
  credentials: VenueCredentials = simulator.credentials('binance'),
): Promise<{ orderId?: string; no?: string }> {
  const full = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01', ...body }
  const answer = await simulator.dispatch('binance', signedRequest(credentials, '/order', full))
  return JSON.parse(answer?.body ?? '{}')
}

/** The truth about `binance`. */
export function stateOf(simulator: Simulator): Promise<VenueState> {
  return simulator.control.state({ venue: 'binance' })
}

/** The last price of BTC. */
export async function lastPrice(
  simulator: Simulator,
  venue: VenueName = 'binance',
): Promise<string> {
  const answer = await simulator.dispatch(venue, rawRequest('GET', '/price/last'))
  return JSON.parse(answer?.body ?? '{}').last
}

/** A request with everything that is not said left out. */
export function rawRequest(
  method: string,
  path: string,
  more: Partial<RawRequest> = {},
): RawRequest {
  return { method, path, query: '', headers: {}, body: '', remoteAddress: '127.0.0.1', ...more }
}

/** A request that carries a key, its secret and a JSON body. */
export function signedRequest(
  { apiKey, apiSecret }: VenueCredentials,
  path: string,
  body: Record<string, unknown>,
): RawRequest {
  const headers = { 'x-key': apiKey, 'x-sign': apiSecret }
  return rawRequest('POST', path, { headers, body: JSON.stringify(body) })
}

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/time',
    access: 'public',
    operation: 'marketData',
    handle: ({ clock }) => answer(200, { time: clock.now() }),
  },
  {
    method: 'GET',
    path: '/price/last',
    access: 'public',
    operation: 'marketData',
    handle: ({ engine }) => answer(200, { last: engine.prices('BTCUSDT').last }),
  },
  {
    method: 'POST',
    path: '/order',
    access: 'signed',
    operation: (params) => (params.peek('stopPrice') === undefined ? 'createOrder' : 'createStop'),
    handle: (handling) =>
      handling.params.has('stopPrice') ? placeStop(handling) : placeOrder(handling),
  },
  {
    method: 'POST',
    path: '/hedge',
    access: 'signed',
    handle({ engine, accountId }) {
      engine.setPositionMode(accountId, 'hedge')
      return answer(200, {})
    },
  },
  {
    method: 'POST',
    path: '/strict',
    access: 'signed',
    parameters: ['at', 'one', 'two'],
    handle: () => answer(400, { no: 'refused before anything was read' }),
  },
  {
    method: 'POST',
    path: '/crash',
    access: 'public',
    handle() {
      throw new Error('a bug of the venue')
    },
  },
]

const limits: VenueLimits = {
  charges(_handling, { path }) {
    const requests: Charge = {
      counter: 'requests',
      scope: 'address',
      limit: 10,
      windowMs: 1_000,
      window: 'fixed',
      amount: path === '/time' ? 0 : 1,
    }
    if (path !== '/order') return [requests]
    const orders: Charge = {
      counter: 'orders',
      scope: 'account',
      limit: 3,
      windowMs: 60_000,
      window: 'sliding',
      amount: 1,
    }
    return [requests, orders]
  },
  exceeded: (_handling, { counter }, wait) => answer(429, { no: `too many ${counter}`, wait }),
  headers: (_handling, usage) =>
    Object.fromEntries(usage.map(({ counter, used }) => [`x-${counter}`, String(used)])),
  ban: {
    afterBreaches: 4,
    withinMs: 5_000,
    lengthMs: (number) => 30_000 * number,
    answer: (_handling, until) => answer(418, { no: 'banned', until }),
  },
}

function placeOrder({ params, engine, accountId, unknownWord }: Handling): Answer {
  const price = params.text('price')
  const side = params.text('side')
  if (side !== 'BUY' && side !== 'SELL') unknownWord('side', side)
  const order = engine.placeOrder(accountId, {
    clientOrderId: params.text('id') ?? '',
    symbol: params.text('symbol') ?? '',
    side: side === 'SELL' ? 'SELL' : 'BUY',
    type: price === undefined ? 'MARKET' : 'LIMIT',
    quantity: params.text('quantity') ?? '0',
    ...(price !== undefined && { price }),
    timeInForce: price === undefined ? 'IOC' : 'GTC',
    reduceOnly: params.get('reduceOnly') === true,
    ...readLeg(params),
  })
  if (isRefusal(order)) return answer(400, { no: order.refused })
  return answer(200, { orderId: order.orderId, status: order.status })
}

function placeStop({ params, engine, accountId }: Handling): Answer {
  const conditional = engine.placeConditional(accountId, {
    clientOrderId: params.text('id') ?? '',
    symbol: params.text('symbol') ?? '',
    side: params.text('side') === 'SELL' ? 'SELL' : 'BUY',
    kind: 'stop',
    orderType: 'MARKET',
    quantity: params.text('quantity') ?? '0',
    timeInForce: 'IOC',
    reduceOnly: true,
    triggerPrice: params.text('stopPrice') ?? '0',
    triggerSource: 'mark',
    triggerDirection: params.text('side') === 'SELL' ? 'fall' : 'rise',
    ...readLeg(params),
  })
  if (isRefusal(conditional)) return answer(400, { no: conditional.refused })
  return answer(200, { orderId: conditional.conditionalId })
}

function readLeg(params: Handling['params']): {
  positionSide?: PositionSide
  marginMode?: MarginMode
} {
  const side = params.text('positionSide')
  return {
    ...((side === 'LONG' || side === 'SHORT') && { positionSide: side }),
    ...(params.get('isolated') === true && { marginMode: 'ISOLATED' }),
  }
}

function readParams({ query, body }: RawRequest): ReturnType<Venue['readParams']> {
  const fields: Record<string, unknown> = Object.fromEntries(new URLSearchParams(query))
  if (body === '') return fields
  try {
    const read: unknown = JSON.parse(body)
    return isRecord(read) ? { ...fields, ...read } : answer(400, { no: 'not an object' })
  } catch {
    return answer(400, { no: 'not JSON' })
  }
}

function answer(status: number, body: Record<string, unknown>): Answer {
  return { status, body: JSON.stringify(body) }
}

function instrument(baseAsset: string, tickSize: string): EngineInstrument {
  return {
    symbol: `${baseAsset}USDT`,
    baseAsset,
    quoteAsset: 'USDT',
    settleAsset: 'USDT',
    tickSize,
    stepSize: '0.001',
    minQuantity: '0.001',
    maxQuantity: '1000',
    maxMarketQuantity: '120',
    minNotional: '5',
    maxLeverage: 125,
    maintenanceMarginRate: '0.004',
    makerFee: '0.0002',
    takerFee: '0.0005',
    fundingIntervalMs: 28_800_000,
  }
}

const rules: EngineRules = {
  defaultLeverage: 20,
  clientOrderIdUnique: 'whileOpen',
  clientOrderIdSpace: 'separate',
  postOnlyCrossing: 'refuse',
  fillOrKillShort: 'end',
  reduceOnlyCountsResting: true,
  triggeredKeepsId: false,
  conditionalsEndWhenFlat: false,
  maxOpenOrders: 200,
  maxConditionalOrders: 200,
  maxConditionalScope: 'account',
  makeOrderId: (number) => String(1_000 + number),
  makeConditionalId: (number) => `c${number}`,
  makeFillId: (number) => String(number),
}
