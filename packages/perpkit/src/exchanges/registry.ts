import type { ExchangeDefinition } from '../client/definition.ts'
import { binance } from './binance/index.ts'
import { bitget } from './bitget/index.ts'
import { bybit } from './bybit/index.ts'
import { htx } from './htx/index.ts'
import { kraken } from './kraken/index.ts'
import { okx } from './okx/index.ts'

/** All exchanges `createFuturesExchange` knows; `registerFuturesExchange` adds to it. */
export const EXCHANGE_REGISTRY: ExchangeDefinition[] = [binance, bybit, okx, bitget, htx, kraken]
