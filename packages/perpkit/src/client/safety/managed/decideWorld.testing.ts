import fc from 'fast-check'
import { add, type Decimal, isGreater, isZero, min } from '../../../core/decimal.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { decide, type Step } from './decide.ts'
import type { Facts } from './facts.ts'
import {
  coverOf,
  hasEnded,
  isWorking,
  type LegKind,
  type LegStatus,
  lastLeg,
  legsOf,
  type ManagedLeg,
  type ManagedRecord,
  wantedOf,
  withLeg,
} from './managedRecord.ts'
import type { Traits } from './traits.ts'

// A world of records and facts alone: steps are done as they are meant, and what waits comes to an
// end. Whatever the beginning, cover never falls and an end is reached.

export const STEP = '0.01'

export const traits: Traits = {
  sizing: undefined,
  canAmend: false,
  oversizedFails: false,
  tickSize: '0.1',
  stepSize: STEP,
  minQuantity: STEP,
  maxMarketQuantity: '0.02',
  visibilityMs: 2_000,
}

export const blank: ManagedRecord = {
  version: 1,
  id: 'm',
  exchange: 'BYBIT',
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'LONG',
  number: 1,
  quantity: '0.04',
  covers: 'POSITION',
  stopPrice: '58000',
  triggerSource: 'MARK',
  targets: [
    { price: '61000', share: '0.5', quantity: '0.02' },
    { price: '62000', share: '0.5', quantity: '0.02' },
  ],
  breakEven: 'NO',
  onUnprotected: 'CLOSE',
  stage: 'ACTIVE',
  isUnprotected: false,
  hasOpened: true,
  size: '0.04',
  legs: [],
  previous: [],
  foreign: [],
}

export interface World {
  record: ManagedRecord
  facts: Facts
  traits: Traits
}

export function legOf(
  kind: LegKind,
  status: LegStatus,
  more: Partial<ManagedLeg> = {},
): ManagedLeg {
  const { index = 0, generation = 0 } = more
  return {
    kind,
    index,
    generation,
    clientOrderId: `${kind}${index}${generation}`,
    ...(status !== 'SENDING' &&
      status !== 'REFUSED' && { orderId: `o${kind}${index}${generation}` }),
    status,
    quantity: '0.04',
    ...(kind !== 'ENTRY' && kind !== 'CLOSE' && { stopPrice: '58000' }),
    executedQty: status === 'FILLED' ? (more.quantity ?? '0.04') : '0',
    sentAt: 0,
    ...more,
  }
}

export function worldOf(size: Decimal, more: Partial<World> & { legs?: ManagedLeg[] } = {}): World {
  const { legs = [], record = blank } = more
  const position = isZero(size) ? undefined : { size, entryPrice: '60000' }
  return {
    record: { ...record, legs, size },
    facts: { open: [], fates: new Map(), position, now: 10_000, isConfirmed: false, ...more.facts },
    traits: more.traits ?? traits,
  }
}

export function stepOf({ record, facts, traits: given }: World): Step {
  return decide(record, facts, given)
}

const STATUSES: readonly LegStatus[] = [
  'PENDING',
  'PENDING',
  'SENDING',
  'NEW',
  'FILLED',
  'CANCELLED',
  'REJECTED',
  'REFUSED',
  'MISSING',
]

const anyQuantity = fc.constantFrom('0.01', '0.02', '0.03', '0.04', '0.06')

