import type { Call, Endpoint } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { OpenInterest, Trade } from '../../model/market.ts'
import { withRaw } from '../../model/raw.ts'
import { type OfInstrument, ofContract } from './contracts.ts'
import { readToken, timeOrNone } from './fields.ts'
import { sides } from './tokens.ts'

// What is traded in a contract, and what is open in it.

interface TradesRequest extends OfInstrument {
  limit: number
}

/** At most 2000. */
export function getTrades(call: Call, params: TradesRequest): Promise<Trade[]> {
  return call(tradeList, params)
}

export function getOpenInterest(call: Call, params: OfInstrument): Promise<OpenInterest> {
  return call(openInterest, params)
}

const MAX_TRADES = 2_000

/**
 * One row is one match with all its prints, in no order that is promised.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb81024-77b5-11ed-9966-0242ac110003
 */
const tradeList: Endpoint<TradesRequest, Trade[]> = {
  method: 'GET',
  path: '/linear-swap-ex/market/history/trade',
  access: 'public',
  effect: 'read',
  cost: { market: 1 },
  encode: ({ instrument, limit }) => ({
    query: { contract_code: instrument.nativeSymbol, size: Math.min(limit, MAX_TRADES) },
  }),
  decode: (answer, { instrument, limit }) =>
    answer
      .at('data')
      .items()
      .flatMap((match) => match.at('data').items())
      .map((row) => readTrade(row, instrument))
      .sort(byTime)
      .slice(-limit),
}

/** A print, of a match or of the stream. */
export function readTrade(row: Reader, instrument: Instrument): Trade {
  const trade: Trade = {
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    tradeId: row.at('id').id(),
    price: row.at('price').decimal(),
    // In the base asset; `amount` counts contracts.
    quantity: row.at('quantity').decimal(),
    side: readToken(row.at('direction'), sides),
    timestamp: row.at('ts').integer(),
  }
  return withRaw(trade, row.value)
}

/** Ids are digits that count upwards, too many of them for a number. */
export function byTime(a: Trade, b: Trade): number {
  const inTime = a.timestamp - b.timestamp || a.tradeId.length - b.tradeId.length
  return inTime || (a.tradeId < b.tradeId ? -1 : 1)
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b73998b8f
const openInterest: Endpoint<OfInstrument, OpenInterest> = {
  method: 'GET',
  path: '/v5/market/open_interest',
  access: 'public',
  effect: 'read',
  cost: { reference: 1 },
  encode: ofContract,
  decode(answer, { instrument }, { receivedAt }) {
    const figures = answer.at('data')
    const open: OpenInterest = {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      // In the base asset; `volume` counts contracts.
      quantity: figures.at('amount').decimal(),
      // Left out in some answers (docs/wire/htx.md 3).
      timestamp: timeOrNone(answer.at('ts')) ?? receivedAt,
    }
    const notional = figures.at('value').optionalDecimal()
    if (notional !== undefined) open.notional = notional
    return withRaw(open, figures.value)
  },
}
