import type { UserContext, UserEvent, UserFeed } from '../../client/definition.ts'
import { add, isLess, isPositive } from '../../core/decimal.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { readPosition } from './account.ts'
import { ofAlgoId, readConditional } from './algoRow.ts'
import { readPrint, withFillIds } from './fills.ts'
import { become } from './lookup.ts'
import { readPlainOrder } from './orderRow.ts'
import { readPositionSide } from './positionSide.ts'

// Private topics, whose rows are nearly those of the calls: docs/wire/htx.md 8.2.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/

const TOPICS = ['orders', 'trade_detail', 'positions', 'account', 'algo_orders']

/** Remembers positions, to tell old words from new ones. */
export function createUserFeed(): UserFeed {
  const positions = new PositionMemory()
  return {
    topics: TOPICS.map((name) => ({ route: 'private', name })),
    decode(topic, value, context) {
      const frame = new Reader(value)
      const timestamp = frame.at('ts').integer()
      switch (topic) {
        case 'orders':
          return rowsOf(frame, context).flatMap((each) => readOrder(each, timestamp, context))
        case 'trade_detail':
          return readFills(rowsOf(frame, context))
        case 'positions':
          positions.forget(frame)
          return rowsOf(frame, context).flatMap((each) => {
            return positions.isNews(each) ? [readPositionEvent(each, timestamp, positions)] : []
          })
        case 'algo_orders':
          return rowsOf(frame, context).flatMap((each) => readAlgoOrder(each, timestamp, context))
        default:
          // What is available is told by a call alone. How it was at first is read anyway.
          return isSnapshot(frame) ? [] : [{ kind: 'account', timestamp }]
      }
    },
  }
}

interface Row {
  row: Reader
  instrument: Instrument
  context: UserContext
}

/** Of perpetual contracts: those with a delivery date are not listed. One row may come bare. */
function rowsOf(frame: Reader, context: UserContext): Row[] {
  const data = frame.at('data')
  const rows = data.isArray() ? data.items() : [data]
  return rows.flatMap((row) => {
    const instrument = context.instruments.byNative(row.at('contract_code').string())
    return instrument ? [{ row, instrument, context }] : []
  })
}

function readOrder({ row, instrument }: Row, timestamp: number, context: UserContext): UserEvent[] {
  const { order: told, parent } = readPlainOrder(row, instrument)
  const at = told.updatedAt ?? timestamp
  const { orderId, nativeSymbol } = told
  const changed = { kind: 'orderChanged', timestamp: at, nativeSymbol, orderId } as const
  const isUnfinished = hasMoreToCome(row)
  const order = isUnfinished ? stillOpen(told) : told
  if (!parent) return [{ kind: 'order', timestamp: at, order }, ...(isUnfinished ? [changed] : [])]
  // What a conditional order became is told as that order; one that is not known is looked up.
  const known = context.orderById(ofAlgoId(parent.algoId))
  if (!known || isUnfinished || known.nativeSymbol !== nativeSymbol) return [changed]
  return [{ kind: 'order', timestamp: at, order: become(known, order) }]
}

const ENDED_EARLY = ['filled', 'partially_canceled']

/** These words may be said while volumes still grow (docs/wire/htx.md 8.2). */
function hasMoreToCome(row: Reader): boolean {
  if (!ENDED_EARLY.includes(row.at('state').string())) return false
  const cancelled = row.at('cancel_volume').optionalDecimal() ?? '0'
  return isLess(add(row.at('trade_volume').decimal(), cancelled), row.at('volume').decimal())
}

function stillOpen(order: FuturesOrder): FuturesOrder {
  const status = isPositive(order.executedQty) ? 'PARTIALLY_FILLED' : 'NEW'
  return withRaw({ ...order, status }, order.raw)
}

/** `trade_detail`, because `trade` and `match_orders` have no fee. */
function readFills(rows: readonly Row[]): UserEvent[] {
  const fills = withFillIds(rows.map(({ row, instrument }) => readPrint(row, instrument)))
  return fills.map((fill) => ({ kind: 'fill', timestamp: fill.timestamp, fill }))
}

/** A triggered one is read, unless the order it became has told of itself already. */
function readAlgoOrder(
  { row, instrument }: Row,
  timestamp: number,
  context: UserContext,
): UserEvent[] {
  const { order, childId } = readConditional(row, instrument)
  const at = order.updatedAt ?? timestamp
  const told: UserEvent = { kind: 'order', timestamp: at, order }
  if (childId === undefined) return [told]
  const { orderId, nativeSymbol } = order
  const known = context.orderById(orderId)
  if (known && known.status !== 'PENDING') return []
  return [told, { kind: 'orderChanged', timestamp: at, nativeSymbol, orderId }]
}

function isSnapshot(frame: Reader): boolean {
  return frame.at('event').value === 'snapshot'
}

function readPositionEvent(
  { row, instrument, context }: Row,
  timestamp: number,
  positions: PositionMemory,
): UserEvent {
  const { nativeSymbol } = instrument
  // Side by side with one of the other margin mode, it cannot be told by its symbol and side.
  if (positions.hasOtherMode(row)) return { kind: 'positionChanged', timestamp, nativeSymbol }
  const positionSide = readPositionSide(row.at('position_side'))
  const position = readPosition(row, instrument, context)
  return {
    kind: 'position',
    timestamp,
    nativeSymbol,
    ...(positionSide !== undefined && { positionSide }),
    ...(position !== undefined && { position }),
  }
}

interface Remembered {
  nativeSymbol: string
  marginMode: string
  /** Tells a position from the one before it, whose versions it does not go on with. */
  createdAt: string | undefined
  version: number
  isOpen: boolean
}

/** The last word on each position. */
class PositionMemory {
  readonly #rows = new Map<string, Remembered>()

  /** A snapshot is the whole truth on its contracts. */
  forget(frame: Reader): void {
    if (!isSnapshot(frame)) return
    const contract = frame.at('contract_code').optionalString()
    const isOne = contract !== undefined && contract !== '' && contract !== '*'
    for (const [key, { nativeSymbol }] of this.#rows) {
      if (!isOne || nativeSymbol === contract) this.#rows.delete(key)
    }
  }

  /** `false` for a version older than one that was told. */
  isNews({ row, instrument: { nativeSymbol } }: Row): boolean {
    const marginMode = row.at('margin_mode').string()
    const side = row.at('position_side').optionalString() ?? ''
    const key = `${nativeSymbol} ${side} ${marginMode}`
    const createdAt = row.at('created_time').optionalId()
    const version = row.at('version').optionalInteger() ?? 0
    const known = this.#rows.get(key)
    if (known && known.createdAt === createdAt && version < known.version) return false
    const isOpen = isPositive(row.at('volume').decimal())
    this.#rows.set(key, { nativeSymbol, marginMode, createdAt, version, isOpen })
    return true
  }

  hasOtherMode(row: Reader): boolean {
    const marginMode = row.at('margin_mode').string()
    const nativeSymbol = row.at('contract_code').string()
    return [...this.#rows.values()].some(
      (known) =>
        known.isOpen && known.nativeSymbol === nativeSymbol && known.marginMode !== marginMode,
    )
  }
}
