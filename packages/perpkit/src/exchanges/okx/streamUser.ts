import type { UserContext, UserEvent, UserFeed } from '../../client/definition.ts'
import { isRecord, Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { readPosition } from './account.ts'
import { readConditionalOrder, toOrderId } from './algoRow.ts'
import { readTargetSide } from './direction.ts'
import { amountOrNone, readFlag, timeOrNone } from './fields.ts'
import { readFill } from './fills.ts'
import { type BookOrder, readOrder } from './orderRow.ts'
import { become, OWN_KINDS } from './parents.ts'
import { channelOf, ofKind } from './streamProtocol.ts'
import { findInstrument } from './symbols.ts'
import { readBalance } from './wallet.ts'

// Private channels, whose rows are nearly those of the calls: docs/wire/okx.md 8.3.

/** Plain and conditional orders are told on two connections, in no order among each other. */
export function createUserFeed(): UserFeed {
  const openModes = new Map<string, Set<string>>()
  return {
    topics: [
      // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-order-channel
      { route: 'private', name: ofKind('orders') },
      // https://www.okx.com/docs-v5/en/#trading-account-websocket-positions-channel
      { route: 'private', name: ofKind('positions') },
      // https://www.okx.com/docs-v5/en/#trading-account-websocket-account-channel
      { route: 'private', name: 'account' },
      // https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-ws-algo-orders-channel
      { route: 'algos', name: ofKind('orders-algo') },
      // https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-ws-advance-algo-orders-channel
      { route: 'algos', name: ofKind('algo-advance') },
    ],
    decode(topic, value, context) {
      const frame = new Reader(value)
      const rows = frame.at('data').items()
      switch (channelOf(topic)) {
        case 'orders':
          return rows.flatMap((row) => readOrderEvents(row, context))
        case 'positions':
          return rows.flatMap((row) => readPositionEvent(row, context, openModes))
        case 'account':
          return rows.map((row) => readAccountEvent(row, isWholeAccount(frame)))
        default:
          return rows.flatMap((row) => readAlgoEvent(row, context))
      }
    },
  }
}

/** The state of an order, and the fill that brought it there. */
function readOrderEvents(row: Reader, context: UserContext): UserEvent[] {
  const instrument = findInstrument(row, context.instruments)
  if (!instrument) return []
  const told = readOrder(row, instrument)
  const timestamp = told.order.updatedAt ?? context.receivedAt
  const event = readState(told, row, timestamp, context)
  // What is no fill says zero, or nothing.
  if (amountOrNone(row.at('fillSz')) === undefined) return [event]
  const fill = withRaw({ ...readFill(inFillWords(row), instrument) }, row.value)
  return [event, { kind: 'fill', timestamp: fill.timestamp, fill }]
}

/**
 * What a conditional order sent out is told as that order. One whose parent is not known is looked
 * up, and so is a take-profit that rests beside its parent, which has not fired.
 */
function readState(
  { order, algoId }: BookOrder,
  row: Reader,
  timestamp: number,
  { orderById }: UserContext,
): UserEvent {
  if (algoId === undefined) return { kind: 'order', timestamp, order }
  const parent = readFlag(row.at('isTpLimit')) ? undefined : orderById(toOrderId(algoId))
  if (parent) return { kind: 'order', timestamp, order: become(ownRecord(parent), order) }
  const { nativeSymbol, orderId } = order
  return { kind: 'orderChanged', timestamp, nativeSymbol, orderId }
}

/** A parent that was told with its child before. */
function ownRecord(parent: FuturesOrder): FuturesOrder {
  const { raw } = parent
  return isRecord(raw) && 'algoOrder' in raw ? withRaw({ ...parent }, raw.algoOrder) : parent
}

/** `fee` is that of the whole order, and the fill's own figures have names of their own. */
function inFillWords(row: Reader): Reader {
  const words = {
    ...(isRecord(row.value) ? row.value : {}),
    fee: row.at('fillFee').value,
    feeCcy: row.at('fillFeeCcy').value,
    ts: row.at('uTime').value,
  }
  return new Reader(words, row.path)
}

/** Chases and the like are not ours; what they send out are plain orders. */
function readAlgoEvent(row: Reader, { instruments, receivedAt }: UserContext): UserEvent[] {
  const instrument = findInstrument(row, instruments)
  if (!instrument || !OWN_KINDS.has(row.at('ordType').string())) return []
  const { order } = readConditionalOrder(row, instrument, receivedAt)
  return [{ kind: 'order', timestamp: order.updatedAt ?? receivedAt, order }]
}

/**
 * A cross and an isolated position of one contract may stand side by side: while they do, what is
 * told of one says nothing about the other, and both are read.
 */
function readPositionEvent(
  row: Reader,
  { instruments, receivedAt }: UserContext,
  openModes: Map<string, Set<string>>,
): UserEvent[] {
  const instrument = findInstrument(row, instruments)
  if (!instrument) return []
  const { nativeSymbol } = instrument
  const contracts = amountOrNone(row.at('pos'))
  const mode = row.at('mgnMode').string()
  const timestamp = timeOrNone(row.at('uTime')) ?? timeOrNone(row.at('pTime')) ?? receivedAt
  const slot = `${nativeSymbol} ${row.at('posSide').string()}`
  const modes = openModes.get(slot) ?? new Set()
  openModes.set(slot, modes)
  if (contracts === undefined) modes.delete(mode)
  else modes.add(mode)
  if (modes.size > (contracts === undefined ? 0 : 1)) {
    return [{ kind: 'positionChanged', timestamp, nativeSymbol }]
  }
  const positionSide = readTargetSide(row.at('posSide'))
  const event = {
    kind: 'position',
    timestamp,
    nativeSymbol,
    ...(positionSide !== undefined && { positionSide }),
  } as const
  if (contracts === undefined) return [event]
  return [{ ...event, position: readPosition(row, instrument, contracts) }]
}

/** Whether the rows hold all assets: not in the push of a change, nor in a page of several. */
function isWholeAccount(frame: Reader): boolean {
  if (frame.at('eventType').optionalString() !== 'snapshot') return false
  const isFirst = (frame.at('curPage').optionalInteger() ?? 1) === 1
  return isFirst && (frame.at('lastPage').optionalBoolean() ?? true)
}

/** Totals of an account that keeps none are those of USDT: where it is not told, they are read. */
function readAccountEvent(row: Reader, isWhole: boolean): UserEvent {
  const timestamp = row.at('uTime').integer()
  const hasTotals = !row.at('availEq').isAbsent() && !row.at('upl').isAbsent()
  const details = row.at('details').items()
  if (!isWhole && !hasTotals && !details.some((asset) => asset.at('ccy').value === 'USDT')) {
    return { kind: 'account', timestamp }
  }
  return { kind: 'account', timestamp, account: readBalance(row) }
}
