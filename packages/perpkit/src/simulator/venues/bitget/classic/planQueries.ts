import type { EngineConditional } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import { productTypes } from '../instruments.ts'
import { readNotes } from '../notes.ts'
import { DAY, type RowKey, readPage } from '../paging.ts'
import { findPlan } from '../plans.ts'
import { reply } from '../replies.ts'
import { readProduct } from '../scope.ts'
import { entrusted } from './orderQueries.ts'
import { idsOf } from './orders.ts'
import { isTpsl, planRow, planStatusOf } from './planRow.ts'

// Lists of plans: docs/wire/bitget.md 4.8. Three kinds, each with a list of its own.

const listFields = [
  'planType',
  'productType',
  'symbol',
  'orderId',
  'clientOid',
  'planStatus',
  'idLessThan',
  'startTime',
  'endTime',
  'limit',
] as const

type ListFields = Fields<(typeof listFields)[number]>

// https://www.bitget.com/api-doc/contract/plan/get-orders-plan-pending
export const plansPending: Route = {
  method: 'GET',
  path: '/api/v2/mix/order/orders-plan-pending',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: listFields,
  handle(handling) {
    const fields = readFields(handling.params, listFields)
    const rows = wantedPlans(handling, fields, (plan) => plan.status === 'WAITING')
    return reply(handling, entrusted(rows.map(planRow)))
  },
}

// https://www.bitget.com/api-doc/contract/plan/orders-plan-history
export const plansHistory: Route = {
  method: 'GET',
  path: '/api/v2/mix/order/orders-plan-history',
  access: 'signed',
  operation: 'getOrder',
  parameters: listFields,
  handle(handling) {
    const fields = readFields(handling.params, listFields)
    const statuses = ['executed', 'fail_execute', 'cancelled'] as const
    const status = readToken(handling, fields, 'planStatus', statuses)
    const rows = wantedPlans(handling, fields, (plan) => {
      if (plan.status === 'WAITING') return false
      return status === undefined || planStatusOf(plan) === status
    })
    const withOrder = rows.map((plan) => ({
      ...planRow(plan),
      executeOrderId: plan.orderId ?? '',
    }))
    return reply(handling, entrusted(withOrder))
  },
}

const subFields = ['planType', 'planOrderId', 'productType'] as const

// https://www.bitget.com/api-doc/contract/plan/Plan-Sub-Orders
export const planSubOrder: Route = {
  method: 'GET',
  path: '/api/v2/mix/order/plan-sub-order',
  access: 'signed',
  operation: 'getOrder',
  parameters: subFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, subFields)
    requiredToken(handling, fields, 'planType', ['normal_plan', 'track_plan'])
    requiredToken(handling, fields, 'productType', productTypes)
    const orderId = required(handling, fields, 'planOrderId')
    const plan = findPlan(handling, { orderId, clientOid: undefined })
    if (!plan) throw refused(handling, 'orderUnknownOnRead')
    const order = plan.orderId === undefined ? undefined : engine.order(accountId, plan.orderId)
    if (!order) return reply(handling, [])
    return reply(handling, [
      {
        orderId: order.orderId,
        price: order.price ?? '',
        type: order.type === 'MARKET' ? 'market' : 'limit',
        status: 'success',
      },
    ])
  },
}

/** A page of the plans meant, newest first; an id goes before times. */
function wantedPlans(
  handling: Handling,
  fields: ListFields,
  isWanted: (plan: EngineConditional) => boolean,
): EngineConditional[] {
  const kinds = ['normal_plan', 'track_plan', 'profit_loss'] as const
  const kind = requiredToken(handling, fields, 'planType', kinds)
  const scope = readProduct(handling, fields)
  const symbols = new Set(scope.map((listing) => listing.engine.symbol))
  const isMeant = (plan: EngineConditional): boolean =>
    symbols.has(plan.symbol) && isOfKind(plan, kind) && isWanted(plan)
  const isHistory = handling.request.path.endsWith('history')
  const ids = idsOf(fields)
  if (ids.orderId !== undefined || ids.clientOid !== undefined) {
    const plan = findPlan(handling, ids)
    return plan && isMeant(plan) ? [plan] : []
  }
  const plans = handling.engine.conditionals(handling.accountId).filter(isMeant).reverse()
  const keyOf = (plan: EngineConditional): RowKey => ({
    id: plan.conditionalId,
    time: plan.createdAt,
  })
  return readPage(handling, fields, plans, keyOf, {
    standard: 100,
    most: 100,
    before: fields.text('idLessThan'),
    longestMs: 90 * DAY,
    // What waits stays listed.
    ...(isHistory ? { reachMs: 90 * DAY } : {}),
  })
}

function isOfKind(
  plan: EngineConditional,
  kind: 'normal_plan' | 'track_plan' | 'profit_loss',
): boolean {
  return kind === 'profit_loss' ? isTpsl(plan) : readNotes(plan.venueData).planType === kind
}
