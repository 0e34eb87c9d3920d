import type { Clock } from '../../core/clock.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { isOpen } from '../../model/tokens.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Call, HistoryQuery, Operations } from '../definition.ts'
import type { UserStore } from './userStore.ts'

// What streams have missed, read over REST.

export interface AccountQuestions {
  operations: Operations
  catalogue: Catalogue
  clock: Clock
  call(action: string): Call
  /** Exchange time; asks when it is not known. */
  now(): Promise<number>
}

/** The account at one moment, and what has happened since an earlier one. */
export interface AccountReading {
  openOrders: FuturesOrder[]
  /** Orders that have ended, known before or not. */
  endedOrders: FuturesOrder[]
  /** Ascending. */
  fills: Fill[]
  positions: FuturesPosition[]
  account: AccountInfo
}

/** Clocks differ by less; what was told before is known by its id. */
const OVERLAP_MS = 10_000
const MAX_ROWS = 1_000
const ACTION = 'watchAccount'

/** Reads the account, and its past since `since` (exchange time). */
export async function readAccount(
  questions: AccountQuestions,
  store: UserStore,
  since: number,
): Promise<AccountReading> {
  const { operations } = questions
  const call = questions.call(ACTION)
  const endTime = (await questions.now()) + OVERLAP_MS
  const openOrders = await operations.getOpenOrders(call, {})
  const there = idsOf(openOrders)
  const missing = store.openOrders().filter(({ orderId }) => !there.has(orderId))
  // Where one question answers for all of them, none of them has to be asked for.
  const ended = await readEnded(questions, missing, since)
  const told = idsOf(ended ?? [])
  const unexplained = missing.filter(({ orderId }) => !told.has(orderId))
  const [positions, account, explained] = await Promise.all([
    operations.getPositions(call, {}),
    operations.getAccountInfo(call, undefined),
    readMissing(questions, unexplained),
  ])
  const symbols = [...store.openOrders(), ...openOrders, ...store.positions(), ...positions]
  const queries = instrumentsOf(questions.catalogue, symbols).map((instrument) => ({
    ...{ instrument, startTime: since, endTime, limit: MAX_ROWS },
  }))
  const [past, fills] = await Promise.all([
    ended ?? readPast(questions, queries),
    Promise.all(queries.map((query) => operations.getFills(call, query))),
  ])
  const recent = past.filter((order) => isEndedSince(order, since))
  return {
    openOrders,
    endedOrders: [...explained, ...recent].sort((a, b) => timeOf(a) - timeOf(b)),
    fills: fills
      .flat()
      .filter(({ timestamp }) => timestamp >= since)
      .sort(byTime),
    positions,
    account,
  }
}

/** The fills of one symbol since `since` (exchange time), ascending. */
export async function readFills(
  { operations, call, now }: AccountQuestions,
  instrument: Instrument,
  since: number,
): Promise<Fill[]> {
  const endTime = (await now()) + OVERLAP_MS
  const query = { instrument, startTime: since, endTime, limit: MAX_ROWS }
  const fills = await operations.getFills(call('watchFills'), query)
  return fills.filter(({ timestamp }) => timestamp >= since).sort(byTime)
}

/**
 * What the account knows and we may not: cheaper than a reading, so that it can be asked often. The
 * answer tells whether any of it is unknown at the moment it is called: what is on its way is not
 * lost. `'busy'`: of few symbols; `since`: fills from then on, in exchange time.
 */
