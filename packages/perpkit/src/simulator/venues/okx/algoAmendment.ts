import { type AmendRequest, type EngineConditional, isRefusal } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { algoSizeLimit } from './algoDraft.ts'
import { algoRefusal, crossingOf } from './algoPlacement.ts'
import { type Algo, findAlgo, waitingLegs } from './algoRecords.ts'
import { parameterError, Refused } from './errors.ts'
import { type Fields, readFields, readToken } from './fields.ts'
import { listingOf } from './instruments.ts'
import { readNotes } from './notes.ts'
import type { Row } from './rows.ts'
import { knownListing } from './scope.ts'
import { readLegPrice, readPrice, readSize } from './sizes.ts'
import { type LegName, priceKinds, refusePassed } from './triggers.ts'

/** Parameters of trade/amend-algos: docs/wire/okx.md 4.4. */
export const algoAmendNames = [
  'instId',
  'algoId',
  'algoClOrdId',
  'reqId',
  'cxlOnFail',
  'newSz',
  'newTpTriggerPx',
  'newTpOrdPx',
  'newTpTriggerPxType',
  'newSlTriggerPx',
  'newSlOrdPx',
  'newSlTriggerPxType',
  'newTriggerPx',
  'newOrdPx',
  'newTriggerPxType',
  'attachAlgoOrds',
  // Stray keys of foreign clients: docs/wire/okx.md 4.6.
  'stopLossPrice',
  'takeProfitPrice',
] as const

type AmendFields = Fields<(typeof algoAmendNames)[number]>

/** Amends the one algo that is named. */
export function amendAlgoOf(handling: Handling, params: Params): Row {
  const { accountId, engine } = handling
  const fields = readFields(params, algoAmendNames)
  const listing = knownListing(fields.required('instId'))
  const ids = { algoId: fields.text('algoId'), algoClOrdId: fields.text('algoClOrdId') }
  if (ids.algoId === undefined && ids.algoClOrdId === undefined) {
    throw new Refused('50015', 'algoId', 'algoClOrdId')
  }
  const algo = findAlgo(engine, accountId, ids)
  if (algo?.symbol !== listing.engine.symbol || algo.state !== 'live') throw new Refused('51527')
  try {
    amend(handling, fields, algo)
  } catch (error) {
    if (error instanceof Refused && fields.isTrue('cxlOnFail')) {
      for (const leg of waitingLegs(algo)) engine.cancelConditional(accountId, leg.conditionalId)
    }
    throw error
  }
  return {
    algoId: algo.algoId,
    algoClOrdId: algo.algoClOrdId,
    reqId: fields.text('reqId') ?? '',
    sCode: '0',
    sMsg: '',
  }
}

/** What is to become of one leg. */
interface Change {
  leg: EngineConditional
  /** `'off'` takes the leg of an `oco` off. */
  to: AmendRequest | 'off'
}

function amend(handling: Handling, fields: AmendFields, algo: Algo): void {
  const { ordType } = algo.notes
  if (ordType === 'move_order_stop') throw new Refused('51506')
  if (fields.list('attachAlgoOrds').length > 0) throw parameterError('attachAlgoOrds')
  const changes =
    ordType === 'trigger'
      ? [readEntryChange(handling, fields, algo)]
      : [readLegChange(handling, fields, algo, 'tp'), readLegChange(handling, fields, algo, 'sl')]
  const named = changes.filter((change) => change !== undefined)
  const quantity = readQuantity(fields, algo)
  if (named.length === 0 && quantity === undefined) throw new Refused('51500')
  const removed = named.filter(({ to }) => to === 'off').length
  if (removed > 0 && removed === waitingLegs(algo).length) throw new Refused('51531')
  for (const leg of waitingLegs(algo)) {
    const to = named.find((change) => change.leg === leg)?.to ?? {}
    if (to === 'off') takeOff(handling, leg, fields)
    else apply(handling, leg, quantity === undefined ? to : { ...to, quantity }, fields)
  }
}

