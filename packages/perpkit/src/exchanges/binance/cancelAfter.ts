import type { Call, Endpoint } from '../../client/definition.ts'
import { ReadError } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'

/** For one symbol; its plain orders alone. */
export async function setCancelAllAfter(
  call: Call,
  { timeoutMs, instrument }: { timeoutMs: number; instrument?: Instrument },
): Promise<void> {
  if (!instrument) {
    throw new RequestError('BINANCE setCancelAllAfter counts by symbol: name one', {
      code: 'INVALID_ARGUMENT',
      exchange: 'BINANCE',
      action: 'setCancelAllAfter',
    })
  }
  return call(countdownCancelAll, { nativeSymbol: instrument.nativeSymbol, timeoutMs })
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Auto-Cancel-All-Open-Orders
const countdownCancelAll: Endpoint<{ nativeSymbol: string; timeoutMs: number }, void> = {
  method: 'POST',
  path: '/fapi/v1/countdownCancelAll',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 10 },
  encode: ({ nativeSymbol, timeoutMs }) => ({
    form: { symbol: nativeSymbol, countdownTime: timeoutMs },
  }),
  decode(answer, { timeoutMs }) {
    const set = answer.at('countdownTime').integer()
    if (set !== timeoutMs) throw new ReadError('$.countdownTime', `${timeoutMs} as asked for`, set)
  },
}
