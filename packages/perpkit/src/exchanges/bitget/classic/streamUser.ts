import type { Instruments, UserContext, UserEvent, UserFeed } from '../../../client/definition.ts'
import { ReadError, Reader } from '../../../core/reader.ts'
import type { Fill } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import type { PositionSide } from '../../../model/tokens.ts'
import { rowsOf } from '../fields.ts'
import { readFill } from '../fillRow.ts'
import { topicOf } from '../streamProtocol.ts'
import { conditionalEvent, inRestWords, plainEvent } from '../streamRow.ts'
import { products } from '../symbols.ts'
import { readPositionSide, readSide, wordOf } from '../tokens.ts'
import { readHeld } from './account.ts'
import { closesInHedgeMode, readPlainOrder } from './orders.ts'
import { readPlan } from './planRow.ts'

// Private channels of classic accounts: docs/wire/bitget.md 8.5.

const CHANNELS = ['orders', 'orders-algo', 'fill', 'positions', 'account']

/** Everything private of both families of contracts. */
export function classicFeed(): UserFeed {
  const positions = positionDecoder()
  return {
    topics: products.flatMap(({ name }) =>
      CHANNELS.map((channel) => ({ route: 'classic', name: topicOf(name, channel, 'default') })),
    ),
    decode(topic, value, context) {
      const frame = new Reader(value)
      const timestamp = frame.at('ts').integer()
      const rows = rowsOf(frame.at('data'))
      switch (topic.split('/')[1]) {
        case 'orders':
          return rows.map((row) => readOrderEvent(row, timestamp, context))
        case 'orders-algo':
          return rows.map((row) => readPlanEvent(row, timestamp, context))
        case 'fill':
          return rows.map((row) => readFillEvent(row, context))
        case 'positions':
          return positions(topic, rows, timestamp, context)
        default:
          // What is free is not told in the words of the call.
          return [{ kind: 'account', timestamp }]
      }
    },
  }
}

/**
 * `baseVolume` is that of the last fill here, of all of them in the calls.
 * https://www.bitget.com/api-doc/contract/websocket/private/Order-Channel
 */
function readOrderEvent(row: Reader, timestamp: number, context: UserContext): UserEvent {
  const words = inRestWords(row, {
    symbol: row.at('instId').value,
    baseVolume: row.at('accBaseVolume').value,
  })
  return plainEvent(readPlainOrder(words, context.instruments), row, timestamp, context)
}

/** https://www.bitget.com/api-doc/contract/websocket/private/Plan-Order-Channel */
function readPlanEvent(row: Reader, timestamp: number, context: UserContext): UserEvent {
  const token = row.at('planType')
  const words = inRestWords(row, {
    symbol: row.at('instId').value,
    planType: planTypes[token.string()] ?? token.value,
  })
  return conditionalEvent(readPlan(words, context.instruments).order, row, timestamp, context)
}

/** docs/wire/bitget.md 5 */
const planTypes: Readonly<Record<string, string>> = {
  pl: 'normal_plan',
  track: 'track_plan',
  tp: 'profit_plan',
  sl: 'loss_plan',
  ptp: 'pos_profit',
  psl: 'pos_loss',
  mtpsl: 'moving_plan',
}

/** https://www.bitget.com/api-doc/contract/websocket/private/Fill-Channel */
function readFillEvent(row: Reader, { instruments }: UserContext): UserEvent {
  const fill = readStreamedFill(row, instruments)
  return { kind: 'fill', timestamp: fill.timestamp, fill }
}

/** `side` is the direction here, also in hedge mode, where the calls tell that of the position. */
function readStreamedFill(row: Reader, instruments: Instruments): Fill {
  const side = readSide(row.at('side'))
  const isHedge = wordOf(row.at('posMode')) === 'hedge_mode'
  const isLong = (side === 'BUY') !== closesInHedgeMode(row)
  const positionSide = isHedge ? (isLong ? 'LONG' : 'SHORT') : undefined
  return readFill(
    {
      row,
      fillId: row.at('tradeId'),
      side,
      positionSide,
      quantity: row.at('baseVolume'),
      price: row.at('price'),
      fee: { name: 'totalFee', paidIs: 'negative' },
      profit: row.at('profit'),
      timestamp: row.at('cTime'),
    },
    instruments,
  )
}

/** A position that is held: of one side in hedge mode. */
interface Slot {
  nativeSymbol: string
  positionSide?: PositionSide
}

type PositionDecoder = (
  topic: string,
  rows: readonly Reader[],
  timestamp: number,
  context: UserContext,
) => UserEvent[]

/**
 * Each message lists all positions of a family: one that has ended is told by its absence.
 * https://www.bitget.com/api-doc/contract/websocket/private/Positions-Channel
 */
function positionDecoder(): PositionDecoder {
  const lists = new Map<string, { slots: Map<string, Slot>; timestamp: number }>()
  return (topic, rows, timestamp, context) => {
    const before = lists.get(topic)
    // A list that came late says nothing about what is held now.
    if (before && timestamp < before.timestamp) return []
    const held = rows.flatMap((row) => readPositionEvent(row, timestamp, context) ?? [])
    const slots = new Map(held.map(({ slot }) => [keyOf(slot), slot]))
    lists.set(topic, { slots, timestamp })
    const ended = [...(before?.slots ?? [])].filter(([key]) => !slots.has(key))
    return [
      ...ended.map(([, slot]): UserEvent => ({ kind: 'position', timestamp, ...slot })),
      ...held.map(({ event }) => event),
    ]
  }
}

function readPositionEvent(
  row: Reader,
  timestamp: number,
  { instruments }: UserContext,
): { slot: Slot; event: UserEvent } | undefined {
  const nativeSymbol = row.at('instId').string()
  const position = readHeld(inRestWords(row, { symbol: nativeSymbol }), instruments)
  if (!position) return undefined
  const isHedge = wordOf(row.at('posMode'))?.startsWith('hedge') ?? false
  const positionSide = isHedge ? readPositionSide(row.at('holdSide')) : undefined
  if (isHedge && positionSide === undefined) {
    throw new ReadError(row.path, 'a side in hedge mode', row.value)
  }
  const slot: Slot = { nativeSymbol, ...(positionSide !== undefined && { positionSide }) }
  const told = withRaw({ ...position }, row.value)
  return { slot, event: { kind: 'position', timestamp, ...slot, position: told } }
}

function keyOf({ nativeSymbol, positionSide }: Slot): string {
  return `${nativeSymbol} ${positionSide ?? ''}`
}
