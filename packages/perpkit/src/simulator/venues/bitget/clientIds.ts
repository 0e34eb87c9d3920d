import type { EngineConditional, EngineOrder } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { refused } from './errors.ts'
import { generationOf } from './generation.ts'
import { madeClientId } from './ids.ts'

const classicForm = /^[0-9A-Za-z_:#+-]{1,50}$/
const unifiedForm = /^[.A-Z:/a-z0-9_-]{1,32}$/

/** A client id in the form its generation takes; `''` when none was given. */
export function readClientId(handling: Handling, given: string | undefined): string {
  if (given === undefined) return ''
  const form = generationOf(handling.request.path) === 2 ? classicForm : unifiedForm
  if (!form.test(given)) throw refused(handling, 'clientIdMalformed')
  return given
}

/** As the venue shows it: what a plan becomes has a numeric one of its own. */
export function clientIdOf(order: EngineOrder): string {
  const isOwn = order.conditionalId === undefined && order.clientOrderId !== ''
  return isOwn ? order.clientOrderId : madeClientId(order.orderId)
}

export function planClientIdOf(plan: EngineConditional): string {
  return plan.clientOrderId === '' ? madeClientId(plan.conditionalId) : plan.clientOrderId
}
