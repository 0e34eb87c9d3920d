import type { Call, Endpoint, HistoryQuery, Instruments } from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { Fill, FuturesOrder } from '../../../model/order.ts'
import { isOpen } from '../../../model/tokens.ts'
import { readFill } from '../fillRow.ts'
import { become, toTriggerId, unlessNotFound } from '../orderRow.ts'
import { PAGE_SIZE, type PageRequest, readPage } from '../pages.ts'
import { type PastPage, type PastRow, readPast, UNIFIED_SPAN_MS } from '../pastPages.ts'
import { productOf } from '../symbols.ts'
import { readPositionSide, readSide } from '../tokens.ts'
import { LIST, orderInfo, readPlainOrder } from './orders.ts'
import { isConditional, readStrategy } from './strategyRow.ts'
import { childIds } from './triggers.ts'

// What has ended: normal orders, strategy orders, and fills.

/**
 * A conditional order that has triggered is told once: under its own id, as the order it became.
 * Normal orders do not tell what placed them, so the strategies are asked, also those that waited
 * for some time before the stretch began.
 */
export async function getOrderHistory(call: Call, query: HistoryQuery): Promise<FuturesOrder[]> {
  const strategies = await readStrategies(call, query)
  const parents = new Map<string, string>()
  for (const { order } of strategies) {
    for (const id of await childrenOf(call, order, query)) parents.set(id, order.orderId)
  }
  const { instrument, startTime, limit } = query
  const { rows, aside } = await readPast(
    call,
    {
      endpoint: endedOrders,
      filter: { category: productOf(instrument).name, symbol: instrument.nativeSymbol },
      spanMs: UNIFIED_SPAN_MS,
      repeatsTimes: true,
      isMeant: ({ id }) => !parents.has(id),
    },
    query,
  )
  const ended: FuturesOrder[] = []
  for (const { order, timestamp } of strategies) {
    if (ended.length >= limit || timestamp < startTime) break
    const [childId] = [...parents].find(([, parent]) => parent === order.orderId) ?? []
    const told = childId === undefined ? order : await withChild(call, order, childId, aside)
    if (!isOpen(told.status)) ended.push(told)
  }
  return [...rows.map(({ order }) => order), ...ended]
}

/** The list takes no symbol. */
export async function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  const { instrument } = query
  const { rows } = await readPast(
    call,
    {
      endpoint: fills,
      filter: { category: productOf(instrument).name },
      spanMs: UNIFIED_SPAN_MS,
      repeatsTimes: true,
      isMeant: ({ fill }) => fill.nativeSymbol === instrument.nativeSymbol,
    },
    query,
  )
  return rows.map(({ fill }) => fill)
}

interface PastOrder extends PastRow {
  order: FuturesOrder
}

interface PastFill extends PastRow {
  fill: Fill
}

/** How long before a stretch a strategy may have been placed whose order lies in it. */
const LOOK_BACK_MS = UNIFIED_SPAN_MS

/** All conditional ones of the symbol, newest first. */
async function readStrategies(
  call: Call,
  { instrument, startTime, endTime }: HistoryQuery,
): Promise<PastOrder[]> {
  const { rows } = await readPast(
    call,
    {
      endpoint: endedStrategies(instrument),
      filter: { category: productOf(instrument).name },
      spanMs: UNIFIED_SPAN_MS,
      repeatsTimes: true,
    },
    { startTime: Math.max(0, startTime - LOOK_BACK_MS), endTime, limit: Number.POSITIVE_INFINITY },
  )
  return rows
}

/** Only one that has triggered since the stretch began can have an order in it. */
async function childrenOf(
  call: Call,
  { orderId, status, updatedAt = 0 }: FuturesOrder,
  { startTime }: HistoryQuery,
): Promise<string[]> {
  const triggerId = toTriggerId(orderId)
  if (triggerId === undefined || !isOpen(status) || updatedAt < startTime) return []
  return (await unlessNotFound(call(childIds, { orderId: triggerId }))) ?? []
}

async function withChild(
  call: Call,
  order: FuturesOrder,
  childId: string,
  seen: ReadonlyMap<string, PastOrder>,
): Promise<FuturesOrder> {
  const child =
    seen.get(childId)?.order ?? (await unlessNotFound(call(orderInfo, { orderId: childId })))
  return child ? become(order, child) : order
}

const pastList = {
  method: 'GET',
  access: 'read',
  effect: 'read',
  encode: ({ filter, from }: PageRequest) => ({
    query: { ...filter, limit: PAGE_SIZE, cursor: from },
  }),
} as const

/** https://www.bitget.com/api-doc/uta/trade/Get-Order-History */
const endedOrders: Endpoint<PageRequest, PastPage<PastOrder>> = {
  ...pastList,
  path: '/api/v3/trade/history-orders',
  cost: { address: 1, 'v3/trade/history-orders': 1 },
  decode(answer, _page, { instruments, receivedAt }) {
    const page = readPage(answer, LIST, (row) => ({
      ...pastOf(row, 'orderId'),
      order: readPlainOrder(row, instruments),
    }))
    return { ...page, receivedAt }
  },
}

/**
 * Rows of other symbols and of strategies that wait for no price need not be readable.
 * https://www.bitget.com/api-doc/uta/strategy/Get-History-Strategy-Orders
 */
function endedStrategies({ nativeSymbol }: Instrument): Endpoint<PageRequest, PastPage<PastOrder>> {
  return {
    ...pastList,
    path: '/api/v3/trade/history-strategy-orders',
    cost: { address: 1, 'v3/trade/history-strategy-orders': 1 },
    decode(answer, _page, { instruments, receivedAt }) {
      const { rows, next } = readPage(answer, LIST, (row) => row)
      const meant = rows.filter(
        (row) => row.at('symbol').value === nativeSymbol && isConditional(row),
      )
      const read = meant.map((row) => ({
        ...pastOf(row, 'orderId'),
        order: readStrategy(row, instruments),
      }))
      return { rows: read, next, receivedAt }
    },
  }
}

/** https://www.bitget.com/api-doc/uta/trade/Get-Order-Fills */
const fills: Endpoint<PageRequest, PastPage<PastFill>> = {
  ...pastList,
  path: '/api/v3/trade/fills',
  cost: { address: 1, 'v3/trade/fills': 1 },
  decode(answer, _page, { instruments, receivedAt }) {
    return { ...readPage(answer, LIST, (row) => readPastFill(row, instruments)), receivedAt }
  },
}

function readPastFill(row: Reader, instruments: Instruments): PastFill {
  return { ...pastOf(row, 'execId'), fill: readExecution(row, instruments) }
}

/** A fill in the words of V3. */
export function readExecution(row: Reader, instruments: Instruments): Fill {
  return readFill(
    {
      row,
      fillId: row.at('execId'),
      side: readSide(row.at('side')),
      // Nothing, or `net`, in one-way mode.
      positionSide: readPositionSide(row.at('posSide')),
      quantity: row.at('execQty'),
      price: row.at('execPrice'),
      fee: { name: 'fee', paidIs: 'positive' },
      profit: row.at('execPnl'),
      timestamp: row.at('createdTime'),
    },
    instruments,
  )
}

function pastOf(row: Reader, idName: string): PastRow {
  return { id: row.at(idName).id(), timestamp: row.at('createdTime').integer() }
}
