import { ManualClock } from '../../core/clock.ts'
import { add, type Decimal, isGreater, isLess, sub } from '../../core/decimal.ts'
import { createEngine } from './createEngine.ts'
import {
  type ConditionalRequest,
  type Engine,
  type EngineInstrument,
  type EngineOrder,
  type EngineRules,
  type EngineSide,
  isRefusal,
  type OrderRequest,
  type Refusal,
} from './types.ts'

// A small exchange of no venue's kind, for the engine's own tests: BTCUSDT at 60 000 with a tick of
// 0.1 and a step of 0.001, ETHUSDT at 3 000; makers pay 0.0002, takers 0.0005.

export const bitcoin: EngineInstrument = {
  symbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  tickSize: '0.10',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '1000',
  maxMarketQuantity: '120',
  minNotional: '5',
  maxLeverage: 100,
  maintenanceMarginRate: '0.005',
  makerFee: '0.0002',
  takerFee: '0.0005',
  fundingIntervalMs: 28_800_000,
}

const ether: EngineInstrument = {
  ...bitcoin,
  symbol: 'ETHUSDT',
  baseAsset: 'ETH',
  tickSize: '0.01',
  stepSize: '0.01',
  minQuantity: '0.01',
  maxMarketQuantity: '2000',
}

export const plainRules: EngineRules = {
  defaultLeverage: 10,
  clientOrderIdUnique: 'whileOpen',
  clientOrderIdSpace: 'separate',
  postOnlyCrossing: 'refuse',
  fillOrKillShort: 'refuse',
  reduceOnlyCountsResting: false,
  triggeredKeepsId: false,
  conditionalsEndWhenFlat: false,
  maxOpenOrders: 200,
  maxConditionalOrders: 10,
  maxConditionalScope: 'symbol',
  makeOrderId: (number) => `o${number}`,
  makeConditionalId: (number) => `c${number}`,
  makeFillId: (number, hex) => `f${number}-${hex(2)}`,
}

/** 2026-01-05 00:00:30 UTC, a Monday. */
export const startTime: number = Date.UTC(2026, 0, 5, 0, 0, 30)

export interface Stage {
  engine: Engine
  clock: ManualClock
  /** An account with 100 000 USDT. */
  account: string
}

export function makeStage(rules: Partial<EngineRules> = {}, seed = 1, balance = '100000'): Stage {
  const clock = new ManualClock(startTime)
  const engine = createEngine({
    instruments: [bitcoin, ether],
    rules: { ...plainRules, ...rules },
    clock,
    seed,
    startPrices: { BTC: '60000', ETH: '3000' },
  })
  return { engine, clock, account: engine.createAccount({ USDT: balance }) }
}

export function market(
  side: EngineSide,
  quantity: Decimal,
  more: Partial<OrderRequest> = {},
): OrderRequest {
  return {
    clientOrderId: '',
    symbol: 'BTCUSDT',
    side,
    type: 'MARKET',
    quantity,
    timeInForce: 'IOC',
    reduceOnly: false,
    ...more,
  }
}

export function limit(
  side: EngineSide,
  quantity: Decimal,
  price: Decimal,
  more: Partial<OrderRequest> = {},
): OrderRequest {
  return { ...market(side, quantity), type: 'LIMIT', price, timeInForce: 'GTC', ...more }
}

/** A reduce-only stop-market by the mark price. */
export function stop(
  side: EngineSide,
  quantity: Decimal,
  triggerPrice: Decimal,
  more: Partial<ConditionalRequest> = {},
): ConditionalRequest {
  return {
    clientOrderId: '',
    symbol: 'BTCUSDT',
    side,
    kind: 'stop',
    orderType: 'MARKET',
    quantity,
    timeInForce: 'GTC',
    reduceOnly: true,
    triggerPrice,
    triggerSource: 'mark',
    triggerDirection: side === 'SELL' ? 'fall' : 'rise',
    ...more,
  }
}

/** A reduce-only take-profit-market by the mark price. */
export function takeProfit(
  side: EngineSide,
  quantity: Decimal,
  triggerPrice: Decimal,
  more: Partial<ConditionalRequest> = {},
): ConditionalRequest {
  const triggerDirection = side === 'SELL' ? 'rise' : 'fall'
  return { ...stop(side, quantity, triggerPrice), kind: 'takeProfit', triggerDirection, ...more }
}

/** What was accepted; an error when it was refused. */
export function accepted<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer
}

/** The reason of a refusal; an error when it was accepted. */
export function refusal(answer: object | undefined): string {
  if (!answer || !isRefusal(answer)) throw new Error(`accepted: ${JSON.stringify(answer)}`)
  return answer.refused
}

/**
 * Fills an order at exactly that price, as a maker: it is placed a thousand away from the market,
 * which then comes to it.
 */
export function filledAt(
  engine: Engine,
  account: string,
  side: EngineSide,
  quantity: Decimal,
  price: Decimal,
  more: Partial<OrderRequest> = {},
): EngineOrder {
  const { symbol = 'BTCUSDT' } = more
  engine.setPrice(symbol, side === 'BUY' ? add(price, '1000') : sub(price, '1000'))
  const { orderId } = accepted(engine.placeOrder(account, limit(side, quantity, price, more)))
  engine.setPrice(symbol, price)
  const order = engine.order(account, orderId)
  if (order?.status !== 'FILLED') throw new Error(`not filled: ${JSON.stringify(order)}`)
  return order
}

/** Moves the market to a price that the makers leave free. */
export function roomyPrice(engine: Engine): Decimal {
  for (let tenth = 0; tenth < 100; tenth++) {
    engine.setPrice('BTCUSDT', String(60_000 + tenth / 10))
    const { bid, ask, mark } = engine.prices('BTCUSDT')
    if (isLess(bid, mark) && isGreater(ask, mark)) return mark
  }
  throw new Error('no price with a spread of two ticks')
}
