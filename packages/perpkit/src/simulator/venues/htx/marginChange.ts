import { negate } from '../../../core/decimal.ts'
import type { Route } from '../../server/types.ts'
import { emptyField, marginShort, refusedByEngine } from './errors.ts'
import { Form } from './form.ts'
import { positionOf } from './positionOf.ts'
import { reply } from './replies.ts'
import { readListing, readPositionSide } from './scope.ts'
import { sidePart } from './sides.ts'

// Margin of an isolated position, more or less of it: docs/wire/htx.md 4.2.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b7247e4dd
export const changeMargin: Route = {
  method: 'POST',
  path: '/v5/position/margin',
  access: 'signed',
  parameters: ['contract_code', 'position_side', 'type', 'amount', 'currency', 'channel_code'],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    form.ignore('channel_code')
    const listing = readListing(form)
    const { symbol } = listing.engine
    form.required('position_side')
    const place = { symbol, marginMode: 'ISOLATED', ...sidePart(readPositionSide(form)) } as const
    const type = form.requiredToken('type', ['add', 'reduce'] as const)
    const amount = form.amount('amount')
    if (amount === undefined) throw emptyField('amount')
    form.token('currency', ['USDT'] as const)
    const position = positionOf(engine, accountId, place)
    if (!position) throw marginShort()
    const change = type === 'add' ? amount : negate(amount)
    const refused = engine.addMargin(accountId, symbol, position.side, change)
    if (refused) throw refusedByEngine(refused, listing.native)
    return reply(handling, null)
  },
}
