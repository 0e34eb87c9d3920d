import { type Decimal, decimalPlaces, floorToStep, roundToStep } from '../../core/decimal.ts'
import type { Instrument, SymbolPrecision } from '../../model/instrument.ts'
import type { Client } from '../client.ts'
import { requireDecimal } from './arguments.ts'

export function getInstruments(client: Client): Promise<Instrument[]> {
  return client.catalogue.all()
}

/** Remembers the maximum leverage where it takes a call of its own. */
const maxLeverages = new WeakMap<Instrument, Promise<number>>()

export async function getSymbolPrecision(client: Client, symbol: string): Promise<SymbolPrecision> {
  const instrument = await client.catalogue.find(symbol)
  const maxLeverage = instrument.maxLeverage ?? (await askMaxLeverage(client, instrument))
  return {
    quantityPrecision: decimalPlaces(instrument.stepSize),
    pricePrecision: decimalPlaces(instrument.tickSize),
    stepSize: instrument.stepSize,
    tickSize: instrument.tickSize,
    minQuantity: instrument.minQuantity,
    maxQuantity: instrument.maxQuantity,
    minNotional: instrument.minNotional,
    contractMultiplier: instrument.contractMultiplier,
    ...(maxLeverage === undefined ? {} : { maxLeverage }),
  }
}

export async function roundQuantity(
  client: Client,
  quantity: string | number,
  symbol: string,
): Promise<Decimal> {
  const given = requireDecimal(client, 'roundQuantity', 'quantity', quantity)
  return floorToStep(given, (await client.catalogue.find(symbol)).stepSize)
}

export async function roundPrice(
  client: Client,
  price: string | number,
  symbol: string,
): Promise<Decimal> {
  const given = requireDecimal(client, 'roundPrice', 'price', price)
  return roundToStep(given, (await client.catalogue.find(symbol)).tickSize)
}

async function askMaxLeverage(client: Client, instrument: Instrument): Promise<number | undefined> {
  const { getMaxLeverage } = client.operations
  if (!getMaxLeverage || !client.hasCredentials) return undefined
  let asked = maxLeverages.get(instrument)
  if (!asked) {
    asked = getMaxLeverage(client.call({ action: 'getSymbolPrecision' }), { instrument })
    asked.catch(() => maxLeverages.delete(instrument))
    maxLeverages.set(instrument, asked)
  }
  return asked
}
