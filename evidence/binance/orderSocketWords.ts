import type { Json } from '../../test/wire/evidence.ts'
import type { Desk, Heard, SayStep } from '../../test/wire/orderSocketEvidence.ts'
import { signed } from './signSocket.ts'

// docs/wire/binance.md 8.7, by hand: what is said over the order socket and heard of it.

const TRADE = '/ws-fapi/v1'

export const text: Heard = { shape: 'text' }
export const integer: Heard = { shape: 'integer' }
const ms: Heard = { shape: 'ms' }
export const zero = /^0(\.0+)?$/
export const rateLimits: Heard = {
  shape: [
    'at least one',
    {
      rateLimitType: ['one of', 'REQUEST_WEIGHT', 'ORDERS'],
      interval: ['one of', 'SECOND', 'MINUTE'],
      intervalNum: 'integer',
      limit: 'integer',
      count: 'integer',
    },
  ],
}

type Frame = (desk: Desk) => Json

export function says(say: Json | Frame, answer: Heard): SayStep {
  return { at: TRADE, say, hear: [answer] }
}

export function success(id: string | number, result: Heard): Heard {
  return { id, status: 200, result, rateLimits }
}

export function refusal(id: string, code: number, msg: Heard = text, status = 400): Heard {
  return { id, status, error: { code, msg }, rateLimits }
}

export const btc = { symbol: 'BTCUSDT' } as const

export const limit = {
  ...btc,
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.010',
  price: '59000.00',
  newClientOrderId: 'o-1',
} as const

/** 4.4: neither `avgPrice` nor `cumQuote`. */
export const placed = {
  clientOrderId: 'o-1',
  cumQty: zero,
  executedQty: zero,
  orderId: integer,
  origQty: /^0\.010*$/,
  price: /^59000(\.0+)?$/,
  reduceOnly: false,
  side: 'BUY',
  positionSide: 'BOTH',
  status: 'NEW',
  stopPrice: zero,
  closePosition: false,
  symbol: 'BTCUSDT',
  timeInForce: 'GTC',
  type: 'LIMIT',
  origType: 'LIMIT',
  updateTime: ms,
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  priceMatch: 'NONE',
  selfTradePreventionMode: 'EXPIRE_MAKER',
  goodTillDate: 0,
} as const

export const place: SayStep = says(signed('a1', 'order.place', limit), success('a1', placed))

export function refused(
  id: string,
  order: Readonly<Record<string, string>>,
  code: number,
): SayStep {
  return says(signed(id, 'order.place', { ...limit, ...order }), refusal(id, code))
}

/** 4.6. */
export function placeStop(id: string, clientAlgoId: string, triggerPrice: string): SayStep {
  const stop = {
    ...btc,
    algoType: 'CONDITIONAL',
    side: 'SELL',
    type: 'STOP_MARKET',
    triggerPrice,
    quantity: '0.010',
    reduceOnly: 'true',
    clientAlgoId,
  }
  return says(
    signed(id, 'algoOrder.place', stop),
    success(id, {
      algoId: integer,
      clientAlgoId,
      algoType: 'CONDITIONAL',
      orderType: 'STOP_MARKET',
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      timeInForce: 'GTC',
      quantity: /^0\.010*$/,
      algoStatus: 'NEW',
      triggerPrice: new RegExp(`^${Number(triggerPrice)}(\\.0+)?$`),
      price: zero,
      icebergQuantity: null,
      selfTradePreventionMode: 'EXPIRE_MAKER',
      workingType: 'CONTRACT_PRICE',
      priceMatch: 'NONE',
      closePosition: false,
      priceProtect: false,
      reduceOnly: true,
      activatePrice: '',
      callbackRate: '',
      createTime: ms,
      updateTime: ms,
      triggerTime: 0,
      goodTillDate: 0,
    }),
  )
}

/** As the order was answered, in a number of its own. */
export function orderId({ heard }: Desk): string {
  return String(Object(heard[0]).result.orderId)
}

export const loggedIn = {
  apiKey: text,
  authorizedSince: ms,
  connectedSince: ms,
  returnRateLimits: true,
  serverTime: ms,
} as const

/** 8.5: named by the key, not signed. */
export const start: SayStep = says(
  ({ key }) => ({ id: 'l1', method: 'userDataStream.start', params: { apiKey: key.apiKey } }),
  success('l1', { listenKey: text }),
)

export function userAddress({ heard }: Desk): string {
  return `/private/ws?listenKey=${Object(heard[0]).result.listenKey}`
}

/** 8.6. */
export const orderEvent: Heard = {
  e: 'ORDER_TRADE_UPDATE',
  E: ms,
  T: ms,
  o: {
    atLeast: {
      s: 'BTCUSDT',
      c: 'o-1',
      S: 'BUY',
      o: 'LIMIT',
      f: 'GTC',
      q: /^0\.010*$/,
      p: /^59000(\.0+)?$/,
      ap: zero,
      x: 'NEW',
      X: 'NEW',
      i: integer,
      l: zero,
      z: zero,
      T: ms,
      R: false,
      ot: 'LIMIT',
      ps: 'BOTH',
      cp: false,
      er: '0',
    },
  },
}
