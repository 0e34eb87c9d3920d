import type { Call, Endpoint } from '../../client/definition.ts'
import { div, mul } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate, OpenInterest, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { answerTime, timeOrNone } from './fields.ts'

// One row tells prices, the running funding rate and the open interest of this moment.

export function getTicker(call: Call, params: { instrument: Instrument }): Promise<Ticker> {
  return call(ticker, params)
}

export function getFundingRate(
  call: Call,
  params: { instrument: Instrument },
): Promise<FundingRate> {
  return call(fundingRate, params)
}

export function getOpenInterest(
  call: Call,
  params: { instrument: Instrument },
): Promise<OpenInterest> {
  return call(openInterest, params)
}

/** One row, as calls and streams tell it. */
export function readTicker(
  row: Reader,
  { symbol, nativeSymbol }: Instrument,
  timestamp: number,
): Ticker {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      price: row.at('lastPrice').decimal(),
      bidPrice: readBestPrice(row.at('bid1Price')),
      askPrice: readBestPrice(row.at('ask1Price')),
      markPrice: row.at('markPrice').decimal(),
      indexPrice: row.at('indexPrice').decimal(),
      ...readDayFigures(row),
      timestamp,
    },
    row.value,
  )
}

const tickerRow = {
  method: 'GET',
  path: '/v5/market/tickers',
  access: 'public',
  effect: 'read',
  cost: { address: 1 },
  encode({ instrument }: { instrument: Instrument }) {
    return { query: { category: 'linear', symbol: instrument.nativeSymbol } }
  },
} as const

/** https://bybit-exchange.github.io/docs/v5/market/tickers */
const ticker: Endpoint<{ instrument: Instrument }, Ticker> = {
  ...tickerRow,
  decode(answer, { instrument }, { receivedAt }) {
    const row = rowOf(answer, instrument.nativeSymbol)
    return readTicker(row, instrument, answerTime(answer, receivedAt))
  },
}

/**
 * The rate that is settled at `nextFundingTime`.
 * https://bybit-exchange.github.io/docs/v5/market/tickers
 */
const fundingRate: Endpoint<{ instrument: Instrument }, FundingRate> = {
  ...tickerRow,
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const row = rowOf(answer, nativeSymbol)
    const hours = row.at('fundingIntervalHour').optionalDecimal()
    return withRaw(
      {
        symbol,
        nativeSymbol,
        rate: row.at('fundingRate').decimal(),
        timestamp: row.at('nextFundingTime').integer(),
        ...(hours !== undefined && { intervalMs: Number(mul(hours, HOUR_MS)) }),
      },
      row.value,
    )
  },
}

const HOUR_MS = '3600000'

/** https://bybit-exchange.github.io/docs/v5/market/tickers */
const openInterest: Endpoint<{ instrument: Instrument }, OpenInterest> = {
  ...tickerRow,
  decode(answer, { instrument: { symbol, nativeSymbol } }, { receivedAt }) {
    const row = rowOf(answer, nativeSymbol)
    // `openInterest` counts both sides; answers older than June 2026 tell nothing else
    // (docs/wire/bybit.md 3, ticker row).
    const quantity =
      row.at('singleOpenInterest').optionalDecimal() ?? div(row.at('openInterest').decimal(), '2')
    const ofBothSides = row.at('openInterestValue').optionalDecimal()
    const notional =
      row.at('singleOpenInterestValue').optionalDecimal() ??
      (ofBothSides === undefined ? undefined : div(ofBothSides, '2'))
    return withRaw(
      {
        symbol,
        nativeSymbol,
        quantity,
        ...(notional !== undefined && { notional }),
        timestamp: answerTime(answer, receivedAt),
      },
      row.value,
    )
  },
}

function rowOf(answer: Reader, nativeSymbol: string): Reader {
  const list = answer.at('result').at('list')
  const row = list.items().find((item) => item.at('symbol').value === nativeSymbol)
  if (!row) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
  return row
}

// A ticker must not fail because one side of a thin book is empty; what has to be there is the key.
function readBestPrice(field: Reader): string {
  return field.value === '' ? '0' : field.decimal()
}

function readDayFigures(row: Reader): Partial<Ticker> {
  const volume = row.at('volume24h').optionalDecimal()
  const highPrice = row.at('highPrice24h').optionalDecimal()
  const lowPrice = row.at('lowPrice24h').optionalDecimal()
  const runningRate = row.at('fundingRate').optionalDecimal()
  const nextFundingTime = timeOrNone(row.at('nextFundingTime'))
  return {
    ...(volume !== undefined && { volume }),
    ...(highPrice !== undefined && { highPrice }),
    ...(lowPrice !== undefined && { lowPrice }),
    ...(runningRate !== undefined && { fundingRate: runningRate }),
    ...(nextFundingTime !== undefined && { nextFundingTime }),
  }
}
