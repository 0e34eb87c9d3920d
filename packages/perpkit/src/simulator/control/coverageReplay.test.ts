import { describe, expect, test } from 'vitest'
import { add, type Decimal, isGreater, isLess, isPositive, sub } from '../../core/decimal.ts'
import { nextFloat, type Random, seeded } from '../../core/random.ts'
import { limit, market, type Stage, startTime, stop, takeProfit } from '../engine/engine.fixture.ts'
import { watchedStage } from '../engine/observer.fixture.ts'
import type {
  ConditionalRequest,
  EngineConditional,
  EngineEvent,
  EngineOrder,
  EngineSide,
  PositionSide,
} from '../engine/types.ts'
import { Judge } from './judge.ts'

// What the judge says of random scenarios, held against the slowest way to find it out: the list of
// events is played again, and every millisecond is looked at.

const SCENARIOS = 40
const ACTIONS = 60

type Mode = 'oneWay' | 'hedge' | 'isolated'

describe.each(['oneWay', 'hedge', 'isolated'] as const)('%s', (mode) => {
  test('default: the same as looking at every millisecond', () => {
    let positions = 0
    let gaps = 0
    for (let seed = 1; seed <= SCENARIOS; seed++) {
      const { judged, events, until } = play(mode, seed)
      const replayed = replay(events, until)
      expect(judged, `seed ${seed}`).toEqual(replayed)
      positions += judged.length
      gaps += judged.filter(({ laterUncoveredMs, entryGapMs, growthUncoveredMs }) =>
        [laterUncoveredMs - growthUncoveredMs, growthUncoveredMs, entryGapMs].every((ms) => ms > 0),
      ).length
    }
    // Else nothing was looked at.
    expect(positions).toBeGreaterThan(SCENARIOS)
    expect(gaps).toBeGreaterThan(0)
  })
})

interface Row {
  side: PositionSide
  openedAt: number
  closedAt: number | undefined
  firstCoveredAt: number | undefined
  worstUncoveredMs: number
  worstUncoveredSize: Decimal
  entryGapMs: number
  laterUncoveredMs: number
  growthUncoveredMs: number
}

function play(mode: Mode, seed: number): { judged: Row[]; events: EngineEvent[]; until: number } {
  const time = { now: (): number => startTime }
  const judge = new Judge(() => time.now())
  const stage = watchedStage(judge)
  const { engine, clock, account } = stage
  time.now = () => clock.now()
  if (mode === 'hedge') engine.setPositionMode(account, 'hedge')
  if (mode === 'isolated') engine.setMarginMode(account, 'ISOLATED')
  const events: EngineEvent[] = []
  engine.listen({ happened: (event) => events.push(event), finished: () => {} })
  const random = seeded(seed)
  for (let action = 0; action < ACTIONS; action++) {
    act(stage, mode, random)
    if (nextFloat(random) < 0.6) clock.advance(Math.floor(nextFloat(random) * 40))
  }
  engine.catchUp()
  const { positions, uncoveredMs } = judge.judge(engine)
  const sum = positions.reduce((all, one) => all + one.uncoveredMs, 0)
  expect(uncoveredMs).toBe(sum)
  const judged = positions.map((row): Row => {
    const { side, openedAt, worstUncoveredMs, worstUncoveredSize } = row
    const { closedAt, firstCoveredAt, entryGapMs, laterUncoveredMs, growthUncoveredMs } = row
    expect(row.uncoveredMs).toBe(entryGapMs + laterUncoveredMs)
    const gaps = { entryGapMs, laterUncoveredMs, growthUncoveredMs }
    return {
      ...{ side, openedAt, closedAt, firstCoveredAt, worstUncoveredMs, worstUncoveredSize },
      ...gaps,
    }
  })
  return { judged, events, until: clock.now() }
}

