import { isRecord } from '../../../../core/reader.ts'
import { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import { ITEMS } from '../auth.ts'
import { parameterMissing, refused } from '../errors.ts'
import { Refused } from '../replies.ts'

// Bare arrays of items, each of which succeeds or fails by itself: docs/wire/bitget.md 12.4.

const MOST = 20

/** What each item came to, in order; a refused one carries `code` and `msg`. */
export function settleItems(
  handling: Handling,
  act: (params: Params) => Record<string, unknown>,
): Record<string, unknown>[] {
  const items = handling.params.get(ITEMS)
  if (!Array.isArray(items) || items.length === 0) throw parameterMissing(handling, 'orders')
  if (items.length > MOST) throw refused(handling, 'batchTooBig')
  return items.map((item: unknown) => {
    const params = new Params(isRecord(item) ? item : {})
    try {
      const row = act(params)
      for (const { name, value } of params.unread()) handling.unknownWord(`item.${name}`, value)
      return row
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const orderId = params.text('orderId') ?? ''
      const clientOid = params.text('clientOid') ?? ''
      return { orderId, clientOid, code: error.code, msg: error.message }
    }
  })
}
