import { ProtectionError } from 'perpkit'
import { ControlError } from 'perpkit/simulator'
import { nextInteger } from '../../../packages/perpkit/src/core/random.ts'
import type { Played } from '../../support/stage.ts'
import {
  begin,
  fillEntry,
  gapTo,
  quietly,
  STOP_DISTANCE,
  setPrice,
  TARGET_STEP,
  useHand,
} from './acts.ts'
import { type Gap, gapsOf } from './gaps.ts'
import { judge, judgeVerdict } from './judge.ts'
import { live, reviveIfDead } from './life.ts'
import { closingSide, openingSide, priceAt, type Run, truthOf } from './run.ts'
import { type Scenario, scenarioOf, textOf } from './scenario.ts'
import { createProtectionWorld } from './world.ts'

/** A scenario that has been played. */
export interface Ended {
  scenario: Scenario
  text: string
  findings: string[]
  gaps: Gap[]
  /** From the entry's first fill to the first cover, where the entry was ours. */
  entryGaps: { ms: number; latencyMs: number; isPlain: boolean }[]
  transcript: string[]
  deaths: number
  /** The fault was one the venue has. */
  wasTroubled: boolean
  wasRejected: boolean
}

const SYMBOL = 'BTCUSDT'
/** Until the slow timer has looked twice and streams are open again. */
const CALM_MS = 50_000
const END_MS = 30_000

export async function playScenario(played: Played, seed: number): Promise<Ended> {
  const scenario = scenarioOf(played, seed)
  const world = await createProtectionWorld(played, seed)
  const run: Run = {
    world,
    scenario,
    process: world.start(),
    ...{ askedAt: Number.POSITIVE_INFINITY, answeredAt: Number.POSITIVE_INFINITY },
    ...{
      troubles: [],
      deaths: [],
      hands: [],
      reported: [],
      toldAt: [],
      foreign: [],
      told: [],
      findings: [],
    },
  }
  await prepare(run)
  await bring(run, 0)
  await begin(run)
  await reviveIfDead(run)
  // Killed before anything was written down: nothing was asked for, and its caller asks again.
  if (run.deaths.length > 0 && !run.managed && scenario.way === 'protect') await begin(run)
  await walk(run)
  await calm(run)
  await judge(run, 'at rest')
  if (scenario.policy === 'REPORT') run.reported.push(...toldUncovered(run))
  await end(run)
  await judge(run, 'at the end')
  const verdict = await world.simulator.control.verdict()
  const truth = await truthOf(run)
  judgeVerdict(run, verdict, truth)
  const gaps = gapsOf(run, verdict, truth)
  for (const gap of gaps) {
    if (gap.unexplainedMs > 0)
      run.findings.push(`unexplained: ${gap.unexplainedMs} ms of ${gap.text}`)
  }
  const ledger = await world.simulator.control.ledger()
  if (ledger.length > 0) run.findings.push(`ledger: ${JSON.stringify(ledger.slice(0, 3))}`)
  await world.close()
  const entries = verdict.positions.filter(
    ({ account, side, openedAt }) =>
      account === world.account && side === scenario.side && openedAt >= run.askedAt,
  )
  return {
    scenario,
    text: textOf(scenario),
    findings: run.findings,
    gaps,
    entryGaps: entries.map(({ entryGapMs }) => ({
      ms: entryGapMs,
      latencyMs: scenario.latencyMs,
      // Whatever comes later comes when the entry is over.
      isPlain: scenario.trouble.name === 'none' || scenario.troubleAt > 0,
    })),
    transcript: [textOf(scenario), ...world.transcript, ...run.findings],
    deaths: run.deaths.length,
    wasTroubled: run.troubles.length > 0 || run.deaths.length > 0,
    wasRejected: run.rejection !== undefined,
  }
}

/** When its caller was told, by an event or by the error its call ended with. */
function toldUncovered({ rejection, answeredAt, toldAt }: Run): number[] {
  const isRejected = rejection instanceof ProtectionError && rejection.status === 'UNPROTECTED'
  return isRejected ? [answeredAt, ...toldAt] : toldAt
}

/** Modes, a position to protect where one is needed, and somebody else's on the other side. */
async function prepare(run: Run): Promise<void> {
  const { world, scenario } = run
  const { hand, played } = world
  const { mode, way, quantity, random } = scenario
  const { venue } = played
  await world.simulator.control.setPrice({ symbol: SYMBOL, price: '60000' })
  const setUp = async (): Promise<void> => {
    await hand.setLeverage(SYMBOL, 3)
    if (mode === 'HEDGE') await hand.setPositionMode('HEDGE')
    if (mode === 'HEDGE' && nextInteger(random, 2) === 0) {
      await hand.createMarketOrder(SYMBOL, closingSide(scenario), '0.02')
      const side = openingSide(scenario)
      const stopPrice = priceAt(scenario, 0.2)
      await hand.createStopLossOrder({ symbol: SYMBOL, side, quantity: '0.02', stopPrice })
    }
    if (way === 'protect') await hand.createMarketOrder(SYMBOL, openingSide(scenario), quantity)
  }
  const outcome = await world.until(setUp(), 60_000)
  if (!outcome || 'error' in outcome)
    throw new Error(`${textOf(scenario)}: no setup: ${outcome?.error}`)
  const { conditionalOrders } = await world.simulator.control.state({ venue })
  run.foreign = conditionalOrders.map(({ orderId }) => orderId)
  if (way === 'protect' && scenario.hasPrevious) await placePrevious(run)
  // Supervision begins with what is there, and budgets are full.
  await world.pass(10_000)
  await world.setLatency(scenario.latencyMs)
}

