import { FuturesClient } from '../client/FuturesClient.ts'
import type { FuturesExchangeOptions } from '../client/options.ts'
import { bitget } from '../exchanges/bitget/index.ts'

/** The same as `createFuturesExchange('BITGET', options)`, and nothing of the other exchanges. */
export class BitgetFutures extends FuturesClient {
  constructor(options: FuturesExchangeOptions = {}) {
    super(bitget, options)
  }
}
