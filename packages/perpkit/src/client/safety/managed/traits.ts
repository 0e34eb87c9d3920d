import type { Decimal } from '../../../core/decimal.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { ExchangeDefinition } from '../../definition.ts'

/** What decisions depend on besides the facts. */
export interface Traits {
  /** How a stop that sizes itself is moved; absent: stops have quantities. */
  sizing: 'set' | 'amend' | 'bridge' | undefined
  /** Whether a stop larger than the position is no cover. */
  oversizedFails: boolean
  /** Whether a stop of a fixed quantity can be changed where it stands. */
  canAmend: boolean
  tickSize: Decimal
  stepSize: Decimal
  minQuantity: Decimal
  /** Largest market order. */
  maxMarketQuantity: Decimal
  /** How long an order that landed may stay invisible. */
  visibilityMs: number
}

export function traitsOf(definition: ExchangeDefinition, instrument: Instrument): Traits {
  const { amend, stopSizing, oversizedStopFails = false } = definition.capabilities
  const { tickSize, stepSize, minQuantity, maxMarketQuantity } = instrument
  return {
    sizing: stopSizing,
    oversizedFails: oversizedStopFails,
    canAmend: amend.conditional.includes('quantity') && amend.conditional.includes('stopPrice'),
    tickSize,
    stepSize,
    minQuantity,
    maxMarketQuantity,
    visibilityMs: definition.visibilityDelayMs + WINDOW_MS,
  }
}

/** A request that is late may be executed for as long after it was dated. */
const WINDOW_MS = 2_000
