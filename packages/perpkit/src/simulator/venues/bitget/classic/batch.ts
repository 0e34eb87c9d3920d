import { isRecord } from '../../../../core/reader.ts'
import { Params } from '../../../server/params.ts'
import type { Route } from '../../../server/types.ts'
import { readFields } from '../fields.ts'
import { place } from '../placement.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'
import { readDraft } from './draft.ts'
import { checkCount, noteUnread, settle } from './items.ts'

const batchFields = ['symbol', 'productType', 'marginCoin', 'marginMode', 'orderList'] as const

// https://www.bitget.com/api-doc/contract/trade/Batch-Order
export const batchPlace: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/batch-place-order',
  access: 'signed',
  operation: 'createOrder',
  parameters: batchFields,
  handle(handling) {
    const fields = readFields(handling.params, batchFields)
    const listing = readClassic(handling, fields)
    checkMarginCoin(handling, fields, listing.productType)
    const list = fields.list('orderList') ?? []
    checkCount(handling, 'orderList', list)
    // Of the call, and so of every item.
    const common = {
      symbol: listing.native,
      productType: listing.productType,
      marginCoin: fields.text('marginCoin'),
      marginMode: fields.text('marginMode'),
    }
    const items = list.map((item) => {
      const own = isRecord(item) ? item : {}
      const clientOid = typeof own.clientOid === 'string' ? own.clientOid : undefined
      return { orderId: undefined, clientOid, params: new Params({ ...own, ...common }) }
    })
    const outcomes = settle(items, ({ params }) => {
      const draft = readDraft(handling, params)
      noteUnread(handling, 'orderList', params)
      return place(handling, draft)
    })
    return reply(handling, outcomes)
  },
}
