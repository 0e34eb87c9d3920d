import { FuturesClient } from '../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../client/options.ts'
import { okx } from '../exchanges/okx/index.ts'

/** The same as `createFuturesExchange('OKX', options)`, and nothing of the other exchanges. */
export class OkxFutures extends FuturesClient {
  constructor(options: FuturesExchangeOptions = {}) {
    super(okx, options)
  }
}
