/** What the venue keeps with an order beside the engine's figures, in its own words. */
export interface OrderNotes {
  /** `''` for plain orders. */
  stopOrderType: string
  createType: string
  triggerBy: string
  tpslMode: string
  takeProfit: string
  stopLoss: string
  tpTriggerBy: string
  slTriggerBy: string
  tpLimitPrice: string
  slLimitPrice: string
  lastPriceOnCreated: string
  /** Client id of the entry a leg came with. */
  parentOrderLinkId: string
  /** Order id of the entry a Partial leg grows with; not shown. */
  entryOrderId: string
  smpType: string
  slippageToleranceType: string
  slippageTolerance: string
  closeOnTrigger: boolean
  rpiTakerAccess: boolean
  /** Sent with `qty: "0"`: closes as much as one order may. */
  closesAll: boolean
}

/** The engine's own mark on an order that liquidates. */
export function isLiquidation(data: Readonly<Record<string, unknown>>): boolean {
  return data.liquidation === true
}

const blankNotes: Readonly<OrderNotes> = {
  stopOrderType: '',
  createType: 'CreateByUser',
  triggerBy: '',
  tpslMode: '',
  takeProfit: '',
  stopLoss: '',
  tpTriggerBy: '',
  slTriggerBy: '',
  tpLimitPrice: '',
  slLimitPrice: '',
  lastPriceOnCreated: '',
  parentOrderLinkId: '',
  entryOrderId: '',
  smpType: 'None',
  slippageToleranceType: 'UNKNOWN',
  slippageTolerance: '0',
  closeOnTrigger: false,
  rpiTakerAccess: false,
  closesAll: false,
}

type NoteOf<Type> = {
  [Name in keyof OrderNotes]: OrderNotes[Name] extends Type ? Name : never
}[keyof OrderNotes]

/** The notes of an engine's order; what is missing is blank. */
export function readNotes(data: Readonly<Record<string, unknown>>): OrderNotes {
  const text = (name: NoteOf<string>): string => {
    const value = data[name]
    return typeof value === 'string' ? value : blankNotes[name]
  }
  const flag = (name: NoteOf<boolean>): boolean => data[name] === true
  return {
    stopOrderType: text('stopOrderType'),
    createType: isLiquidation(data) ? 'CreateByTakeOver_PassThrough' : text('createType'),
    triggerBy: text('triggerBy'),
    tpslMode: text('tpslMode'),
    takeProfit: text('takeProfit'),
    stopLoss: text('stopLoss'),
    tpTriggerBy: text('tpTriggerBy'),
    slTriggerBy: text('slTriggerBy'),
    tpLimitPrice: text('tpLimitPrice'),
    slLimitPrice: text('slLimitPrice'),
    lastPriceOnCreated: text('lastPriceOnCreated'),
    parentOrderLinkId: text('parentOrderLinkId'),
    entryOrderId: text('entryOrderId'),
    smpType: text('smpType'),
    slippageToleranceType: text('slippageToleranceType'),
    slippageTolerance: text('slippageTolerance'),
    closeOnTrigger: flag('closeOnTrigger'),
    rpiTakerAccess: flag('rpiTakerAccess'),
    closesAll: flag('closesAll'),
  }
}

/** Notes for the engine to keep. */
export function keepNotes(notes: Partial<OrderNotes>): Record<string, unknown> {
  return { ...blankNotes, ...notes }
}
