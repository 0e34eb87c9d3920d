import type { Fields } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'

/**
 * `BTC/USDT`, `BTC/USDT:USDT` and `BTCUSDT` are `BTCUSDT`; `BTC/USDC`, `BTC/USDC:USDC` and
 * `BTCUSDC` are `BTCPERP`: contracts in USDC are named without their quote asset, and no linear
 * contract ends in USDC (docs/wire/bybit.md 1).
 */
export function normalizeSymbol(symbol: string): string | undefined {
  const { base, quote, settle } = PAIR.exec(symbol)?.groups ?? FLAT.exec(symbol)?.groups ?? {}
  if (base === undefined || (settle !== undefined && settle !== quote)) return undefined
  return quote === 'USDT' ? `${base}USDT` : `${base}PERP`
}

const PAIR = /^(?<base>[A-Z0-9]+)\/(?<quote>USDT|USDC)(?::(?<settle>[A-Z0-9]+))?$/
const FLAT = /^(?<base>[A-Z0-9]+)(?<quote>USDT|USDC|PERP)$/

/**
 * What a list call must name: one symbol, or each asset that linear contracts settle in, because
 * a list of USDT contracts hides those in USDC (docs/wire/bybit.md 9, trap 18).
 */
export function listScopes(instrument: Instrument | undefined): Fields[] {
  if (instrument) return [{ symbol: instrument.nativeSymbol }]
  return [{ settleCoin: 'USDT' }, { settleCoin: 'USDC' }]
}