function readQuantity(fields: AmendFields, { main, notes, symbol }: Algo): string | undefined {
  const newSz = fields.text('newSz')
  if (newSz === undefined) return undefined
  if (main.closePosition) throw new Refused('51524')
  if (notes.link !== '') throw new Refused('51090')
  const listing = listingOf(symbol)
  return readSize(listing, 'newSz', newSz, algoSizeLimit(listing, notes.ordType))
}

function readLegChange(
  handling: Handling,
  fields: AmendFields,
  algo: Algo,
  name: LegName,
): Change | undefined {
  const listing = listingOf(algo.symbol)
  const names = legNames[name]
  const trigger = fields.text(names.trigger)
  const price = fields.text(names.price)
  const source = readToken(handling, fields, names.source, priceKinds)
  if (trigger === undefined && price === undefined && source === undefined) return undefined
  const leg = name === 'tp' ? algo.takeProfit : algo.stopLoss
  if (leg?.status !== 'WAITING') throw new Refused('51526')
  if (trigger === '0' || price === '0') return { leg, to: 'off' }
  if (price !== undefined && price !== '-1' && leg.closePosition) throw new Refused('51523')
  const next = {
    trigger: trigger === undefined ? leg.triggerPrice : readPrice(listing, names.trigger, trigger),
    source: source ?? leg.triggerSource,
    price: price === undefined ? leg.price : readLegPrice(listing, names.price, price),
  }
  refusePassed(handling.engine, listing, leg.side, name, next)
  return {
    leg,
    to: { triggerPrice: next.trigger, triggerSource: next.source, ...becoming(next.price) },
  }
}

const legNames = {
  tp: { trigger: 'newTpTriggerPx', price: 'newTpOrdPx', source: 'newTpTriggerPxType' },
  sl: { trigger: 'newSlTriggerPx', price: 'newSlOrdPx', source: 'newSlTriggerPxType' },
} as const

/** Trigger and price of a `trigger` order go together: docs/wire/okx.md 4.4. */
function readEntryChange(
  handling: Handling,
  fields: AmendFields,
  { main, symbol }: Algo,
): Change | undefined {
  const listing = listingOf(symbol)
  const source = readToken(handling, fields, 'newTriggerPxType', priceKinds) ?? main.triggerSource
  const names = ['newTriggerPx', 'newOrdPx', 'newTriggerPxType'] as const
  if (!names.some((name) => fields.has(name))) return undefined
  const trigger = readPrice(listing, 'newTriggerPx', fields.required('newTriggerPx'))
  const price = readLegPrice(listing, 'newOrdPx', fields.required('newOrdPx'))
  return {
    leg: main,
    to: {
      triggerPrice: trigger,
      triggerSource: source,
      ...crossingOf(handling.engine, listing, { trigger, source, price }),
      ...becoming(price),
    },
  }
}

function becoming(price: string | undefined): AmendRequest {
  return price === undefined ? { orderType: 'MARKET' } : { orderType: 'LIMIT', price }
}

function takeOff(
  { accountId, engine }: Handling,
  leg: EngineConditional,
  fields: AmendFields,
): void {
  const venueData = { ...leg.venueData, isTakenOff: true, reqId: fields.text('reqId') ?? '' }
  engine.amendConditional(accountId, leg.conditionalId, { venueData })
  engine.cancelConditional(accountId, leg.conditionalId)
}

function apply(
  { accountId, engine }: Handling,
  leg: EngineConditional,
  to: AmendRequest,
  fields: AmendFields,
): void {
  if (readNotes(leg.venueData).isTakenOff || Object.keys(to).length === 0) return
  const venueData = { ...leg.venueData, reqId: fields.text('reqId') ?? '' }
  const amended = engine.amendConditional(accountId, leg.conditionalId, { ...to, venueData })
  if (isRefusal(amended)) throw algoRefusal(amended)
}
