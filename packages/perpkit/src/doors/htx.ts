import { FuturesClient } from '../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../client/options.ts'
import { htx } from '../exchanges/htx/index.ts'

/** The same as `createFuturesExchange('HTX', options)`, and nothing of the other exchanges. */
export class HtxFutures extends FuturesClient {
  constructor(options: FuturesExchangeOptions = {}) {
    super(htx, options)
  }
}
