import type { Handling, Route } from '../../server/types.ts'
import { type Algo, algosOf, findAlgo, openAlgos } from './algoRecords.ts'
import { algoRow } from './algoRow.ts'
import { parameterError, Refused } from './errors.ts'
import { type Fields, knownToken, readFields, readToken } from './fields.ts'
import { readPage } from './paging.ts'
import { answering } from './replies.ts'
import { readScope } from './scope.ts'

// Reading algos: docs/wire/okx.md 4.4.

const detailNames = ['algoId', 'algoClOrdId', 'instId'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-details
export const algoOrder: Route = {
  method: 'GET',
  path: '/api/v5/trade/order-algo',
  access: 'signed',
  operation: 'getOrder',
  parameters: detailNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, detailNames)
    const ids = { algoId: fields.text('algoId'), algoClOrdId: fields.text('algoClOrdId') }
    if (ids.algoId === undefined && ids.algoClOrdId === undefined) {
      throw new Refused('50015', 'algoId', 'algoClOrdId')
    }
    const algo = findAlgo(engine, accountId, ids)
    if (!algo) throw new Refused('51603')
    return [algoRow(engine, algo)]
  }),
}

const listNames = [
  'ordType',
  'algoId',
  'algoClOrdId',
  'instType',
  'instId',
  'after',
  'before',
  'limit',
] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-list
export const algosPending: Route = {
  method: 'GET',
  path: '/api/v5/trade/orders-algo-pending',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: listNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, listNames)
    const isWanted = readFilter(handling, fields)
    return page(handling, fields, openAlgos(engine, accountId).filter(isWanted))
  }),
}

const historyNames = [...listNames, 'state'] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-history
export const algosHistory: Route = {
  method: 'GET',
  path: '/api/v5/trade/orders-algo-history',
  access: 'signed',
  operation: 'getOrder',
  parameters: historyNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, historyNames)
    const isWanted = readFilter(handling, fields)
    const state = readToken(handling, fields, 'state', ['effective', 'canceled', 'order_failed'])
    if (state === undefined && !fields.has('algoId')) throw new Refused('50015', 'state', 'algoId')
    const earliest = engine.now() - 90 * 86_400_000
    const rows = algosOf(engine, accountId).filter(
      (algo) =>
        algo.state !== 'live' &&
        algo.updatedAt >= earliest &&
        isWanted(algo) &&
        (state === undefined || algo.state === state),
    )
    return page(handling, fields, rows)
  }),
}

const algoTypes = [
  'conditional',
  'oco',
  'trigger',
  'move_order_stop',
  'chase',
  'twap',
  'smart_iceberg',
  'iceberg',
] as const

type ListFields = Fields<(typeof listNames)[number]>

/** Of the types only `conditional` and `oco` may be asked for together. */
function readFilter(handling: Handling, fields: ListFields): (algo: Algo) => boolean {
  const types = fields
    .required('ordType')
    .split(',')
    .map((word) => knownToken(handling, 'ordType', word, algoTypes))
  const isPair = types.every((type) => type === 'conditional' || type === 'oco')
  if (types.length > 1 && !isPair) throw parameterError('ordType')
  const scope = readScope(handling, readFields(handling.params, ['instType', 'instId']), {
    instType: false,
  })
  const symbols = new Set(scope.map((listing) => listing.engine.symbol))
  const algoId = fields.text('algoId')
  const algoClOrdId = fields.text('algoClOrdId')
  return (algo) =>
    symbols.has(algo.symbol) &&
    types.some((type) => type === algo.notes.ordType) &&
    (algoId === undefined || algo.algoId === algoId) &&
    (algoId !== undefined || algoClOrdId === undefined || algo.algoClOrdId === algoClOrdId)
}

function page(handling: Handling, fields: ListFields, rows: readonly Algo[]): unknown[] {
  return readPage(rows, fields, ({ algoId }) => algoId).map((algo) =>
    algoRow(handling.engine, algo),
  )
}
