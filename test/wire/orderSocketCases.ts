import type { Json } from './evidence.ts'

/** What the venue must hold when a case is over: members its rows must have, orders with the lowest price first. */
export interface OrderTruth {
  readonly orders?: readonly Json[]
  readonly conditionalOrders?: readonly Json[]
  readonly positions?: readonly Json[]
}

/** One thing asked over an order socket, the same of every exchange that has one. */
export interface OrderSocketCase<Id extends string = string> {
  readonly id: Id
  readonly title: string
  readonly truth: OrderTruth
}

const nothing: OrderTruth = {}

const limit = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  executedQty: '0',
  price: '59000',
  status: 'NEW',
} as const

const resting: OrderTruth = { orders: [limit] }

/** Another order, below the first. */
const lower = { ...limit, price: '58900' }
const amended = { ...limit, quantity: '0.02', price: '59100' }

const stop = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  reduceOnly: true,
} as const

/** The numbered cases. An id never changes its meaning; new ones are added at the end. */
export const orderSocketCases = [
  define('O-01', 'default: a login is acknowledged', nothing),
  define('O-02', 'default: a limit order rests', resting),
  define('O-03', 'default: a market order is executed', {
    orders: [
      {
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'MARKET',
        quantity: '0.01',
        executedQty: '0.01',
        status: 'FILLED',
      },
    ],
    positions: [{ symbol: 'BTCUSDT', side: 'LONG', size: '0.01' }],
  }),
  define('O-04', 'default: a cancelled order is gone', {
    orders: [{ ...limit, status: 'CANCELLED' }],
  }),
  define('O-05', 'default: an amended order rests at its new price, with its new quantity', {
    orders: [amended],
  }),
  define('O-06', 'default: of a batch, what cannot be is refused by itself', resting),
  define('O-07', 'default: of a batch of amendments, what cannot be is refused by itself', {
    orders: [lower, amended],
  }),
  define('O-08', 'default: a batch of orders is cancelled', {
    orders: [
      { ...lower, status: 'CANCELLED' },
      { ...limit, status: 'CANCELLED' },
    ],
  }),
  define('O-09', 'behavior: the private channel tells of an order that was placed', resting),
  define('O-10', 'error: an order for an unknown symbol is refused', nothing),
  define('O-11', 'error: an order that is too small is refused', nothing),
  define('O-12', 'error: a cancel of an order nobody knows is refused', nothing),
  define('O-13', 'error: an unknown operation is refused', nothing),
  define('O-14', 'error: a wrong signature is refused', nothing),
  define('O-15', 'error: an order of nobody is refused', nothing),
  define('O-16', 'error: an order that comes too late is not placed', nothing),
  define('O-17', 'error: what sockets do not take is refused', nothing),
  define('O-18', 'default: of two conditional orders one waits, one is cancelled', {
    conditionalOrders: [
      { ...stop, stopPrice: '57000', status: 'CANCELLED' },
      { ...stop, stopPrice: '58000', status: 'PENDING' },
    ],
  }),
  define('O-19', 'error: a request that is not made as one is refused', nothing),
] as const

export type OrderSocketCaseId = (typeof orderSocketCases)[number]['id']

function define<const Id extends string>(
  id: Id,
  title: string,
  truth: OrderTruth,
): OrderSocketCase<Id> {
  return { id, title, truth }
}
