import { ReadError, Reader } from '../../../core/reader.ts'
import { EXCHANGE_NAMES } from '../../../model/tokens.ts'
import type { ManagedEntryPlan, ManagedLeg, ManagedRecord, ManagedTarget } from './managedRecord.ts'

const SIDES = ['BUY', 'SELL'] as const
const POSITION_SIDES = ['LONG', 'SHORT'] as const
const SOURCES = ['MARK', 'LAST', 'INDEX'] as const
const TIMES = ['GTC', 'IOC', 'FOK', 'GTX'] as const
const KINDS = ['ENTRY', 'STOP', 'BRIDGE', 'TARGET', 'CLOSE'] as const
const STAGES = [
  'ENTERING',
  'PROTECTING',
  'ACTIVE',
  'CLOSING',
  'CANCELLING',
  'COMPLETED',
  'CANCELLED',
] as const
const STATUSES = [
  'NEW',
  'PENDING',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'SENDING',
  'REFUSED',
  'MISSING',
  'UNSEEN',
] as const

/** A record as a journal gives it back. Throws `ReadError` with the path of what is wrong. */
export function readManagedRecord(value: unknown): ManagedRecord {
  const row = new Reader(value, 'record')
  const version = row.at('version').integer()
  if (version !== 1) throw new ReadError('record.version', 'version 1', version)
  const lagsSince = row.at('lagsSince').optionalInteger()
  const enteredAt = row.at('enteredAt').optionalInteger()
  return {
    version,
    id: row.at('id').id(),
    exchange: oneOf(row.at('exchange'), EXCHANGE_NAMES),
    symbol: row.at('symbol').id(),
    nativeSymbol: row.at('nativeSymbol').id(),
    side: oneOf(row.at('side'), SIDES),
    positionSide: oneOf(row.at('positionSide'), POSITION_SIDES),
    number: row.at('number').integer(),
    quantity: row.at('quantity').decimal(),
    covers: oneOf(row.at('covers'), ['POSITION', 'QUANTITY']),
    stopPrice: row.at('stopPrice').decimal(),
    triggerSource: oneOf(row.at('triggerSource'), SOURCES),
    targets: row.at('targets').items().map(targetOf),
    breakEven: oneOf(row.at('breakEven'), ['NO', 'WAITING', 'DONE']),
    onUnprotected: oneOf(row.at('onUnprotected'), ['CLOSE', 'REPORT']),
    ...(row.has('entry') && { entry: entryOf(row.at('entry')) }),
    stage: oneOf(row.at('stage'), STAGES),
    isUnprotected: row.at('isUnprotected').boolean(),
    hasOpened: row.at('hasOpened').boolean(),
    size: row.at('size').decimal(),
    legs: row.at('legs').items().map(legOf),
    previous: row.at('previous').items().map(idOf),
    foreign: row.at('foreign').items().map(idOf),
    ...(lagsSince !== undefined && { lagsSince }),
    ...(enteredAt !== undefined && { enteredAt }),
    ...(row.at('isFixed').optionalBoolean() && { isFixed: true }),
  }
}

function targetOf(row: Reader): ManagedTarget {
  return {
    price: row.at('price').decimal(),
    share: row.at('share').decimal(),
    quantity: row.at('quantity').decimal(),
  }
}

function entryOf(row: Reader): ManagedEntryPlan {
  const price = row.at('price').optionalDecimal()
  const stopPrice = row.at('stopPrice').optionalDecimal()
  return {
    type: oneOf(row.at('type'), ['MARKET', 'LIMIT']),
    ...(price !== undefined && { price }),
    ...(row.has('timeInForce') && { timeInForce: oneOf(row.at('timeInForce'), TIMES) }),
    isAttached: row.at('isAttached').boolean(),
    ...(stopPrice !== undefined && { stopPrice }),
    ...(row.has('watches') && { watches: oneOf(row.at('watches'), SOURCES) }),
  }
}

function legOf(row: Reader): ManagedLeg {
  const orderId = row.at('orderId').optionalString()
  const nextClientOrderId = row.at('nextClientOrderId').optionalString()
  const stopPrice = row.at('stopPrice').optionalDecimal()
  const averagePrice = row.at('averagePrice').optionalDecimal()
  return {
    kind: oneOf(row.at('kind'), KINDS),
    index: row.at('index').integer(),
    generation: row.at('generation').integer(),
    // Of a stop that came with its entry it may be empty.
    clientOrderId: row.at('clientOrderId').string(),
    ...(nextClientOrderId !== undefined && { nextClientOrderId }),
    ...(orderId !== undefined && { orderId }),
    status: oneOf(row.at('status'), STATUSES),
    quantity: row.at('quantity').decimal(),
    ...(stopPrice !== undefined && { stopPrice }),
    ...(row.at('closePosition').optionalBoolean() && { closePosition: true }),
    ...(row.at('isOfPosition').optionalBoolean() && { isOfPosition: true }),
    ...(row.at('isAttached').optionalBoolean() && { isAttached: true }),
    ...(row.has('watches') && { watches: oneOf(row.at('watches'), SOURCES) }),
    executedQty: row.at('executedQty').decimal(),
    ...(averagePrice !== undefined && { averagePrice }),
    sentAt: row.at('sentAt').integer(),
  }
}

function idOf(row: Reader): string {
  return row.id()
}

function oneOf<Token extends string>(row: Reader, tokens: readonly Token[]): Token {
  const found = tokens.find((token) => token === row.value)
  if (found === undefined) throw new ReadError(row.path, tokens.join(' or '), row.value)
  return found
}