export async function lookForNews(
  questions: AccountQuestions,
  store: UserStore,
  scope: 'all' | 'busy',
  since: number,
): Promise<() => boolean> {
  const { operations, catalogue, call } = questions
  const asked = call(ACTION)
  // Of the moment before the questions: what comes meanwhile may be missing in the answers.
  const known = { orders: store.openOrders(), positions: store.positions() }
  const positions = await operations.getPositions(asked, {})
  const busy = instrumentsOf(catalogue, [...known.orders, ...positions]).slice(0, MAX_BUSY)
  const scopes = scope === 'all' ? [{}] : busy.map((instrument) => ({ instrument }))
  const [fills, lists, ended] = await Promise.all([
    Promise.all(busy.map((each) => readFills(questions, each, since))),
    Promise.all(scopes.map((each) => operations.getOpenOrders(asked, each))),
    // An order can have come and gone without a word.
    scope === 'all' ? readEndedSince(questions, known.orders, busy, since) : [],
  ])
  const open = lists.flat()
  const there = idsOf(open)
  const isAsked = (symbol: string): boolean =>
    scope === 'all' || busy.some(({ nativeSymbol }) => nativeSymbol === symbol)
  const gone = known.orders.filter(
    ({ orderId, nativeSymbol }) => isAsked(nativeSymbol) && !there.has(orderId),
  )
  return () =>
    fills.flat().some((fill) => !store.hasFill(fill)) ||
    [...open, ...ended].some((order) => store.isNews(order)) ||
    gone.some(({ orderId }) => isOpen(store.orderById(orderId)?.status ?? 'CANCELLED')) ||
    // A position that has moved on since tells nothing of what was read.
    (store.hasOtherPositions(positions) && !store.hasOtherPositions(known.positions))
}

async function readEndedSince(
  questions: AccountQuestions,
  known: readonly FuturesOrder[],
  instruments: readonly Instrument[],
  since: number,
): Promise<FuturesOrder[]> {
  const endTime = (await questions.now()) + OVERLAP_MS
  const query = { startTime: since, endTime, limit: MAX_ROWS }
  const queries = instruments.map((instrument) => ({ instrument, ...query }))
  const past = (await readEnded(questions, known, since)) ?? (await readPast(questions, queries))
  return past.filter((order) => isEndedSince(order, since))
}

function isEndedSince(order: FuturesOrder, since: number): boolean {
  return !isOpen(order.status) && timeOf(order) >= since
}

/** Symbols that are looked at every few seconds. */
const MAX_BUSY = 3

/** How orders ended that are known as open and are not in the list any more. */
async function readMissing(
  { operations, catalogue, call }: AccountQuestions,
  missing: readonly FuturesOrder[],
): Promise<FuturesOrder[]> {
  const found = await Promise.all(
    missing.map(async (known) => {
      const { orderId, nativeSymbol } = known
      const instrument = catalogue.byNative(nativeSymbol)
      if (!instrument) return []
      try {
        return [await operations.getOrder(call(ACTION), { instrument, orderId, known })]
      } catch (error) {
        // Unexecuted orders are forgotten by some exchanges; then nothing can be told of its end.
        if (PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND') return []
        throw error
      }
    }),
  )
  return found.flat()
}

/** Of all symbols; `undefined` where each has to be asked for by itself. */
async function readEnded(
  { operations, call }: AccountQuestions,
  known: readonly FuturesOrder[],
  startTime: number,
): Promise<FuturesOrder[] | undefined> {
  return operations.getEndedOrders?.(call(ACTION), { startTime, known })
}

async function readPast(
  { operations, call }: AccountQuestions,
  queries: readonly HistoryQuery[],
): Promise<FuturesOrder[]> {
  const orders = await Promise.all(
    queries.map((query) => operations.getOrderHistory(call(ACTION), query)),
  )
  return orders.flat()
}

function idsOf(orders: readonly FuturesOrder[]): Set<string> {
  return new Set(orders.map(({ orderId }) => orderId))
}

/** Symbols that are known to be traded, and those asked for last. */
function instrumentsOf(
  catalogue: Catalogue,
  rows: readonly { nativeSymbol: string }[],
): Instrument[] {
  const names = new Set([
    ...catalogue.recent().map(({ nativeSymbol }) => nativeSymbol),
    ...rows.map(({ nativeSymbol }) => nativeSymbol),
  ])
  return [...names].flatMap((name) => catalogue.byNative(name) ?? [])
}

function timeOf(order: FuturesOrder): number {
  return order.updatedAt ?? order.createdAt ?? 0
}

/** Ids of one millisecond: numbers by size. */
function byTime(a: Fill, b: Fill): number {
  const difference = a.timestamp - b.timestamp || a.fillId.length - b.fillId.length
  return difference || (a.fillId < b.fillId ? -1 : 1)
}
