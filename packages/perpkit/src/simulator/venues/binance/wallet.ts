import { type FapiRoute, signedRoute } from './route.ts'

// Not futures endpoints: ccxt's `loadMarkets` asks the spot wallet for its coins and margin pairs as
// soon as it has a key. This venue has neither, so it lists none.

export const walletRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/wallet/capital/all-coins-info
  signedRoute('GET', '/sapi/v1/capital/config/getall', { handle: () => [] }),
  // https://developers.binance.com/docs/margin_trading/market-data/Get-All-Cross-Margin-Pairs
  signedRoute('GET', '/sapi/v1/margin/allPairs', { handle: () => [] }),
]
