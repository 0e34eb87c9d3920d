import { isRecord } from '../../../core/reader.ts'
import type { Answer } from '../../server/types.ts'
import { readJson } from './replies.ts'
import { SocketRefused } from './socketErrors.ts'

// What is said to an operation over the socket: docs/wire/okx.md 8.4.

/** An operation that a client has asked for. */
export interface Asked {
  op: string
  /** The client's name of the message. */
  id: string
  /** Milliseconds since the epoch. */
  receivedAt: number
}

/** The reply to an operation whose twin over REST was answered so. */
export function replyTo(answer: Answer, asked: Asked, now: number): string {
  const said = readJson(answer.body)
  // Broken JSON is broken over a socket too.
  if (said === undefined && answer.body.startsWith('{')) return answer.body
  if (!isRecord(said) || typeof said.code !== 'string') {
    return refusalTo(asked, new SocketRefused('64007', asked.op), now)
  }
  const { code, data, msg } = said
  const rows = Array.isArray(data) ? data.filter(isRecord).map(readRow) : []
  // Beside rows there is no text, also where all of them are refusals.
  const text = rows.length > 0 ? '' : socketWords(msg)
  return envelope(asked, { code, msg: text, data: rows }, now)
}

/** The refusal of an operation as a whole. */
export function refusalTo(
  asked: Asked,
  { code, message }: { code: string; message: string },
  now: number,
): string {
  return envelope(asked, { code, msg: message, data: [] }, now)
}

interface Said {
  code: string
  msg: string
  data: readonly unknown[]
}

/** Times in microseconds. */
function envelope({ id, op, receivedAt }: Asked, said: Said, now: number): string {
  return JSON.stringify({ id, op, ...said, inTime: `${receivedAt}000`, outTime: `${now}900` })
}

function readRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...row, sMsg: socketWords(row.sMsg) }
}

/** The socket names contracts by their code, and says otherwise that an order was placed. */
function socketWords(text: unknown): string {
  if (typeof text !== 'string') return ''
  if (text === 'Order placed') return 'Order successfully placed.'
  return text.replace(/^Parameter instId /, 'Parameter instIdCode ')
}
