import {
  type Decimal,
  floorToStep,
  isGreater,
  isLess,
  isMultipleOf,
  isPositive,
  mul,
  toDecimal,
} from '../../core/decimal.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { AuthenticationError, RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { PositionSide, Side, TimeInForce, TriggerSource } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import type { MethodName } from '../definition.ts'

// What callers hand in, checked before anything is sent; each refusal names the numbers.

/** More than any price or quantity has; exchanges refuse longer ones in confusing words. */
const MAX_DIGITS = 30

/** A refusal of ours. */
export function refuse(
  client: Client,
  action: string,
  code: ErrorCode,
  message: string,
): RequestError {
  const exchange = client.definition.name
  return new RequestError(`${exchange} ${action}: ${message}`, { code, exchange, action })
}

/** Private actions ask for the key before anything else, so that nothing at all is sent without. */
export function requireKey(client: Client, action: string): void {
  if (client.hasCredentials) return
  const exchange = client.definition.name
  throw new AuthenticationError(
    `${exchange} ${action} needs apiKey and apiSecret; none were given, nothing was sent`,
    { code: 'MISSING_CREDENTIALS', exchange, action },
  )
}

export function requireSide(client: Client, action: string, side: unknown): Side {
  if (side === 'BUY' || side === 'SELL') return side
  throw refuse(
    client,
    action,
    'INVALID_ARGUMENT',
    `side must be 'BUY' or 'SELL', received ${JSON.stringify(side)}`,
  )
}

export function requireDecimal(
  client: Client,
  action: string,
  name: string,
  value: string | number,
): Decimal {
  const isReadable = typeof value === 'string' || typeof value === 'number'
  const decimal = isReadable ? toDecimal(value) : undefined
  if (decimal !== undefined && isPositive(decimal) && decimal.length <= MAX_DIGITS) return decimal
  throw refuse(
    client,
    action,
    'INVALID_ARGUMENT',
    `${name} must be a number above zero of at most ${MAX_DIGITS} digits, received ${JSON.stringify(value) ?? String(value)}`,
  )
}

/**
 * A quantity the exchange will take: rounded down to the step, within the limits of the symbol for
 * this kind of order.
 */
export function requireQuantity(
  client: Client,
  action: string,
  instrument: Instrument,
  value: string | number,
  kind: 'MARKET' | 'LIMIT',
): Decimal {
  const given = requireDecimal(client, action, 'quantity', value)
  const quantity = floorToStep(given, instrument.stepSize)
  const shown =
    quantity === given ? given : `${given} (${quantity} on the step ${instrument.stepSize})`
  if (isLess(quantity, instrument.minQuantity)) {
    throw refuse(
      client,
      action,
      'BELOW_MINIMUM',
      `quantity ${shown} is below the minimum ${instrument.minQuantity} of ${instrument.symbol}`,
    )
  }
  const maximum = kind === 'MARKET' ? instrument.maxMarketQuantity : instrument.maxQuantity
  if (isGreater(quantity, maximum)) {
    throw refuse(
      client,
      action,
      'ABOVE_MAXIMUM',
      `quantity ${shown} is above the maximum ${maximum} of a ${kind} order of ${instrument.symbol}`,
    )
  }
  return quantity
}

/** A price on the tick. */
export function requirePrice(
  client: Client,
  action: string,
  instrument: Instrument,
  name: string,
  value: string | number,
): Decimal {
  const price = requireDecimal(client, action, name, value)
  if (isMultipleOf(price, instrument.tickSize)) return price
  throw refuse(
    client,
    action,
    'OFF_STEP',
    `${name} ${price} is not a multiple of the tick size ${instrument.tickSize} of ${instrument.symbol}`,
  )
}

/** Orders that may open a position must be worth something; closing ones are exempt everywhere. */
export function requireNotional(
  client: Client,
  action: string,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
): void {
  const notional = mul(quantity, price)
  if (!isLess(notional, instrument.minNotional)) return
  throw refuse(
    client,
    action,
    'BELOW_MINIMUM',
    `${quantity} × ${price} = ${notional} ${instrument.quoteAsset} is below the minimum notional ${instrument.minNotional} of ${instrument.symbol}`,
  )
}

export function requireTrading(client: Client, action: string, instrument: Instrument): void {
  if (instrument.isTrading) return
  throw refuse(client, action, 'NOT_TRADING', `${instrument.symbol} is not open for trading`)
}

export function requireTimeInForce(
  client: Client,
  action: string,
  value: TimeInForce | undefined,
): TimeInForce {
  const timeInForce = value ?? 'GTC'
  const { timeInForce: known } = client.definition.capabilities
  if (known.includes(timeInForce)) return timeInForce
  throw refuse(
    client,
    action,
    'UNSUPPORTED',
    `timeInForce must be one of ${known.join(' ')}, received ${JSON.stringify(timeInForce)}`,
  )
}

export function requireTriggerSource(
  client: Client,
  action: string,
  value: TriggerSource | undefined,
  triggerSources: readonly TriggerSource[] = client.definition.capabilities.triggerSources,
): TriggerSource {
  const source = value ?? triggerSources[0]
  if (source !== undefined && triggerSources.includes(source)) return source
  throw refuse(
    client,
    action,
    'UNSUPPORTED',
    `triggerSource must be one of ${triggerSources.join(' ')}, received ${JSON.stringify(value)}`,
  )
}

function requireClientOrderId(client: Client, action: string, value: string): string {
  if (client.definition.clientOrderIdPattern.test(value)) return value
  throw refuse(
    client,
    action,
    'INVALID_ARGUMENT',
    `clientOrderId ${JSON.stringify(value)} does not match ${client.definition.clientOrderIdPattern.source}`,
  )
}

export function requirePositionSide(
  client: Client,
  action: string,
  value: PositionSide | undefined,
): PositionSide | undefined {
  if (value === undefined || value === 'LONG' || value === 'SHORT') return value
  throw refuse(
    client,
    action,
    'INVALID_ARGUMENT',
    `positionSide must be 'LONG' or 'SHORT', received ${JSON.stringify(value)}`,
  )
}

/** Throws for what the exchange cannot do, with the reason. */
export function requireSupported(client: Client, method: MethodName): void {
  const reason = client.definition.capabilities.unsupported[method]
  if (reason !== undefined) throw refuse(client, method, 'UNSUPPORTED', reason)
}

/** The caller's id, checked, or the next of ours. */
export async function clientOrderIdOf(
  client: Client,
  action: string,
  { clientOrderId }: { clientOrderId?: string },
): Promise<string> {
  if (clientOrderId !== undefined) return requireClientOrderId(client, action, clientOrderId)
  return client.orderId({ number: client.nextNumber(), leg: 0, generation: 0 })
}

export function requireLimit(client: Client, action: string, limit: number): void {
  if (Number.isInteger(limit) && limit >= 1) return
  const message = `limit must be a whole number of at least 1, received ${limit}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}

export function requireWindow(
  client: Client,
  action: string,
  { startTime, endTime }: { startTime?: number | undefined; endTime?: number | undefined },
): void {
  for (const [name, time] of Object.entries({ startTime, endTime })) {
    if (time === undefined || (Number.isFinite(time) && time >= 0)) continue
    const message = `${name} must be milliseconds since the epoch, received ${time}`
    throw refuse(client, action, 'INVALID_ARGUMENT', message)
  }
  if (startTime === undefined || endTime === undefined || startTime <= endTime) return
  const message = `startTime ${startTime} is after endTime ${endTime}`
  throw refuse(client, action, 'INVALID_ARGUMENT', message)
}
