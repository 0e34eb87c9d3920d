import { add, type Decimal, floorToStep, isLess, mul, sub, sum } from '../../../core/decimal.ts'
import type { ManagedTarget } from './managedRecord.ts'

export interface Part {
  price: Decimal
  quantity: Decimal
}

/**
 * Splits `quantity` by shares: each part on the step, together exactly the quantity. The last part
 * takes what rounding left over; a part under the minimum goes to the one after it, and what cannot
 * stand alone at the end to the one before.
 */
export function splitByShares(
  quantity: Decimal,
  targets: readonly { price: Decimal; share: Decimal }[],
  rules: { stepSize: Decimal; minQuantity: Decimal },
): Part[] {
  const parts: Part[] = []
  let carried = '0'
  targets.forEach(({ price, share }, index) => {
    const isLast = index === targets.length - 1
    const own = isLast
      ? sub(quantity, add(sum(parts.map((part) => part.quantity)), carried))
      : floorToStep(mul(quantity, share), rules.stepSize)
    const part = { price, quantity: add(own, carried) }
    if (isLess(part.quantity, rules.minQuantity)) {
      carried = part.quantity
      return
    }
    carried = '0'
    parts.push(part)
  })
  const last = parts.at(-1)
  // Too little is left for an order of its own: the last one that stands takes it.
  if (last) last.quantity = add(last.quantity, carried)
  return parts
}

/** Targets with their quantities, each with the share it was asked for. */
export function splitTargets(
  quantity: Decimal,
  targets: readonly Pick<ManagedTarget, 'price' | 'share'>[],
  rules: { stepSize: Decimal; minQuantity: Decimal },
): ManagedTarget[] {
  return splitByShares(quantity, targets, rules).map((part) => ({
    ...part,
    share: targets.find(({ price }) => price === part.price)?.share ?? '1',
  }))
}
