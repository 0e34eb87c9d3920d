import { div, floorToStep } from '../../../core/decimal.ts'
import type { EngineKline } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import type { Contract } from './contracts.ts'
import { priceText, quantityText, turnoverText } from './format.ts'
import { newestOrOldest, readTimes } from './historyWindow.ts'
import { type FapiRoute, publicRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract, readPair } from './symbols.ts'
import { intervals } from './tokens.ts'

// docs/wire/binance.md 3.3 and 3.4.

export const klineRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Kline-Candlestick-Data
  publicRoute('/fapi/v1/klines', {
    mandatory: ['symbol', 'interval'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', ...spanNames])
      return rows(handling, readContract(sent), sent, tradedRow)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Continuous-Contract-Kline-Candlestick-Data
  publicRoute('/fapi/v1/continuousKlines', {
    mandatory: ['pair', 'contractType', 'interval'],
    handle(handling) {
      const sent = new Sent(handling, ['pair', 'contractType', ...spanNames])
      const contract = readPair(sent)
      sent.requiredWord('contractType', ['PERPETUAL'], '-4104')
      return rows(handling, contract, sent, tradedRow)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Index-Price-Kline-Candlestick-Data
  publicRoute('/fapi/v1/indexPriceKlines', {
    mandatory: ['pair', 'interval'],
    handle(handling) {
      const sent = new Sent(handling, ['pair', ...spanNames])
      return rows(handling, readPair(sent), sent, priceRow)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price-Kline-Candlestick-Data
  publicRoute('/fapi/v1/markPriceKlines', {
    mandatory: ['symbol', 'interval'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', ...spanNames])
      return rows(handling, readContract(sent), sent, priceRow)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Premium-Index-Kline-Data
  publicRoute('/fapi/v1/premiumIndexKlines', {
    mandatory: ['symbol', 'interval'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', ...spanNames])
      return rows(handling, readContract(sent), sent, premiumRow)
    },
  }),
]

const spanNames = ['interval', 'startTime', 'endTime', 'limit'] as const

export type Row = (string | number)[]
type ToRow = (contract: Contract, kline: EngineKline, closeTime: number) => Row

function rows(
  handling: Handling,
  contract: Contract,
  sent: Sent<(typeof spanNames)[number]>,
  toRow: ToRow,
): Row[] {
  const word = sent.required('interval')
  const interval = intervals[word] ?? sent.refuseWord('interval', word, '-1120')
  const { start, end } = readTimes(sent)
  const limit = sent.limit('limit', 500, 1_500)
  // The longest month, so that a span of `limit` intervals is never too short.
  const length = interval === 'month' ? 31 * 86_400_000 : interval
  const last = Math.min(end ?? Number.POSITIVE_INFINITY, handling.engine.now())
  const from = Math.max(start ?? last - limit * length, contract.onboardDate)
  const to = start === undefined ? last : Math.min(last, from + limit * length)
  const klines = handling.engine.klines(contract.symbol, interval, from, to)
  return newestOrOldest(klines, limit, start !== undefined).map((kline) =>
    toRow(contract, kline, closeTime(kline.start, interval)),
  )
}

/** The last millisecond of the candle. */
export function closeTime(start: number, interval: number | 'month'): number {
  if (interval !== 'month') return start + interval - 1
  const date = new Date(start)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 1
}

/** One candle of trades, as an array. */
export function tradedRow(contract: Contract, kline: EngineKline, closesAt: number): Row {
  const { volume, turnover } = kline
  return [
    ...prices(contract, kline),
    quantityText(contract, volume),
    closesAt,
    turnoverText(contract, turnover),
    kline.trades,
    // The engine keeps no side with a candle's volume: takers are taken to have bought half of it.
    quantityText(contract, floorToStep(div(volume, '2'), contract.stepSize)),
    turnoverText(contract, div(turnover, '2')),
    '0',
  ]
}

/** Mark and index move with the trades here; nothing is traded at them, so volumes are "0". */
function priceRow(contract: Contract, kline: EngineKline, closesAt: number): Row {
  return [...prices(contract, kline), '0', closesAt, '0', kline.trades, '0', '0', '0']
}

/** Mark and index are one price here, so that the premium is none. */
function premiumRow(_contract: Contract, { start, trades }: EngineKline, closesAt: number): Row {
  const none = '0.00000000'
  return [start, none, none, none, none, '0', closesAt, '0', trades, '0', '0', '0']
}

function prices(contract: Contract, { start, open, high, low, close }: EngineKline): Row {
  return [start, ...[open, high, low, close].map((price) => priceText(contract, price))]
}
