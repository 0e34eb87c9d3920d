import type { Endpoint } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import { type ConditionalOrder, readConditional } from './algoRow.ts'
import { instrumentOf } from './contracts.ts'
import { type Page, type PageStart, pageFields, readPage, type Window } from './pages.ts'
import type { AlgoType } from './tokens.ts'

// The store of conditional orders: it is asked for one kind of order at a time.

/** Which conditional order is meant: by one of its ids, and only among those of one kind. */
export interface AlgoKey {
  instrument: Instrument
  type: AlgoType
  algoId?: string
  clientOrderId?: string
}

/**
 * Open or ended; `undefined` when no order of that kind has the id, which is told by an empty list.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b73278ea1
 */
export const algoOrderQuery: Endpoint<AlgoKey, ConditionalOrder | undefined> = {
  method: 'GET',
  path: '/v5/algo/order',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument, type, algoId, clientOrderId }) => ({
    query: {
      type,
      contract_code: instrument.nativeSymbol,
      algo_id: algoId,
      algo_client_order_id: algoId === undefined ? clientOrderId : undefined,
    },
  }),
  decode: (answer, { instrument, algoId, clientOrderId }) => {
    const row = answer
      .at('data')
      .items()
      .find((item) =>
        algoId === undefined
          ? item.at('algo_client_order_id').optionalId() === clientOrderId
          : item.at('algo_id').id() === algoId,
      )
    return row && readConditional(row, instrument)
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b7345a20e
export const openAlgoOrders: Endpoint<
  PageStart & { type: AlgoType; instrument?: Instrument | undefined },
  Page<ConditionalOrder>
> = {
  method: 'GET',
  path: '/v5/algo/order/opens',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ type, instrument, ...start }) => ({
    query: { type, contract_code: instrument?.nativeSymbol, ...pageFields(start) },
  }),
  decode: (answer, { instrument }, { instruments }) =>
    readPage(answer, (row) => {
      const known = instrumentOf(row, instrument, instruments)
      return known && readConditional(row, known)
    }),
}

/**
 * Ended ones of one kind, of both margin modes.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b7361ac19
 */
export const endedAlgoOrders: Endpoint<
  PageStart & Window & { type: AlgoType; instrument: Instrument },
  Page<ConditionalOrder>
> = {
  method: 'GET',
  path: '/v5/algo/order/history',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ type, instrument, ...page }) => ({
    query: { type, contract_code: instrument.nativeSymbol, ...pageFields(page) },
  }),
  decode: (answer, { instrument }) => readPage(answer, (row) => readConditional(row, instrument)),
}

/**
 * The outcome of each stands beside it, and an unknown or ended one is refused there.
 * https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b73242ab0
 */
export const algoOrdersCancel: Endpoint<
  { instrument: Instrument; algoIds: readonly string[] },
  void
> = {
  method: 'POST',
  path: '/v5/algo/cancel_orders',
  access: 'trade',
  effect: 'idempotent',
  cost: { trade: 1 },
  encode: ({ instrument, algoIds }) => ({
    json: algoIds.map((algoId) => ({ contract_code: instrument.nativeSymbol, algo_id: algoId })),
  }),
  decode(answer) {
    answer.at('data').items()
  },
  // It is being cancelled already.
  unchanged() {},
}
