import { FuturesClient } from '../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../client/options.ts'
import { bybit } from '../exchanges/bybit/index.ts'

/** The same as `createFuturesExchange('BYBIT', options)`, and nothing of the other exchanges. */
export class BybitFutures extends FuturesClient {
  constructor(options: FuturesExchangeOptions = {}) {
    super(bybit, options)
  }
}