async function placePrevious(run: Run): Promise<void> {
  const { world, scenario } = run
  const { quantity } = scenario
  const side = closingSide(scenario)
  const stopPrice = priceAt(scenario, STOP_DISTANCE - 0.01)
  await quietly(run, 'hand', () =>
    world.hand.createStopLossOrder({ symbol: SYMBOL, side, quantity, stopPrice }),
  )
  const [stop] = (await truthOf(run)).open
  if (stop) run.previous = stop.orderId
}

/** Lets the trouble of this scenario begin, if its time has come. */
async function bring(run: Run, at: number): Promise<void> {
  const { world, scenario } = run
  const { trouble, times, troubleAt } = scenario
  if (at !== troubleAt) return
  if (trouble.isKill) {
    run.process.dieAt(scenario.killAfter)
    return
  }
  if (!trouble.fault) return
  const { venue } = world.played
  const fault = { ...trouble.fault, venue, account: world.account }
  try {
    await world.simulator.control.inject(times === undefined ? fault : { ...fault, times })
    run.troubles.push({ from: world.now() })
  } catch (error) {
    // The venue has no such call, or no such refusal.
    if (!(error instanceof ControlError)) throw error
  }
}

async function clear(run: Run): Promise<void> {
  await run.world.simulator.control.clearFaults({})
  const span = run.troubles.at(-1)
  if (span && span.to === undefined) span.to = run.world.now()
}

async function walk(run: Run): Promise<void> {
  const { scenario } = run
  const { random } = scenario
  const pause = (): number => 1_000 + nextInteger(random, 3_000)
  await live(run, pause())
  await fillEntry(run, 'part')
  await live(run, pause())
  await fillEntry(run, 'rest')
  await live(run, pause())
  for (const [index, move] of movesOf(scenario).entries()) {
    const at = index + 1
    await bring(run, at)
    if (scenario.handAt === at && scenario.hand !== 'none') await letHand(run)
    await move(run)
    await live(run, pause())
  }
}

/** What is injected is not meant for the hand. */
async function letHand(run: Run): Promise<void> {
  const { scenario } = run
  const span = run.troubles.at(-1)
  const isUnderWay = span !== undefined && span.to === undefined
  if (isUnderWay) await clear(run)
  await useHand(run, scenario.hand)
  await live(run, 500)
  if (isUnderWay) await bring(run, scenario.troubleAt)
}

type Move = (run: Run) => Promise<void>

function movesOf(scenario: Scenario): Move[] {
  const to =
    (distance: number): Move =>
    (run) =>
      setPrice(run, priceAt(scenario, distance))
  switch (scenario.path) {
    case 'through':
      return Array.from({ length: scenario.targets }, (_, index) =>
        to(TARGET_STEP * (index + 1) + 0.001),
      )
    case 'back':
      return [to(TARGET_STEP + 0.001), to(0.002), to(STOP_DISTANCE - 0.001)]
    case 'gap':
      return [to(0.004), (run) => gapTo(run, priceAt(scenario, STOP_DISTANCE - 0.01)), to(-0.01)]
    case 'sideways':
      return [to(0.003), to(-0.004), to(0.002)]
  }
}

async function calm(run: Run): Promise<void> {
  await clear(run)
  run.process.dieAt(Number.POSITIVE_INFINITY)
  await live(run, CALM_MS)
}

/** Ends what is still open, and leaves time to tidy up. */
async function end(run: Run): Promise<void> {
  const { world, scenario, managed } = run
  switch (scenario.ending) {
    case 'stop':
      await setPrice(run, priceAt(scenario, STOP_DISTANCE - 0.002))
      break
    case 'gap':
      await gapTo(run, priceAt(scenario, STOP_DISTANCE - 0.02))
      break
    case 'cancel':
      await cancel(run)
      break
    case 'handCloses':
      break
  }
  await live(run, 2_000)
  if (managed?.status === 'ACTIVE') await quietly(run, 'us', () => managed.refresh())
  // An entry that was never reached, and what nobody is in charge of, are not left to themselves.
  if (managed && managed.status !== 'COMPLETED') await quietlyCancelEntry(run)
  const { size } = await truthOf(run)
  if (size !== '0') await useHand(run, 'closes')
  await world.pass(END_MS)
}

async function cancel(run: Run): Promise<void> {
  const { managed, world } = run
  if (!managed) return
  run.cancelledAt = world.now()
  await quietly(run, 'cancel', () => managed.cancel())
  const { open } = await truthOf(run)
  if (open.length > 0) run.findings.push(`cancelled, and ${open.length} orders are left`)
}

async function quietlyCancelEntry(run: Run): Promise<void> {
  const { open } = await truthOf(run)
  if (!open.some(({ side }) => side === openingSide(run.scenario))) return
  await cancel(run)
}
