import { FuturesClient } from '../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../client/options.ts'
import { kraken } from '../exchanges/kraken/index.ts'

/** The same as `createFuturesExchange('KRAKEN', options)`, and nothing of the other exchanges. */
export class KrakenFutures extends FuturesClient {
  constructor(options: FuturesExchangeOptions = {}) {
    super(kraken, options)
  }
}
