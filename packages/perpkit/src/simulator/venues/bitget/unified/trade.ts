import { isRecord } from '../../../../core/reader.ts'
import type { SocketLink } from '../../../server/socketTypes.ts'
import { connIdOf } from '../connections.ts'
import { figureOf, REMAINING } from '../limits.ts'
import { UNTIL } from '../receiveWindow.ts'
import {
  BAD_ARGS,
  badWord,
  ILLEGAL_REQUEST,
  isBadRequestId,
  LOGIN_NEEDED,
  noteUnknown,
  submitTwin,
  type TradeAnswer,
  type TradeFrame,
  type TradeRefusal,
  type Twin,
  type Words,
} from '../tradeFrames.ts'

// Orders of a unified account over its private socket: docs/wire/bitget.md 12.7.

interface Topic {
  path: string
  /** It takes several orders, each of which succeeds or fails by itself. */
  isBatch: boolean
  /** It makes orders: it needs a category, and says it back with the contracts. */
  places: boolean
}

const topics: Readonly<Record<string, Topic>> = {
  // https://www.bitget.com/api-doc/uta/websocket/private/Place-Order-Channel
  'place-order': { path: '/api/v3/trade/place-order', isBatch: false, places: true },
  // https://www.bitget.com/api-doc/uta/websocket/private/Batch-Place-Order-Channel
  'batch-place': { path: '/api/v3/trade/place-batch', isBatch: true, places: true },
  // https://www.bitget.com/api-doc/uta/websocket/private/Modify-Order-Channel
  'modify-order': { path: '/api/v3/trade/modify-order', isBatch: false, places: false },
  // https://www.bitget.com/api-doc/uta/websocket/private/Batch-Modify-Order-Channel
  'batch-modify': { path: '/api/v3/trade/batch-modify-order', isBatch: true, places: false },
  // https://www.bitget.com/api-doc/uta/websocket/private/Cancel-Order-Channel
  'cancel-order': { path: '/api/v3/trade/cancel-order', isBatch: false, places: false },
  // https://www.bitget.com/api-doc/uta/websocket/private/Batch-Cancel-Order-Channel
  'batch-cancel': { path: '/api/v3/trade/cancel-batch', isBatch: true, places: false },
}

/** In lower case alone: `USDT-FUTURES` is refused, unlike over HTTP. */
const categories = ['usdt-futures', 'usdc-futures', 'coin-futures', 'spot', 'margin']

const knownWords = ['op', 'id', 'category', 'topic', 'args', 'apiCode', 'requestTime']

/** Longest and shortest time an order may give itself to arrive, in milliseconds. */
const LONGEST_WINDOW = 60_000
const SHORTEST_WINDOW = 10

/** Obeys a message, or says why not. */
export function tradeUnified(link: SocketLink, frame: TradeFrame): void {
  const { said } = frame
  noteUnknown(link, 'frame', said, knownWords)
  const refuse = ({ code, msg }: TradeRefusal): void =>
    link.reply(JSON.stringify({ event: 'error', id: said.id, code, msg }))
  const request = readRequest(link, frame)
  if ('code' in request) {
    refuse(request)
    return
  }
  const arrivedAt = link.clock.now()
  submitTwin(link, request, {
    accepted: (answer) => {
      const echo = { event: 'trade', id: said.id, ...wordsOf(request, said.category) }
      const args = rowsOf(request, answer)
      const times = timesOf(arrivedAt, link.clock.now())
      const tail = { connId: connIdOf(link), ...times, ...rateOf(request, answer) }
      link.reply(JSON.stringify({ ...echo, args, code: '0', msg: 'Success', ...tail }))
    },
    refused: refuse,
  })
}

interface TradeRequest extends Twin {
  topic: Topic
  /** What was sent of each order. */
  items: readonly unknown[]
}

