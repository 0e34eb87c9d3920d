import { parseJson } from '../../../core/json.ts'
import { isRecord } from '../../../core/reader.ts'
import { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { amend } from './amending.ts'
import { Refused } from './errors.ts'
import type { OrderName } from './orderLookup.ts'
import { cancel, place } from './orders.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'

// Several plain orders in one request: docs/wire/binance.md 4.5. HTTP 200, and for each element its
// order or its refusal, in the order of the request.

export const batchRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Place-Multiple-Orders
  signedRoute('POST', '/fapi/v1/batchOrders', {
    operation: 'createOrder',
    mandatory: ['batchOrders'],
    handle: (handling) => forEachElement(handling, place),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Modify-Multiple-Orders
  signedRoute('PUT', '/fapi/v1/batchOrders', {
    operation: 'amendOrder',
    mandatory: ['batchOrders'],
    handle: (handling) => forEachElement(handling, amend),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-Multiple-Orders
  signedRoute('DELETE', '/fapi/v1/batchOrders', {
    operation: 'cancelOrder',
    mandatory: ['symbol'],
    handle(handling) {
      const sent = new Sent(handling, listNames)
      const { symbol } = readContract(sent)
      return readNames(sent).map((name) => outcome(() => cancel(handling, symbol, name)))
    },
  }),
]

const MOST_ORDERS = 5
const MOST_CANCELS = 10

// The spellings without capitals are ccxt's; the live exchange takes them too.
const listNames = [
  'symbol',
  'orderIdList',
  'orderidlist',
  'origClientOrderIdList',
  'origclientorderidlist',
] as const

function outcome(act: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refused) return error.envelope()
    throw error
  }
}

function forEachElement(
  handling: Handling,
  act: (element: Handling) => Record<string, unknown>,
): Record<string, unknown>[] {
  return readElements(handling).map((element) => {
    const shown = outcome(() => act(element))
    for (const { name, value } of element.params.unread()) {
      handling.unknownWord(`batchOrders[].${name}`, value)
    }
    return shown
  })
}

function readElements(handling: Handling): Handling[] {
  const sent = new Sent(handling, ['batchOrders'])
  const list = readArray('batchOrders', sent.required('batchOrders'))
  if (list.length === 0 || list.length > MOST_ORDERS)
    throw new Refused('-4082', String(list.length))
  return list.map((element) => {
    if (!isRecord(element)) throw new Refused('-1130', 'batchOrders')
    return { ...handling, params: new Params(asTexts(element)) }
  })
}

/** Text, number or boolean: docs/wire/binance.md 4.5. Whatever else counts as not sent. */
function asTexts(element: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(element)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) texts[name] = String(value)
  }
  return texts
}

function readNames(sent: Sent<(typeof listNames)[number]>): OrderName[] {
  const ids = sent.text('orderIdList') ?? sent.text('orderidlist')
  const clientIds = sent.text('origClientOrderIdList') ?? sent.text('origclientorderidlist')
  if (ids !== undefined && clientIds !== undefined) throw new Refused('-1128')
  if (ids !== undefined) {
    return readList('orderIdList', ids).map((id) => ({ id, clientId: undefined }))
  }
  if (clientIds === undefined) {
    throw new Refused('-1102:either', 'origClientOrderIdList', 'orderIdList')
  }
  return readList('origClientOrderIdList', clientIds).map((clientId) => ({
    id: undefined,
    clientId,
  }))
}

function readList(name: string, text: string): string[] {
  const list = readArray(name, text)
  if (list.length === 0 || list.length > MOST_CANCELS) throw new Refused('-1130', name)
  return list.map(String)
}

function readArray(name: string, text: string): unknown[] {
  try {
    const value = parseJson(text)
    if (Array.isArray(value)) return value
  } catch {
    // No JSON: refused as any other value that is not a list.
  }
  throw new Refused('-1130', name)
}
