import { isRecord } from '../../../core/reader.ts'

/** Protection that came with an order: one item of `attachAlgoOrds`, as it was sent. */
export interface AttachedItem {
  /** Its place in the list it came in, from '0'; the id the venue gives it follows from that. */
  number: string
  attachAlgoClOrdId: string
  tpTriggerPx: string
  tpTriggerPxType: string
  tpOrdPx: string
  tpOrdKind: string
  slTriggerPx: string
  slTriggerPxType: string
  slOrdPx: string
  /** Contracts; `''` for all of the order. */
  sz: string
  amendPxOnTriggerType: string
  callbackRatio: string
  callbackSpread: string
  activePx: string
}

/**
 * What the venue keeps with an order beside the engine's figures, in its own words. An order that an
 * algo became has the algo's notes.
 */
export interface Notes {
  /** As sent: of the order book, or of the algo. */
  ordType: string
  tag: string
  stpMode: string
  /** Leverage when it was placed. */
  lever: string
  /** Of algos and of resting take-profits: what they are there for. */
  leg: '' | 'tp' | 'sl'
  closeFraction: string
  /** Last price when it was placed. */
  last: string
  advanceOrdType: string
  callbackRatio: string
  callbackSpread: string
  activePx: string
  amendPxOnTriggerType: string
  /** The leg of an `oco` that was taken off it. */
  isTakenOff: boolean
  /** A take-profit that rests in the order book. */
  isTpLimit: boolean
  /** Of amending an order down to what was filled: it counts as filled. */
  isAmendedDown: boolean
  /** Protections of one position with the same link know of each other; `''`: of none. */
  link: string
  /** Of a stop with a link: quantity before any take-profit was filled. */
  linkedQuantity: string
  /** `attachAlgoId` of the item it came from. */
  attachedId: string
  /** Of the client's latest request to amend it. */
  reqId: string
  attached: readonly AttachedItem[]
}

const blank: Readonly<Notes> = {
  ordType: '',
  tag: '',
  stpMode: 'cancel_maker',
  lever: '',
  leg: '',
  closeFraction: '',
  last: '',
  advanceOrdType: '',
  callbackRatio: '',
  callbackSpread: '',
  activePx: '',
  amendPxOnTriggerType: '0',
  isTakenOff: false,
  isTpLimit: false,
  isAmendedDown: false,
  link: '',
  linkedQuantity: '',
  attachedId: '',
  reqId: '',
  attached: [],
}

type NamesOf<Type> = {
  [Name in keyof Notes]: Notes[Name] extends Type ? Name : never
}[keyof Notes]

/** Notes for the engine to keep. */
export function keepNotes(notes: Partial<Notes>): Record<string, unknown> {
  return { ...blank, ...notes }
}

/** The notes of an engine's order; what is missing is blank. */
export function readNotes(data: Readonly<Record<string, unknown>>): Notes {
  const text = (name: Exclude<NamesOf<string>, 'leg'>): string => textOf(data, name, blank[name])
  const flag = (name: NamesOf<boolean>): boolean => data[name] === true
  return {
    ordType: text('ordType'),
    tag: text('tag'),
    stpMode: text('stpMode'),
    lever: text('lever'),
    leg: data.leg === 'tp' || data.leg === 'sl' ? data.leg : '',
    closeFraction: text('closeFraction'),
    last: text('last'),
    advanceOrdType: text('advanceOrdType'),
    callbackRatio: text('callbackRatio'),
    callbackSpread: text('callbackSpread'),
    activePx: text('activePx'),
    amendPxOnTriggerType: text('amendPxOnTriggerType'),
    isTakenOff: flag('isTakenOff'),
    isTpLimit: flag('isTpLimit'),
    isAmendedDown: flag('isAmendedDown'),
    link: text('link'),
    linkedQuantity: text('linkedQuantity'),
    attachedId: text('attachedId'),
    reqId: text('reqId'),
    attached: Array.isArray(data.attached) ? data.attached.filter(isRecord).map(readItem) : [],
  }
}

/** The engine's own mark on an order that liquidates. */
export function isLiquidation(data: Readonly<Record<string, unknown>>): boolean {
  return data.liquidation === true
}

function readItem(item: Readonly<Record<string, unknown>>): AttachedItem {
  const text = (name: keyof AttachedItem): string => textOf(item, name, '')
  return {
    number: text('number'),
    attachAlgoClOrdId: text('attachAlgoClOrdId'),
    tpTriggerPx: text('tpTriggerPx'),
    tpTriggerPxType: text('tpTriggerPxType'),
    tpOrdPx: text('tpOrdPx'),
    tpOrdKind: text('tpOrdKind'),
    slTriggerPx: text('slTriggerPx'),
    slTriggerPxType: text('slTriggerPxType'),
    slOrdPx: text('slOrdPx'),
    sz: text('sz'),
    amendPxOnTriggerType: text('amendPxOnTriggerType'),
    callbackRatio: text('callbackRatio'),
    callbackSpread: text('callbackSpread'),
    activePx: text('activePx'),
  }
}

function textOf(data: Readonly<Record<string, unknown>>, name: string, otherwise: string): string {
  const value = data[name]
  return typeof value === 'string' ? value : otherwise
}
