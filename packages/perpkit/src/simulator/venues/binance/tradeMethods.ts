import { isHmac } from './auth.ts'
import { Refused } from './errors.ts'
import { type FapiRoute, socketRoute } from './route.ts'

// Methods of the request API, each with the request over HTTP that does the same:
// docs/wire/binance.md 8.7.

/** Path of the request API. */
export const tradePath = '/ws-fapi/v1'

/** What a method does, and what it asks of its sender. */
export interface TradeMethod {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  access: 'public' | 'key' | 'signed'
}

/** The method of that name. */
export function findTradeMethod(name: string): TradeMethod | undefined {
  return methods.get(name)
}

const methods: ReadonlyMap<string, TradeMethod> = new Map([
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api
  ['order.place', { method: 'POST', path: '/fapi/v1/order', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/Modify-Order
  ['order.modify', { method: 'PUT', path: '/fapi/v1/order', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/Cancel-Order
  ['order.cancel', { method: 'DELETE', path: '/fapi/v1/order', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/Query-Order
  ['order.status', { method: 'GET', path: '/fapi/v1/order', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/New-Algo-Order
  ['algoOrder.place', { method: 'POST', path: '/fapi/v1/algoOrder', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/Cancel-Algo-Order
  ['algoOrder.cancel', { method: 'DELETE', path: '/fapi/v1/algoOrder', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/Position-Information
  ['account.position', { method: 'GET', path: '/fapi/v2/positionRisk', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/websocket-api/Position-Info-V2
  ['v2/account.position', { method: 'GET', path: '/fapi/v3/positionRisk', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/websocket-api/Futures-Account-Balance
  ['account.balance', { method: 'GET', path: '/fapi/v2/balance', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/websocket-api
  ['v2/account.balance', { method: 'GET', path: '/fapi/v3/balance', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/websocket-api/Account-Information
  ['account.status', { method: 'GET', path: '/fapi/v2/account', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/websocket-api/Account-Information-V2
  ['v2/account.status', { method: 'GET', path: '/fapi/v3/account', access: 'signed' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/websocket-api
  ['depth', { method: 'GET', path: '/fapi/v1/depth', access: 'public' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/websocket-api/Symbol-Price-Ticker
  ['ticker.price', { method: 'GET', path: '/fapi/v2/ticker/price', access: 'public' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/websocket-api/Symbol-Order-Book-Ticker
  ['ticker.book', { method: 'GET', path: '/fapi/v1/ticker/bookTicker', access: 'public' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Start-User-Data-Stream-Wsp
  ['userDataStream.start', { method: 'POST', path: '/fapi/v1/listenKey', access: 'key' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Keepalive-User-Data-Stream-Wsp
  ['userDataStream.ping', { method: 'PUT', path: '/fapi/v1/listenKey', access: 'key' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Close-User-Data-Stream-Wsp
  ['userDataStream.stop', { method: 'DELETE', path: '/fapi/v1/listenKey', access: 'key' }],
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-api-general-info
  ['session.logon', { method: 'GET', path: `${tradePath}/session.logon`, access: 'signed' }],
  ['session.status', { method: 'GET', path: `${tradePath}/session.status`, access: 'public' }],
  ['session.logout', { method: 'GET', path: `${tradePath}/session.logout`, access: 'public' }],
])

/**
 * What has no twin over HTTP but is counted and met by faults like one: the handshake, and the
 * login, which the connection itself keeps.
 */
export const tradeSocketRoutes: readonly FapiRoute[] = [
  socketRoute(tradePath, 'public'),
  socketRoute(`${tradePath}/session.logon`, 'signed', ({ params }) => {
    if (isHmac(params.text('signature') ?? '')) throw new Refused('-4056')
    return {}
  }),
  socketRoute(`${tradePath}/session.status`, 'public'),
  socketRoute(`${tradePath}/session.logout`, 'public'),
]
