import type { Route } from '../../server/types.ts'
import { parameterError } from './errors.ts'
import { readFields } from './fields.ts'
import { answering } from './replies.ts'
import { readTag } from './sizes.ts'

const timerNames = ['timeOut', 'tag'] as const

// Orders of the book alone; algos stay: docs/wire/okx.md 4.3.
// https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-all-after
export const cancelAllAfter: Route = {
  method: 'POST',
  path: '/api/v5/trade/cancel-all-after',
  access: 'signed',
  operation: 'cancelAll',
  parameters: timerNames,
  handle: answering(({ accountId, clock, engine, params }) => {
    const fields = readFields(params, timerNames)
    const seconds = Number(fields.required('timeOut'))
    const isOff = seconds === 0
    if (!Number.isInteger(seconds) || (!isOff && (seconds < 10 || seconds > 120))) {
      throw parameterError('timeOut')
    }
    const tag = readTag(fields.text('tag'))
    engine.setCancelAllTimer(accountId, {
      includesConditionals: false,
      ...(isOff ? {} : { at: engine.now() + seconds * 1000 }),
      ...(tag === '' ? {} : { among: { tag } }),
    })
    const now = clock.now()
    const triggerTime = isOff ? '0' : String(now + seconds * 1000)
    return [{ triggerTime, tag, ts: String(now) }]
  }),
}
