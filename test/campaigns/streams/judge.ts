import type { FillRow, OrderRow, VenueState } from 'perpkit/simulator'
import type { BookTruth } from './bookTruth.ts'
import type { StreamReport } from './report.ts'
import type { Told } from './told.ts'
import type { StreamWorld } from './world.ts'

/** A script that has come to rest. */
export interface Ended {
  world: StreamWorld
  told: Told | undefined
  truth: BookTruth
  watchedFrom: number
  isClean: boolean
  isSpoiled: boolean
  report: StreamReport
}

/** Holds what was told against what is, counts the differences and says what they are. */
export async function wrongsOf(ended: Ended): Promise<string[]> {
  const { world, told, report } = ended
  if (!told) return ['nothing was watched']
  const { simulator, played } = world
  const state = await simulator.control.state({ venue: played.venue })
  const ledger = ended.isSpoiled ? [] : await simulator.control.ledger()
  report.notUnderstood += ledger.length
  const { limitBreaches } = await simulator.control.verdict()
  report.limitBreaches += limitBreaches
  return [
    ...wrongFills(ended, told, state.fills),
    ...wrongOrders(ended, told, state),
    ...wrongPositions(ended, told, state),
    ...wrongTrades(ended, told),
    ...notWell(ended, told),
    ...ledger.map((entry) => `the venue did not understand ${JSON.stringify(entry)}`),
    ...(limitBreaches > 0 ? [`${limitBreaches} requests too many`] : []),
  ]
}

function wrongFills(
  { report, watchedFrom }: Ended,
  { fills: told, failures }: Told,
  fills: readonly FillRow[],
): string[] {
  const due = fills.filter(({ timestamp }) => timestamp >= watchedFrom)
  const rest = new Map<string, number>()
  for (const { fill } of told.values()) {
    rest.set(executionOf(fill), (rest.get(executionOf(fill)) ?? 0) + 1)
  }
  const absent = due.filter((row) => !takeOne(rest, executionOf(row)))
  // Who is told that the stream has ended knows that something may be missing.
  const missed = failures.has('fills') ? [] : absent
  const invented = [...rest.values()].reduce((sum, times) => sum + times, 0)
  const doubled = [...told.values()].filter(({ times }) => times > 1)
  report.fills += due.length
  report.fillsRecovered += [...told.values()].filter(({ recovered }) => recovered).length
  report.fillsMissed += missed.length
  report.fillsDoubled += doubled.length + invented
  return [
    ...missed.map(({ fillId, quantity }) => `fill ${fillId} of ${quantity} was missed`),
    ...(invented > 0 ? [`${invented} fills were told that are none, or under two ids`] : []),
    ...doubled.map(({ fill, times }) => `fill ${fill.fillId} was told ${times} times`),
  ]
}

/** What is the same on both sides, whatever they call it. */
function executionOf(fill: Pick<FillRow, 'side' | 'quantity' | 'price' | 'timestamp'>): string {
  return `${fill.side} ${fill.quantity} at ${fill.price}, ${fill.timestamp}`
}

function takeOne(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0
  counts.set(key, Math.max(0, left - 1))
  return left > 0
}

function wrongOrders(
  { report, watchedFrom }: Ended,
  { orders: told, failures }: Told,
  { orders, conditionalOrders }: VenueState,
): string[] {
  const conditional = new Set(conditionalOrders.map(({ clientOrderId }) => clientOrderId))
  const plain = orders.filter(({ clientOrderId }) => !conditional.has(clientOrderId))
  const due = [...plain, ...conditionalOrders].filter(
    ({ createdAt, clientOrderId }) => createdAt >= watchedFrom && clientOrderId !== '',
  )
  report.orders += due.length
  if (failures.has('orders')) return []
  const wrongs = due.flatMap((row) => wrongOrder(row, told) ?? [])
  report.ordersWrong += wrongs.length
  return wrongs
}

function wrongOrder(row: OrderRow, told: Told['orders']): string | undefined {
  const last = told.get(row.clientOrderId)
  const is = `${row.status} ${row.executedQty}`
  const was = last && `${last.status} ${last.executedQty}`
  return is === was
    ? undefined
    : `${row.type} order ${row.clientOrderId} is ${is}, last told ${was}`
}

function wrongPositions({ report }: Ended, { positions }: Told, state: VenueState): string[] {
  const textOf = (rows: readonly { side: string; size: string }[]): string =>
    rows
      .map(({ side, size }) => `${side} ${size}`)
      .sort()
      .join(', ')
  const is = textOf(state.positions)
  const was = textOf([...positions.values()].filter(({ size }) => size !== '0'))
  if (is === was) return []
  report.positionsWrong++
  return [`the position is ${is}, last told ${was}`]
}

function wrongTrades(
  { report, isClean, world, watchedFrom }: Ended,
  { trades, traded }: Told,
): string[] {
  const doubled = [...trades.values()].filter((times) => times > 1).length
  report.tradesDoubled += doubled
  const wrongs = doubled > 0 ? [`${doubled} trades were told twice`] : []
  if (!isClean) return wrongs
  const { played } = world
  // Those of the first seconds may have been before the subscription.
  const due = (world.engine()?.trades(played.symbol, 1_000) ?? []).filter(
    ({ timestamp }) => timestamp > watchedFrom + CONNECTED_MS,
  )
  // Some exchanges tell what one order takes as one trade, so amounts are compared.
  const there = due.reduce((sum, { quantity }) => sum + Number(quantity), 0)
  if (traded > there - 1e-9) return wrongs
  report.tradesMissed++
  return [...wrongs, `${traded} was told to have been traded, it was ${there}`]
}

const CONNECTED_MS = 2_000

function notWell({ report, truth, isSpoiled, world }: Ended, told: Told): string[] {
  const wrongs = told
    .statuses()
    .filter(([, status]) => status !== 'LIVE')
    .map(([name, status]) => `${name} is ${status}`)
  if (!told.book || !truth.isCurrent(told.book)) wrongs.push('the newest book is not that there is')
  const prices = world.engine()?.prices(world.played.symbol)
  const { bidPrice, askPrice } = told.ticker ?? {}
  if (prices && (bidPrice !== prices.bid || askPrice !== prices.ask)) {
    wrongs.push(`the ticker says ${bidPrice}/${askPrice}, it is ${prices.bid}/${prices.ask}`)
  }
  report.notWell += wrongs.length
  const failures = [...told.failures].map(([name, errors]) => `${name}: ${errors.join(', ')}`)
  if (isSpoiled) report.refused += failures.length
  else report.failed += failures.length
  return isSpoiled ? wrongs : [...wrongs, ...failures]
}
