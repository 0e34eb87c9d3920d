// What the made-up exchange tells of itself.

export const STEP = '0.001'

export const ACCOUNT: object = {
  totalWalletBalance: '100000',
  availableBalance: '100000',
  totalUnrealizedPnl: '0',
  totalMarginBalance: '100000',
  currency: 'USDT',
  assets: [],
}

export const INSTRUMENT: object = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: STEP,
  minQuantity: STEP,
  maxQuantity: '100',
  maxMarketQuantity: '50',
  minNotional: '5',
  contractMultiplier: '1',
}
