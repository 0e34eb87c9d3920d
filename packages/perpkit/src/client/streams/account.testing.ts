import { ManualClock } from '../../core/clock.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import type { Catalogue } from '../catalogue.ts'
import type { EndedQuery, Operations, OrderKey } from '../definition.ts'
import type { AccountQuestions } from './reconcile.ts'

// An account that answers with what a test puts into it, and writes down what it is asked.

export interface Account {
  clock: ManualClock
  orders: FuturesOrder[]
  /** Those that have ended. */
  past: FuturesOrder[]
  fills: Fill[]
  positions: FuturesPosition[]
  /** Names of the questions, in order. */
  asked: string[]
  /** Keys of the orders that were asked for one by one. */
  keys: OrderKey[]
  /** What was asked of all symbols at once. */
  ended: EndedQuery[]
  questions: AccountQuestions
  /** Lets everything happen that needs no time. */
  settle(): Promise<void>
  pass(ms: number): Promise<void>
}

export const START = 1_763_798_400_000

const INFO: AccountInfo = {
  totalWalletBalance: '100',
  availableBalance: '100',
  totalUnrealizedPnl: '0',
  totalMarginBalance: '100',
  currency: 'USDT',
  assets: [],
}

/** `answersForAll`: whether one question tells what has ended of all symbols. */
export function createAccount({ answersForAll = false } = {}): Account {
  const clock = new ManualClock(START)
  const instruments = ['BTC', 'ETH'].map(instrumentOf)
  const account: Account = {
    clock,
    ...{ orders: [], past: [], fills: [], positions: [], asked: [], keys: [], ended: [] },
    questions: {
      clock,
      catalogue: catalogueOf(instruments),
      call: () => () => Promise.reject(new Error('nothing is called')),
      now: async () => clock.now(),
      operations: { ...NOTHING, ...answers() },
    },
    async settle() {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve()
    },
    async pass(ms) {
      await account.settle()
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(Math.min(100, ms - passed))
        await account.settle()
      }
    },
  }
  return account

  function answers(): Partial<Operations> {
    const ask = <Answer>(name: string, answer: Answer): Answer => {
      account.asked.push(name)
      return answer
    }
    const of = <Row extends { nativeSymbol: string }>(
      rows: readonly Row[],
      instrument: Instrument | undefined,
    ): Row[] =>
      rows.filter(({ nativeSymbol }) => !instrument || instrument.nativeSymbol === nativeSymbol)
    const everything: Partial<Operations> = {
      getAccountInfo: async () => ask('getAccountInfo', INFO),
      getPositions: async (_, { instrument }) =>
        ask('getPositions', of(account.positions, instrument)),
      getOpenOrders: async (_, { instrument }) =>
        ask('getOpenOrders', of(account.orders, instrument)),
      getOrderHistory: async (_, { instrument }) =>
        ask('getOrderHistory', of(account.past, instrument)),
      getFills: async (_, { instrument }) => ask('getFills', of(account.fills, instrument)),
      async getOrder(_, key) {
        account.keys.push(key)
        const found = account.past.find(({ orderId }) => orderId === key.orderId)
        if (!found) throw new Error(`no order ${key.orderId}`)
        return ask('getOrder', found)
      },
    }
    if (!answersForAll) return everything
    return {
      ...everything,
      async getEndedOrders(_, query) {
        account.ended.push(query)
        return ask('getEndedOrders', [...account.past])
      },
    }
  }
}

export function orderOf(orderId: string, change: Partial<FuturesOrder> = {}): FuturesOrder {
  return {
    ...{ orderId, clientOrderId: `c-${orderId}`, symbol: 'BTCUSDT', nativeSymbol: 'BTC' },
    ...{ side: 'BUY', type: 'LIMIT', quantity: '1', price: '100', status: 'NEW' },
    ...{ executedQty: '0', timeInForce: 'GTC', updatedAt: START },
    ...change,
  }
}

export function fillOf(fillId: string, change: Partial<Fill> = {}): Fill {
  return {
    ...{ fillId, orderId: 'o', symbol: 'BTCUSDT', nativeSymbol: 'BTC', side: 'BUY' },
    ...{ quantity: '1', price: '100', timestamp: START + 1 },
    ...change,
  }
}

export function positionOf(size: string): FuturesPosition {
  return {
    ...{ symbol: 'BTCUSDT', nativeSymbol: 'BTC', side: 'LONG', size, entryPrice: '100' },
    ...{ markPrice: '100', pnl: '0', percentage: '0' },
  }
}

const none = async (): Promise<never> => {
  throw new Error('not asked for')
}

const NOTHING: Operations = {
  ...{ getServerTime: none, getInstruments: none, getTicker: none, getOrderBook: none },
  ...{ getTrades: none, getKlines: none, getFundingRate: none, getFundingRateHistory: none },
  ...{ getOpenInterest: none, getAccountInfo: none, getPositions: none, getLeverage: none },
  ...{ setLeverage: none, getMarginMode: none, getFeeRates: none, createOrder: none },
  ...{ createConditionalOrder: none, getOrder: none, getOpenOrders: none },
  ...{ getOrderHistory: none, getFills: none, cancelOrder: none, cancelAllOrders: none },
}

function catalogueOf(instruments: Instrument[]): Catalogue {
  return {
    byNative: (name) => instruments.find(({ nativeSymbol }) => nativeSymbol === name),
    symbolOf: (name) => `${name}USDT`,
    all: async () => instruments,
    find: none,
    load: async () => undefined,
    recent: () => [],
    expire: () => undefined,
  }
}

function instrumentOf(nativeSymbol: string): Instrument {
  return {
    ...{ symbol: `${nativeSymbol}USDT`, nativeSymbol, baseAsset: nativeSymbol },
    ...{ quoteAsset: 'USDT', settleAsset: 'USDT', isTrading: true, tickSize: '0.1' },
    ...{ stepSize: '0.001', minQuantity: '0.001', maxQuantity: '100', maxMarketQuantity: '100' },
    ...{ minNotional: '5', contractMultiplier: '1' },
  }
}
