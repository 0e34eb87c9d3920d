import { sum } from '../../../../core/decimal.ts'
import type { Engine, EngineEvent, EngineOrder } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { plain } from '../decimals.ts'
import { type Execution, executionsOf } from '../fills.ts'
import { fundingIds } from '../ids.ts'
import { listingOf } from '../instruments.ts'
import { orderRow } from '../orderRow.ts'
import { positionRow } from '../positionRow.ts'
import { conditionalRecord, recordOf } from '../records.ts'
import { indexOf, type Slot, slotsOf } from '../slots.ts'
import { walletRow } from '../wallet.ts'

// Private topics: docs/wire/bybit.md 8. What one call did is one message of each topic: executions
// first, then orders, positions and the wallet.

/** A private topic: how to tell what has happened, and its place among the others. */
interface Topic {
  rank: number
  rows(account: Account, events: readonly EngineEvent[]): readonly PayloadObject[]
}

interface Account {
  engine: Engine
  accountId: string
}

/** The family a topic belongs to (`order` of `order.linear`); `undefined` when there is none. */
export function familyOf(topic: string): string | undefined {
  const [, family, category] = /^(execution\.fast|[a-z]+)(?:\.(\w+))?$/.exec(topic) ?? []
  if (topic === 'dcp.future') return 'dcp'
  if (family === undefined || !FAMILIES.has(family)) return undefined
  if (category === undefined) return family
  return family !== 'wallet' && CATEGORIES.has(category) ? family : undefined
}

/**
 * The channel of a topic for an account; `undefined` when nothing happens there.
 * https://bybit-exchange.github.io/docs/v5/websocket/private/order
 */
export function privateChannel(account: Account, topic: string): Channel | undefined {
  const known = TOPICS.get(familyOf(topic) ?? '')
  // Only linear contracts are traded here.
  if (!known || /\.(inverse|spot|option)$/.test(topic)) return undefined
  let number = 0
  return {
    isPrivate: true,
    rank: known.rank,
    hear(events) {
      const own = events.filter((event) => isOf(account, event))
      const data = own.length === 0 ? [] : known.rows(account, own)
      if (data.length === 0) return []
      number++
      const id = `${account.accountId}_${topic}_${number}`
      return [{ id, topic, creationTime: account.engine.now(), data }]
    },
  }
}

const CATEGORIES: ReadonlySet<string> = new Set(['linear', 'inverse', 'spot', 'option'])

const TOPICS: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ['execution.fast', { rank: 1, rows: (account, events) => trades(account, events).map(fastRow) }],
  ['execution', { rank: 2, rows: executionRows }],
  ['order', { rank: 3, rows: orderRows }],
  ['position', { rank: 4, rows: positionRows }],
  ['wallet', { rank: 5, rows: walletRows }],
])

// `greeks` is of options, and `dcp` tells nothing: subscribing arms the protection.
const FAMILIES: ReadonlySet<string> = new Set([...TOPICS.keys(), 'greeks'])

function isOf({ accountId }: Account, event: EngineEvent): boolean {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return event.order.accountId === accountId
    case 'conditional':
      return event.conditional.accountId === accountId
    case 'funding':
      return event.funding.accountId === accountId
    case 'leverage':
    case 'margin':
      return event.accountId === accountId
    case 'trade':
    case 'book':
      return false
  }
}

/** Every state an order has gone through. */
function orderRows({ engine }: Account, events: readonly EngineEvent[]): PayloadObject[] {
  return events.flatMap((event) => {
    if (event.kind === 'order') return [orderState(engine, event.order)]
    if (event.kind !== 'conditional' || event.change === 'became') return []
    const record = conditionalRecord(engine, event.conditional)
    return [streamRow(orderRow(engine, { ...record, order: undefined }), '0')]
  })
}

