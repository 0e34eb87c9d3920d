import { isRecord } from '../../../../core/reader.ts'
import { Params } from '../../../server/params.ts'
import type { Handling } from '../../../server/types.ts'
import type { OrderIds } from '../cancellation.ts'
import { parameterMissing, refused } from '../errors.ts'
import { readFields } from '../fields.ts'
import { Refused } from '../replies.ts'

// Lists of items, each of which succeeds or fails by itself: docs/wire/bitget.md 4.4.

export interface Outcomes {
  successList: { orderId: string; clientOid: string }[]
  failureList: { orderId: string; clientOid: string; errorMsg: string; errorCode: string }[]
}

/** Items a list may have. */
const MOST = 50

/** Whether a list has items, and not too many. */
export function checkCount(handling: Handling, name: string, items: readonly unknown[]): void {
  if (items.length === 0) throw parameterMissing(handling, name)
  if (items.length > MOST) throw refused(handling, 'batchTooBig')
}

/** The ids of an `orderIdList`. */
export function readItems(handling: Handling, items: readonly unknown[] = []): OrderIds[] {
  checkCount(handling, 'orderIdList', items)
  return items.map((item) => {
    const params = new Params(isRecord(item) ? item : {})
    const fields = readFields(params, ['orderId', 'clientOid'])
    noteUnread(handling, 'orderIdList', params)
    return { orderId: fields.text('orderId'), clientOid: fields.text('clientOid') }
  })
}

/** Words of an item that nobody read. */
export function noteUnread(handling: Handling, list: string, params: Params): void {
  for (const { name, value } of params.unread()) handling.unknownWord(`${list}.${name}`, value)
}

/** Does each by itself; what is refused goes to the failures. */
export function settle<Item extends OrderIds>(
  items: readonly Item[],
  act: (item: Item) => { orderId: string; clientOid: string },
): Outcomes {
  const outcomes: Outcomes = { successList: [], failureList: [] }
  for (const item of items) {
    try {
      const { clientOid, orderId } = act(item)
      outcomes.successList.push({ orderId, clientOid })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      outcomes.failureList.push({
        orderId: item.orderId ?? '',
        clientOid: item.clientOid ?? '',
        errorMsg: error.message,
        errorCode: error.code,
      })
    }
  }
  return outcomes
}
