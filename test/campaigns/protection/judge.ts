import { ProtectionError } from 'perpkit'
import type { OrderRow, Verdict } from 'perpkit/simulator'
import {
  equals,
  floorToStep,
  isGreater,
  isLess,
  isZero,
  sub,
  sum,
} from '../../../packages/perpkit/src/core/decimal.ts'
import { isSameId, stopPriceOf } from './acts.ts'
import { textOf } from './life.ts'
import {
  closingSide,
  isLeftAlone,
  isOpen,
  openingSide,
  type Run,
  type Truth,
  truthOf,
} from './run.ts'

/** Holds what stands, and what is said of it, against the truth; `when` is for the findings. */
export async function judge(run: Run, when: string): Promise<void> {
  const truth = await truthOf(run)
  const find: Find = (what) => {
    run.findings.push(`${when}: ${what}`)
  }
  if (isZero(truth.size)) judgeFlat(run, truth, find)
  else judgeOpen(run, truth, find)
  judgeForeign(run, truth, find)
}

type Find = (what: string) => void

function judgeFlat(run: Run, truth: Truth, find: Find): void {
  const { managed, rejection, told, scenario } = run
  // An entry that has not been reached yet rests by itself.
  const isEntering = truth.open.every(({ side }) => side === openingSide(scenario))
  if (isEntering && truth.open.length === 1 && managed?.status === 'ACTIVE') return
  for (const order of truth.open) find(`flat, and left over is ${rowText(order)}`)
  if (!managed) {
    // Protected by the stop from before, it may have been closed by that one since.
    const wasOpen = rejection instanceof ProtectionError && rejection.status === 'UNPROTECTED'
    if (wasOpen && run.hands.length === 0) find('flat, but told UNPROTECTED')
    return
  }
  if (managed.status !== 'COMPLETED' && managed.status !== 'CANCELLED') {
    find(`flat, but the object says ${managed.status}`)
  }
  const last = told.at(-1)
  if (last && last.status !== managed.status) find(`the last event says ${last.status}`)
}

function judgeOpen(run: Run, truth: Truth, find: Find): void {
  const { managed, rejection, scenario } = run
  const stops = truth.open.filter(
    ({ type, side }) => type === 'STOP_MARKET' && side === closingSide(scenario),
  )
  if (!managed || managed.status === 'CANCELLED') {
    judgeUnmanaged(run, stops, find)
    return
  }
  if (managed.status === 'COMPLETED') {
    find(`${truth.size} is open, but it says COMPLETED`)
    return
  }
  const last = run.told.at(-1)
  if (last && last.status !== managed.status) {
    find(`it says ${managed.status}, but its last event (${last.reason}) said ${last.status}`)
  }
  if (isReported(run, truth)) return
  const covered = coverText(stops)
  const size = floorToStep(truth.size, run.world.played.stepSize)
  const isCovered = stops.length === 1 && stops.every((stop) => covers(stop, size))
  if (!isCovered) find(`${size} is open and the stops are ${covered}`)
  if (managed.status !== 'ACTIVE') {
    find(`it says ${managed.status} (rejected: ${textOf(rejection)}), stops ${covered}`)
  }
  const { stopLossOrder } = managed
  const [stop] = stops
  if (stop && !(stopLossOrder && isSaid(stopLossOrder, stop, size))) {
    find(`the stop is ${rowText(stop)}, but it says ${JSON.stringify(stopLossOrder)}`)
  }
  judgeTargets(run, truth, size, find)
}

/** The policy is to tell, and no stop can be placed: the market is beyond its price already. */
function isReported({ scenario, managed }: Run, { markPrice, size }: Truth): boolean {
  if (scenario.policy !== 'REPORT' || managed?.status !== 'UNPROTECTED') return false
  if (isZero(size) || markPrice === undefined) return false
  const isLong = scenario.side === 'LONG'
  const stopPrice = managed.stopLossOrder?.stopPrice ?? stopPriceOf(scenario)
  return isLong ? !isGreater(markPrice, stopPrice) : !isLess(markPrice, stopPrice)
}

