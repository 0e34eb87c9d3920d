import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createKeyFile } from '@perpkit/store'
import { createFuturesExchange, type FuturesExchange } from 'perpkit'
import { type OrderRow, type RunningSimulator, startSimulator } from 'perpkit/simulator'
import {
  nextFloat,
  nextInteger,
  type Random,
  seeded,
} from '../../../packages/perpkit/src/core/random.ts'
import { labelOf, type Played } from '../../support/stage.ts'

const PROTECTOR = fileURLToPath(new URL('./protector.js', import.meta.url))

/** What killing has found out; all but `kills`, `recovered` and the lists of times must be 0. */
export interface KillReport {
  exchange: string
  kills: number
  /** Kills after which a position was open or an order stood, and it was found as it must be. */
  recovered: number
  /** Of all kills, those after which the next process did not find all as it must be. */
  failed: number
  orphans: number
  reversed: number
  doubled: number
  /** Killed before the first row was written: nothing was asked for yet. */
  beforeAnything: number
  examples: string[]
}

interface Chain {
  played: Played
  simulator: RunningSimulator
  hand: FuturesExchange
  config: { name: string; credentials: object; baseUrl: string; place: object }
  random: Random
  report: KillReport
  /** Started already, and waiting for its turn. */
  next: ChildProcess
  started: number
  lastLog: string
  /** Whether the last process has written down anything of what stands. */
  hasRow: boolean
  /** How many in a row have died before that. */
  idle: number
}

interface Death {
  phase: 'resuming' | 'acting'
  /** Points it passes; absent: it is killed from outside, after so long. */
  points?: number
  afterMs?: number
}

const SYMBOL = 'BTCUSDT'
const PROCESS_WITHIN_MS = 60_000
/** More than a lease lasts. */
const LEASE_MS = 60_000

