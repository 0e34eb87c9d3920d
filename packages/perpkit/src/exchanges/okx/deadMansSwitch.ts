import type { Call, Endpoint } from '../../client/definition.ts'

/** Orders of the book alone: conditional orders stay, the stops among them. */
export function setCancelAllAfter(call: Call, params: { timeoutMs: number }): Promise<void> {
  return call(cancelAllAfter, params)
}

/** https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-all-after */
const cancelAllAfter: Endpoint<{ timeoutMs: number }, void> = {
  method: 'POST',
  path: '/api/v5/trade/cancel-all-after',
  access: 'trade',
  effect: 'idempotent',
  cost: { 'POST trade/cancel-all-after': 1 },
  encode({ timeoutMs }) {
    return { json: { timeOut: String(Math.ceil(timeoutMs / 1_000)) } }
  },
  decode(answer) {
    // Of what unit it is nobody says: the caller's own clock has to do.
    answer.at('data').at(0).at('triggerTime').integer()
  },
}