function judgeTargets(run: Run, truth: Truth, size: string, find: Find): void {
  const { managed, scenario, hands } = run
  if (!managed) return
  const rows = truth.state.conditionalOrders.concat(truth.state.orders)
  for (const order of managed.takeProfitOrders) {
    const row = rows.find(
      ({ orderId, account }) => account === run.world.account && isSameId(order.orderId, orderId),
    )
    if (!row) find(`nobody knows the take-profit ${order.orderId}`)
    else if (row.status !== order.status || !equals(row.executedQty, order.executedQty)) {
      find(`the take-profit is ${rowText(row)}, but it says ${order.status} ${order.executedQty}`)
    }
  }
  const targets = truth.open.filter(
    ({ type, side }) => type === 'TAKE_PROFIT_MARKET' && side === closingSide(scenario),
  )
  const left = sum(targets.map(({ quantity, executedQty }) => sub(quantity, executedQty)))
  const hasChanged = hands.some(({ what }) => what === 'reduces' || what === 'adds')
  const areAll = managed.takeProfitOrders.every(
    ({ status }) => status === 'PENDING' || status === 'FILLED',
  )
  const isEntering = truth.open.some(({ side }) => side === openingSide(scenario))
  if (hasChanged || !areAll || isEntering || targets.length === 0) return
  const placed = managed.takeProfitOrders.length
  if (placed < scenario.targets && isGreater(size, left)) return
  if (!equals(left, size)) find(`${size} is open and the take-profits are ${left}`)
}

/** Nobody is in charge: what the caller was told must be so. */
function judgeUnmanaged(run: Run, stops: OrderRow[], find: Find): void {
  const { rejection, scenario, managed } = run
  if (managed?.status === 'CANCELLED' && rejection === undefined) return
  const hasPrevious = run.previous !== undefined
  const isTold =
    rejection instanceof ProtectionError
      ? (rejection.status === 'UNPROTECTED' && scenario.policy === 'REPORT') ||
        (rejection.status === 'PROTECTED' && hasPrevious)
      : rejection !== undefined && scenario.way === 'protect'
  if (!isTold) find(`open with ${coverText(stops)}, nobody in charge, told ${textOf(rejection)}`)
}

/** Orders of others on the same account are left alone. */
function judgeForeign(run: Run, truth: Truth, find: Find): void {
  const rows = truth.state.conditionalOrders.concat(truth.state.orders)
  for (const id of run.foreign) {
    const row = rows.find(({ orderId }) => orderId === id)
    if (row?.status !== 'PENDING') find(`the foreign order ${id} is ${row?.status}`)
  }
}

/** What the venue's judge counts, which must all be nothing. */
export function judgeVerdict(run: Run, verdict: Verdict, { state }: Truth): void {
  const { reversedPositions, doubledPositions } = verdict
  const isPreviousLeft =
    isLeftAlone(run) &&
    state.conditionalOrders.some((row) => row.orderId === run.previous && isOpen(row))
  const orphanOrders = verdict.orphanOrders - (isPreviousLeft ? 1 : 0)
  for (const [name, count] of Object.entries({
    orphanOrders,
    reversedPositions,
    doubledPositions,
  })) {
    if (count > 0) run.findings.push(`${name} ${count}`)
  }
  const others = [...run.hands, ...run.deaths]
  for (const { at, path } of state.requests.filter(({ breach }) => breach)) {
    // Neither a hand nor the process before tells what it has used of the account's limits.
    const isShared = others.some(({ from, to }) => from <= at && at <= (to ?? at) + SHARED_MS)
    if (!isShared) run.findings.push(`one request too many at ${at}: ${path}`)
  }
}

/** For how long limits remember. */
const SHARED_MS = 2_000

function covers(stop: OrderRow, size: string): boolean {
  return stop.closePosition || equals(stop.quantity, size)
}

function isSaid(
  said: { stopPrice?: string; quantity: string; status: string },
  stop: OrderRow,
  size: string,
): boolean {
  return (
    said.status === stop.status &&
    said.stopPrice !== undefined &&
    equals(said.stopPrice, stop.stopPrice ?? '0') &&
    equals(floorQuantity(said.quantity, size), size)
  )
}

/** A stop for the whole position covers dust under the step as well. */
function floorQuantity(said: string, size: string): string {
  return isGreater(said, size) && !isGreater(sub(said, size), '0.0000001') ? size : said
}

function coverText(stops: OrderRow[]): string {
  return stops.length === 0 ? 'none' : stops.map(rowText).join(' and ')
}

function rowText(row: OrderRow): string {
  const { side, type, quantity, stopPrice, closePosition, status, executedQty } = row
  return `${side} ${type} ${closePosition ? 'all' : quantity}@${stopPrice} ${status} ${executedQty}`
}
