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
  const [positions, account, known] = await Promise.all([
    operations.getPositions(call, {}),
    operations.getAccountInfo(call, undefined),
    readMissing(questions, store, openOrders),
  ])
  const symbols = [...store.openOrders(), ...openOrders, ...store.positions(), ...positions]
  const past = await Promise.all(
    instrumentsOf(questions.catalogue, symbols).map((instrument) =>
      readPast(questions, { instrument, startTime: since, endTime, limit: MAX_ROWS }),
    ),
  )
  const isRecent = (order: FuturesOrder): boolean =>
    (order.updatedAt ?? order.createdAt ?? 0) >= since
  const ended = past.flatMap(({ orders }) => orders).filter(isRecent)
  return {
    openOrders,
    endedOrders: [...known, ...ended].sort((a, b) => timeOf(a) - timeOf(b)),
    fills: past.flatMap(({ fills }) => fills).sort(byTime),
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
 * Whether something has happened that is not known; cheaper than a reading, so that it can be asked
 * often. `'busy'`: of few symbols; `since`: fills from then on, in exchange time.
 */
export async function hasNews(
  questions: AccountQuestions,
  store: UserStore,
  scope: 'all' | 'busy',
  since: number,
): Promise<boolean> {
  const { operations, catalogue, call } = questions
  const asked = call(ACTION)
  const positions = await operations.getPositions(asked, {})
  if (store.hasOtherPositions(positions)) return true
  const busy = instrumentsOf(catalogue, [...store.openOrders(), ...positions]).slice(0, MAX_BUSY)
  const fills = await Promise.all(busy.map((each) => readFills(questions, each, since)))
  if (fills.flat().some((fill) => !store.hasFill(fill))) return true
  const scopes = scope === 'all' ? [{}] : busy.map((instrument) => ({ instrument }))
  const lists = await Promise.all(scopes.map((each) => operations.getOpenOrders(asked, each)))
  const open = lists.flat()
  if (open.some((order) => store.isNews(order))) return true
  // An order can have come and gone without a word.
  if (scope === 'all' && (await hasUnknownPast(questions, store, busy, since))) return true
  const there = new Set(open.map(({ orderId }) => orderId))
  const isAsked = (symbol: string): boolean =>
    scope === 'all' || busy.some(({ nativeSymbol }) => nativeSymbol === symbol)
  return store
    .openOrders()
    .some(({ orderId, nativeSymbol }) => isAsked(nativeSymbol) && !there.has(orderId))
}

async function hasUnknownPast(
  questions: AccountQuestions,
  store: UserStore,
  instruments: readonly Instrument[],
  since: number,
): Promise<boolean> {
  const endTime = (await questions.now()) + OVERLAP_MS
  const query = { startTime: since, endTime, limit: MAX_ROWS }
  const past = await Promise.all(
    instruments.map((instrument) =>
      questions.operations.getOrderHistory(questions.call(ACTION), { instrument, ...query }),
    ),
  )
  return past
    .flat()
    .some((order) => !isOpen(order.status) && timeOf(order) >= since && store.isNews(order))
}

/** Symbols that are looked at every few seconds. */
const MAX_BUSY = 3

/** How orders ended that are known as open and are not in the list any more. */
async function readMissing(
  { operations, catalogue, call }: AccountQuestions,
  store: UserStore,
  openOrders: readonly FuturesOrder[],
): Promise<FuturesOrder[]> {
  const there = new Set(openOrders.map(({ orderId }) => orderId))
  const missing = store.openOrders().filter(({ orderId }) => !there.has(orderId))
  const found = await Promise.all(
    missing.map(async ({ orderId, nativeSymbol }) => {
      const instrument = catalogue.byNative(nativeSymbol)
      if (!instrument) return []
      try {
        return [await operations.getOrder(call(ACTION), { instrument, orderId })]
      } catch (error) {
        // Unexecuted orders are forgotten by some exchanges; then nothing can be told of its end.
        if (PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND') return []
        throw error
      }
    }),
  )
  return found.flat()
}

async function readPast(
  { operations, call }: AccountQuestions,
  query: HistoryQuery,
): Promise<{ orders: FuturesOrder[]; fills: Fill[] }> {
  const [orders, fills] = await Promise.all([
    operations.getOrderHistory(call(ACTION), query),
    operations.getFills(call(ACTION), query),
  ])
  return {
    orders: orders.filter(({ status }) => !isOpen(status)),
    fills: fills.filter(({ timestamp }) => timestamp >= query.startTime),
  }
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
