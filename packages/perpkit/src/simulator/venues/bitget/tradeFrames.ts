import { isRecord } from '../../../core/reader.ts'
import type { SocketLink } from '../../server/socketTypes.ts'
import type { Answer } from '../../server/types.ts'

// What order entry over the sockets of both generations has in common.

export type Words = Readonly<Record<string, unknown>>

/** A message, read twice. */
export interface TradeFrame {
  /** As it is said back. */
  said: Words
  /** With long ids as text: what is handed on. */
  exact: Words
}

/** A refusal, in the code that the twin over HTTP or the socket itself has for it. */
export interface TradeRefusal {
  code: string
  msg: string
}

/** What the twin has answered. */
export interface TradeAnswer {
  data: unknown
  /** Milliseconds since the epoch. */
  requestTime: number
  headers: Readonly<Record<string, string>>
}

/** What a message asks for, in the words of its twin. */
export interface Twin {
  label: string
  path: string
  headers?: Readonly<Record<string, string>>
  body: unknown
}

export const ILLEGAL_REQUEST: TradeRefusal = { code: '30002', msg: 'Illegal request' }
export const LOGIN_NEEDED: TradeRefusal = { code: '30004', msg: 'User needs to log in' }
export const BAD_ARGS: TradeRefusal = { code: '30016', msg: 'Param error' }

/** A word beside the order itself that is missing or not what it may be. */
export function badWord(name: string, value: unknown): TradeRefusal {
  const shown = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return { code: '41101', msg: `Param ${name}=${shown} error` }
}

/** Whether a message has no id to be answered by: a text, or a number that is said back as one. */
export function isBadRequestId(id: unknown): boolean {
  return typeof id !== 'number' && (typeof id !== 'string' || id === '')
}

/**
 * Has the twin do it. Tells what it answered or refused; an answer that a fault has spoilt goes out
 * as it is.
 */
export function submitTwin(
  link: SocketLink,
  { label, path, headers = {}, body }: Twin,
  tell: { accepted(answer: TradeAnswer): void; refused(refusal: TradeRefusal): void },
): void {
  const request = { label, method: 'POST', path, headers, body: JSON.stringify(body) } as const
  link.submit(request, (answer) => {
    const envelope = readEnvelope(answer)
    if (!envelope) link.reply(answer.body)
    else if (envelope.code === '00000') tell.accepted(envelope)
    else tell.refused(envelope)
  })
}

/** Leaves a note of every word of a message that nobody knows. */
export function noteUnknown(
  link: SocketLink,
  place: string,
  words: Words,
  known: readonly string[],
): void {
  for (const [name, value] of Object.entries(words)) {
    if (!known.includes(name)) link.unknown('parameter', `${place}.${name}`, value)
  }
}

function readEnvelope({ body, headers = {} }: Answer): (TradeAnswer & TradeRefusal) | undefined {
  let read: unknown
  try {
    read = JSON.parse(body)
  } catch {
    return undefined
  }
  if (!isRecord(read) || typeof read.code !== 'string') return undefined
  const { code, data, msg, requestTime } = read
  return { code, msg: String(msg), data, requestTime: Number(requestTime), headers }
}
