import { OutcomeUnknownError, PerpkitError, RequestError } from '../../model/errors.ts'
import type { FuturesOrder } from '../../model/order.ts'
import type { Client } from '../client.ts'
import type { BatchItem, PlainOrderIntent } from '../definition.ts'
import { toExchangeError } from '../refusal.ts'
import type { OrderRequest, OrderResult } from '../requests.ts'
import { conclude, outcomeOf, recordIntent } from '../safety/submit.ts'
import { refuse, requireKey, requireSupported } from './arguments.ts'
import {
  type PreparedConditional,
  placeConditional,
  prepareConditional,
} from './conditionalOrder.ts'
import { placementOf, tellsOfOtherModes } from './placement.ts'
import {
  finishPlainOrder,
  type PreparedOrder,
  placePlainOrder,
  preparePlainOrder,
  submissionOf,
} from './plainOrder.ts'

const ACTION = 'createOrders'

/**
 * Sends many orders, plain ones in native batches where the exchange takes them. All arguments are
 * checked before anything is sent; after that each order has its own end, told in its own result.
 */
export async function createOrders(
  client: Client,
  requests: readonly OrderRequest[],
): Promise<OrderResult[]> {
  requireKey(client, ACTION)
  requireSupported(client, ACTION)
  if (!Array.isArray(requests)) {
    throw refuse(client, ACTION, 'INVALID_ARGUMENT', 'orders must be a list')
  }
  const steps: Step[] = []
  for (const [index, request] of requests.entries()) {
    steps.push(await prepare(client, request, index))
  }
  requireDifferentIds(client, steps)
  const results = new Map<Step, OrderResult>()
  for (const group of groupsOf(client, steps)) {
    for (const [step, result] of await placeGroup(client, group)) results.set(step, result)
  }
  return steps.flatMap((step) => results.get(step) ?? [])
}

type Step =
  | { kind: 'plain'; order: PreparedOrder }
  | { kind: 'conditional'; order: PreparedConditional }

type PlainStep = Extract<Step, { kind: 'plain' }>

async function prepare(client: Client, request: OrderRequest, index: number): Promise<Step> {
  const action = `${ACTION}[${index}]`
  switch (request?.type) {
    case 'MARKET':
    case 'LIMIT':
      return { kind: 'plain', order: await preparePlainOrder(client, action, request) }
    case 'STOP_MARKET':
    case 'TAKE_PROFIT_MARKET':
    case 'TRAILING_STOP_MARKET':
      return { kind: 'conditional', order: await prepareConditional(client, action, request) }
    default: {
      const message = `type must be MARKET, LIMIT, STOP_MARKET, TAKE_PROFIT_MARKET or TRAILING_STOP_MARKET, received ${JSON.stringify(request)}`
      throw refuse(client, action, 'INVALID_ARGUMENT', message)
    }
  }
}

function requireDifferentIds(client: Client, steps: readonly Step[]): void {
  const seen = new Set<string>()
  for (const { order } of steps) {
    const { clientOrderId } = order
    if (seen.has(clientOrderId)) {
      const message = `clientOrderId ${JSON.stringify(clientOrderId)} is given twice`
      throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
    }
    seen.add(clientOrderId)
  }
}

/** Neighbours that one native call takes; everything else alone. The caller's order stays. */
function groupsOf(client: Client, steps: readonly Step[]): Step[][] {
  const { batch } = client.definition.capabilities
  const groups: Step[][] = []
  for (const step of steps) {
    const group = groups.at(-1)
    const first = group?.[0]
    const fits =
      batch !== undefined &&
      client.operations.createOrders !== undefined &&
      group !== undefined &&
      first?.kind === 'plain' &&
      step.kind === 'plain' &&
      group.length < batch.maxOrders &&
      (!batch.oneSymbol || first.order.instrument === step.order.instrument)
    if (fits) group.push(step)
    else groups.push([step])
  }
  return groups
}

