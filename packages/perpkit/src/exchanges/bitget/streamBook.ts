import type { BookFeed, BookMessage, RawLevel, SequenceRule } from '../../client/definition.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { publicTopic } from './streamMarket.ts'

// Order books: docs/wire/bitget.md 8.4. There is no checksum any more.

/**
 * The whole book, whatever depth is asked for: the channels of few levels repeat themselves without
 * ids that would show a gap.
 * https://www.bitget.com/api-doc/contract/websocket/public/Order-Book-Channel
 */
export function bookFeed(instrument: Instrument): BookFeed {
  return { topic: publicTopic(instrument, 'books'), rule: chainRule, decode: chainDecoder() }
}

/**
 * Each change names the one before it. An id that goes back means that the exchange began anew;
 * without the one before, ids must ascend.
 */
export const chainRule: SequenceRule = {
  follows(last, { last: id, previous }) {
    if (id === last) return 'stale'
    if (id < last) return 'gap'
    return previous === undefined || previous === last ? 'next' : 'gap'
  },
}

/**
 * Ids have nineteen digits, more than a number holds: they are counted from that of the snapshot.
 * The first change may begin before it.
 */
function chainDecoder(): (value: unknown) => BookMessage | undefined {
  let origin = 0n
  let isJoining = false
  return (value) => {
    const frame = new Reader(value)
    const book = frame.at('data').at(0)
    const isSnapshot = frame.at('action').string() === 'snapshot'
    const id = readSequence(book.at('seq'))
    if (isSnapshot) {
      origin = id
      isJoining = true
    }
    const last = Number(id - origin)
    // A change that the snapshot holds already.
    if (!isSnapshot && isJoining && last <= 0 && !isReset(book)) return undefined
    const previous = isSnapshot ? undefined : previousOf(book, origin, isJoining)
    if (!isSnapshot) isJoining = false
    return {
      kind: isSnapshot ? 'snapshot' : 'diff',
      first: last,
      last,
      ...(previous !== undefined && { previous }),
      bids: readLevels(book.at('bids')),
      asks: readLevels(book.at('asks')),
      timestamp: book.at('ts').isAbsent() ? frame.at('ts').integer() : book.at('ts').integer(),
    }
  }
}

/** Relative to the snapshot; of the first change what lies before the snapshot counts as it. */
function previousOf(book: Reader, origin: bigint, isJoining: boolean): number | undefined {
  if (book.at('pseq').isAbsent()) return undefined
  // No id there is: whatever was known, this does not follow it.
  if (isReset(book)) return Number.NaN
  const previous = Number(readSequence(book.at('pseq')) - origin)
  return isJoining ? Math.max(0, previous) : previous
}

/** A change after zero: the exchange's own numbering began anew. */
function isReset(book: Reader): boolean {
  const previous = book.at('pseq')
  return !previous.isAbsent() && readSequence(previous) === 0n
}

/** A number or a text, as long as it may be. */
function readSequence(field: Reader): bigint {
  const { value, path } = field
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^\d+$/.test(value)) return BigInt(value)
  throw new ReadError(path, 'a sequence number', value)
}

/** As they are written: many a second come by, so no reader is made for each. */
function readLevels({ value, path }: Reader): readonly RawLevel[] {
  if (Array.isArray(value) && value.every(isLevel)) return value
  throw new ReadError(path, 'pairs of price and quantity', value)
}

function isLevel(row: unknown): row is RawLevel {
  return Array.isArray(row) && isFigure(row[0]) && isFigure(row[1])
}

function isFigure(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}
