import { sleep } from '../../core/clock.ts'
import { type Decimal, equals, isGreater, sub } from '../../core/decimal.ts'
import { ExchangeError, OutcomeUnknownError, PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen, type TriggerSource } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { AmendIntent } from '../definition.ts'
import type { AmendOrderRequest } from '../requests.ts'
import { settle } from '../safety/settle.ts'
import { outcomeOf, recordIntent } from '../safety/submit.ts'
import {
  clientOrderIdOf,
  refuse,
  requireKey,
  requireNotional,
  requirePrice,
  requireQuantity,
  requireSupported,
} from './arguments.ts'
import { getOrder } from './orders.ts'

const ACTION = 'amendOrder'

/**
 * Reads the order, changes it, and reads it until the change shows. `clientOrderId`: of the order
 * that takes its place, where an exchange replaces orders to change them; default the next of ours.
 * `triggerSource`: what it is to watch, which does not show. `order`: as it was just read. `lookForMs`:
 * how long the change is looked for when its answer is lost.
 */
export async function amendOrder(
  client: Client,
  request: AmendOrderRequest,
  more: {
    clientOrderId?: string
    triggerSource?: TriggerSource
    order?: FuturesOrder
    lookForMs?: number
  } = {},
): Promise<FuturesOrder> {
  requireKey(client, ACTION)
  requireSupported(client, ACTION)
  requireChange(client, request)
  const instrument = await client.catalogue.find(request.symbol)
  const order = more.order ?? (await getOrder(client, request))
  requireOpen(client, order)
  requireAmendable(client, order, request)
  const figures = figuresOf(client, instrument, order, request)
  const { triggerSource } = more
  if (triggerSource === undefined && isAsWanted(order, figures)) return order
  const newClientOrderId = await clientOrderIdOf(client, ACTION, more)
  const source = triggerSource === undefined ? {} : { triggerSource }
  const intent: AmendIntent = { instrument, order, ...figures, ...source, newClientOrderId }
  const amended = await send(client, intent, { signal: request.signal, ...more })
  const context = { action: ACTION, instrument, signal: request.signal }
  return settle(
    client,
    context,
    amended,
    // A receipt repeats what was asked for; only a look tells that it is so.
    (read) =>
      (read !== amended || isState(client)) && (isAsWanted(read, figures) || !isOpen(read.status)),
  )
}

interface Figures {
  quantity?: Decimal
  price?: Decimal
  stopPrice?: Decimal
}

async function send(
  client: Client,
  intent: AmendIntent,
  { signal, lookForMs }: { signal: AbortSignal | undefined; lookForMs?: number },
): Promise<FuturesOrder> {
  const { order, instrument, newClientOrderId } = intent
  await client.witness()
  const budgetClass = order.reduceOnly ? 'protect' : 'ordinary'
  const record = {
    action: ACTION,
    instrument,
    clientOrderId: newClientOrderId,
    budgetClass,
  } as const
  const call = client.call({
    action: ACTION,
    budgetClass,
    signal,
    // Asked only where an order takes the place of the other: that one is new.
    beforeSend: (stamp) => recordIntent(client, { ...record, matches: () => true }, stamp),
  })
  const { amendOrder: amend } = client.operations
  if (!amend) throw refuse(client, ACTION, 'UNSUPPORTED', 'the exchange cannot change orders')
  try {
    const amended = await amend(call, intent)
    await client.journal.settle(newClientOrderId, 'done')
    return amended
  } catch (error) {
    if (error instanceof OutcomeUnknownError) return findOut(client, intent, error, lookForMs)
    await client.journal.settle(newClientOrderId, outcomeOf(error))
    if (!PerpkitError.is(error) || error.code !== 'ORDER_NOT_FOUND') throw error
    // It was open a moment ago: it has ended meanwhile, and the caller is told how.
    requireOpen(client, await getOrder(client, { ...keyOf(intent), symbol: instrument.symbol }))
    throw error
  }
}

