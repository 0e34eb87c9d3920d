import type { Venue } from '../server/types.ts'
import { binance } from './binance/index.ts'
import { bybit } from './bybit/index.ts'

/** Every venue the simulator has, one line each. */
export const venueRegistry: readonly Venue[] = [binance, bybit]
