import type { RawLevel } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'

/** Levels as they are written: thousands a second come by, so no reader is made for each. */
export function readLevels({ value, path }: Reader): readonly RawLevel[] {
  if (Array.isArray(value) && value.every(isLevel)) return value
  throw new ReadError(path, 'pairs of price and quantity', value)
}

function isLevel(row: unknown): row is RawLevel {
  return Array.isArray(row) && typeof row[0] === 'string' && typeof row[1] === 'string'
}