async function placeGroup(client: Client, group: Step[]): Promise<[Step, OrderResult][]> {
  const [first] = group
  if (!first) return []
  if (group.length === 1) {
    const place = (): Promise<FuturesOrder> =>
      first.kind === 'plain'
        ? placePlainOrder(client, first.order)
        : placeConditional(client, first.order)
    return [[first, await resultOf(first, place)]]
  }
  return placeBatch(
    client,
    group.filter((step) => step.kind === 'plain'),
  )
}

/** One native call. An item whose end it does not tell is looked up like a single order. */
async function placeBatch(client: Client, steps: PlainStep[]): Promise<[Step, OrderResult][]> {
  const { createOrders: send } = client.operations
  if (!send) throw new TypeError(`${client.definition.name} has no batches`)
  const batch: { step: PlainStep; intent: PlainOrderIntent }[] = []
  const results: [Step, OrderResult][] = []
  for (const step of steps) {
    try {
      batch.push({ step, intent: step.order.intent(await placementOf(client, step.order)) })
    } catch (error) {
      results.push([step, failed(step, error)])
    }
  }
  const isProtective = batch.every(({ intent }) => intent.reduceOnly)
  const call = client.call({
    action: ACTION,
    budgetClass: isProtective ? 'protect' : 'ordinary',
    signal: steps[0]?.order.signal,
    async beforeSend(stamp) {
      for (const { step, intent } of batch) {
        await recordIntent(client, submissionOf(step.order, intent), stamp)
      }
    },
  })
  const intents = batch.map(({ intent }) => intent)
  let ends: readonly End[]
  try {
    await client.witness()
    ends = (await send(call, intents)).map((item) => endOf(client, item))
  } catch (error) {
    ends = batch.map(() => ({ error }))
  }
  const finished = batch.map(async ({ step, intent }, index): Promise<[Step, OrderResult]> => {
    const end = ends[index] ?? { error: missing(client) }
    return [step, await resultOf(step, () => finish(client, step, intent, end))]
  })
  return [...results, ...(await Promise.all(finished))]
}

type End = { order: FuturesOrder } | { error: unknown }

async function finish(
  client: Client,
  { order: prepared }: PlainStep,
  intent: PlainOrderIntent,
  end: End,
): Promise<FuturesOrder> {
  if ('error' in end) {
    if (tellsOfOtherModes(end.error)) {
      // Refused, so it does not stand: alone it is sent in the modes that are read anew.
      client.modes.forget()
      return placePlainOrder(client, prepared)
    }
    const found = await conclude(client, submissionOf(prepared, intent), end.error)
    return finishPlainOrder(client, prepared, found)
  }
  await client.journal.settle(prepared.clientOrderId, 'done')
  return finishPlainOrder(client, prepared, end.order)
}

function endOf(client: Client, item: BatchItem): End {
  if ('order' in item) return item
  const exchange = client.definition.name
  if ('refusal' in item) {
    const refusal = { kind: 'refusal', ...item.refusal } as const
    return { error: toExchangeError(refusal, { exchange, action: ACTION, status: 200 }) }
  }
  const { nativeCode, nativeMessage } = item.unknown
  const message = `${exchange} ${ACTION}: the answer does not tell what became of this order: ${nativeMessage} (${nativeCode})`
  return { error: new OutcomeUnknownError(message, { exchange, action: ACTION }) }
}

function missing(client: Client): OutcomeUnknownError {
  const exchange = client.definition.name
  const message = `${exchange} ${ACTION}: the answer has no item for this order`
  return new OutcomeUnknownError(message, { exchange, action: ACTION })
}

async function resultOf(step: Step, place: () => Promise<FuturesOrder>): Promise<OrderResult> {
  try {
    return { outcome: 'done', clientOrderId: step.order.clientOrderId, order: await place() }
  } catch (error) {
    return failed(step, error)
  }
}

function failed(step: Step, error: unknown): OrderResult {
  if (!PerpkitError.is(error)) throw error
  const outcome = error instanceof RequestError ? 'notSent' : outcomeOf(error)
  return { outcome, clientOrderId: step.order.clientOrderId, error }
}
