import type { Call, Endpoint, Instruments } from '../../client/definition.ts'
import { type Decimal, div, min, mul, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'

/**
 * `BTC/USDT`, `BTC/USDT:USDT`, `BTCUSDT` and `BTC-USDT-SWAP` are `BTC-USDT-SWAP`; the same with
 * USDC. There are no names in thousands: `1000PEPEUSDT` is not `PEPE-USDT-SWAP`
 * (docs/wire/okx.md 1.2).
 */
export function normalizeSymbol(symbol: string): string | undefined {
  const { base, quote, settle } =
    WRITINGS.map((form) => form.exec(symbol)?.groups).find(Boolean) ?? {}
  if (base === undefined || quote === undefined) return undefined
  return settle === undefined || settle === quote ? `${base}-${quote}-SWAP` : undefined
}

// Letters of any script: coins have been named in Chinese.
const WRITINGS = [
  /^(?<base>[\p{L}\p{N}]+)-(?<quote>USDT|USDC)-SWAP$/u,
  /^(?<base>[\p{L}\p{N}]+)\/(?<quote>USDT|USDC)(?::(?<settle>[\p{L}\p{N}]+))?$/u,
  /^(?<base>[\p{L}\p{N}]+)(?<quote>USDT|USDC)$/u,
]

/**
 * The instrument a row belongs to; `undefined` for contracts that are not ours, such as inverse
 * ones, which share the lists of an account. A contract of our kind that is not listed is an error:
 * its rows cannot be counted, and must not be hidden.
 */
export function findInstrument(row: Reader, instruments: Instruments): Instrument | undefined {
  const field = row.at('instId')
  const nativeSymbol = field.string()
  const instrument = instruments.byNative(nativeSymbol)
  if (!instrument && normalizeSymbol(nativeSymbol) === nativeSymbol) {
    throw new ReadError(field.path, 'a listed contract', nativeSymbol)
  }
  return instrument
}

/** The same where no other contract was asked for. */
export function requireInstrument(row: Reader, instruments: Instruments): Instrument {
  const instrument = findInstrument(row, instruments)
  if (instrument) return instrument
  const field = row.at('instId')
  throw new ReadError(field.path, 'a linear perpetual contract', field.value)
}

/** Base units as the exchange counts them: sizes on the wire are contracts (docs/wire/okx.md 1.3). */
export function toContracts(quantity: Decimal, { contractMultiplier }: Instrument): Decimal {
  return div(quantity, contractMultiplier)
}

export function fromContracts(contracts: Decimal, { contractMultiplier }: Instrument): Decimal {
  return mul(contracts, contractMultiplier)
}

/** Linear perpetual contracts in USDT and USDC, those that do not trade now among them. */
export function getInstruments(call: Call): Promise<Instrument[]> {
  return call(instrumentList, undefined)
}

/** https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments */
const instrumentList: Endpoint<void, Instrument[]> = {
  method: 'GET',
  path: '/api/v5/public/instruments',
  access: 'public',
  effect: 'read',
  cost: { 'GET public/instruments': 1 },
  encode() {
    return { query: { instType: 'SWAP' } }
  },
  decode(answer) {
    // One answer holds all of them: the call knows no pages.
    const rows = answer.at('data').items()
    return rows.map(readInstrument).filter((instrument) => instrument !== undefined)
  },
}

function readInstrument(row: Reader): Instrument | undefined {
  if (isUnannounced(row) || !isLinear(row)) return undefined
  const contractMultiplier = mul(
    row.at('ctVal').decimal(),
    row.at('ctMult').optionalDecimal() ?? '1',
  )
  const inBase = (name: string): Decimal => mul(row.at(name).decimal(), contractMultiplier)
  const maxMarketQuantity = inBase('maxMktSz')
  // Conditional orders end as market orders; one limit has to do for both.
  const maxStopQuantity = row.at('maxStopSz').isAbsent() ? maxMarketQuantity : inBase('maxStopSz')
  const maxLeverage = row.at('lever').optionalDecimal()
  const { baseAsset, quoteAsset } = readPair(row.at('uly'))
  return withRaw(
    {
      symbol: `${baseAsset}${quoteAsset}`,
      nativeSymbol: row.at('instId').string(),
      baseAsset,
      quoteAsset,
      settleAsset: row.at('settleCcy').string(),
      isTrading: row.at('state').string() === 'live',
      tickSize: row.at('tickSz').decimal(),
      stepSize: inBase('lotSz'),
      minQuantity: inBase('minSz'),
      maxQuantity: inBase('maxLmtSz'),
      maxMarketQuantity: min(maxMarketQuantity, maxStopQuantity),
      minNotional: '0',
      contractMultiplier,
      ...(maxLeverage !== undefined && { maxLeverage: toFloat(maxLeverage) }),
    },
    row.value,
  )
}

// Before it opens, an instrument may be little more than a name (docs/wire/okx.md 1.2).
function isUnannounced(row: Reader): boolean {
  const fields = [row.at('tickSz'), row.at('ctVal'), row.at('uly')]
  if (row.at('state').string() === 'preopen') return fields.some((field) => field.isAbsent())
  return fields.some((field) => field.value === '')
}

// `USD_UM` contracts are linear too, but settle in whatever the account chose.
function isLinear(row: Reader): boolean {
  const settleAsset = row.at('settleCcy').string()
  return row.at('ctType').string() === 'linear' && /^USD[TC]$/.test(settleAsset)
}

// `baseCcy` and `quoteCcy` are for spot markets.
function readPair(underlying: Reader): { baseAsset: string; quoteAsset: string } {
  const [baseAsset, quoteAsset, more] = underlying.string().split('-')
  if (!baseAsset || !quoteAsset || more !== undefined) {
    throw new ReadError(underlying.path, 'a pair like BTC-USDT', underlying.value)
  }
  return { baseAsset, quoteAsset }
}
