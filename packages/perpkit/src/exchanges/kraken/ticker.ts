import type { Call, Endpoint } from '../../client/definition.ts'
import { type Decimal, div } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FundingRate, OpenInterest, Ticker } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { HOUR, readTime } from './fields.ts'

// One answer tells prices, the running funding rate and the open interest of a contract
// (docs/wire/kraken.md 3.3).

export function getTicker(call: Call, params: OneContract): Promise<Ticker> {
  return call(tickerOf(params, readTicker), params)
}

/** Of the running hour, as its settlement at the end of it will have it if nothing changes. */
export function getFundingRate(call: Call, params: OneContract): Promise<FundingRate> {
  return call(tickerOf(params, readFundingRate), params)
}

export function getOpenInterest(call: Call, params: OneContract): Promise<OpenInterest> {
  return call(tickerOf(params, readOpenInterest), params)
}

interface OneContract {
  instrument: Instrument
}

type ReadRow<Result> = (row: Reader, instrument: Instrument, timestamp: number) => Result

/** https://docs.kraken.com/api-reference/market-data/get-ticker-by-symbol */
function tickerOf<Result>(
  { instrument }: OneContract,
  read: ReadRow<Result>,
): Endpoint<OneContract, Result> {
  return {
    method: 'GET',
    path: `/derivatives/api/v3/tickers/${instrument.nativeSymbol}`,
    access: 'public',
    effect: 'read',
    cost: {},
    encode() {
      return {}
    },
    decode(answer) {
      return read(answer.at('ticker'), instrument, readTime(answer.at('serverTime')))
    },
  }
}

function readTicker(row: Reader, instrument: Instrument, timestamp: number): Ticker {
  const fundingRate = readRelativeRate(row)
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      // Not there before the first trade, or on an empty side of the book.
      price: row.at('last').optionalDecimal() ?? '0',
      bidPrice: row.at('bid').optionalDecimal() ?? '0',
      askPrice: row.at('ask').optionalDecimal() ?? '0',
      markPrice: row.at('markPrice').decimal(),
      indexPrice: row.at('indexPrice').decimal(),
      ...readDayFigures(row),
      ...(fundingRate !== undefined && { fundingRate, nextFundingTime: nextHour(timestamp) }),
      timestamp,
    },
    row.value,
  )
}

function readFundingRate(row: Reader, instrument: Instrument, timestamp: number): FundingRate {
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      // Where nothing is to be paid the field vanishes (docs/wire/kraken.md 8.2).
      rate: readRelativeRate(row) ?? '0',
      timestamp: nextHour(timestamp),
      intervalMs: HOUR,
    },
    row.value,
  )
}

function readOpenInterest(row: Reader, instrument: Instrument, timestamp: number): OpenInterest {
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      quantity: row.at('openInterest').decimal(),
      timestamp,
    },
    row.value,
  )
}

function readDayFigures(row: Reader): Partial<Ticker> {
  const volume = row.at('vol24h').optionalDecimal()
  const highPrice = row.at('high24h').optionalDecimal()
  const lowPrice = row.at('low24h').optionalDecimal()
  return {
    ...(volume !== undefined && { volume }),
    ...(highPrice !== undefined && { highPrice }),
    ...(lowPrice !== undefined && { lowPrice }),
  }
}

/** Told in dollars per unit and hour; as a fraction of the index price it is what others tell. */
function readRelativeRate(row: Reader): Decimal | undefined {
  const dollars = row.at('fundingRate').optionalDecimal()
  return dollars === undefined ? undefined : div(dollars, row.at('indexPrice').decimal(), 12)
}

/** Funding is exchanged on the hour. */
function nextHour(time: number): number {
  return (Math.floor(time / HOUR) + 1) * HOUR
}
