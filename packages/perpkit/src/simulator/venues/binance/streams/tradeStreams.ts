import type { Engine, EngineKline, EngineOrder, EngineTrade } from '../../../engine/types.ts'
import type { Channel, Payload } from '../../../server/socketTypes.ts'
import { type Contract, findContract } from '../contracts.ts'
import { averageText, priceText, quantityText } from '../format.ts'
import { closeTime, tradedRow } from '../klines.ts'
import { averagePrice } from '../orderShapes.ts'

// Trades, candles and liquidations: docs/wire/binance.md 8.3.

/**
 * Trades of 100 ms together; every trade is a row of its own here, as in REST.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Aggregate-Trade-Streams
 */
export function aggregateTradeChannel(contract: Contract): Channel {
  let gathered: EngineTrade[] = []
  return {
    everyMs: 100,
    isStirredBy(event) {
      if (event.kind !== 'trade' || event.trade.symbol !== contract.symbol) return false
      gathered.push(event.trade)
      return true
    },
    collect(now) {
      const trades = gathered
      gathered = []
      return trades.map((trade) => aggregateTrade(contract, trade, now))
    },
  }
}

/** Every trade at once; not in the documentation, and used by ccxt and others. */
export function tradeChannel(contract: Contract): Channel {
  return {
    hear: (events) =>
      events.flatMap((event) =>
        event.kind === 'trade' && event.trade.symbol === contract.symbol
          ? [singleTrade(contract, event.trade)]
          : [],
      ),
  }
}

/** Which candles a stream tells of. */
export interface KlineKind {
  word: string
  interval: number | 'month'
  /** Of the pair and its perpetual contract, in place of the symbol. */
  isContinuous: boolean
}

/**
 * The open candle when it has changed, and each one once more when it is closed.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Kline-Candlestick-Streams
 */
export function klineChannel(engine: Engine, contract: Contract, kind: KlineKind): Channel {
  const { symbol } = contract
  const latest = (now: number): EngineKline[] =>
    engine.klines(symbol, kind.interval, startOf ?? now - LONGEST_MS, now)
  let startOf: number | undefined
  startOf = latest(engine.now()).at(-1)?.start
  const event = (kline: EngineKline, now: number): Payload =>
    klineEvent({ engine, contract, kind }, kline, now)
  return {
    everyMs: 250,
    isStirredBy: (one) => one.kind === 'trade' && one.trade.symbol === symbol,
    nextAt: () => (startOf === undefined ? undefined : closeTime(startOf, kind.interval) + 1),
    welcome: () => latest(engine.now()).map((kline) => event(kline, engine.now())),
    collect(now) {
      const klines = latest(now)
      startOf = klines.at(-1)?.start
      return klines.map((kline) => event(kline, now))
    },
  }
}

// A month and a day, so that the open candle is always in it.
const LONGEST_MS = 32 * 86_400_000

/**
 * The latest liquidation of a symbol, one a second at most; of all symbols without a contract.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Liquidation-Order-Streams
 */
export function liquidationChannel(contract: Contract | undefined): Channel {
  const latest = new Map<string, EngineOrder>()
  return {
    everyMs: 1_000,
    isStirredBy(event) {
      if (event.kind !== 'order' || event.order.venueData.liquidation !== true) return false
      const { order } = event
      if (order.status === 'NEW' || (contract && order.symbol !== contract.symbol)) return false
      latest.set(order.symbol, order)
      return true
    },
    collect(now) {
      const orders = [...latest.values()]
      latest.clear()
      return orders.flatMap((order) => liquidation(order, now))
    },
  }
}

function aggregateTrade(contract: Contract, trade: EngineTrade, now: number): Payload {
  const id = Number(trade.tradeId)
  const quantity = quantityText(contract, trade.quantity)
  return {
    e: 'aggTrade',
    E: now,
    s: contract.symbol,
    a: id,
    p: priceText(contract, trade.price),
    q: quantity,
    nq: quantity,
    f: id,
    l: id,
    T: trade.timestamp,
    m: trade.side === 'SELL',
    st: 1,
  }
}

function singleTrade(contract: Contract, trade: EngineTrade): Payload {
  return {
    e: 'trade',
    E: trade.timestamp,
    T: trade.timestamp,
    s: contract.symbol,
    t: Number(trade.tradeId),
    p: priceText(contract, trade.price),
    q: quantityText(contract, trade.quantity),
    X: 'MARKET',
    m: trade.side === 'SELL',
  }
}

function klineEvent(
  { engine, contract, kind }: { engine: Engine; contract: Contract; kind: KlineKind },
  kline: EngineKline,
  now: number,
): Payload {
  const { symbol } = contract
  const closesAt = closeTime(kline.start, kind.interval)
  const [t, o, h, l, c, v, T, q, n, V, Q, B] = tradedRow(contract, kline, closesAt)
  const f = firstAndLast(engine, symbol, kline)
  const k = {
    t,
    T,
    ...(!kind.isContinuous && { s: symbol }),
    i: kind.word,
    f: f.first,
    L: f.last,
    ...{ o, c, h, l, v, n, x: now > closesAt, q, V, Q, B },
  }
  return kind.isContinuous
    ? { e: 'continuous_kline', E: now, ps: symbol, ct: 'PERPETUAL', k }
    : { e: 'kline', E: now, s: symbol, k }
}

/** Ids of a candle's trades, −1 without any: the last one of the market, counted back. */
function firstAndLast(
  engine: Engine,
  symbol: string,
  { start, trades }: EngineKline,
): { first: number; last: number } {
  const latest = engine.trades(symbol, 1).at(-1)
  if (trades === 0 || !latest || latest.timestamp < start) return { first: -1, last: -1 }
  const last = Number(latest.tradeId)
  return { first: Math.max(0, last - trades + 1), last }
}

function liquidation(order: EngineOrder, now: number): Payload[] {
  const contract = findContract(order.symbol)
  if (!contract) return []
  const average = averagePrice(order)
  return [
    {
      e: 'forceOrder',
      E: now,
      o: {
        s: order.symbol,
        S: order.side,
        o: 'LIMIT',
        f: 'IOC',
        q: quantityText(contract, order.quantity),
        p: priceText(contract, average),
        ap: averageText(contract, average),
        X: order.status === 'FILLED' ? 'FILLED' : 'PARTIALLY_FILLED',
        l: quantityText(contract, order.executedQuantity),
        z: quantityText(contract, order.executedQuantity),
        T: order.updatedAt,
      },
    },
  ]
}
