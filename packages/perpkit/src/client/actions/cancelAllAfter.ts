import type { Client } from '../client.ts'
import { refuse, requireKey, requireSupported } from './arguments.ts'

/** The dead man's switch; `timeoutMs` 0 switches it off. */
export async function setCancelAllAfter(
  client: Client,
  timeoutMs: number,
  symbol?: string,
): Promise<boolean> {
  const action = 'setCancelAllAfter'
  requireKey(client, action)
  requireSupported(client, action)
  const { cancelAllAfter } = client.definition.capabilities
  const { setCancelAllAfter: set } = client.operations
  if (!cancelAllAfter || !set) {
    throw refuse(client, action, 'UNSUPPORTED', 'the exchange has no such switch')
  }
  const { minMs, maxMs, stepMs, scope } = cancelAllAfter
  const isInside = timeoutMs >= minMs && timeoutMs <= maxMs && timeoutMs % stepMs === 0
  if (timeoutMs !== 0 && !isInside) {
    const message = `timeoutMs must be 0 (off) or from ${minMs} to ${maxMs} in steps of ${stepMs}, received ${timeoutMs}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  if ((scope === 'symbol') !== (symbol !== undefined)) {
    const message =
      scope === 'symbol'
        ? 'the switch is one for each symbol here: name it'
        : `the switch is one for the whole account here and takes no symbol, received ${JSON.stringify(symbol)}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  const call = client.call({ action, budgetClass: 'protect' })
  await set(
    call,
    symbol === undefined
      ? { timeoutMs }
      : { timeoutMs, instrument: await client.catalogue.find(symbol) },
  )
  return true
}
