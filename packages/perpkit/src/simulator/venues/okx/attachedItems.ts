import {
  add,
  type Decimal,
  equals,
  floorToStep,
  isDecimal,
  isGreater,
  isLess,
  mul,
  sub,
  sum,
} from '../../../core/decimal.ts'
import { isRecord } from '../../../core/reader.ts'
import type { EngineSide } from '../../engine/types.ts'
import { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { pendingAttachedIds } from './clientIds.ts'
import { parameterError, Refused } from './errors.ts'
import { type Fields, readFields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import type { AttachedItem } from './notes.ts'
import { readClientId, readLegPrice, readPrice, readSize } from './sizes.ts'
import { readCallback } from './trailing.ts'

// Take-profit and stop-loss attached to an order: docs/wire/okx.md 4.5.

const itemNames = [
  'attachAlgoClOrdId',
  'tpTriggerPx',
  'tpTriggerRatio',
  'tpTriggerPxType',
  'tpOrdPx',
  'tpOrdKind',
  'slTriggerPx',
  'slTriggerRatio',
  'slTriggerPxType',
  'slOrdPx',
  'sz',
  'amendPxOnTriggerType',
  'callbackRatio',
  'callbackSpread',
  'activePx',
] as const

type ItemFields = Fields<(typeof itemNames)[number]>

/** The order that items are attached to. */
export interface Entry {
  listing: Listing
  side: EngineSide
  /** Absent for market orders. */
  price: Decimal | undefined
  /** Contracts. */
  size: string
  /** Whether it can but make its position smaller. */
  isClosing: boolean
}

const sources = ['last', 'mark', 'index'] as const

/** Reads `attachAlgoOrds`, refusing what could not protect the entry. */
export function readAttached(
  handling: Handling,
  given: readonly unknown[],
  entry: Entry,
): AttachedItem[] {
  if (given.length === 0) return []
  if (entry.isClosing) throw new Refused('51333')
  const items = given.map((item, index) => {
    if (!isRecord(item)) throw parameterError('attachAlgoOrds')
    const params = new Params(item)
    const read = readItem(handling, readFields(params, itemNames), entry)
    for (const { name, value } of params.unread()) {
      handling.unknownWord(`attachAlgoOrds.${name}`, value)
    }
    return { ...read, number: String(index) }
  })
  checkItems(handling, items, entry)
  refuseUsedIds(handling, items)
  return items
}

/** Holds items against the entry and against each other. */
export function checkItems(handling: Handling, items: readonly AttachedItem[], entry: Entry): void {
  for (const item of items) refuseWrongSide(handling, item, entry)
  refuseBadSplit(items, entry)
}

function readItem(
  handling: Handling,
  fields: ItemFields,
  entry: Entry,
): Omit<AttachedItem, 'number'> {
  const { listing } = entry
  const tp = readTakeProfit(handling, fields, entry)
  const slTriggerPx = readTrigger(fields, entry, 'slTriggerPx', 'slTriggerRatio')
  const slOrdPx = slTriggerPx === '' ? '' : fields.required('slOrdPx')
  if (slOrdPx !== '') readLegPrice(listing, 'slOrdPx', slOrdPx)
  const trailing = readCallback(fields, listing)
  const activePx = fields.text('activePx') ?? ''
  if (activePx !== '') readPrice(listing, 'activePx', activePx)
  if (tp.tpOrdPx === '' && slTriggerPx === '' && !trailing) {
    throw new Refused('50015', 'tpTriggerPx', 'slTriggerPx')
  }
  const sz = fields.text('sz') ?? ''
  if (sz !== '') {
    readSize(listing, 'sz', sz, { most: listing.maxLimitSize, code: '51101' })
  }
  const source = (name: 'tpTriggerPxType' | 'slTriggerPxType', trigger: string): string =>
    trigger === '' ? '' : (readToken(handling, fields, name, sources) ?? 'last')
  return {
    attachAlgoClOrdId: readClientId('attachAlgoClOrdId', fields.text('attachAlgoClOrdId')),
    ...tp,
    tpTriggerPxType: source('tpTriggerPxType', tp.tpTriggerPx),
    slTriggerPx,
    slTriggerPxType: source('slTriggerPxType', slTriggerPx),
    slOrdPx,
    sz,
    amendPxOnTriggerType: readToken(handling, fields, 'amendPxOnTriggerType', ['0', '1']) ?? '0',
    callbackRatio: trailing?.ratio ?? '',
    callbackSpread: trailing?.spread ?? '',
    activePx,
  }
}

type TakeProfit = Pick<AttachedItem, 'tpTriggerPx' | 'tpOrdPx' | 'tpOrdKind'>

function readTakeProfit(handling: Handling, fields: ItemFields, entry: Entry): TakeProfit {
  const kind = readToken(handling, fields, 'tpOrdKind', ['condition', 'limit']) ?? 'condition'
  if (kind === 'limit') {
    const tpOrdPx = fields.required('tpOrdPx')
    if (tpOrdPx === '-1') throw new Refused('51093')
    readPrice(entry.listing, 'tpOrdPx', tpOrdPx)
    return { tpTriggerPx: '', tpOrdPx, tpOrdKind: kind }
  }
  const tpTriggerPx = readTrigger(fields, entry, 'tpTriggerPx', 'tpTriggerRatio')
  if (tpTriggerPx === '') return { tpTriggerPx, tpOrdPx: '', tpOrdKind: kind }
  const tpOrdPx = fields.required('tpOrdPx')
  readLegPrice(entry.listing, 'tpOrdPx', tpOrdPx)
  return { tpTriggerPx, tpOrdPx, tpOrdKind: kind }
}

/** A trigger price, or a share of the entry's price from which it follows; `''` for none. */
function readTrigger(
  fields: ItemFields,
  { listing, price, side }: Entry,
  name: 'tpTriggerPx' | 'slTriggerPx',
  ratioName: 'tpTriggerRatio' | 'slTriggerRatio',
): Decimal | '' {
  const given = fields.text(name)
  if (given !== undefined) return readPrice(listing, name, given)
  const ratio = fields.text(ratioName)
  if (ratio === undefined) return ''
  // Ratios are understood from a limit price alone; market entries name prices.
  if (price === undefined || !isDecimal(ratio)) throw parameterError(ratioName)
  const isAbove = (name === 'tpTriggerPx') === (side === 'BUY')
  const away = ratio.startsWith('-') ? ratio.slice(1) : ratio
  const trigger = mul(price, isAbove ? add('1', away) : sub('1', away))
  return readPrice(listing, ratioName, floorToStep(trigger, listing.engine.tickSize))
}

/** Against the limit price, or against the touch where the entry is a market order. */
function refuseWrongSide(handling: Handling, item: AttachedItem, entry: Entry): void {
  const { listing, price, side } = entry
  const { ask, bid } = handling.engine.prices(listing.engine.symbol)
  const isLong = side === 'BUY'
  const base = price ?? (isLong ? ask : bid)
  const takeProfit = item.tpTriggerPx === '' ? item.tpOrdPx : item.tpTriggerPx
  const isWrongProfit =
    takeProfit !== '' && !(isLong ? isGreater(takeProfit, base) : isLess(takeProfit, base))
  if (isWrongProfit) {
    if (price !== undefined) throw new Refused(isLong ? '51046' : '51048')
    throw new Refused(isLong ? '51050' : '51052')
  }
  const isWrongStop =
    item.slTriggerPx !== '' &&
    !(isLong ? isLess(item.slTriggerPx, base) : isGreater(item.slTriggerPx, base))
  if (!isWrongStop) return
  if (price !== undefined) throw new Refused(isLong ? '51047' : '51049')
  throw new Refused(isLong ? '51051' : '51053')
}

/** Several take-profits share the entry between them. */
function refuseBadSplit(items: readonly AttachedItem[], { size }: Entry): void {
  const profits = items.filter(({ tpOrdPx }) => tpOrdPx !== '')
  const stops = items.filter(({ slTriggerPx }) => slTriggerPx !== '')
  if (stops.length > 1) throw new Refused('51084')
  if (profits.length > 10) throw new Refused('51079')
  if (profits.length < 2) {
    if (items.some(({ amendPxOnTriggerType }) => amendPxOnTriggerType === '1')) {
      throw new Refused('51085')
    }
    return
  }
  if (profits.some(({ slTriggerPx }) => slTriggerPx !== '')) throw new Refused('51076')
  if (profits.some(({ sz }) => sz === '')) throw new Refused('51089')
  if (!equals(sum(profits.map(({ sz }) => sz)), size)) throw new Refused('51083')
  const distinct = (values: readonly string[]): number => new Set(values).size
  if (distinct(profits.map(({ tpOrdKind }) => tpOrdKind)) > 1) throw new Refused('51091')
  if (profits[0]?.tpOrdKind === 'limit') {
    if (distinct(profits.map(({ tpOrdPx }) => tpOrdPx)) < profits.length) throw new Refused('51092')
    return
  }
  if (distinct(profits.map(({ tpTriggerPxType }) => tpTriggerPxType)) > 1) {
    throw new Refused('51080')
  }
  if (distinct(profits.map(({ tpTriggerPx }) => tpTriggerPx)) < profits.length) {
    throw new Refused('51081')
  }
}

/** Ids that become those of algos must be free there and among what is attached. */
function refuseUsedIds({ accountId, engine }: Handling, items: readonly AttachedItem[]): void {
  const used = pendingAttachedIds(engine, accountId)
  for (const row of engine.openConditionals(accountId)) used.add(row.clientOrderId)
  for (const { attachAlgoClOrdId } of items) {
    if (attachAlgoClOrdId === '') continue
    if (used.has(attachAlgoClOrdId)) throw new Refused('51068', attachAlgoClOrdId)
    used.add(attachAlgoClOrdId)
  }
}
