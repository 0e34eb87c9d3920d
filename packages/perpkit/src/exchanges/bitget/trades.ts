import type { Call, Endpoint } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { OpenInterest, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { rowsOf } from './fields.ts'
import { productOf } from './symbols.ts'
import { readSide } from './tokens.ts'

// What others trade and hold, of both kinds of account: V2 serves everybody.

interface TradesRequest {
  instrument: Instrument
  limit: number
}

/** Ascending; at most a thousand. */
export async function getTrades(call: Call, request: TradesRequest): Promise<Trade[]> {
  const endpoint = request.limit > MAX_RECENT ? olderTrades : recentTrades
  const newestFirst = await call(endpoint, request)
  return newestFirst.reverse().sort((a, b) => a.timestamp - b.timestamp)
}

export function getOpenInterest(
  call: Call,
  params: { instrument: Instrument },
): Promise<OpenInterest> {
  return call(openInterest, params)
}

/** What each of the two endpoints hands out at most. */
const MAX_RECENT = 100
const MAX_OLDER = 1_000

/** https://www.bitget.com/api-doc/contract/market/Get-Recent-Fills */
const recentTrades: Endpoint<TradesRequest, Trade[]> = {
  method: 'GET',
  path: '/api/v2/mix/market/fills',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/fills': 1 },
  encode: (request) => ({ query: ofTrades(request, MAX_RECENT) }),
  decode: readTrades,
}

/**
 * Of the last seven days, as no times are given.
 * https://www.bitget.com/api-doc/contract/market/Get-Fills-History
 */
const olderTrades: Endpoint<TradesRequest, Trade[]> = {
  ...recentTrades,
  path: '/api/v2/mix/market/fills-history',
  cost: { address: 1, 'v2/mix/market/fills-history': 1 },
  encode: (request) => ({ query: ofTrades(request, MAX_OLDER) }),
}

function ofTrades({ instrument, limit }: TradesRequest, most: number): Record<string, string> {
  return { ...ofInstrument(instrument), limit: String(Math.min(limit, most)) }
}

function ofInstrument(instrument: Instrument): Record<string, string> {
  return { productType: productOf(instrument).name, symbol: instrument.nativeSymbol }
}

function readTrades(answer: Reader, { instrument }: TradesRequest): Trade[] {
  return rowsOf(answer.at('data')).map((row) => readTrade(row, instrument))
}

/** A row of the calls or of the stream. */
export function readTrade(row: Reader, { symbol, nativeSymbol }: Instrument): Trade {
  return withRaw(
    {
      symbol,
      nativeSymbol,
      tradeId: row.at('tradeId').id(),
      price: row.at('price').decimal(),
      quantity: row.at('size').decimal(),
      // Of the taker; capitalised in one of the two lists.
      side: readSide(row.at('side')),
      timestamp: row.at('ts').integer(),
    },
    row.value,
  )
}

/**
 * In the base asset, counted once.
 * https://www.bitget.com/api-doc/contract/market/Get-Open-Interest
 */
const openInterest: Endpoint<{ instrument: Instrument }, OpenInterest> = {
  method: 'GET',
  path: '/api/v2/mix/market/open-interest',
  access: 'public',
  effect: 'read',
  cost: { address: 1, 'v2/mix/market/open-interest': 1 },
  encode: ({ instrument }) => ({ query: ofInstrument(instrument) }),
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const data = answer.at('data')
    const list = data.at('openInterestList')
    const row = list.items().find((item) => item.at('symbol').value === nativeSymbol)
    if (!row) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
    return withRaw(
      {
        symbol,
        nativeSymbol,
        quantity: row.at('size').decimal(),
        timestamp: data.at('ts').integer(),
      },
      data.value,
    )
  },
}
