import type { EngineKline } from '../../engine/types.ts'
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

// The engine keeps one series a contract: mark and index follow the last price in it.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const markKlines: Route = sizedRoute(
  '/index/market/history/linear_swap_mark_price_kline',
  'mark_price',
  (candle) => textRow(candle, [candle.open, candle.close, candle.high, candle.low].map(plain)),
)

// Mark and index do not part here, so there is no premium.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const premiumKlines: Route = sizedRoute(
  '/index/market/history/linear_swap_premium_index_kline',
  'premium_index',
  (candle) => textRow(candle, ['0', '0', '0', '0']),
)

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const rateKlines: Route = sizedRoute(
  '/index/market/history/linear_swap_estimated_rate_kline',
  'estimated_rate',
  (candle, { engine }, listing) => {
    const rate = plain(engine.fundingRate(listing.engine.symbol))
    return textRow(candle, [rate, rate, rate, rate])
  },
)

const basisPrices = ['open', 'close', 'high', 'low', 'average'] as const

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
    const data = latest(handling, listing, period, readSize(form) ?? 150).map((candle) => {
      const price = plain(candle[type === 'average' ? 'close' : type])
      return {
        basis: '0',
        basis_rate: '0',
        contract_price: price,
        id: candle.start / 1000,
        index_price: price,
      }
    })
    return replyMarket(handling, `market.${listing.native}.basis.${period}.${type}`, { data })
  },
}

function sizedRoute(
  path: string,
  channel: string,
  rowOf: (candle: EngineKline, handling: Handling, listing: Listing) => Record<string, unknown>,
): Route {
  return {
    method: 'GET',
    path,
    access: 'public',
    operation: 'marketData',
    parameters: ['contract_code', 'period', 'size'],
    handle: (handling) => answerSized(handling, channel, rowOf),
  }
}

function answerSized(
  handling: Handling,
  channel: string,
  rowOf: (candle: EngineKline, handling: Handling, listing: Listing) => Record<string, unknown>,
): Answer {
  const form = new Form(handling)
  const listing = readListing(form)
  const period = form.requiredToken('period', periods)
  const size = readSize(form)
  if (size === undefined) throw emptyField('size')
  const data = latest(handling, listing, period, size).map((row) => rowOf(row, handling, listing))
  return replyMarket(handling, `market.${listing.native}.${channel}.${period}`, { data })
}

/** `size` alone counts when it is there; else both ends, in seconds, and both are included. */
function wantedCandles(form: Form, listing: Listing, period: Period): EngineKline[] {
  const { engine } = form.handling
  const size = readSize(form)
  const from = form.whole('from')
  const to = form.whole('to')
  if (size !== undefined) return latest(form.handling, listing, period, size)
  if (from === undefined || to === undefined) throw emptyField('size')
  const [first, last] = [from * 1000, to * 1000]
  const isTooLong = countCandles(period, first, last) > MOST
  const isTooOld = first < engine.now() - 2 * YEAR_MS
  return isTooLong || isTooOld ? [] : readCandles(engine, listing, period, [first, last])
}

/** The newest candles, the open one included. */
function latest(
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

function tradedRow(listing: Listing, candle: EngineKline): Record<string, unknown> {
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
