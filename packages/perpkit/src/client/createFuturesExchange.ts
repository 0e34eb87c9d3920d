import { EXCHANGE_REGISTRY } from '../exchanges/registry.ts'
import { RequestError } from '../model/errors.ts'
import { EXCHANGE_NAMES } from '../model/tokens.ts'
import type { ExchangeDefinition } from './definition.ts'
import { FuturesClient } from './FuturesClient.ts'
import type { FuturesExchange } from './FuturesExchange.ts'
import type { FuturesExchangeOptions } from './options.ts'

/**
 * The exchange of that name, in any case. Throws `RequestError` for a name there is none of and for
 * options that cannot be meant.
 */
export function createFuturesExchange(
  name: string,
  options: FuturesExchangeOptions = {},
): FuturesExchange {
  const wanted = String(name).trim().toUpperCase()
  const definition = EXCHANGE_REGISTRY.find(
    (known) => known.name === wanted || known.aliases?.includes(wanted),
  )
  if (definition) return new FuturesClient(definition, options)
  throw new RequestError(
    `${JSON.stringify(name)} is not an exchange perpkit knows; the names are ${EXCHANGE_NAMES.join(', ')}`,
    { code: 'UNKNOWN_EXCHANGE' },
  )
}

/** Adds an exchange at run time; a later one of the same name takes the place of the earlier. */
export function registerFuturesExchange(definition: ExchangeDefinition): void {
  const index = EXCHANGE_REGISTRY.findIndex((known) => known.name === definition.name)
  if (index === -1) EXCHANGE_REGISTRY.push(definition)
  else EXCHANGE_REGISTRY[index] = definition
}
