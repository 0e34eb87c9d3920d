import type { Venue } from '../server/types.ts'
import { binance } from './binance/index.ts'
import { bitget } from './bitget/index.ts'
import { bybit } from './bybit/index.ts'
import { htx } from './htx/index.ts'
import { kraken } from './kraken/index.ts'
import { okx } from './okx/index.ts'

/** Every venue the simulator has, one line each. */
export const venueRegistry: readonly Venue[] = [binance, bybit, okx, bitget, htx, kraken]