/** Something a client, or the market, might do; refusals are as good as anything. */
function act(stage: Stage, mode: Mode, random: Random): void {
  const { engine, account } = stage
  const chance = nextFloat(random)
  const side: EngineSide = nextFloat(random) < 0.5 ? 'BUY' : 'SELL'
  const isLong = nextFloat(random) < 0.5
  const positionSide = isLong ? ('LONG' as const) : ('SHORT' as const)
  const leg = mode === 'hedge' ? { positionSide } : {}
  const quantity = String(pick(random, [0.01, 0.02, 0.03, 0.05]))
  const { last } = engine.prices('BTCUSDT')
  const distance = String(pick(random, [10, 40, 150, 600]))
  const reduceOnly = mode !== 'hedge' && nextFloat(random) < 0.3
  const more = { reduceOnly, ...leg }
  const price = side === 'BUY' ? sub(last, distance) : add(last, distance)
  if (chance < 0.2) engine.placeOrder(account, market(side, quantity, more))
  else if (chance < 0.3) engine.placeOrder(account, limit(side, quantity, price, more))
  else if (chance < 0.55) {
    engine.placeConditional(account, conditional(random, { side, quantity, last, distance }, leg))
  } else if (chance < 0.65) cancelOne(stage, random)
  else if (chance < 0.7) amendOne(stage, random, quantity)
  else if (chance < 0.71) engine.liquidate(account, 'BTCUSDT')
  else
    engine.setPrice('BTCUSDT', nextFloat(random) < 0.5 ? add(last, distance) : sub(last, distance))
}

function conditional(
  random: Random,
  {
    side,
    quantity,
    last,
    distance,
  }: Record<'quantity' | 'last' | 'distance', string> & {
    side: EngineSide
  },
  leg: Partial<ConditionalRequest>,
): ConditionalRequest {
  const [below, above] = [sub(last, distance), add(last, distance)]
  const reduceOnly = leg.positionSide === undefined && nextFloat(random) < 0.8
  const group = pick(random, [{}, {}, { group: 'one' }, { group: 'two' }])
  const more = { ...leg, reduceOnly, ...group }
  const stopPrice = side === 'SELL' ? below : above
  const profitPrice = side === 'SELL' ? above : below
  const kind = nextFloat(random)
  if (kind < 0.4) return stop(side, quantity, stopPrice, more)
  if (kind < 0.5) {
    // Away from the trigger, so that it rests.
    const price = side === 'SELL' ? add(stopPrice, '25') : sub(stopPrice, '25')
    return stop(side, quantity, stopPrice, { ...more, orderType: 'LIMIT', price })
  }
  if (kind < 0.65) return stop(side, '0', stopPrice, { ...more, closePosition: true })
  if (kind < 0.8) return takeProfit(side, quantity, profitPrice, more)
  const { triggerPrice: _, ...trailing } = stop(side, quantity, '1', more)
  const activation = nextFloat(random) < 0.5 ? {} : { triggerPrice: profitPrice }
  return { ...trailing, ...activation, kind: 'trailing', trailingDistance: distance }
}

function cancelOne({ engine, account }: Stage, random: Random): void {
  const waiting = engine.openConditionals(account)
  const resting = engine.openOrders(account)
  const index = Math.floor(nextFloat(random) * (waiting.length + resting.length))
  const stopOne = waiting[index]
  const order = resting[index - waiting.length]
  if (stopOne) engine.cancelConditional(account, stopOne.conditionalId)
  if (order) engine.cancelOrder(account, order.orderId)
}

function amendOne({ engine, account }: Stage, random: Random, quantity: Decimal): void {
  const sized = engine.openConditionals(account).filter(({ closePosition }) => !closePosition)
  const one = sized[Math.floor(nextFloat(random) * sized.length)]
  if (one) engine.amendConditional(account, one.conditionalId, { quantity })
}

function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(nextFloat(random) * values.length)] ?? values[0]
}

/** What is known of the account at one moment, from events alone. */
interface Picture {
  orders: Map<string, EngineOrder>
  conditionals: Map<string, EngineConditional>
  held: Map<string, Held>
}

interface Held {
  row: Row
  leg: Pick<EngineOrder, 'marginMode' | 'positionSide'>
  size: Decimal
  /** Of the millisecond before. */
  was?: { size: Decimal; cover: Decimal }
  stretchMs: number
  isGrowth: boolean
}

