import type { Reader } from '../../core/reader.ts'
import type { FeeRates } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'

/** V2 and V3 tell them in the same words, as fractions. */
export function readFeeRates(
  answer: Reader,
  { instrument: { symbol, nativeSymbol } }: { instrument: Instrument },
): FeeRates {
  const rates = answer.at('data')
  return withRaw(
    {
      symbol,
      nativeSymbol,
      makerRate: rates.at('makerFeeRate').decimal(),
      takerRate: rates.at('takerFeeRate').decimal(),
    },
    rates.value,
  )
}
