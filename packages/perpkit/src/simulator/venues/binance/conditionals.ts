import type { ConditionalRequest } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { conditionalMandatory, readConditional } from './conditionalRequest.ts'
import {
  listedConditionalShape,
  placedConditionalShape,
  queriedConditionalShape,
} from './conditionalShapes.ts'
import { Refused } from './errors.ts'
import { newestOrOldest, readWindow, windowNames } from './historyWindow.ts'
import { positionOf } from './legs.ts'
import { findConditional, isRemembered, readAlgoName } from './orderLookup.ts'
import { accepted } from './refusals.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract, readContracts } from './symbols.ts'

// The algo service, with ids and client ids of its own: docs/wire/binance.md 4.6.

export const conditionalRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/New-Algo-Order
  signedRoute('POST', '/fapi/v1/algoOrder', {
    operation: 'createStop',
    mandatory: conditionalMandatory,
    handle(handling) {
      const request = readConditional(handling)
      if (request.endsWithPosition) checkPosition(handling, request)
      const placed = handling.engine.placeConditional(handling.accountId, request)
      return placedConditionalShape(accepted(placed, { tooManyOrders: '-4045' }))
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-Algo-Order
  signedRoute('GET', '/fapi/v1/algoOrder', {
    operation: 'getOrder',
    handle(handling) {
      const conditional = findConditional(handling, readAlgoName(readNames(handling)))
      if (!conditional) throw new Refused('-2013')
      return queriedConditionalShape(handling.engine, conditional)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-Algo-Order
  signedRoute('DELETE', '/fapi/v1/algoOrder', {
    operation: 'cancelOrder',
    handle(handling) {
      const conditional = findConditional(handling, readAlgoName(readNames(handling)))
      if (conditional?.status !== 'WAITING') throw new Refused('-2011')
      const { conditionalId, clientOrderId } = conditional
      accepted(handling.engine.cancelConditional(handling.accountId, conditionalId))
      // The code is text here and a number everywhere else.
      const algoId = Number(conditionalId)
      return { algoId, clientAlgoId: clientOrderId, code: '200', msg: 'success' }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Cancel-All-Algo-Open-Orders
  signedRoute('DELETE', '/fapi/v1/algoOpenOrders', {
    operation: 'cancelAll',
    mandatory: ['symbol'],
    handle(handling) {
      const { engine, accountId } = handling
      const { symbol } = readContract(new Sent(handling, ['symbol']))
      for (const conditional of [...engine.openConditionals(accountId)]) {
        if (conditional.symbol !== symbol) continue
        engine.cancelConditional(accountId, conditional.conditionalId)
      }
      return { code: 200, msg: 'The operation of cancel all open order is done.' }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Algo-Open-Orders
  signedRoute('GET', '/fapi/v1/openAlgoOrders', {
    operation: 'getOpenOrders',
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['algoType', 'symbol', 'algoId'])
      const { list } = readContracts(sent)
      sent.word('algoType', ['CONDITIONAL'], '-1130')
      const algoId = sent.id('algoId')
      return engine
        .openConditionals(accountId)
        .filter(({ symbol }) => list.some((contract) => contract.symbol === symbol))
        .filter(({ conditionalId }) => algoId === undefined || conditionalId === algoId)
        .map((conditional) => listedConditionalShape(engine, conditional))
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Query-All-Algo-Orders
  signedRoute('GET', '/fapi/v1/allAlgoOrders', {
    operation: 'getOrder',
    mandatory: ['symbol'],
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['symbol', 'algoId', ...windowNames])
      const { symbol } = readContract(sent)
      const from = sent.id('algoId')
      const window = readWindow(sent, handling.clock.now(), from !== undefined)
      const limit = sent.limit('limit', 500, 1_000)
      const rows = engine
        .conditionals(accountId)
        .filter((row) => row.symbol === symbol && isRemembered(engine, row))
        .filter((row) => window.holds(row.createdAt))
        .filter((row) => from === undefined || Number(row.conditionalId) >= Number(from))
      return newestOrOldest(rows, limit, from !== undefined || window.hasStart).map((row) =>
        listedConditionalShape(engine, row),
      )
    },
  }),
]

/** An order that ends with the position needs one that it can close: -4509. */
function checkPosition(
  { engine, accountId }: Handling,
  { symbol, side, positionSide }: ConditionalRequest,
): void {
  const closes = side === 'SELL' ? 'LONG' : 'SHORT'
  const position = positionOf(engine, accountId, symbol, positionSide ?? 'BOTH')
  if (position?.side !== closes) throw new Refused('-4509')
}

/** ccxt sends a symbol as well; the algo service makes nothing of it. */
function readNames(handling: Handling): Sent<'algoId' | 'clientAlgoId'> {
  handling.params.ignore('symbol')
  return new Sent(handling, ['algoId', 'clientAlgoId'])
}
