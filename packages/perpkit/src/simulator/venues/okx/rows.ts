import { isRecord } from '../../../core/reader.ts'
import { Params } from '../../server/params.ts'
import type { Answer, Handling } from '../../server/types.ts'
import { listName } from './auth.ts'
import { Refused } from './errors.ts'
import { json } from './replies.ts'

// Writing calls answer in rows of which each has a code of its own: docs/wire/okx.md 4.2 to 4.4.

export type Row = Record<string, string>

/** How one kind of call answers. */
export interface RowKind {
  /** The row of an item that was refused; `sent` is what the client sent under a name. */
  failed(sent: (name: string) => string, refused: Refused, now: string): Row
  /** Calls of the order book carry `inTime` and `outTime`, algo calls do not. */
  isTimed: boolean
  /** Text of the envelope when every item was refused. */
  allFailed: string
}

const inOrderBook = { isTimed: true, allFailed: 'All operations failed' }

const inAlgoStore = { isTimed: false, allFailed: '' }

export const placing: RowKind = {
  ...inOrderBook,
  failed: (sent, refused, ts) => ({
    ordId: '',
    clOrdId: sent('clOrdId'),
    tag: sent('tag'),
    ts,
    sCode: refused.code,
    sMsg: refused.message,
    subCode: refused.subCode,
  }),
}

export const cancelling: RowKind = {
  ...inOrderBook,
  failed: (sent, refused, ts) => ({
    ordId: sent('ordId'),
    clOrdId: sent('clOrdId'),
    ts,
    sCode: refused.code,
    sMsg: refused.message,
  }),
}

export const amending: RowKind = {
  ...inOrderBook,
  failed: (sent, refused, ts) => ({
    ordId: sent('ordId'),
    clOrdId: sent('clOrdId'),
    ts,
    reqId: sent('reqId'),
    sCode: refused.code,
    sMsg: refused.message,
    subCode: refused.subCode,
  }),
}

export const algoPlacing: RowKind = {
  ...inAlgoStore,
  failed: (sent, refused) => ({
    algoId: '',
    algoClOrdId: sent('algoClOrdId'),
    clOrdId: '',
    sCode: refused.code,
    sMsg: refused.message,
    tag: sent('tag'),
  }),
}

export const algoCancelling: RowKind = {
  ...inAlgoStore,
  failed: (sent, refused) => ({
    algoId: sent('algoId'),
    algoClOrdId: sent('algoClOrdId'),
    clOrdId: '',
    tag: '',
    sCode: refused.code,
    sMsg: refused.message,
  }),
}

export const algoAmending: RowKind = {
  ...inAlgoStore,
  failed: (sent, refused) => ({
    algoId: sent('algoId'),
    algoClOrdId: sent('algoClOrdId'),
    reqId: sent('reqId'),
    sCode: refused.code,
    sMsg: refused.message,
  }),
}

/** What one item comes to: its row, or the {@link Refused} that is thrown. */
export type Act = (handling: Handling, params: Params) => Row

/**
 * Answers a body with one item. What refuses the whole request is not caught, but over a socket
 * (docs/wire/okx.md 8.4): there it stands in the row as well.
 */
export function answerOne(handling: Handling, kind: RowKind, act: Act): Answer {
  const row = attempt(handling, handling.params, act)
  const isOverSocket = handling.request.socket !== undefined
  if (row instanceof Refused && row.isOfRequest && !isOverSocket) throw row
  return answerRows(handling, kind, [inSlot(handling, kind, handling.params, row)])
}

/** Answers a body that is a list of items, which run in turn and fail singly. */
export function answerMany(
  handling: Handling,
  kind: RowKind,
  limit: { most: number; code: '51111' | '51501' },
  act: Act,
): Answer {
  const items = readItems(handling)
  if (items.length > limit.most) throw new Refused(limit.code, String(limit.most))
  const rows = items.map((params) => {
    params.ignore('tag')
    const row = attempt(handling, params, act)
    for (const { name, value } of params.unread()) handling.unknownWord(`[].${name}`, value)
    return inSlot(handling, kind, params, row)
  })
  return answerRows(handling, kind, rows)
}

/** The answer in which every item of the request is refused alike. */
export function refuseRows(handling: Handling, kind: RowKind, refused: Refused): Answer {
  const isList = Array.isArray(handling.params.peek(listName))
  const items = isList ? readItems(handling) : [handling.params]
  const rows = items.map((params) => inSlot(handling, kind, params, refused))
  return answerRows(handling, kind, rows)
}

/** The items of a list; another body is no JSON this call can read. */
export function readItems(handling: Handling): Params[] {
  const items = handling.params.get(listName)
  if (!Array.isArray(items)) throw new Refused('50002')
  if (items.length === 0) throw new Refused('50000')
  return items.map((item) => {
    if (!isRecord(item)) throw new Refused('50002')
    return new Params(item)
  })
}

interface Slot {
  row: Row
  isRefused: boolean
}

function attempt(handling: Handling, params: Params, act: Act): Row | Refused {
  try {
    return act(handling, params)
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

function inSlot(handling: Handling, kind: RowKind, params: Params, row: Row | Refused): Slot {
  if (!(row instanceof Refused)) return { row, isRefused: false }
  const sent = (name: string): string => {
    const value = params.peek(name)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  return { row: kind.failed(sent, row, String(handling.clock.now())), isRefused: true }
}

/** `code` "0" all fine, "2" some refused, "1" all refused. */
function answerRows({ clock }: Handling, kind: RowKind, slots: readonly Slot[]): Answer {
  const refused = slots.filter(({ isRefused }) => isRefused).length
  const isAll = refused === slots.length
  const now = String(clock.now())
  return json(200, {
    code: refused === 0 ? '0' : isAll ? '1' : '2',
    msg: isAll ? kind.allFailed : '',
    data: slots.map(({ row }) => row),
    // In microseconds.
    ...(kind.isTimed && { inTime: `${now}000`, outTime: `${now}900` }),
  })
}
