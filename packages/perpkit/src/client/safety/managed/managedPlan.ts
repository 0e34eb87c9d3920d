import {
  type Decimal,
  equals,
  isGreater,
  isLess,
  mul,
  roundToStep,
  sum,
  toDecimal,
} from '../../../core/decimal.ts'
import type { Instrument } from '../../../model/instrument.ts'
import {
  opposite,
  type PositionSide,
  type Side,
  type TriggerSource,
} from '../../../model/tokens.ts'
import {
  refuse,
  requireKey,
  requirePrice,
  requireQuantity,
  requireSide,
  requireTriggerSource,
} from '../../actions/arguments.ts'
import type { Client } from '../../client.ts'
import type { ManagedOrdersRequest, TakeProfitTarget } from './managed.ts'
import { legNumber, type ManagedRecord } from './managedRecord.ts'
import { splitTargets } from './split.ts'

interface Target {
  price: Decimal
  share: Decimal
}

/** A request found possible, in numbers the exchange will take. */
export interface ManagedPlan {
  instrument: Instrument
  /** Of the protective orders. */
  side: Side
  /** Of the position they protect. */
  positionSide: PositionSide
  quantity: Decimal
  stopPrice: Decimal
  targets: Target[]
  triggerSource: TriggerSource
  breakEven: boolean
  onUnprotected: 'CLOSE' | 'REPORT'
}

const MAX_TARGETS = 8

/** The second default target lies this much further, as a factor of the first. */
const FURTHER = { SELL: '1.02', BUY: '0.98' } as const

/** Checks everything that can be checked before anything is sent. */
export async function makePlan(
  client: Client,
  action: string,
  request: ManagedOrdersRequest,
): Promise<ManagedPlan> {
  requireKey(client, action)
  const side = requireSide(client, action, request.side)
  const triggerSource = requireTriggerSource(client, action, request.triggerSource)
  const onUnprotected = requirePolicy(client, action, request.onUnprotected)
  const instrument = await client.catalogue.find(request.symbol)
  const quantity = requireQuantity(client, action, instrument, request.quantity, 'MARKET')
  const stopPrice = requirePrice(client, action, instrument, 'stopPrice', request.stopPrice)
  const targets = targetsOf(client, action, instrument, side, request)
  for (const { price } of targets) requireProfitSide(client, action, side, stopPrice, price)
  return {
    instrument,
    side,
    positionSide: side === 'SELL' ? 'LONG' : 'SHORT',
    quantity,
    stopPrice,
    targets,
    triggerSource,
    breakEven: request.breakEvenAfterFirstTakeProfit ?? false,
    onUnprotected,
  }
}

/** What is written down of a plan before anything is done. */
export async function recordOf(
  client: Client,
  plan: ManagedPlan,
  more: Pick<ManagedRecord, 'stage' | 'covers' | 'size' | 'hasOpened' | 'previous'> &
    Partial<ManagedRecord>,
): Promise<ManagedRecord> {
  const { instrument, side, positionSide, quantity, stopPrice, targets } = plan
  const number = client.nextNumber()
  const leg = legNumber({ kind: 'STOP', index: 0 })
  return {
    version: 1,
    id: await client.orderId({ number, leg, generation: 0 }),
    exchange: client.definition.name,
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    side,
    positionSide,
    number,
    quantity,
    stopPrice,
    triggerSource: plan.triggerSource,
    targets: splitTargets(quantity, targets, instrument),
    breakEven: plan.breakEven ? 'WAITING' : 'NO',
    onUnprotected: plan.onUnprotected,
    isUnprotected: false,
    legs: [],
    foreign: [],
    ...more,
  }
}

function targetsOf(
  client: Client,
  action: string,
  instrument: Instrument,
  side: Side,
  request: ManagedOrdersRequest,
): Target[] {
  const { takeProfitPrice, takeProfits } = request
  if ((takeProfitPrice === undefined) === (takeProfits === undefined)) {
    const message = 'either takeProfitPrice or takeProfits is needed, and not both'
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  if (takeProfitPrice !== undefined) {
    const first = requirePrice(client, action, instrument, 'takeProfitPrice', takeProfitPrice)
    const second = roundToStep(mul(first, FURTHER[side]), instrument.tickSize)
    return [
      { price: first, share: '0.5' },
      { price: second, share: '0.5' },
    ]
  }
  return explicitTargets(client, action, instrument, takeProfits ?? [])
}

function explicitTargets(
  client: Client,
  action: string,
  instrument: Instrument,
  takeProfits: readonly TakeProfitTarget[],
): Target[] {
  if (takeProfits.length > MAX_TARGETS) {
    const message = `${takeProfits.length} take-profits are more than the ${MAX_TARGETS} there may be`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  const targets = takeProfits.map(({ price, share }, index) => ({
    price: requirePrice(client, action, instrument, `takeProfits[${index}].price`, price),
    share: requireShare(client, action, index, share),
  }))
  const total = sum(targets.map(({ share }) => share))
  if (targets.length > 0 && !equals(total, '1')) {
    const shares = targets.map(({ share }) => share).join(' + ')
    const message = `the shares of the take-profits must add up to 1, but ${shares} = ${total}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  return targets
}

function requireShare(
  client: Client,
  action: string,
  index: number,
  value: string | number,
): Decimal {
  const share = toDecimal(value)
  if (share !== undefined && isGreater(share, '0') && !isGreater(share, '1')) return share
  const message = `takeProfits[${index}].share must be above 0 and at most 1, received ${JSON.stringify(value)}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}

function requireProfitSide(
  client: Client,
  action: string,
  side: Side,
  stopPrice: Decimal,
  price: Decimal,
): void {
  const isRight = side === 'SELL' ? isLess(stopPrice, price) : isGreater(stopPrice, price)
  if (isRight) return
  const where = side === 'SELL' ? 'above' : 'below'
  const position = opposite(side) === 'BUY' ? 'a long' : 'a short'
  const message = `for ${position} the take-profit must lie ${where} the stop, but ${price} does not lie ${where} ${stopPrice}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}

function requirePolicy(client: Client, action: string, value: unknown): 'CLOSE' | 'REPORT' {
  if (value === undefined) return 'CLOSE'
  if (value === 'CLOSE' || value === 'REPORT') return value
  const message = `onUnprotected must be 'CLOSE' or 'REPORT', received ${JSON.stringify(value)}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}
