import { isRecord } from '../../../core/reader.ts'
import type { SocketLink } from '../../server/socketTypes.ts'
import { Refused } from './errors.ts'
import { findListingByCode } from './instruments.ts'
import { SocketRefused } from './socketErrors.ts'
import { type Asked, refusalTo, replyTo } from './tradeReplies.ts'

// Order entry over the private socket: docs/wire/okx.md 8.4. An operation is its twin over REST in
// other words: the contract goes by its code, and refusals of an item stand in its row always.

/** A message of a client, its `op` and `id` read. */
export interface TradeMessage {
  op: string
  id: string | undefined
  frame: Readonly<Record<string, unknown>>
  /** As it arrived. */
  text: string
}

export function isTradeOp(op: string): boolean {
  return op === MASS_CANCEL || Object.hasOwn(twins, op)
}

/** Has an operation executed and answers it; throws what refuses the message itself. */
export function trade(link: SocketLink, { op, id, frame, text }: TradeMessage): void {
  if (link.accountId === '') throw new SocketRefused('60011')
  const stray = Object.keys(frame).filter((name) => !frameNames.includes(name))
  for (const name of stray) link.unknown('parameter', `frame.${name}`, frame[name])
  if (stray.length > 0) throw new SocketRefused('60012', text)
  if (id === undefined || id === '') throw new SocketRefused('60027', 'id')
  const asked: Asked = { op, id, receivedAt: link.clock.now() }
  try {
    const twin = twins[op]
    if (twin) submit(link, twin, frame, asked)
    else massCancel(link, frame)
  } catch (error) {
    if (!(error instanceof SocketRefused || error instanceof Refused)) throw error
    link.reply(refusalTo(asked, error, link.clock.now()))
  }
}

const frameNames: readonly string[] = ['id', 'op', 'args', 'expTime']

type Item = Readonly<Record<string, unknown>>

/** The call over REST that does what an operation does. */
interface Twin {
  path: string
  isList: boolean
  /** Whether `expTime` says until when it may be done. */
  hasDeadline: boolean
}

const twins: Readonly<Record<string, Twin>> = {
  // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-place-order
  order: { path: 'order', isList: false, hasDeadline: true },
  // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-place-multiple-orders
  'batch-orders': { path: 'batch-orders', isList: true, hasDeadline: true },
  // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-cancel-order
  'cancel-order': { path: 'cancel-order', isList: false, hasDeadline: false },
  // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-cancel-multiple-orders
  'batch-cancel-orders': { path: 'cancel-batch-orders', isList: true, hasDeadline: false },
  // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-amend-order
  'amend-order': { path: 'amend-order', isList: false, hasDeadline: true },
  // https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-amend-multiple-orders
  'batch-amend-orders': { path: 'amend-batch-orders', isList: true, hasDeadline: true },
}

function submit(
  link: SocketLink,
  twin: Twin,
  { args, expTime }: TradeMessage['frame'],
  asked: Asked,
): void {
  const items = readItems(args)
  if (!twin.isList && items.length > 1) throw new SocketRefused('60013')
  const renamed = items.map((item) => inWordsOfRest(link, item))
  const headers = readDeadline(link, twin, expTime)
  const body = JSON.stringify(twin.isList ? renamed : renamed[0])
  const path = `/api/v5/trade/${twin.path}`
  link.submit({ label: asked.op, method: 'POST', path, headers, body }, (answer) => {
    link.reply(replyTo(answer, asked, link.clock.now()))
  })
}

function readItems(args: unknown): Item[] {
  if (!Array.isArray(args) || args.length === 0) throw new SocketRefused('60013')
  return args.map((item) => {
    if (!isRecord(item)) throw new SocketRefused('60013')
    return item
  })
}

/** `instId` is known and no longer looked at; nothing can be attached to an order here. */
function inWordsOfRest(link: SocketLink, item: Item): Item {
  const { attachAlgoOrds, instId: _old, instIdCode, ...rest } = item
  if (attachAlgoOrds !== undefined) {
    link.unknown('parameter', 'frame.args.attachAlgoOrds', attachAlgoOrds)
  }
  const instId = instIdOf(link, instIdCode)
  return instId === undefined ? rest : { instId, ...rest }
}

/** The contract of that code; one that nobody has stays a code, which is no contract's name. */
function instIdOf(link: SocketLink, given: unknown): string | undefined {
  if (given === undefined || given === null || given === '') return undefined
  const code = typeof given === 'number' || typeof given === 'string' ? String(given) : ''
  if (!/^\d{1,19}$/.test(code)) {
    link.unknown('value', 'instIdCode', given)
    throw new SocketRefused('60013')
  }
  return findListingByCode(code)?.instId ?? code
}

function readDeadline(link: SocketLink, twin: Twin, expTime: unknown): Record<string, string> {
  if (expTime === undefined || expTime === null || expTime === '') return {}
  if (!twin.hasDeadline) {
    link.unknown('parameter', 'frame.expTime', expTime)
    return {}
  }
  if (typeof expTime === 'string' || typeof expTime === 'number') return { exptime: `${expTime}` }
  throw new SocketRefused('60013')
}

const MASS_CANCEL = 'mass-cancel'

/**
 * Of market makers' options in portfolio margin mode, which no account here is in.
 * https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-mass-cancel-order
 */
function massCancel(link: SocketLink, { args }: TradeMessage['frame']): never {
  const [item = {}] = readItems(args)
  for (const name of Object.keys(item)) {
    if (!['instType', 'instFamily', 'lockInterval'].includes(name)) {
      link.unknown('parameter', `frame.args.${name}`, item[name])
    }
  }
  if (item.instType !== 'OPTION') throw new Refused('51000', 'instType')
  throw new Refused('51010')
}
