import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'

/**
 * `BTC/USDT`, `BTC/USDT:USDT` and `BTCUSDT` are `BTCUSDT`; `BTC/USDC`, `BTC/USDC:USDC` and
 * `BTCUSDC` are `BTCPERP`: contracts in USDC are named without their quote asset, and no linear
 * contract ends in USDC (docs/wire/bitget.md 1).
 */
export function normalizeSymbol(symbol: string): string | undefined {
  const { base, quote, settle } = PAIR.exec(symbol)?.groups ?? FLAT.exec(symbol)?.groups ?? {}
  if (base === undefined || (settle !== undefined && settle !== quote)) return undefined
  return quote === 'USDT' ? `${base}USDT` : `${base}PERP`
}

const PAIR = /^(?<base>[\p{L}\p{N}]+)\/(?<quote>USDT|USDC)(?::(?<settle>[\p{L}\p{N}]+))?$/u
const FLAT = /^(?<base>[\p{L}\p{N}]+)(?<quote>USDT|USDC|PERP)$/u

/** A family of linear contracts: what V2 calls `productType` and V3 `category`. */
export interface Product {
  name: string
  /** The one asset its contracts are quoted, margined and settled in. */
  coin: string
}

export const products: readonly Product[] = [
  { name: 'USDT-FUTURES', coin: 'USDT' },
  { name: 'USDC-FUTURES', coin: 'USDC' },
]

/** The family an instrument belongs to: told by what it settles in, never by its name. */
export function productOf({ symbol, settleAsset }: Instrument): Product {
  const product = products.find(({ coin }) => coin === settleAsset)
  if (product) return product
  throw new RequestError(`BITGET ${symbol} settles in ${settleAsset}, not in USDT or USDC`, {
    code: 'UNSUPPORTED',
    exchange: 'BITGET',
  })
}

/** Where a list must be looked for: one symbol, or every family. */
export interface Scope {
  product: Product
  /** Native symbol; all of the family without. */
  symbol?: string
}

export function scopesOf(instrument: Instrument | undefined): Scope[] {
  if (!instrument) return products.map((product) => ({ product }))
  return [{ product: productOf(instrument), symbol: instrument.nativeSymbol }]
}
