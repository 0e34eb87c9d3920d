import type { Params } from '../../server/params.ts'
import type { Handling, Route } from '../../server/types.ts'
import { algoAmendNames, amendAlgoOf } from './algoAmendment.ts'
import { algoNames, readAlgo } from './algoDraft.ts'
import { placeAlgo } from './algoPlacement.ts'
import { findAlgo, waitingLegs } from './algoRecords.ts'
import { checkAlgo } from './algoSpec.ts'
import { listName } from './auth.ts'
import { pendingAttachedIds } from './clientIds.ts'
import { Refused } from './errors.ts'
import { readFields } from './fields.ts'
import { cancelOperation } from './orders.ts'
import { cancelLinked } from './protection.ts'
import { answering } from './replies.ts'
import {
  algoAmending,
  algoCancelling,
  algoPlacing,
  answerMany,
  answerOne,
  type Row,
} from './rows.ts'
import { knownListing } from './scope.ts'

// Algos live outside the order book under ids of their own: docs/wire/okx.md 4.4.

// https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-place-algo-order
export const placeAlgoOrder: Route = {
  method: 'POST',
  path: '/api/v5/trade/order-algo',
  access: 'signed',
  operation: 'createStop',
  parameters: algoNames,
  handle: answering((handling) => answerOne(handling, algoPlacing, placeOne)),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-cancel-algo-order
export const cancelAlgos: Route = {
  method: 'POST',
  path: '/api/v5/trade/cancel-algos',
  access: 'signed',
  operation: cancelOperation,
  parameters: [listName],
  handle: answering((handling) =>
    answerMany(handling, algoCancelling, { most: 10, code: '51501' }, cancelOne),
  ),
}

// https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-amend-algo-order
export const amendAlgo: Route = {
  method: 'POST',
  path: '/api/v5/trade/amend-algos',
  access: 'signed',
  operation: 'amendOrder',
  parameters: algoAmendNames,
  handle: answering((handling) => answerOne(handling, algoAmending, amendAlgoOf)),
}

function placeOne(handling: Handling, params: Params): Row {
  const { accountId, engine } = handling
  const { tag, ...spec } = readAlgo(handling, params)
  if (pendingAttachedIds(engine, accountId).has(spec.algoClOrdId)) {
    throw new Refused('51068', spec.algoClOrdId)
  }
  checkAlgo(engine, accountId, spec)
  const { conditionalId } = placeAlgo(engine, accountId, spec)
  return {
    algoId: conditionalId,
    algoClOrdId: spec.algoClOrdId,
    clOrdId: '',
    sCode: '0',
    sMsg: '',
    tag,
  }
}

const cancelNames = ['instId', 'algoId', 'algoClOrdId'] as const

function cancelOne(handling: Handling, params: Params): Row {
  const { accountId, engine } = handling
  const fields = readFields(params, cancelNames)
  const { symbol } = knownListing(fields.required('instId')).engine
  const ids = { algoId: fields.text('algoId'), algoClOrdId: fields.text('algoClOrdId') }
  if (ids.algoId === undefined && ids.algoClOrdId === undefined) throw new Refused('51407')
  const algo = findAlgo(engine, accountId, ids)
  if (algo?.symbol !== symbol || algo.state !== 'live') throw new Refused('51400')
  for (const { conditionalId } of waitingLegs(algo)) {
    engine.cancelConditional(accountId, conditionalId)
  }
  if (algo.notes.ordType === 'oco' && algo.notes.link !== '') {
    cancelLinked(engine, accountId, algo.notes.link)
  }
  return {
    algoId: algo.algoId,
    algoClOrdId: algo.algoClOrdId,
    clOrdId: '',
    tag: '',
    sCode: '0',
    sMsg: '',
  }
}
