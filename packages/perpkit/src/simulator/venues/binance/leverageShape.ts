import { type Contract, notionalCap } from './contracts.ts'

/** Answer to setting a leverage, also to one that it already was: docs/wire/binance.md 4.3. */
export function leverageShape(contract: Contract, leverage: number): Record<string, unknown> {
  return {
    leverage,
    maxNotionalValue: String(notionalCap(contract, leverage)),
    symbol: contract.symbol,
  }
}
