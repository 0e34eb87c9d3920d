import type { ExchangeDefinition } from '../client/definition.ts'
import { binance } from './binance/index.ts'
import { bybit } from './bybit/index.ts'

/** All exchanges `createFuturesExchange` knows; `registerFuturesExchange` adds to it. */
export const EXCHANGE_REGISTRY: ExchangeDefinition[] = [binance, bybit]
