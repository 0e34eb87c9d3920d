import { max, min } from '../../../core/decimal.ts'
import type { Engine, EngineKline } from '../../engine/types.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { candleStart, countCandles, type Period, periods, readCandles } from './candles.ts'
import { type Listing, toVolume } from './contracts.ts'
import { emptyField, invalidField } from './errors.ts'
import { number, plain } from './figures.ts'
import { Form } from './form.ts'
import { replyMarket } from './replies.ts'
import { readListing } from './scope.ts'

// Candles: docs/wire/htx.md 3.4.

const MOST = 2000

const YEAR_MS = 31_536_000_000

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-get-kline-data
export const klines: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/history/kline',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'period', 'size', 'from', 'to'],
  handle(handling) {
    const form = new Form(handling)
    const listing = readListing(form)
    const period = form.requiredToken('period', periods)
    const data = wantedCandles(form, listing, period).map((candle) => tradedRow(listing, candle))
    return replyMarket(handling, `market.${listing.native}.kline.${period}`, { data })
  },
}

// The engine keeps one series a contract: candles that have ended follow the last price.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const markKlines: Route = sizedRoute(
  '/index/market/history/linear_swap_mark_price_kline',
  'mark_price',
  markRow,
)

// Mark and index do not part here, so there is no premium.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const premiumKlines: Route = sizedRoute(
  '/index/market/history/linear_swap_premium_index_kline',
  'premium_index',
  premiumRow,
)

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const rateKlines: Route = sizedRoute(
  '/index/market/history/linear_swap_estimated_rate_kline',
  'estimated_rate',
  rateRow,
)

export const basisPrices = ['open', 'close', 'high', 'low', 'average'] as const

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const basis: Route = {
  method: 'GET',
  path: '/index/market/history/linear_swap_basis',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'period', 'basis_price_type', 'size'],
  handle(handling) {
    const form = new Form(handling)
    const listing = readListing(form)
    const period = form.requiredToken('period', periods)
    const type = form.token('basis_price_type', basisPrices) ?? 'open'
    const data = latest(handling, listing, period, readSize(form) ?? 150).map((candle) =>
      basisRow(candle, type),
    )
    return replyMarket(handling, `market.${listing.native}.basis.${period}.${type}`, { data })
  },
}

/** Index and contract price do not part here. */
export function basisRow(
  candle: EngineKline,
  type: (typeof basisPrices)[number],
): Record<string, unknown> {
  const price = plain(candle[type === 'average' ? 'close' : type])
  return {
    basis: '0',
    basis_rate: '0',
    contract_price: price,
    id: candle.start / 1000,
    index_price: price,
  }
}

/**
 * The open candle of something that is not traded: between where it began and what mark and index are
 * now, for trades move neither (docs/wire/htx.md 8.1). Where they were in between is not kept.
 */
export function atMark(
  engine: Engine,
  { engine: { symbol } }: Listing,
  candle: EngineKline,
): EngineKline {
  const { mark } = engine.prices(symbol)
  const { open } = candle
  return { ...candle, close: mark, high: max(open, mark), low: min(open, mark) }
}

/** A candle of something that is not traded. */
export type RowOf = (
  candle: EngineKline,
  engine: Engine,
  listing: Listing,
) => Record<string, unknown>

export function markRow(candle: EngineKline): Record<string, unknown> {
  return textRow(candle, [candle.open, candle.close, candle.high, candle.low].map(plain))
}

export function premiumRow(candle: EngineKline): Record<string, unknown> {
  return textRow(candle, ['0', '0', '0', '0'])
}

export function rateRow(
  candle: EngineKline,
  engine: Engine,
  listing: Listing,
): Record<string, unknown> {
  const rate = plain(engine.fundingRate(listing.engine.symbol))
  return textRow(candle, [rate, rate, rate, rate])
}

function sizedRoute(path: string, channel: string, rowOf: RowOf): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    parameters: ['contract_code', 'period', 'size'],
    handle: (handling) => answerSized(handling, channel, rowOf),
  }
}

function answerSized(handling: Handling, channel: string, rowOf: RowOf): Answer {
  const form = new Form(handling)
  const listing = readListing(form)
  const period = form.requiredToken('period', periods)
  const size = readSize(form)
  if (size === undefined) throw emptyField('size')
  const { engine } = handling
  const candles = latest(handling, listing, period, size)
  const data = candles.map((candle, place) => {
    const isOpen = place === candles.length - 1
    return rowOf(isOpen ? atMark(engine, listing, candle) : candle, engine, listing)
  })
  return replyMarket(handling, `market.${listing.native}.${channel}.${period}`, { data })
}

/** What lies between two times in seconds, both included; nothing when that is too much or too old. */
export function candlesBetween(
  engine: Engine,
  listing: Listing,
  period: Period,
  [from, to]: readonly [from: number, to: number],
): EngineKline[] {
  const [first, last] = [from * 1000, to * 1000]
  const isTooLong = countCandles(period, first, last) > MOST
  const isTooOld = first < engine.now() - 2 * YEAR_MS
  return isTooLong || isTooOld ? [] : readCandles(engine, listing, period, [first, last])
}

/** `size` alone counts when it is there; else both ends, in seconds, and both are included. */
function wantedCandles(form: Form, listing: Listing, period: Period): EngineKline[] {
  const { engine } = form.handling
  const size = readSize(form)
  const from = form.whole('from')
  const to = form.whole('to')
  if (size !== undefined) return latest(form.handling, listing, period, size)
  if (from === undefined || to === undefined) throw emptyField('size')
  return candlesBetween(engine, listing, period, [from, to])
}

/** The newest candles, the open one included. */
export function latest(
  { engine }: Pick<Handling, 'engine'>,
  listing: Listing,
  period: Period,
  size: number,
): EngineKline[] {
  const now = engine.now()
  return readCandles(engine, listing, period, [candleStart(period, now, 1 - size), now])
}

function readSize(form: Form): number | undefined {
  const size = form.whole('size')
  if (size !== undefined && (size < 1 || size > MOST)) throw invalidField('size')
  return size
}

export function tradedRow(listing: Listing, candle: EngineKline): Record<string, unknown> {
  return {
    id: candle.start / 1000,
    open: number(candle.open),
    close: number(candle.close),
    high: number(candle.high),
    low: number(candle.low),
    amount: number(candle.volume),
    vol: number(toVolume(listing, candle.volume)),
    trade_turnover: number(candle.turnover),
    count: candle.trades,
  }
}

/** A candle of something that is not traded: texts, with no volume. */
function textRow(
  { start }: EngineKline,
  [open = '0', close = '0', high = '0', low = '0']: readonly string[],
): Record<string, unknown> {
  return {
    id: start / 1000,
    open,
    close,
    high,
    low,
    amount: '0',
    vol: '0',
    trade_turnover: '0',
    count: '0',
  }
}
