import { FuturesClient } from '../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../client/options.ts'
import { binance } from '../exchanges/binance/index.ts'

/** The same as `createFuturesExchange('BINANCE', options)`, and nothing of the other exchanges. */
export class BinanceFutures extends FuturesClient {
  constructor(options: FuturesExchangeOptions = {}) {
    super(binance, options)
  }
}