/** After a lost answer: the order that shows the change, if one does within the time it may take. */
async function findOut(
  client: Client,
  intent: AmendIntent,
  cause: OutcomeUnknownError,
  lookForMs: number = client.definition.visibilityDelayMs,
): Promise<FuturesOrder> {
  const { instrument, newClientOrderId } = intent
  const { name } = client.definition
  const call = client.call({ action: ACTION, budgetClass: 'protect' })
  const giveUpAt = client.clock.now() + lookForMs
  const keys = [keyOf(intent), { clientOrderId: newClientOrderId }]
  const tried: string[] = []
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    for (const key of keys) {
      try {
        const order = await client.operations.getOrder(call, { instrument, ...key })
        if (intent.triggerSource === undefined && isAsWanted(order, intent)) {
          await client.journal.settle(newClientOrderId, 'done')
          return order
        }
        tried.push(`read ${order.orderId}: ${order.status} ${order.quantity} at ${order.price}`)
      } catch (error) {
        if (!PerpkitError.is(error)) throw error
        tried.push(`asked for ${JSON.stringify(key)}: ${error.code}`)
      }
    }
    if (client.clock.now() + pause > giveUpAt) break
    await sleep(client.clock, pause)
  }
  await client.journal.settle(newClientOrderId, 'unknown')
  throw new OutcomeUnknownError(
    `${name} ${ACTION}: it is not known whether order ${intent.order.orderId} was changed; ` +
      `${tried.length} look-ups over ${lookForMs} ms did not show it`,
    { exchange: name, action: ACTION, clientOrderId: intent.order.clientOrderId, tried, cause },
  )
}

function keyOf({ order }: AmendIntent): { orderId: string } {
  return { orderId: order.orderId }
}

function isState(client: Client): boolean {
  return client.definition.capabilities.orderAnswer === 'state'
}

function isAsWanted(order: FuturesOrder, { quantity, price, stopPrice }: Figures): boolean {
  return (
    (quantity === undefined || equals(order.quantity, quantity)) &&
    (price === undefined || equals(order.price, price)) &&
    (stopPrice === undefined || equals(order.stopPrice ?? '0', stopPrice))
  )
}

function requireChange(client: Client, { quantity, price, stopPrice }: AmendOrderRequest): void {
  if (quantity !== undefined || price !== undefined || stopPrice !== undefined) return
  throw refuse(client, ACTION, 'INVALID_ARGUMENT', 'quantity, price or stopPrice is needed')
}

function requireOpen(client: Client, order: FuturesOrder): void {
  if (isOpen(order.status)) return
  const exchange = client.definition.name
  throw new ExchangeError(
    `${exchange} ${ACTION}: order ${order.orderId} has ended ${order.status} with ${order.executedQty} of ${order.quantity} executed and cannot be changed`,
    { code: 'ORDER_ENDED', exchange, action: ACTION },
  )
}

/** Throws when the exchange cannot change this of an order of this kind. */
function requireAmendable(client: Client, order: FuturesOrder, request: AmendOrderRequest): void {
  const { amend } = client.definition.capabilities
  const isConditional = order.status === 'PENDING'
  const possible: readonly string[] = isConditional ? amend.conditional : amend.plain
  for (const figure of ['quantity', 'price', 'stopPrice'] as const) {
    if (request[figure] === undefined || possible.includes(figure)) continue
    const kind = isConditional ? 'conditional' : 'plain'
    const can = possible.length > 0 ? possible.join(' and ') : 'nothing'
    const message = `of a ${kind} order the exchange can change ${can}, not ${figure}; cancel it and place a new one`
    throw refuse(client, ACTION, 'UNSUPPORTED', message)
  }
}

function figuresOf(
  client: Client,
  instrument: Instrument,
  order: FuturesOrder,
  request: AmendOrderRequest,
): Figures {
  const figures: Figures = {}
  if (request.quantity !== undefined) {
    const kind = order.type === 'LIMIT' ? 'LIMIT' : 'MARKET'
    const quantity = requireQuantity(client, ACTION, instrument, request.quantity, kind)
    if (!isGreater(quantity, order.executedQty)) {
      const message = `quantity ${quantity} is the new total and must be above the ${order.executedQty} already executed`
      throw refuse(client, ACTION, 'INVALID_ARGUMENT', message)
    }
    figures.quantity = quantity
  }
  if (request.price !== undefined) {
    figures.price = requirePrice(client, ACTION, instrument, 'price', request.price)
  }
  if (request.stopPrice !== undefined) {
    figures.stopPrice = requirePrice(client, ACTION, instrument, 'stopPrice', request.stopPrice)
  }
  if (order.type === 'LIMIT' && !order.reduceOnly) {
    const left = sub(figures.quantity ?? order.quantity, order.executedQty)
    requireNotional(client, ACTION, instrument, left, figures.price ?? order.price)
  }
  return figures
}
