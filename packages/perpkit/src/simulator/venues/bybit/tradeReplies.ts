import { sha256 } from '../../../core/bytes.ts'
import { isRecord } from '../../../core/reader.ts'
import type { Answer } from '../../server/types.ts'
import { addressTooFrequent } from './errors.ts'
import { Refused } from './replies.ts'
import { parseJson } from './socketFrames.ts'

// What `/v5/trade` says to an order: docs/wire/bybit.md 8, "Order entry over WS".

/** What a reply repeats of its message; without `reqId` nothing correlates. */
export interface Asked {
  op: string
  reqId?: string | number
}

/** What became of a message. */
export interface Outcome {
  retCode: number
  retMsg: string
  data?: unknown
  retExtInfo?: unknown
  /** Limits, trace and time, as far as the answer over HTTP tells them. */
  header?: Readonly<Record<string, string>>
}

/** Who says it, and when. */
export interface Speaker {
  connId: string
  now: number
}

/**
 * The answer over HTTP as an outcome; `undefined` for one that was spoilt on its way, which goes out
 * as it is.
 */
export function outcomeOf({ status, headers = {}, body }: Answer): Outcome | undefined {
  const read = parseJson(body)
  if (!isRecord(read) || typeof read.retCode !== 'number') {
    return status === 200 ? undefined : outcomeOfGateway(status)
  }
  return {
    retCode: read.retCode,
    retMsg: typeof read.retMsg === 'string' ? read.retMsg : '',
    data: read.result,
    retExtInfo: read.retExtInfo,
    header: headers,
  }
}

export function outcomeOfRefusal({ code, message }: Refused): Outcome {
  return { retCode: code, retMsg: message }
}

export function orderReply(asked: Asked, outcome: Outcome, { connId, now }: Speaker): string {
  const { retCode, retMsg, data, retExtInfo, header = {} } = outcome
  const Timenow = header.timenow ?? String(now)
  const Traceid =
    header.traceid ?? sha256(`${Timenow} ${connId} ${asked.reqId}`, 'hex').slice(0, 32)
  return JSON.stringify({
    ...(retCode === PERMISSION_DENIED ? {} : echo(asked)),
    retCode,
    retMsg,
    op: asked.op,
    data: data ?? {},
    retExtInfo: retExtInfo ?? {},
    header: { ...limitsIn(header), Traceid, Timenow },
    connId,
  })
}

export function loginReply(asked: Asked, outcome: Outcome, connId: string): string {
  const { retCode, retMsg } = outcome
  return JSON.stringify({ ...echo(asked), retCode, retMsg, op: asked.op, connId })
}

export function pongReply({ connId, now }: Speaker): string {
  return JSON.stringify({ retCode: 0, retMsg: 'OK', op: 'pong', data: [String(now)], connId })
}

/** Its replies come without `reqId`: https://github.com/ccxt/ccxt/pull/29459 */
const PERMISSION_DENIED = 10005

function echo({ reqId }: Asked): { reqId?: string | number } {
  return reqId === undefined ? {} : { reqId }
}

const LIMIT_NAMES = ['X-Bapi-Limit', 'X-Bapi-Limit-Status', 'X-Bapi-Limit-Reset-Timestamp'] as const

function limitsIn(header: Readonly<Record<string, string>>): Record<string, string> {
  const told: Record<string, string> = {}
  for (const name of LIMIT_NAMES) {
    const value = header[name]
    if (value !== undefined) told[name] = value
  }
  return told
}

/** A gateway's status has a code here. */
function outcomeOfGateway(status: number): Outcome {
  const refused = GATEWAY[status] ?? new Refused(10016, 'Server error.')
  return outcomeOfRefusal(refused)
}

const GATEWAY: Readonly<Record<number, Refused>> = {
  403: addressTooFrequent(),
  429: new Refused(10429, 'System level frequency protection'),
}