export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    size: fc.constantFrom('0', '0.01', '0.02', '0.03', '0.04', '0.06', '0.045'),
    sizing: fc.constantFrom(undefined, 'set', 'amend', 'bridge'),
    canAmend: fc.boolean(),
    covers: fc.constantFrom('POSITION', 'QUANTITY'),
    stage: fc.constantFrom('PROTECTING', 'ACTIVE', 'CLOSING', 'CANCELLING', 'ENTERING'),
    onUnprotected: fc.constantFrom('CLOSE', 'REPORT'),
    stops: fc.array(
      fc.record({
        kind: fc.constantFrom<LegKind[]>('STOP', 'STOP', 'BRIDGE'),
        status: fc.constantFrom(...STATUSES),
        quantity: anyQuantity,
        stopPrice: fc.constantFrom('58000', '57000'),
        isWhole: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    targets: fc.array(fc.constantFrom(...STATUSES), { maxLength: 2 }),
    entry: fc.constantFrom<(LegStatus | 'NONE')[]>(
      'NONE',
      'NONE',
      'SENDING',
      'NEW',
      'FILLED',
      'MISSING',
    ),
    before: fc.constantFrom('NONE', 'FIXED', 'WHOLE'),
    isLagging: fc.boolean(),
  })
  .map((wish) => {
    const isSizing = wish.sizing !== undefined && wish.covers === 'POSITION'
    const given: Traits = {
      ...traits,
      sizing: wish.sizing,
      canAmend: wish.canAmend || wish.sizing === 'amend',
    }
    let hasWhole = wish.before === 'WHOLE'
    const stops = wish.stops.map(({ kind, status, quantity, stopPrice, isWhole }, generation) => {
      // Exchanges have one of them a side.
      const isOne = isSizing && isWhole && kind === 'STOP' && !hasWhole && status === 'PENDING'
      hasWhole ||= isOne
      const whole = isOne ? { closePosition: true as const } : {}
      const ofPosition = isOne && wish.sizing === 'set' ? { isOfPosition: true as const } : {}
      return legOf(kind, status, { quantity, stopPrice, generation, ...whole, ...ofPosition })
    })
    const targets = wish.targets.map((status, index) =>
      legOf('TARGET', status, { index, quantity: '0.02', stopPrice: '61000' }),
    )
    const entry = wish.entry === 'NONE' ? [] : [legOf('ENTRY', wish.entry)]
    const record: ManagedRecord = {
      ...blank,
      covers: wish.covers,
      stage: wish.stage,
      onUnprotected: wish.onUnprotected,
      previous: wish.before === 'NONE' ? [] : ['before'],
      ...(entry.length > 0 && { entry: { type: 'LIMIT', price: '59500', isAttached: false } }),
      ...(wish.isLagging && { lagsSince: 9_900 }),
    }
    const open = wish.before === 'NONE' ? [] : [orderOf(wish.before === 'WHOLE')]
    const world = worldOf(wish.size, {
      legs: [...entry, ...stops, ...targets],
      record,
      traits: given,
    })
    return { ...world, facts: { ...world.facts, open } }
  })

function orderOf(isWhole: boolean): FuturesOrder {
  return {
    orderId: 'before',
    clientOrderId: 'x',
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: isWhole ? '0' : '0.04',
    price: '0',
    status: 'PENDING',
    executedQty: '0',
    timeInForce: 'GTC',
    stopPrice: '57500',
    reduceOnly: true,
    ...(isWhole && { closePosition: true }),
  }
}

/** What our stops and the one from before would close. */
export function coverIn({ record, facts, traits }: World): Decimal {
  const size = facts.position?.size ?? '0'
  const wanted = wantedOf(record, size, STEP)
  const before = facts.open.find(({ orderId }) => orderId === 'before')
  if (!before) return coverOf(record, wanted, traits)
  const more = before.closePosition ? wanted : before.quantity
  return min(wanted, add(coverOf(record, wanted, traits), more))
}

/** The world after a step that succeeds. */
export function after(world: World, step: Step): World {
  const { record, facts } = world
  const next = (changed: ManagedRecord): World => ({ ...world, record: changed })
  const fresh = (kind: LegKind, more: Partial<ManagedLeg>): ManagedLeg =>
    legOf(kind, 'PENDING', {
      generation: 1 + (lastLeg(record, kind, more.index)?.generation ?? -1),
      ...more,
    })
  switch (step.do) {
    case 'placeEntry':
      return moved(next(withLeg(record, legOf('ENTRY', 'FILLED'))), '0.04')
    case 'placeStop': {
      const { quantity, closePosition, leg } = step
      const placed = leg
        ? { ...leg, status: 'PENDING' as const, orderId: `again${leg.generation}` }
        : fresh('STOP', { quantity, ...(closePosition && { closePosition }) })
      return next(withLeg(record, placed))
    }
    case 'setStop': {
      const standing = legsOf(record, 'STOP').find((leg) => leg.isOfPosition && !hasEnded(leg))
      const set = fresh('STOP', { closePosition: true, isOfPosition: true })
      const same = standing && {
        ...standing,
        status: 'PENDING' as const,
        stopPrice: '58000',
        closePosition: true as const,
      }
      // The exchange has one: what was there before is replaced by it.
      const open = facts.open.filter(({ closePosition }) => !closePosition)
      return { ...next(withLeg(record, same ?? set)), facts: { ...facts, open } }
    }
    case 'amendStop': {
      const { leg, quantity } = step
      return next(withLeg(record, { ...leg, quantity, stopPrice: '58000' }))
    }
    case 'adoptStop':
      return {
        ...next(
          withLeg(
            record,
            fresh('STOP', { closePosition: true, stopPrice: '57500', orderId: 'before' }),
          ),
        ),
      }
    case 'placeBridge':
      return next(withLeg(record, fresh('BRIDGE', { quantity: step.quantity })))
    case 'placeTarget': {
      const placed = fresh('TARGET', { index: step.index, quantity: '0.02' })
      const again = step.leg && { ...step.leg, status: 'PENDING' as const, orderId: 'again' }
      return next(withLeg(record, again ?? placed))
    }
    case 'cancel':
      return next(withLeg(record, { ...step.leg, status: 'CANCELLED' }))
    case 'cancelPrevious':
      return { ...world, facts: { ...facts, open: [] } }
    case 'close': {
      const leg = step.leg ?? fresh('CLOSE', {})
      const closed = {
        ...leg,
        status: 'FILLED' as const,
        executedQty: step.quantity,
        quantity: step.quantity,
      }
      return moved(next(withLeg(record, closed)), `-${step.quantity}`)
    }
    case 'finish':
      return next({ ...record, stage: step.stage })
    case 'look':
      return { ...world, facts: { ...facts, isConfirmed: true } }
    default:
      return waited(world)
  }
}

/** What is under way comes to an end. */
function waited(world: World): World {
  const { lagsSince: _, ...record } = world.record
  let next: World = { ...world, record, facts: { ...world.facts, now: world.facts.now + 2_500 } }
  for (const leg of record.legs) {
    if (leg.status === 'SENDING') {
      next = { ...next, record: withLeg(next.record, { ...leg, status: 'MISSING' }) }
    } else if ((leg.kind === 'STOP' || leg.kind === 'BRIDGE') && isWorking(leg)) {
      const filled = { ...leg, status: 'FILLED' as const, executedQty: leg.quantity }
      next = moved({ ...next, record: withLeg(next.record, filled) }, `-${leg.quantity}`)
    }
  }
  return next
}

function moved(world: World, by: Decimal): World {
  const size = add(world.facts.position?.size ?? '0', by)
  const position = isGreater(size, '0') ? { size, entryPrice: '60000' } : undefined
  return { ...world, facts: { ...world.facts, position } }
}
