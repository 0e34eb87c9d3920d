import type { FuturesPosition, PositionSide } from 'perpkit'
import { abs, add, compare, div, fixed, isPositive, mul, smaller, sub } from '../numbers.ts'

// What an order would mean, reckoned from what is known before it is sent. Estimates: the exchange's
// own figures follow its maintenance tiers, which no two exchanges have alike.

/** Of the notional; the first tier of large contracts is 0.4 to 0.5 %. */
const MAINTENANCE = '0.005'

export interface Exposure {
  side: PositionSide
  size: string
  entryPrice: string
}

export interface RiskFacts {
  /** The position as it would be. */
  exposure: Exposure
  leverage: number | undefined
  marginMode: 'CROSS' | 'ISOLATED' | undefined
  /** Money of the account that stands for the position under cross margin. */
  marginBalance: string | undefined
  /** Where the stop would be. */
  stopPrice: string | undefined
  /** What a taker pays, a fraction. */
  takerRate: string | undefined
}

export interface Risk {
  initialMargin?: string
  liquidationPrice?: string
  worstLoss?: string
  notes: string[]
}

/** The position after an order that adds to it, or opens it; the opposite side makes it smaller. */
export function exposureAfter(
  position: FuturesPosition | undefined,
  order: Exposure,
): Exposure | undefined {
  if (!position) return order
  if (position.side === order.side) {
    const size = add(position.size, order.size)
    const cost = add(mul(position.size, position.entryPrice), mul(order.size, order.entryPrice))
    return { side: order.side, size, entryPrice: div(cost, size) }
  }
  const size = sub(position.size, order.size)
  if (compare(size, '0') === 0) return undefined
  if (isPositive(size)) return { side: position.side, size, entryPrice: position.entryPrice }
  return { side: order.side, size: abs(size), entryPrice: order.entryPrice }
}

export function riskOf(facts: RiskFacts): Risk {
  const { exposure, leverage, marginMode } = facts
  const notes: string[] = []
  const notional = mul(exposure.size, exposure.entryPrice)
  const initialMargin = leverage === undefined ? undefined : div(notional, String(leverage))
  const liquidation = liquidationOf(facts, initialMargin)
  if (liquidation !== undefined) {
    notes.push(`liquidation is an estimate at ${mul(MAINTENANCE, '100')}% maintenance margin`)
  }
  if (marginMode === undefined || leverage === undefined) {
    notes.push('leverage or margin mode is not known, so liquidation is not estimated')
  }
  const worst = worstLossOf(facts, initialMargin)
  notes.push(...worst.notes)
  return {
    ...(initialMargin !== undefined && { initialMargin: fixed(initialMargin, 2) }),
    ...(liquidation !== undefined && { liquidationPrice: liquidation }),
    ...(worst.loss !== undefined && { worstLoss: fixed(worst.loss, 2) }),
    notes,
  }
}

/** Where what stands for the position is used up, maintenance margin kept. */
function liquidationOf(
  { exposure, marginMode, marginBalance }: RiskFacts,
  initialMargin: string | undefined,
): string | undefined {
  const { side, size, entryPrice } = exposure
  const behind = marginMode === 'ISOLATED' ? initialMargin : marginBalance
  if (marginMode === undefined || behind === undefined) return undefined
  // long: (p − entry) × size + behind = maintenance × p × size; of a short the other way round
  const away = div(behind, size)
  const price =
    side === 'LONG'
      ? div(sub(entryPrice, away), sub('1', MAINTENANCE))
      : div(add(entryPrice, away), add('1', MAINTENANCE))
  return isPositive(price) ? price : undefined
}

function worstLossOf(
  { exposure, marginMode, marginBalance, stopPrice, takerRate }: RiskFacts,
  initialMargin: string | undefined,
): { loss: string | undefined; notes: string[] } {
  const { side, size, entryPrice } = exposure
  const notional = mul(size, entryPrice)
  if (stopPrice !== undefined) {
    const perUnit = side === 'LONG' ? sub(entryPrice, stopPrice) : sub(stopPrice, entryPrice)
    const fee = takerRate === undefined ? '0' : mul(takerRate, mul(size, stopPrice))
    const fees = takerRate === undefined ? 'without fees' : 'with the fee of the stop'
    return {
      loss: add(mul(perUnit, size), fee),
      notes: [`worst loss is the stop filled at its price, ${fees}; a gap makes it worse`],
    }
  }
  if (marginMode === 'ISOLATED' && initialMargin !== undefined) {
    return { loss: initialMargin, notes: ['no stop: worst loss is all of the isolated margin'] }
  }
  if (marginBalance === undefined) return { loss: undefined, notes: ['no stop'] }
  // A long cannot lose more than it is worth; a short can.
  const loss = side === 'LONG' ? smaller(notional, marginBalance) : marginBalance
  return { loss, notes: ['no stop: worst loss is what cross margin puts behind it'] }
}
