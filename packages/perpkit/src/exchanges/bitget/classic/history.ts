import type { Call, Endpoint, HistoryQuery, Instruments } from '../../../client/definition.ts'
import type { Reader } from '../../../core/reader.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { Fill, FuturesOrder } from '../../../model/order.ts'
import { isOpen, opposite, type PositionSide } from '../../../model/tokens.ts'
import { readFill } from '../fillRow.ts'
import { become, unlessNotFound } from '../orderRow.ts'
import { PAGE_SIZE, type PageRequest, readPage } from '../pages.ts'
import { CLASSIC_SPAN_MS, type PastPage, type PastRow, readPast } from '../pastPages.ts'
import { productOf } from '../symbols.ts'
import { readPositionSide, readSide, wordOf } from '../tokens.ts'
import { closesInHedgeMode, isChild, LIST, orderDetail, readPlainOrder } from './orders.ts'
import { type PlanOrder, readPlan } from './planRow.ts'
import { triggerStores } from './triggers.ts'

// What has ended: plain orders, three stores of conditional ones, and fills.

/**
 * A conditional order that has triggered is told once: under its own id, as the order it became.
 */
export async function getOrderHistory(call: Call, query: HistoryQuery): Promise<FuturesOrder[]> {
  const plans = await readPlans(call, query)
  const childIds = new Set(plans.map(({ plan }) => plan.childId))
  const { rows, aside } = await readPast(
    call,
    {
      endpoint: endedOrders,
      filter: ofInstrument(query.instrument),
      spanMs: CLASSIC_SPAN_MS,
      repeatsTimes: false,
      isMeant: ({ id, isChild }) => !isChild && !childIds.has(id),
    },
    query,
  )
  const ended: FuturesOrder[] = []
  for (const { plan } of plans) {
    if (ended.length >= query.limit) break
    const seen = plan.childId === undefined ? undefined : aside.get(plan.childId)?.order
    const told = await withChild(call, query.instrument, plan, seen)
    if (!isOpen(told.status)) ended.push(told)
  }
  return [...rows.map(({ order }) => order), ...ended]
}

export async function getFills(call: Call, query: HistoryQuery): Promise<Fill[]> {
  const { rows } = await readPast(
    call,
    {
      endpoint: fills,
      filter: ofInstrument(query.instrument),
      spanMs: CLASSIC_SPAN_MS,
      repeatsTimes: false,
    },
    query,
  )
  return rows.map(({ fill }) => fill)
}

interface PastPlan extends PastRow {
  plan: PlanOrder
}

interface PastOrder extends PastRow {
  order: FuturesOrder
  /** Whether a conditional order placed it. */
  isChild: boolean
}

interface PastFill extends PastRow {
  fill: Fill
}

function ofInstrument(instrument: Instrument): Record<string, string> {
  return { productType: productOf(instrument).name, symbol: instrument.nativeSymbol }
}

/** Of all stores, newest first. */
async function readPlans(call: Call, query: HistoryQuery): Promise<PastPlan[]> {
  const plans: PastPlan[] = []
  for (const planType of triggerStores) {
    const list = {
      endpoint: endedPlans,
      filter: { ...ofInstrument(query.instrument), planType },
      spanMs: CLASSIC_SPAN_MS,
      repeatsTimes: false,
    }
    plans.push(...(await readPast(call, list, query)).rows)
  }
  return plans.sort((a, b) => b.timestamp - a.timestamp)
}

async function withChild(
  call: Call,
  instrument: Instrument,
  { order, childId }: PlanOrder,
  seen: FuturesOrder | undefined,
): Promise<FuturesOrder> {
  if (childId === undefined) return order
  const child = seen ?? (await unlessNotFound(call(orderDetail, { instrument, orderId: childId })))
  return child ? become(order, child) : order
}

const pastList = {
  method: 'GET',
  access: 'read',
  effect: 'read',
  encode: ({ filter, from }: PageRequest) => ({
    query: { ...filter, idLessThan: from, limit: PAGE_SIZE },
  }),
} as const

/** https://www.bitget.com/api-doc/contract/trade/Get-Orders-History */
const endedOrders: Endpoint<PageRequest, PastPage<PastOrder>> = {
  ...pastList,
  path: '/api/v2/mix/order/orders-history',
  cost: { address: 1, 'v2/mix/order/orders-history': 1 },
  decode(answer, _page, { instruments, receivedAt }) {
    return { ...readPage(answer, LIST, (row) => readPastOrder(row, instruments)), receivedAt }
  },
}

function readPastOrder(row: Reader, instruments: Instruments): PastOrder {
  return {
    id: row.at('orderId').id(),
    timestamp: row.at('cTime').integer(),
    order: readPlainOrder(row, instruments),
    isChild: isChild(row),
  }
}

/** https://www.bitget.com/api-doc/contract/plan/orders-plan-history */
const endedPlans: Endpoint<PageRequest, PastPage<PastPlan>> = {
  ...pastList,
  path: '/api/v2/mix/order/orders-plan-history',
  cost: { address: 1, 'v2/mix/order/orders-plan-history': 1 },
  decode(answer, _page, { instruments, receivedAt }) {
    const page = readPage(answer, LIST, (row) => ({
      id: row.at('orderId').id(),
      timestamp: row.at('cTime').integer(),
      plan: readPlan(row, instruments),
    }))
    return { ...page, receivedAt }
  },
}

/**
 * Of three months at once; the call that is named for the history takes seven days.
 * https://www.bitget.com/api-doc/contract/trade/Get-Order-Fills
 */
const fills: Endpoint<PageRequest, PastPage<PastFill>> = {
  ...pastList,
  path: '/api/v2/mix/order/fills',
  cost: { address: 1, 'v2/mix/order/fills': 1 },
  decode(answer, _page, { instruments, receivedAt }) {
    const names = { list: 'fillList', next: 'endId' }
    return { ...readPage(answer, names, (row) => readPastFill(row, instruments)), receivedAt }
  },
}

function readPastFill(row: Reader, instruments: Instruments): PastFill {
  const side = readSide(row.at('side'))
  const isClose = closesInHedgeMode(row)
  const fill = readFill(
    {
      row,
      fillId: row.at('tradeId'),
      side: isClose ? opposite(side) : side,
      positionSide: positionSideOf(row),
      quantity: row.at('baseVolume'),
      price: row.at('price'),
      fee: { name: 'totalFee', paidIs: 'negative' },
      profit: row.at('profit'),
      timestamp: row.at('cTime'),
    },
    instruments,
  )
  return { id: fill.fillId, timestamp: fill.timestamp, fill }
}

/** Here too `side` is that of the position, in hedge mode (docs/wire/bitget.md 4.5). */
function positionSideOf(row: Reader): PositionSide | undefined {
  if (wordOf(row.at('posMode')) !== 'hedge_mode') return undefined
  const told = readPositionSide(row.at('posSide'))
  return told ?? (readSide(row.at('side')) === 'BUY' ? 'LONG' : 'SHORT')
}
