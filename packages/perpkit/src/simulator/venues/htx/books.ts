import { add, ceilToStep, type Decimal, floorToStep, mul } from '../../../core/decimal.ts'
import type { BookLevel, Engine } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { type Listing, toVolume } from './contracts.ts'
import { type NumberText, number } from './figures.ts'
import { Form } from './form.ts'
import { replyMarket } from './replies.ts'
import { readListing } from './scope.ts'

/** Levels of a book and the ticks that are put together in one. */
interface Step {
  levels: number
  ticks: Decimal
}

const tens = ['10', '100', '1000', '10000', '100000', '1000000', '10000000'] as const

const deepNames = ['step1', 'step2', 'step3', 'step4', 'step5', 'step14', 'step15'] as const

const shallowNames = ['step7', 'step8', 'step9', 'step10', 'step11', 'step12', 'step13'] as const

/** docs/wire/htx.md 3.3; `step16` to `step19` are for one contract alone and not offered here. */
const steps: ReadonlyMap<string, Step> = new Map([
  ['step0', { levels: 150, ticks: '1' }],
  ['step6', { levels: 20, ticks: '1' }],
  ...tens.flatMap((ticks, place): [string, Step][] => [
    [deepNames[place] ?? '', { levels: 150, ticks }],
    [shallowNames[place] ?? '', { levels: 20, ticks }],
  ]),
])

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-get-market-depth
export const book: Route = {
  method: 'GET',
  path: '/linear-swap-ex/market/depth',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'type'],
  handle(handling) {
    const { clock, engine } = handling
    const form = new Form(handling)
    const listing = readListing(form)
    const type = form.requiredToken('type', [...steps.keys()])
    const ch = `market.${listing.native}.depth.${type}`
    return replyMarket(handling, ch, {
      tick: bookTick(engine, listing, { ch, type, now: clock.now() }),
    })
  },
}

export function isStep(type: string): boolean {
  return steps.has(type)
}

/** A book put together as its type says. */
export function bookTick(
  engine: Engine,
  listing: Listing,
  { ch, type, now }: { ch: string; type: string; now: number },
): Record<string, unknown> {
  const step = steps.get(type) ?? { levels: 150, ticks: '1' }
  const depth = engine.depth(listing.engine.symbol, step.ticks === '1' ? step.levels : DEEPEST)
  return {
    asks: printLevels(listing, merge(listing, depth.asks, step, ceilToStep)),
    bids: printLevels(listing, merge(listing, depth.bids, step, floorToStep)),
    ch,
    id: Math.floor(now / 1000),
    mrid: depth.sequence,
    ts: now,
    version: Math.floor(now / 1000),
  }
}

/** Levels looked at for a book that puts several together. */
const DEEPEST = 2_000

/** Puts levels together: bids at the lower edge, asks at the upper. */
function merge(
  listing: Listing,
  levels: readonly BookLevel[],
  { levels: most, ticks }: Step,
  toEdge: (price: Decimal, width: Decimal) => Decimal,
): BookLevel[] {
  const width = mul(listing.engine.tickSize, ticks)
  const merged = new Map<Decimal, Decimal>()
  for (const [price, quantity] of levels) {
    const edge = toEdge(price, width)
    merged.set(edge, add(merged.get(edge) ?? '0', quantity))
  }
  return [...merged].slice(0, most)
}

export function printLevels(listing: Listing, levels: readonly BookLevel[]): NumberText[][] {
  return levels.map(([price, quantity]) => [number(price), number(toVolume(listing, quantity))])
}