/** Kills one process after another, each of which goes on from the journal of the one before. */
export async function runKills(
  played: Played,
  { seed, kills }: { seed: number; kills: number },
): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'perpkit-kills-'))
  const place = { url: `file:${join(folder, 'perpkit.db')}`, keyFile: join(folder, 'key') }
  createKeyFile(place.keyFile)
  const { venue, name, accountKind } = played
  // One account's limits are not on trial here, and no process remembers what another has used.
  const simulator = await startSimulator({ port: 0, seed, venues: [venue], rateLimits: false })
  const credentials = await simulator.control.createAccount({
    venue,
    balance: '10000000',
    ...(accountKind && { kind: accountKind }),
  })
  const baseUrl = simulator.url(venue)
  const hand = createFuturesExchange(name, { ...credentials, baseUrl })
  const counts = { kills: 0, recovered: 0, failed: 0, orphans: 0, reversed: 0, doubled: 0 }
  const chain: Chain = {
    ...{ played, simulator, hand, random: seeded(seed), hasRow: false, idle: 0 },
    next: startProtector(),
    ...{ started: 0, lastLog: '' },
    config: { name, credentials, baseUrl, place },
    report: { exchange: labelOf(played), ...counts, beforeAnything: 0, examples: [] },
  }
  try {
    await simulator.control.setPrice({ symbol: SYMBOL, price: '60000' })
    await hand.setLeverage(SYMBOL, 3)
    for (let number = 0; number < kills; number++) await playKill(chain, number)
    await withProcess(chain, undefined, (child) => recover(chain, child, 'at the end'))
    const verdict = await simulator.control.verdict()
    chain.report.orphans = verdict.orphanOrders
    chain.report.reversed = verdict.reversedPositions
    chain.report.doubled = verdict.doubledPositions
    return chain.report
  } finally {
    chain.next.kill('SIGKILL')
    await hand.close()
    await simulator.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One process from its start to its death. */
async function playKill(chain: Chain, number: number): Promise<void> {
  const { random, report } = chain
  const death = nextDeath(random, chain.idle)
  const label = `kill ${number} (${JSON.stringify(death)})`
  await withProcess(chain, death, async (child) => {
    if (death.phase === 'resuming') {
      if (death.points === undefined) await pause(death.afterMs)
      else await Promise.race([child.said('resumed'), child.ended])
      return
    }
    const wasThere = await recover(chain, child, label)
    if (wasThere) report.recovered += 1
    chain.idle = chain.hasRow ? 0 : chain.idle + 1
    chain.hasRow = false
    const statuses = await child.said('resumed')
    const isInCharge = Array.isArray(statuses) && statuses.includes('ACTIVE')
    if (!isInCharge) await askForOne(chain, child)
    const isOver = pause(death.afterMs ?? 1_000)
    await Promise.race([child.ended, Promise.all([isOver, moveMarket(chain, child)])])
  })
  report.kills += 1
}

/** One that follows on others that died before they wrote anything is given more time to. */
function nextDeath(random: Random, idle: number): Death {
  const phase = nextFloat(random) < 0.25 ? 'resuming' : 'acting'
  return nextFloat(random) < 0.5
    ? { phase, points: nextInteger(random, phase === 'acting' ? 120 : 24) }
    : { phase, afterMs: nextInteger(random, phase === 'acting' ? 1_200 * (1 + idle) : 250) }
}

/** Waits until it has taken up what there was and looks whether all is as it must be. */
async function recover(chain: Chain, child: Child, label: string): Promise<boolean> {
  const statuses = await child.said('resumed')
  const { report, played, simulator } = chain
  const { orders, conditionalOrders, positions } = await simulator.control.state({
    venue: played.venue,
  })
  const open = [...orders, ...conditionalOrders].filter(isOpen)
  const [position] = positions
  const closing = position?.side === 'LONG' ? 'SELL' : 'BUY'
  const stops = open.filter(({ type, side }) => type === 'STOP_MARKET' && side === closing)
  const isCovered =
    position !== undefined &&
    stops.length === 1 &&
    stops.every(({ closePosition, quantity }) => closePosition || quantity === position.size)
  const isActive = Array.isArray(statuses) && statuses.length === 1 && statuses[0] === 'ACTIVE'
  // A limit order that rests is looked after as well.
  const isEntering =
    position === undefined && open.length > 0 && open.every(({ type }) => type === 'LIMIT')
  const isGone = position === undefined && open.length === 0
  if ((isCovered || isEntering) && isActive) return true
  if (isGone) return chain.hasRow
  if (!chain.hasRow && position && open.length === 0) {
    report.beforeAnything += 1
    if (chain.lastLog.includes('failed')) report.examples.push(chain.lastLog)
    return false
  }
  report.failed += 1
  const text = open.map(({ type, quantity, status }) => `${type} ${quantity} ${status}`).join(', ')
  if (report.examples.length < 8) {
    report.examples.push(
      `${label}: ${position?.size ?? 'nothing'} open with ${text || 'no orders'}; it says ${JSON.stringify(statuses)}; before: ${chain.lastLog}; now: ${child.log()}`,
    )
  }
  return false
}

/** Something new to protect, unless there is something. */
async function askForOne({ random, hand, simulator, played }: Chain, child: Child): Promise<void> {
  const { positions, orders } = await simulator.control.state({ venue: played.venue })
  const isThere = positions.length > 0
  if (!isThere && orders.some(isOpen)) return
  await simulator.control.setPrice({ symbol: SYMBOL, price: '60000' })
  const isLong = isThere ? positions[0]?.side === 'LONG' : nextFloat(random) < 0.5
  const quantity = positions[0]?.size ?? '0.04'
  const at = (distance: number): string =>
    (60_000 * (1 + (isLong ? distance : -distance))).toFixed(0)
  const request = {
    symbol: SYMBOL,
    side: isLong ? 'SELL' : 'BUY',
    quantity,
    stopPrice: at(-0.02),
    takeProfits: [
      { price: at(0.01), share: '0.5' },
      { price: at(0.02), share: '0.5' },
    ],
    breakEvenAfterFirstTakeProfit: nextFloat(random) < 0.5,
  }
  const dice = nextFloat(random)
  if (isThere) child.tell(request)
  else if (dice < 0.2) {
    await hand.createMarketOrder(SYMBOL, isLong ? 'BUY' : 'SELL', quantity)
    child.tell(request)
  } else if (dice < 0.5) {
    child.tell({ ...request, entry: { type: 'LIMIT', price: at(-0.001) } })
  } else child.tell({ ...request, entry: { type: 'MARKET' } })
}

/** Up and down through targets and stops, while the process lives. */
async function moveMarket({ simulator, random }: Chain, child: Child): Promise<void> {
  for (let move = 0; move < 3 && !child.isOver(); move++) {
    await pause(100 + nextInteger(random, 300))
    const price = String(60_000 + 100 * (nextInteger(random, 30) - 15))
    await simulator.control.setPrice({ symbol: SYMBOL, price })
  }
}

interface Child {
  /** What it says under this word. */
  said(word: string): Promise<unknown>
  tell(order: object): void
  isOver(): boolean
  ended: Promise<unknown>
  log(): string
}

async function withProcess(
  chain: Chain,
  death: Death | undefined,
  play: (child: Child) => Promise<unknown>,
): Promise<void> {
  const running = chain.next
  chain.next = startProtector()
  const child = listen(chain, running)
  chain.started += 1
  const laterMs = chain.started * LEASE_MS
  child.tell({ ...chain.config, laterMs, death: death ?? { phase: 'never' } })
  try {
    await play(child)
  } finally {
    running.kill('SIGKILL')
    await child.ended
    chain.lastLog = child.log()
  }
}

function startProtector(): ChildProcess {
  return spawn(process.execPath, [PROTECTOR], { stdio: ['pipe', 'pipe', 'pipe'] })
}

function listen(chain: Chain, running: ChildProcess): Child {
  const words = new Map<string, unknown>()
  const waiting: { word: string; hear: (value: unknown) => void }[] = []
  const begunAt = performance.now()
  let text = ''
  let log = ''
  let isOver = false
  const ended = once(running, 'close').then(() => {
    isOver = true
    for (const { hear } of waiting.splice(0)) hear(undefined)
  })
  running.stdin?.on('error', () => undefined)
  running.stderr?.on('data', (data) => {
    log += String(data)
  })
  running.stdout?.on('data', (data) => {
    text += String(data)
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const { word, value }: { word: string; value?: unknown } = JSON.parse(line)
      if (word === 'row') chain.hasRow = true
      log += `+${Math.round(performance.now() - begunAt)} ${word} ${JSON.stringify(value)}; `
      words.set(word, value)
      for (const each of waiting.splice(0)) {
        if (each.word === word) each.hear(value)
        else waiting.push(each)
      }
    }
  })
  return {
    ended,
    isOver: () => isOver,
    log: () => log.slice(-600),
    tell: (order) => void running.stdin?.write(`${JSON.stringify(order)}\n`),
    said: (word) =>
      words.has(word)
        ? Promise.resolve(words.get(word))
        : Promise.race([
            new Promise<unknown>((hear) => void waiting.push({ word, hear })),
            pause(PROCESS_WITHIN_MS, 'nothing in time', { ref: false }),
          ]),
  }
}

function isOpen({ status }: OrderRow): boolean {
  return status === 'NEW' || status === 'PENDING' || status === 'PARTIALLY_FILLED'
}
