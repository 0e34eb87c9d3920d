import { gzipSync } from 'node:zlib'
import { parseJson } from '../../../../core/json.ts'
import { isRecord, Reader } from '../../../../core/reader.ts'
import type { SocketFrame, SocketLink } from '../../../server/socketTypes.ts'
import { print } from '../figures.ts'

/** A body as it goes out on every socket but V5's: gzip, in a binary frame (docs/wire/htx.md 8.1). */
export function squeeze(body: unknown): Uint8Array {
  return squeezeText(print(body))
}

export function squeezeText(text: string): Uint8Array {
  return gzipSync(text, { level: 1 })
}

/** A client's message, which is text; `undefined` when it is no object. */
export function readFrame(message: SocketFrame): Reader | undefined {
  if (typeof message !== 'string') return undefined
  try {
    const body: unknown = parseJson(message)
    return isRecord(body) ? new Reader(body, 'frame') : undefined
  } catch {
    return undefined
  }
}

/** What a client calls its message by, echoed as it came. */
export function readTag(reader: Reader, name: 'id' | 'cid'): Record<string, string | number> {
  const { value } = reader.at(name)
  return typeof value === 'string' || typeof value === 'number' ? { [name]: value } : {}
}

/** Leaves a note of every member of a message that nobody asked for, but for the one handed on. */
export function noteUnread(link: SocketLink, reader: Reader, handedOn?: string): void {
  const except = handedOn === undefined ? undefined : `${reader.path}.${handedOn}`
  for (const path of reader.unread()) {
    if (path !== except) link.unknown('parameter', path)
  }
}
