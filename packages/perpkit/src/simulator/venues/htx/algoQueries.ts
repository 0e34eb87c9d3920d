import type { Route } from '../../server/types.ts'
import { type AlgoRecord, algoRecords, algoStates, findAlgo } from './algoRecords.ts'
import { algoRow } from './algoRow.ts'
import { emptyField } from './errors.ts'
import { Form } from './form.ts'
import { placeIdOf } from './ids.ts'
import { type AlgoType, algoTypes, readNotes } from './notes.ts'
import { readStates } from './orderQueries.ts'
import { DAY_MS, isWithin, pageNames, readPage, readWindow, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { readOptionalListing, readOptionalMarginMode } from './scope.ts'

// Conditional orders as they are read, one type at a time: docs/wire/htx.md 4.10.

const HISTORY_REACH_MS = 90 * DAY_MS

const idNames = ['contract_code', 'type', 'algo_id', 'algo_client_order_id']

// https://www.htx.com/en-us/opend/newApiPages/
export const singleAlgo: Route = {
  method: 'GET',
  path: '/v5/algo/order',
  access: 'signed',
  operation: 'getOrder',
  parameters: idNames,
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const listing = readOptionalListing(form)
    const type = form.requiredToken('type', algoTypes)
    const algoId = form.text('algo_id')
    const clientId = form.text('algo_client_order_id')
    if (algoId === undefined && clientId === undefined) throw emptyField('algo_id')
    const record = findAlgo(engine, accountId, { algoId, clientId })
    const isMeant =
      record !== undefined &&
      typeOf(record) === type &&
      (listing === undefined || record.primary.symbol === listing.engine.symbol)
    return reply(handling, isMeant ? [algoRow(record)] : [])
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b9754d736
export const openAlgos: Route = {
  method: 'GET',
  path: '/v5/algo/order/opens',
  access: 'signed',
  operation: 'getOpenOrders',
  parameters: [...idNames, 'margin_mode', ...pageNames],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const type = form.requiredToken('type', algoTypes)
    const listing = readOptionalListing(form)
    const mode = readOptionalMarginMode(form)
    const algoId = form.text('algo_id')
    const clientId = form.text('algo_client_order_id')
    const rows = algoRecords(engine, accountId).filter(({ primary, state, ...record }) => {
      if (state !== 'active') return false
      if (mode !== undefined && primary.marginMode !== mode) return false
      if (typeOf({ primary, state, ...record }) !== type) return false
      if (listing !== undefined && primary.symbol !== listing.engine.symbol) return false
      if (algoId !== undefined) return primary.conditionalId === algoId
      return clientId === undefined || primary.clientOrderId === clientId
    })
    return reply(handling, readPage(form, rows, 'oldestFirst', placeOf).map(algoRow))
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b979b0aa2
export const algoHistory: Route = {
  method: 'GET',
  path: '/v5/algo/order/history',
  access: 'signed',
  operation: 'getOrder',
  parameters: [
    'type',
    'contract_code',
    'margin_mode',
    'states',
    'state',
    ...windowNames,
    ...pageNames,
  ],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const type = form.requiredToken('type', algoTypes)
    const listing = readOptionalListing(form)
    const mode = readOptionalMarginMode(form)
    const states = readStates(form, algoStates)
    const window = readWindow(form, engine, HISTORY_REACH_MS)
    const rows = algoRecords(engine, accountId)
      .filter((record) => record.state !== 'active' && typeOf(record) === type)
      .filter(({ primary }) => mode === undefined || primary.marginMode === mode)
      .filter(({ primary }) => listing === undefined || primary.symbol === listing.engine.symbol)
      .filter(({ state }) => states === undefined || states.has(state))
      .filter(({ primary }) => isWithin(window, primary.createdAt))
    return reply(handling, readPage(form, rows, 'newestFirst', placeOf).map(algoRow))
  },
}

function typeOf({ primary }: AlgoRecord): AlgoType | '' {
  return readNotes(primary.venueData).algoType
}

function placeOf({ primary }: AlgoRecord): string {
  return placeIdOf(primary.conditionalId)
}
