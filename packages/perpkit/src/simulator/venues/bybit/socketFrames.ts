import { isRecord } from '../../../core/reader.ts'
import type { SocketFrame } from '../../server/socketTypes.ts'

/** The object a frame says; binary and unreadable frames are ignored: docs/wire/bybit.md 8. */
export function readFrame(message: SocketFrame): Record<string, unknown> | undefined {
  if (typeof message !== 'string') return undefined
  const read = parseJson(message)
  return isRecord(read) ? read : undefined
}

/** `undefined` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
