import type { ManagedOrders, ProtectedEntry } from 'perpkit'
import { nextInteger } from '../../../packages/perpkit/src/core/random.ts'
import { adopt, takeUp, textOf } from './life.ts'
import { closingSide, openingSide, priceAt, type Run, truthOf } from './run.ts'
import type { Hand, Scenario } from './scenario.ts'

// What callers, hands and markets do in a scenario.

const SYMBOL = 'BTCUSDT'
const SHARES = [['1'], ['0.5', '0.5'], ['0.4', '0.3', '0.3'], ['0.25', '0.25', '0.25', '0.25']]
const CALL_WITHIN_MS = 60_000
export const TARGET_STEP = 0.01
export const STOP_DISTANCE = -0.02

/** Asks for protection, and takes what is said. */
export async function begin(run: Run): Promise<void> {
  const { world, scenario, process } = run
  const entry = await entryOf(run)
  const quantity = entry.quantity ?? scenario.quantity
  const request = {
    symbol: SYMBOL,
    side: closingSide(scenario),
    quantity,
    stopPrice: stopPriceOf(scenario),
    takeProfits: (SHARES[scenario.targets - 1] ?? []).map((share, index) => ({
      share,
      price: priceAt(scenario, TARGET_STEP * (index + 1)),
    })),
    breakEvenAfterFirstTakeProfit: scenario.breakEven,
    onUnprotected: scenario.policy,
    ...(scenario.triggerSource && { triggerSource: scenario.triggerSource }),
  }
  run.askedAt = world.now()
  const call: Promise<ManagedOrders> = entry.entry
    ? process.exchange.openProtectedPosition({ ...request, entry: entry.entry })
    : process.exchange.createManagedOrders(request)
  const outcome = await world.until(Promise.race([call, process.death]), CALL_WITHIN_MS)
  run.answeredAt = world.now()
  if (run.process.isDead) return
  if (!outcome) {
    run.findings.push(`no answer within ${CALL_WITHIN_MS} ms`)
  } else if ('error' in outcome) {
    run.rejection = outcome.error
    world.transcript.push(`rejected ${world.now()} ${textOf(outcome.error)}`)
    await takeUp(run)
  } else if (outcome.value) {
    adopt(run, outcome.value)
  }
}

async function entryOf(run: Run): Promise<{ entry?: ProtectedEntry; quantity?: string }> {
  const { world, scenario } = run
  switch (scenario.way) {
    case 'protect':
      return {}
    case 'market':
      return { entry: { type: 'MARKET' } }
    case 'limit':
      return { entry: { type: 'LIMIT', price: priceAt(scenario, -0.002) } }
    case 'limitInParts': {
      // At the touch, and more than is offered there: a part fills, the rest is the best order.
      const book = await world.until(world.rival.getOrderBook(SYMBOL, { depth: 5 }), 5_000)
      if (!book || 'error' in book) throw new Error('the book cannot be read')
      const [best] = scenario.side === 'LONG' ? book.value.asks : book.value.bids
      if (!best) throw new Error('the book is empty')
      const [price, size] = best
      const quantity = await world.rival.roundQuantity(String(Number(size) * 1.5), SYMBOL)
      return { entry: { type: 'LIMIT', price }, quantity }
    }
  }
}

/** The rest of a limit order that rests is taken: by the market, or in two parts by somebody. */
export async function fillEntry(run: Run, stage: 'part' | 'rest'): Promise<void> {
  const { world, scenario } = run
  if (scenario.way === 'limit' && stage === 'rest') return setPrice(run, priceAt(scenario, -0.003))
  if (scenario.way !== 'limitInParts') return
  const entry = (await truthOf(run)).open.find(
    ({ type, side }) => type === 'LIMIT' && side === openingSide(scenario),
  )
  if (!entry) return
  const left = Number(entry.quantity) - Number(entry.executedQty)
  const part = stage === 'part' ? left * (0.2 + 0.1 * nextInteger(scenario.random, 5)) : left
  const quantity = await world.rival.roundQuantity(part.toFixed(8), SYMBOL)
  await quietly(run, 'rival', () =>
    world.rival.createMarketOrder(SYMBOL, closingSide(scenario), quantity),
  )
}

export async function setPrice(run: Run, price: string): Promise<void> {
  run.world.transcript.push(`price ${run.world.now()} ${price}`)
  await run.world.simulator.control.setPrice({ symbol: SYMBOL, price })
  run.world.clock.mark(run.scenario.latencyMs / 2)
}

/** The market closes, and opens elsewhere. */
export async function gapTo(run: Run, price: string): Promise<void> {
  const { control } = run.world.simulator
  await control.setMarketStatus({ symbol: SYMBOL, status: 'CLOSED' })
  await setPrice(run, price)
  await control.setMarketStatus({ symbol: SYMBOL, status: 'TRADING' })
}

export function stopPriceOf(scenario: Scenario): string {
  return priceAt(scenario, STOP_DISTANCE)
}

/** Somebody else who has the same account. */
export async function useHand(run: Run, hand: Hand): Promise<void> {
  const { world, scenario } = run
  const { size, open } = await truthOf(run)
  const span: { from: number; to?: number; what: string } = { from: world.now(), what: hand }
  run.hands.push(span)
  const opening = openingSide(scenario)
  const closing = closingSide(scenario)
  const inHedge = scenario.mode === 'HEDGE' ? { positionSide: scenario.side } : {}
  const halved = Number(size) / 2 >= Number(world.played.stepSize)
  const half = halved ? await world.hand.roundQuantity(String(Number(size) / 2), SYMBOL) : size
  if (size !== '0') {
    await quietly(run, `hand ${hand}`, async () => {
      switch (hand) {
        case 'cancelsStop': {
          const stop = open.find(({ type }) => type === 'STOP_MARKET')
          const orders = await world.hand.getOpenOrders(SYMBOL)
          const found = orders.find(
            ({ type, orderId }) =>
              type === 'STOP_MARKET' && stop !== undefined && isSameId(orderId, stop.orderId),
          )
          const any =
            found ?? orders.find(({ type, side }) => type === 'STOP_MARKET' && side === closing)
          if (any) await world.hand.cancelOrder(SYMBOL, any.orderId)
          return
        }
        case 'reduces':
          await world.hand.createMarketOrder(SYMBOL, closing, half, {
            reduceOnly: true,
            ...inHedge,
          })
          return
        case 'adds':
          await world.hand.createMarketOrder(SYMBOL, opening, half, inHedge)
          return
        case 'flips':
          if (scenario.mode === 'ONE_WAY') {
            const double = await world.hand.roundQuantity(String(Number(size) * 2), SYMBOL)
            await world.hand.createMarketOrder(SYMBOL, closing, double)
            return
          }
          await world.hand.createMarketOrder(SYMBOL, closing, size, {
            reduceOnly: true,
            ...inHedge,
          })
          return
        case 'closes':
          await world.hand.createMarketOrder(SYMBOL, closing, size, {
            reduceOnly: true,
            ...inHedge,
          })
          return
        case 'none':
          return
      }
    })
  }
  span.to = world.now()
}

/** Ours may carry a prefix. */
export function isSameId(ours: string, theirs: string): boolean {
  return ours === theirs || ours.split(':').at(-1) === theirs
}

export async function quietly(
  { world }: Run,
  who: string,
  act: () => Promise<unknown>,
): Promise<void> {
  const outcome = await world.until(act(), 20_000)
  const how =
    outcome === undefined ? 'no answer' : 'error' in outcome ? textOf(outcome.error) : 'done'
  world.transcript.push(`${who} ${world.now()} ${how}`)
}
