import type { Instruments } from '../../client/definition.ts'
import { type Decimal, div, isMultipleOf, mul } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'

/** What every question about one symbol names. */
export interface OfInstrument {
  instrument: Instrument
}

/** The words of such a question, where there are no others. */
export function ofContract({ instrument }: OfInstrument): { query: { contract_code: string } } {
  return { query: { contract_code: instrument.nativeSymbol } }
}

/** The row about the symbol in an answer that may have several. */
export function findRow(answer: Reader, { instrument }: OfInstrument): Reader | undefined {
  const rows = answer.at('data').items()
  return rows.find((row) => row.at('contract_code').value === instrument.nativeSymbol)
}

// The wire counts whole contracts, we count in the base asset (docs/wire/htx.md 1).

/** How many contracts a quantity is. Throws `RequestError` for what is no whole number of them. */
export function toContracts(quantity: Decimal, instrument: Instrument): Decimal {
  const { contractMultiplier, symbol } = instrument
  if (isMultipleOf(quantity, contractMultiplier)) return div(quantity, contractMultiplier)
  throw new RequestError(
    `HTX: ${quantity} is no whole number of contracts of ${contractMultiplier} ${symbol}`,
    { code: 'OFF_STEP', exchange: 'HTX' },
  )
}

/**
 * The instrument a row of a list is about; `undefined` for one that was not asked for, and for a
 * contract with a delivery date, whose size nobody told us.
 */
export function instrumentOf(
  row: Reader,
  asked: Instrument | undefined,
  instruments: Instruments,
): Instrument | undefined {
  const nativeSymbol = row.at('contract_code').string()
  if (!asked) return instruments.byNative(nativeSymbol)
  return asked.nativeSymbol === nativeSymbol ? asked : undefined
}

/** The quantity in a field that counts contracts. */
export function readContracts(field: Reader, instrument: Instrument): Decimal {
  return mul(field.decimal(), instrument.contractMultiplier)
}
