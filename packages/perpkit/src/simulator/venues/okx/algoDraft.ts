import type { Decimal } from '../../../core/decimal.ts'
import type { EngineSide, PositionLeg } from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import type { AlgoSpec, AlgoType } from './algoSpec.ts'
import { readAttached } from './attachedItems.ts'
import { parameterError, Refused } from './errors.ts'
import { Fields, readFields, readToken, requireToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { isClosing, legFor, readMarginMode, readPositionSide } from './legs.ts'
import type { Notes } from './notes.ts'
import { sides } from './orderDraft.ts'
import { knownListing } from './scope.ts'
import {
  readClientId,
  readLegPrice,
  readPrice,
  readSize,
  readTag,
  type SizeLimit,
} from './sizes.ts'
import { readCallback } from './trailing.ts'
import { type Leg, type LegName, priceKinds } from './triggers.ts'

/** Parameters of trade/order-algo: docs/wire/okx.md 4.4. */
export const algoNames = [
  'instId',
  'tdMode',
  'side',
  'posSide',
  'ordType',
  'sz',
  'closeFraction',
  'algoClOrdId',
  'clOrdId',
  'reduceOnly',
  'cxlOnClosePos',
  'tag',
  'slTriggerPx',
  'slOrdPx',
  'slTriggerPxType',
  'tpTriggerPx',
  'tpOrdPx',
  'tpOrdKind',
  'tpTriggerPxType',
  'triggerPx',
  'orderPx',
  'triggerPxType',
  'advanceOrdType',
  'attachAlgoOrds',
  'callbackRatio',
  'callbackSpread',
  'callBackRatio',
  'callBackSpread',
  'activePx',
  // Spot and margin only.
  'ccy',
  'tgtCcy',
  'quickMgnType',
  'tradeQuoteCcy',
  // Stray keys of foreign clients: docs/wire/okx.md 4.6.
  'trigger',
  'stopLossPrice',
  'trailingPrice',
] as const

type AlgoFields = Fields<(typeof algoNames)[number]>

/** What the venue takes under `ordType`; the last four are not built here. */
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

/** Reads an algo, refusing what the venue calls a wrong parameter. */
export function readAlgo(handling: Handling, params: Params): AlgoSpec & { tag: string } {
  const { accountId, engine } = handling
  const fields = readFields(params, algoNames)
  const instId = fields.required('instId')
  const tdMode = fields.required('tdMode')
  const side = sides[requireToken(handling, fields, 'side', ['buy', 'sell'])]
  const ordType = readType(handling, fields)
  // Clients that know the old name send `clOrdId`.
  const idName = fields.has('algoClOrdId') ? 'algoClOrdId' : 'clOrdId'
  const algoClOrdId = readClientId(idName, fields.text(idName))
  const tag = readTag(fields.text('tag'))
  const positionSide = readPositionSide(handling, fields)
  const listing = knownListing(instId)
  const { symbol } = listing.engine
  const leg = legFor(symbol, readMarginMode(handling, 'tdMode', tdMode), positionSide)
  const closing = readClosing(fields, { ordType, leg, side })
  const size = closing.isWhole ? '' : (fields.text('sz') ?? '')
  if (!closing.isWhole && size === '') throw new Refused('50015', 'sz', 'closeFraction')
  const quantity = closing.isWhole
    ? '0'
    : readSize(listing, 'sz', size, algoSizeLimit(listing, ordType))
  const endsWithPosition = fields.isTrue('cxlOnClosePos')
  if (endsWithPosition && !closing.isClosing) throw parameterError('cxlOnClosePos')
  const notes: Partial<Notes> = {
    tag,
    lever: String(engine.leverage(accountId, symbol, leg)),
    closeFraction: closing.isWhole ? '1' : '',
    last: engine.prices(symbol).last,
  }
  const { isClosing: closes } = closing
  return {
    ordType,
    listing,
    leg,
    side,
    quantity,
    reduceOnly: closing.reduceOnly,
    closesPosition: closing.isWhole,
    endsWithPosition,
    algoClOrdId,
    tag,
    ...readTerms(handling, fields, { ordType, listing, leg, side, size, isClosing: closes, notes }),
  }
}

/** How large an algo may be, in contracts. */
export function algoSizeLimit(listing: Listing, ordType: string): SizeLimit {
  if (ordType === 'trigger') return { most: listing.maxLimitSize, code: '51101' }
  const most = listing.maxMarketSize
  return ordType === 'move_order_stop'
    ? { most, code: '51312', figures: ['0', most] }
    : { most, code: '51275', figures: [most] }
}

function readType(handling: Handling, fields: AlgoFields): AlgoType {
  const ordType = requireToken(handling, fields, 'ordType', algoTypes)
  switch (ordType) {
    case 'conditional':
    case 'oco':
    case 'trigger':
    case 'move_order_stop':
      return ordType
    default:
      throw parameterError('ordType')
  }
}

interface Closing {
  reduceOnly: boolean
  /** Whether it can but make the position smaller. */
  isClosing: boolean
  /** Whether it closes the whole position, whatever that is when it fires. */
  isWhole: boolean
}

/** What closes: in net mode it says so itself, in long/short mode its sides do. */
function readClosing(
  fields: AlgoFields,
  { leg, ordType, side }: { leg: PositionLeg; ordType: AlgoType; side: EngineSide },
): Closing {
  const isNet = leg.positionSide === undefined
  const reduceOnly = fields.isTrue('reduceOnly') && isNet
  if (ordType === 'trigger' && reduceOnly) throw new Refused('51205')
  const closes = isClosing({ ...leg, side, reduceOnly })
  const closeFraction = fields.text('closeFraction')
  if (closeFraction === undefined) return { reduceOnly, isClosing: closes, isWhole: false }
  if (closeFraction !== '1') throw parameterError('closeFraction')
  if (ordType !== 'conditional' && ordType !== 'oco') throw new Refused('51330')
  const isMarket = [fields.text('slOrdPx'), fields.text('tpOrdPx')].every(
    (price) => price === undefined || price === '-1',
  )
  if (!isMarket) throw new Refused('51330')
  if (!closes) throw new Refused(isNet ? '51328' : '51331')
  return { reduceOnly, isClosing: closes, isWhole: true }
}

type Terms = Pick<
  AlgoSpec,
  'stopLoss' | 'takeProfit' | 'restingProfit' | 'entry' | 'trailing' | 'notes'
>

/** What is read already of an algo whose terms are read. */
interface Frame {
  ordType: AlgoType
  listing: Listing
  leg: PositionLeg
  side: EngineSide
  /** Contracts. */
  size: string
  isClosing: boolean
  notes: Partial<Notes>
}

function readTerms(handling: Handling, fields: AlgoFields, frame: Frame): Terms {
  switch (frame.ordType) {
    case 'conditional':
      return readConditional(handling, fields, frame)
    case 'oco':
      return readPair(handling, fields, frame)
    case 'trigger':
      return readEntry(handling, fields, frame)
    case 'move_order_stop':
      return readTrailing(fields, frame)
  }
}

/** With both legs the venue executes the stop alone, in net mode: docs/wire/okx.md 4.4. */
function readConditional(handling: Handling, fields: AlgoFields, frame: Frame): Terms {
  const stopLoss = readLeg(handling, fields, frame.listing, 'sl')
  const takeProfit = readLeg(handling, fields, frame.listing, 'tp')
  const isNet = frame.leg.positionSide === undefined
  if (stopLoss && takeProfit && !isNet) return { stopLoss, takeProfit, notes: frame.notes }
  if (stopLoss) return { stopLoss, notes: frame.notes }
  if (!takeProfit) throw new Refused('50015', 'tpTriggerPx', 'slTriggerPx')
  return { takeProfit, notes: frame.notes }
}

function readPair(handling: Handling, fields: AlgoFields, frame: Frame): Terms {
  const { listing, notes } = frame
  const kind = readToken(handling, fields, 'tpOrdKind', ['condition', 'limit'])
  const stopLoss = readLeg(handling, fields, listing, 'sl')
  if (kind === 'limit') {
    if (!stopLoss) throw new Refused('51095')
    if (!frame.isClosing || !fields.isTrue('cxlOnClosePos')) throw new Refused('51096')
    const price = fields.required('tpOrdPx')
    if (price === '-1') throw new Refused('51093')
    return { stopLoss, restingProfit: readPrice(listing, 'tpOrdPx', price), notes }
  }
  const takeProfit = readLeg(handling, fields, listing, 'tp')
  if (!stopLoss) throw new Refused('50014', 'slTriggerPx')
  if (!takeProfit) throw new Refused('50014', 'tpTriggerPx')
  return { stopLoss, takeProfit, notes }
}

function readLeg(
  handling: Handling,
  fields: AlgoFields,
  listing: Listing,
  name: LegName,
): Leg | undefined {
  const source = readToken(handling, fields, `${name}TriggerPxType`, priceKinds) ?? 'last'
  const trigger = fields.text(`${name}TriggerPx`)
  if (trigger === undefined) return undefined
  return {
    trigger: readPrice(listing, `${name}TriggerPx`, trigger),
    source,
    price: readLegPrice(listing, `${name}OrdPx`, fields.required(`${name}OrdPx`)),
  }
}

function readEntry(handling: Handling, fields: AlgoFields, frame: Frame): Terms {
  const { isClosing: closes, listing, notes, side, size } = frame
  const source = readToken(handling, fields, 'triggerPxType', priceKinds) ?? 'last'
  const trigger = readPrice(listing, 'triggerPx', fields.required('triggerPx'))
  const price = readLegPrice(listing, 'orderPx', fields.required('orderPx'))
  const advance = readToken(handling, fields, 'advanceOrdType', ['fok', 'ioc', 'chase'])
  if (advance === 'chase') throw parameterError('advanceOrdType')
  const timeInForce = advance === 'fok' ? 'FOK' : advance === 'ioc' ? 'IOC' : 'GTC'
  const attached = readAttached(handling, fields.list('attachAlgoOrds'), {
    listing,
    side,
    price: price ?? trigger,
    size,
    isClosing: closes,
  })
  return {
    entry: { trigger, source, price, timeInForce },
    notes: { ...notes, advanceOrdType: advance ?? '', attached },
  }
}

function readTrailing(fields: AlgoFields, { listing, notes }: Frame): Terms {
  const callback = readCallback(asOneSpelling(fields), listing)
  if (!callback) throw new Refused('50015', 'callbackRatio', 'callbackSpread')
  const active = fields.text('activePx')
  const activePx: Decimal | undefined =
    active === undefined ? undefined : readPrice(listing, 'activePx', active)
  return { trailing: { ...callback, activePx }, notes }
}

/** Both spellings are taken: docs/wire/okx.md 4.4. */
function asOneSpelling(fields: AlgoFields): Fields<'callbackRatio' | 'callbackSpread'> {
  const values = new Map<string, unknown>()
  const ratio = fields.text('callbackRatio') ?? fields.text('callBackRatio')
  const spread = fields.text('callbackSpread') ?? fields.text('callBackSpread')
  if (ratio !== undefined) values.set('callbackRatio', ratio)
  if (spread !== undefined) values.set('callbackSpread', spread)
  return new Fields(values)
}
