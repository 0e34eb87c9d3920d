import { type Decimal, isGreater, isLess, isMultipleOf, toDecimal } from '../../../core/decimal.ts'
import { type Listing, toQuantity } from './contracts.ts'
import { inputError, volumeTooLarge, volumeTooSmall } from './errors.ts'
import type { Form } from './form.ts'

/** `volume`, whole contracts, in the base asset: docs/wire/htx.md 4.4. */
export function readVolume(form: Form, listing: Listing): Decimal {
  const volume = toDecimal(form.required('volume'))
  if (volume === undefined || !isMultipleOf(volume, '1')) throw inputError()
  if (isLess(volume, '1')) throw volumeTooSmall()
  if (isGreater(volume, listing.maxVolume)) throw volumeTooLarge(listing.maxVolume)
  return toQuantity(listing, volume)
}
