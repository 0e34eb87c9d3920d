import {
  type Decimal,
  equals,
  isGreater,
  isLess,
  mul,
  roundToStep,
  sum,
  toDecimal,
} from '../../core/decimal.ts'
import type { Instrument } from '../../model/instrument.ts'
import { opposite, type PositionSide, type Side, type TriggerSource } from '../../model/tokens.ts'
import {
  refuse,
  requireKey,
  requirePrice,
  requireQuantity,
  requireSide,
  requireTriggerSource,
} from '../actions/arguments.ts'
import type { Client } from '../client.ts'
import type { ManagedOrdersRequest, TakeProfitTarget } from './managed.ts'
import { type Part, splitByShares } from './split.ts'

/** A request found possible, in numbers the exchange will take. */
export interface ManagedPlan {
  instrument: Instrument
  /** Of the protective orders. */
  side: Side
  /** Of the position they protect. */
  positionSide: PositionSide
  quantity: Decimal
  stopPrice: Decimal
  takeProfits: Part[]
  triggerSource: TriggerSource
  breakEven: boolean
  onUnprotected: 'CLOSE' | 'REPORT'
}

const MAX_TARGETS = 8

const ACTION = 'createManagedOrders'

/** The second default target lies this much further, as a factor of the first. */
const FURTHER = { SELL: '1.02', BUY: '0.98' } as const

/** Checks everything that can be checked before anything is sent. */
export async function makePlan(
  client: Client,
  request: ManagedOrdersRequest,
): Promise<ManagedPlan> {
  requireKey(client, ACTION)
  const side = requireSide(client, ACTION, request.side)
  const triggerSource = requireTriggerSource(client, ACTION, request.triggerSource)
  const onUnprotected = requirePolicy(client, request.onUnprotected)
  const instrument = await client.catalogue.find(request.symbol)
  const quantity = requireQuantity(client, ACTION, instrument, request.quantity, 'MARKET')
  const stopPrice = requirePrice(client, ACTION, instrument, 'stopPrice', request.stopPrice)
  const targets = targetsOf(client, instrument, side, request)
  for (const { price } of targets) requireProfitSide(client, side, stopPrice, price)
  return {
    instrument,
    side,
    positionSide: side === 'SELL' ? 'LONG' : 'SHORT',
    quantity,
    stopPrice,
    takeProfits: splitByShares(quantity, targets, instrument),
    triggerSource,
    breakEven: request.breakEvenAfterFirstTakeProfit ?? false,
    onUnprotected,
  }
}

type Target = { price: Decimal; share: Decimal }

function targetsOf(
  client: Client,
  instrument: Instrument,
  side: Side,
  request: ManagedOrdersRequest,
): Target[] {
  const { takeProfitPrice, takeProfits } = request
  if ((takeProfitPrice === undefined) === (takeProfits === undefined)) {
    const message = 'either takeProfitPrice or takeProfits is needed, and not both'
    throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
  }
  if (takeProfitPrice !== undefined) {
    const first = requirePrice(client, ACTION, instrument, 'takeProfitPrice', takeProfitPrice)
    const second = roundToStep(mul(first, FURTHER[side]), instrument.tickSize)
    return [
      { price: first, share: '0.5' },
      { price: second, share: '0.5' },
    ]
  }
  return explicitTargets(client, instrument, takeProfits ?? [])
}

function explicitTargets(
  client: Client,
  instrument: Instrument,
  takeProfits: readonly TakeProfitTarget[],
): Target[] {
  if (takeProfits.length > MAX_TARGETS) {
    const message = `${takeProfits.length} take-profits are more than the ${MAX_TARGETS} there may be`
    throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
  }
  const targets = takeProfits.map(({ price, share }, index) => ({
    price: requirePrice(client, ACTION, instrument, `takeProfits[${index}].price`, price),
    share: requireShare(client, index, share),
  }))
  const total = sum(targets.map(({ share }) => share))
  if (targets.length > 0 && !equals(total, '1')) {
    const shares = targets.map(({ share }) => share).join(' + ')
    const message = `the shares of the take-profits must add up to 1, but ${shares} = ${total}`
    throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
  }
  return targets
}

function requireShare(client: Client, index: number, value: string | number): Decimal {
  const share = toDecimal(value)
  if (share !== undefined && isGreater(share, '0') && !isGreater(share, '1')) return share
  const message = `takeProfits[${index}].share must be above 0 and at most 1, received ${JSON.stringify(value)}`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}

function requireProfitSide(client: Client, side: Side, stopPrice: Decimal, price: Decimal): void {
  const isRight = side === 'SELL' ? isLess(stopPrice, price) : isGreater(stopPrice, price)
  if (isRight) return
  const where = side === 'SELL' ? 'above' : 'below'
  const position = opposite(side) === 'BUY' ? 'a long' : 'a short'
  const message = `for ${position} the take-profit must lie ${where} the stop, but ${price} does not lie ${where} ${stopPrice}`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}

function requirePolicy(client: Client, value: unknown): 'CLOSE' | 'REPORT' {
  if (value === undefined) return 'CLOSE'
  if (value === 'CLOSE' || value === 'REPORT') return value
  const message = `onUnprotected must be 'CLOSE' or 'REPORT', received ${JSON.stringify(value)}`
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
}
