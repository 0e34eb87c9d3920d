import type { Instruments } from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'

/**
 * `BTC/USD`, `BTC/USD:USD`, `BTCUSD`, `BTC/USDT`, `BTC/USDT:USDT`, `BTCUSDT` and `PF_XBTUSD` are
 * `PF_XBTUSD`: there are no contracts in USDT, and the writing with USDT means the one in USD
 * (docs/wire/kraken.md 1.2).
 */
export function normalizeSymbol(symbol: string): string | undefined {
  const { base, quote, settle } =
    NATIVE.exec(symbol)?.groups ?? PAIR.exec(symbol)?.groups ?? FLAT.exec(symbol)?.groups ?? {}
  if (base === undefined || (settle !== undefined && settle !== quote)) return undefined
  return `PF_${base === 'BTC' ? 'XBT' : base}USD`
}

const NATIVE = /^PF_(?<base>[A-Z0-9]+)USD$/
const PAIR = /^(?<base>[A-Z0-9]+)\/(?<quote>USDT|USD)(?::(?<settle>[A-Z0-9]+))?$/
const FLAT = /^(?<base>[A-Z0-9]+?)(?:USDT|USD)$/

/** Bitcoin is `XBT` in some answers and `BTC` in others, the same one at times. */
export function assetOf(name: string): string {
  const asset = name.toUpperCase()
  return asset === 'XBT' ? 'BTC' : name
}

/**
 * Whether a row of an account is of a linear perpetual contract: the dated ones have the same type,
 * and the inverse ones another unit of size (docs/wire/kraken.md 1.1).
 */
export function isPerpetual(nativeSymbol: string): boolean {
  return /^pf_/i.test(nativeSymbol)
}

/** Both names of a contract. Some answers have written theirs in lower case. */
export function readSymbols(
  field: Reader,
  instruments: Instruments,
): { symbol: string; nativeSymbol: string } {
  const written = field.string()
  const upper = written.toUpperCase()
  const isListed = instruments.byNative(written) !== undefined
  const nativeSymbol = !isListed && instruments.byNative(upper) !== undefined ? upper : written
  return { symbol: instruments.symbolOf(nativeSymbol), nativeSymbol }
}

/** Whether a row is one of those asked for: of a linear perpetual contract, and of this one. */
export function isAskedFor(field: Reader, instrument: Instrument | undefined): boolean {
  const written = field.string()
  if (instrument === undefined) return isPerpetual(written)
  return written.toUpperCase() === instrument.nativeSymbol.toUpperCase()
}
