import { isDecimal, isPositive, negate } from '../../../core/decimal.ts'
import type { Route } from '../../server/types.ts'
import { parameterError, Refused, refusedByEngine } from './errors.ts'
import { readFields, requireToken } from './fields.ts'
import { legFor, positionOn, readPositionSide, sideWord } from './legs.ts'
import { answering } from './replies.ts'
import { readListing } from './scope.ts'

const marginNames = ['instId', 'posSide', 'type', 'amt', 'ccy'] as const

// What an isolated position has put aside: docs/wire/okx.md 4.1.
// https://www.okx.com/docs-v5/en/#trading-account-rest-api-increase-decrease-margin
export const positionMargin: Route = {
  method: 'POST',
  path: '/api/v5/account/position/margin-balance',
  access: 'signed',
  parameters: marginNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, marginNames)
    const listing = readListing(fields)
    const { settleAsset, symbol } = listing.engine
    const type = requireToken(handling, fields, 'type', ['add', 'reduce'])
    const amt = fields.required('amt')
    if (!isDecimal(amt) || !isPositive(amt)) throw parameterError('amt')
    if (![settleAsset, undefined].includes(fields.text('ccy'))) throw parameterError('ccy')
    const leg = legFor(symbol, 'ISOLATED', readPositionSide(handling, fields))
    const position = positionOn(engine, accountId, leg)
    if (!position) throw new Refused('59300')
    const amount = type === 'add' ? amt : negate(amt)
    const refused = engine.addMargin(accountId, symbol, position.side, amount)
    if (refused) throw refusedByEngine(refused, 'amend')
    const { instId } = listing
    return [{ instId, posSide: sideWord(leg), type, amt, ccy: settleAsset, leverage: '' }]
  }),
}