/** The request of a message, or what is wrong with it before the orders in it are looked at. */
function readRequest(link: SocketLink, { said, exact }: TradeFrame): TradeRequest | TradeRefusal {
  const { category, id, topic: name } = said
  const { args } = exact
  if (!Array.isArray(args)) return ILLEGAL_REQUEST
  if (link.accountId === '') return LOGIN_NEEDED
  if (isBadRequestId(id)) return badWord('id', id)
  const topic = typeof name === 'string' && Object.hasOwn(topics, name) ? topics[name] : undefined
  if (!topic) {
    link.unknown('value', 'topic', name)
    return { code: '30001', msg: `topic:${name} doesn't exist` }
  }
  const isNamed = categories.some((known) => known === category)
  if (!isNamed && (topic.places || category !== undefined)) {
    if (category !== undefined) link.unknown('value', 'category', category)
    return badWord('category', category)
  }
  const items: readonly unknown[] = args
  if (!topic.isBatch && !(items.length === 1 && isRecord(items[0]))) return BAD_ARGS
  const window = topic.isBatch ? {} : readWindow(said.requestTime, items[0])
  if ('code' in window) return window
  const orders = items.map((item) => orderOf(link, topic, item, category))
  return {
    topic,
    items,
    label: String(name),
    path: topic.path,
    ...window,
    body: topic.isBatch ? orders : orders[0],
  }
}

/** What the twin is told of one order; a batch's twin says itself what it thinks of no object. */
function orderOf(link: SocketLink, topic: Topic, item: unknown, category: unknown): unknown {
  if (!isRecord(item)) return item
  const { category: own, receiveWindow, ...order } = item
  if (topic.places && own !== undefined) link.unknown('parameter', 'args.category', own)
  // Only an order by itself has a window.
  const isStray = receiveWindow !== undefined && (topic.isBatch || !topic.places)
  if (isStray) link.unknown('parameter', 'args.receiveWindow', receiveWindow)
  const inWords = typeof category === 'string' ? category.toUpperCase() : own
  return inWords === undefined ? order : { ...order, category: inWords }
}

/** Until when an order may arrive. Without a time of the request there is no window. */
function readWindow(
  requestTime: unknown,
  item: unknown,
): { headers?: Record<string, string> } | TradeRefusal {
  const receiveWindow = isRecord(item) ? item.receiveWindow : undefined
  if (receiveWindow === undefined || requestTime === undefined) return {}
  const window = readWhole(receiveWindow)
  if (window === undefined || window < SHORTEST_WINDOW || window > LONGEST_WINDOW) {
    return badWord('receiveWindow', receiveWindow)
  }
  const sentAt = readWhole(requestTime)
  if (sentAt === undefined) return badWord('requestTime', requestTime)
  return { headers: { [UNTIL]: String(sentAt + window) } }
}

function readWhole(value: unknown): number | undefined {
  const text = String(value)
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** Category and topic; only what makes orders says its category. */
function wordsOf({ label, topic }: TradeRequest, category: unknown): Words {
  return { ...(topic.places && { category }), topic: label }
}

function rowsOf({ items, topic }: TradeRequest, { data, requestTime }: TradeAnswer): Words[] {
  const rows: readonly unknown[] = Array.isArray(data) ? data : [data]
  return rows.map((value, index) => {
    const { clientOid, code = '0', msg = 'Success', orderId } = isRecord(value) ? value : {}
    return {
      ...(topic.isBatch && { code, msg }),
      ...(topic.places && { symbol: symbolOf(items[index]) }),
      orderId,
      clientOid,
      ...(topic.places && !topic.isBatch && { cTime: String(requestTime) }),
    }
  })
}

function symbolOf(item: unknown): string {
  return isRecord(item) && typeof item.symbol === 'string' ? item.symbol.toUpperCase() : ''
}

/** Milliseconds, and since 2026 microseconds of when it came in and went out. */
function timesOf(arrivedAt: number, now: number): Words {
  return { ts: String(now), receiveTime: `${arrivedAt}000`, pushTime: `${now}000` }
}

/** What is left of the second that the endpoint shares with HTTP. */
function rateOf({ path }: TradeRequest, { headers }: TradeAnswer): Words {
  const remaining = headers[REMAINING]
  if (remaining === undefined) return {}
  const limit = String(figureOf({ access: 'signed', method: 'POST', path }))
  return { rateLimit: [{ limit, remaining }] }
}