function replay(events: readonly EngineEvent[], until: number): Row[] {
  const picture: Picture = { orders: new Map(), conditionals: new Map(), held: new Map() }
  const rows: Row[] = []
  let next = 0
  for (let now = startTime; now <= until; now++) {
    for (let event = events[next]; event && event.at <= now; event = events[next]) {
      apply(picture, event, rows)
      next++
    }
    if (now < until) for (const held of picture.held.values()) look(picture, held, now)
  }
  return rows
}

function apply({ orders, conditionals, held }: Picture, event: EngineEvent, rows: Row[]): void {
  if (event.kind === 'order') orders.set(event.order.orderId, event.order)
  if (event.kind === 'conditional') {
    conditionals.set(event.conditional.conditionalId, event.conditional)
  }
  if (event.kind !== 'fill') return
  const { order, position, at } = event
  const { marginMode, positionSide } = order
  const leg = { marginMode, ...(positionSide && { positionSide }) }
  const key = `${marginMode} ${positionSide}`
  const before = held.get(key)
  if (before && position?.side === before.row.side) {
    before.size = position.size
    return
  }
  if (before) before.row.closedAt = at
  held.delete(key)
  if (!position) return
  const row: Row = {
    ...{ side: position.side, openedAt: at, closedAt: undefined, firstCoveredAt: undefined },
    ...{ worstUncoveredMs: 0, worstUncoveredSize: '0' },
    ...{ entryGapMs: 0, laterUncoveredMs: 0, growthUncoveredMs: 0 },
  }
  rows.push(row)
  held.set(key, { row, leg, size: position.size, stretchMs: 0, isGrowth: false })
}

/** One millisecond of a position. */
function look(picture: Picture, held: Held, now: number): void {
  const { row, size, was } = held
  const cover = coverIn(picture, held)
  held.was = { size, cover }
  const missing = sub(size, cover)
  if (!isPositive(missing)) {
    row.firstCoveredAt ??= now
    held.stretchMs = 0
    return
  }
  const isBared = was !== undefined && isLess(cover, was.cover)
  const hasGrown = was !== undefined && isGreater(size, was.size)
  held.isGrowth = (held.stretchMs === 0 ? hasGrown : held.isGrowth) && !isBared
  held.stretchMs++
  row.worstUncoveredMs = Math.max(row.worstUncoveredMs, held.stretchMs)
  if (isGreater(missing, row.worstUncoveredSize)) row.worstUncoveredSize = missing
  if (row.firstCoveredAt === undefined) row.entryGapMs++
  else row.laterUncoveredMs++
  if (row.firstCoveredAt !== undefined && held.isGrowth) row.growthUncoveredMs++
}

function coverIn({ orders, conditionals }: Picture, { row, leg, size }: Held): Decimal {
  const isLong = row.side === 'LONG'
  const isStop = (one: EngineConditional): boolean =>
    one.side === (isLong ? 'SELL' : 'BUY') &&
    one.marginMode === leg.marginMode &&
    one.positionSide === leg.positionSide &&
    (one.reduceOnly || one.closePosition || one.positionSide !== undefined) &&
    (one.kind === 'trailing'
      ? one.bestPrice !== undefined
      : one.triggerDirection === (isLong ? 'fall' : 'rise'))
  let cover: Decimal = '0'
  const groups = new Map<string, Decimal>()
  for (const one of conditionals.values()) {
    if (one.status !== 'WAITING' || !isStop(one)) continue
    const quantity = one.closePosition ? size : one.quantity
    if (one.group === undefined) cover = add(cover, quantity)
    else if (isGreater(quantity, groups.get(one.group) ?? '0')) groups.set(one.group, quantity)
  }
  for (const quantity of groups.values()) cover = add(cover, quantity)
  for (const order of orders.values()) {
    if (order.status !== 'NEW' && order.status !== 'PARTIALLY_FILLED') continue
    const origin = conditionals.get(order.conditionalId ?? '')
    if (origin && isStop(origin)) cover = add(cover, sub(order.quantity, order.executedQuantity))
  }
  return cover
}