function orderState(engine: Engine, order: EngineOrder): PayloadObject {
  const { quantity, updatedAt, accountId, orderId } = order
  const record = { ...recordOf(engine, order), order, quantity, updatedAt }
  const closed = engine
    .fills(accountId)
    .filter((fill) => fill.orderId === orderId && fill.timestamp <= updatedAt)
    .map((fill) => fill.realizedPnl)
  return streamRow(orderRow(engine, record), plain(sum(closed)))
}

function streamRow(row: PayloadObject, closedPnl: string): PayloadObject {
  return { category: 'linear', ...row, closedPnl, feeCurrency: '', marketUnit: '' }
}

/** Executions of these events, oldest first. */
function executionsIn(account: Account, events: readonly EngineEvent[]): Execution[] {
  const ids = new Set(
    events.flatMap((event) => {
      if (event.kind === 'fill') return [event.fill.fillId]
      return event.kind === 'funding' ? [fundingIds(event.funding).tradeId] : []
    }),
  )
  if (ids.size === 0) return []
  return executionsOf(account)
    .filter(({ id }) => ids.has(id))
    .reverse()
}

function executionRows(account: Account, events: readonly EngineEvent[]): PayloadObject[] {
  const profits = new Map(
    events.flatMap((event) =>
      event.kind === 'fill' ? [[event.fill.fillId, plain(event.fill.realizedPnl)] as const] : [],
    ),
  )
  return executionsIn(account, events).map(({ id, print }) => ({
    category: 'linear',
    ...print(),
    execPnl: profits.get(id) ?? '0',
    isLeverage: '0',
    marketUnit: '',
  }))
}

function trades(account: Account, events: readonly EngineEvent[]): PayloadObject[] {
  return executionsIn(account, events)
    .filter(({ execType }) => execType === 'Trade')
    .map(({ print }) => print())
}

/** Short, and of a maker's fill without the client's id. */
function fastRow(row: PayloadObject): PayloadObject {
  return {
    category: 'linear',
    symbol: row.symbol,
    execId: row.execId,
    execPrice: row.execPrice,
    execQty: row.execQty,
    orderId: row.orderId,
    isMaker: row.isMaker,
    orderLinkId: row.isMaker === true ? '' : row.orderLinkId,
    side: row.side,
    execTime: row.execTime,
    seq: row.seq,
  }
}

/** Said with every order, whether or not the position has changed. */
function positionRows(account: Account, events: readonly EngineEvent[]): PayloadObject[] {
  const slots = new Map<string, Slot>()
  for (const event of events) {
    for (const slot of slotsIn(account, event)) slots.set(`${slot.symbol} ${slot.index}`, slot)
  }
  return [...slots.values()].map((slot) => {
    const { avgPrice, ...row } = positionRow(account.engine, slot, listingOf(slot.symbol))
    return { category: 'linear', ...row, entryPrice: avgPrice }
  })
}

function slotsIn({ engine, accountId }: Account, event: EngineEvent): readonly Slot[] {
  switch (event.kind) {
    case 'order':
    case 'fill':
      return [{ accountId, symbol: event.order.symbol, index: indexOf(event.order) }]
    case 'conditional': {
      const { conditional } = event
      return [{ accountId, symbol: conditional.symbol, index: indexOf(conditional) }]
    }
    case 'funding':
      return slotsOf(engine, accountId, event.funding.symbol)
    case 'leverage':
    case 'margin':
      return slotsOf(engine, accountId, event.symbol)
    case 'trade':
    case 'book':
      return []
  }
}

/** Said when money or margin has changed: what waits for a trigger changes neither. */
function walletRows(
  { engine, accountId }: Account,
  events: readonly EngineEvent[],
): PayloadObject[] {
  const coins = new Set(
    events.flatMap((event) => {
      switch (event.kind) {
        case 'order':
        case 'fill':
          return [listingOf(event.order.symbol).engine.settleAsset]
        case 'funding':
          return [event.funding.asset]
        case 'leverage':
        case 'margin':
          return [listingOf(event.symbol).engine.settleAsset]
        default:
          return []
      }
    }),
  )
  return coins.size === 0 ? [] : [walletRow(engine, accountId, [...coins])]
}
