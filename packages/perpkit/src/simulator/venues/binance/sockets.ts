import { isRecord, ReadError, Reader } from '../../../core/reader.ts'
import type {
  Payload,
  SocketFrame,
  SocketHandler,
  SocketLink,
  VenueSockets,
} from '../../server/socketTypes.ts'
import type { Answer } from '../../server/types.ts'
import { FrameLimit, Heartbeat } from './heartbeat.ts'
import { findListenKey } from './streams/listenKeys.ts'
import { findStream, type Route } from './streams/streamNames.ts'
import { userChannel } from './streams/userStream.ts'
import { tradePath } from './tradeMethods.ts'
import { openTradeSocket } from './tradeSocket.ts'

/**
 * Market and user streams, and the request API: docs/wire/binance.md 8.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams
 */
export const sockets: VenueSockets = {
  open(link) {
    if (link.request.path === tradePath) return openTradeSocket(link)
    const place = readPlace(link.request.path)
    return place ? new StreamHandler(link, place) : notFound()
  },
}

/** What a path says. */
interface Place {
  route: Route
  /** Whether events come with the name of their stream. */
  isCombined: boolean
  /** What stands behind `/ws/`: a stream, a listen key, or nothing that means anything. */
  rest: string
}

/** Un-routed connections behave like `/public`. */
function readPlace(path: string): Place | undefined {
  const read = /^(?:\/(public|market|private))?\/(ws|stream)(?:\/(.*))?$/.exec(path)
  if (!read) return undefined
  const [, route = 'public', form, rest = ''] = read
  if (route !== 'public' && route !== 'market' && route !== 'private') return undefined
  return { route, isCombined: form === 'stream', rest }
}

function notFound(): Answer {
  return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404 Not Found</h1>' }
}

const MOST_STREAMS = 1_024
/** Pings, pongs and messages all count. */
const MOST_FRAMES = 10

/** One connection: commands, the streams it is subscribed to, heartbeat and end of life. */
class StreamHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #route: Route
  readonly #allowed: readonly string[] | undefined
  /** In the order of subscription; also those that are silent here. */
  readonly #streams = new Set<string>()
  readonly #heartbeat: Heartbeat
  readonly #frames: FrameLimit
  #isCombined: boolean

  constructor(link: SocketLink, { route, isCombined, rest }: Place) {
    this.#link = link
    this.#route = route
    this.#isCombined = isCombined
    this.#frames = new FrameLimit(link, MOST_FRAMES)
    const query = new URLSearchParams(link.request.query)
    this.#allowed = query
      .get('events')
      ?.split('/')
      .filter((word) => word !== '')
    // Without the listen key that may stand in it.
    link.label = `/${route}/${isCombined ? 'stream' : 'ws'}`
    this.#noteQuery(query)
    this.#heartbeat = new Heartbeat(link)
    for (const name of namesIn(rest, query)) this.#subscribe(name)
  }

  onMessage(message: SocketFrame): void {
    if (this.#frames.isOneTooMany()) return
    const command = readJson(message)
    if (command === undefined) {
      this.#refuse(3, 'Invalid JSON: expected value at line 1 column 1', undefined)
      return
    }
    const reader = new Reader(command, 'command')
    try {
      this.#obey(reader)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      const id = isRecord(command) ? readId(reader) : undefined
      this.#refuse(2, `Invalid request: ${error.message}`, id)
    }
  }

  onPing(): void {
    this.#frames.isOneTooMany()
  }

  onPong(): void {
    this.#heartbeat.ponged()
    this.#frames.isOneTooMany()
  }

  frame(channel: string, payload: Payload): string {
    const [name = channel] = channel.split(' ')
    return JSON.stringify(this.#isCombined ? { stream: name, data: payload } : payload)
  }

  #obey(reader: Reader): void {
    const method = reader.at('method').string()
    const id = readId(reader)
    const params = reader.at('params')
    switch (id === undefined ? '' : method) {
      case 'SUBSCRIBE':
      case 'UNSUBSCRIBE':
        this.#change(
          method,
          params.items().map((item) => item.string()),
          id,
        )
        break
      case 'LIST_SUBSCRIPTIONS':
        this.#reply({ result: [...this.#streams], id })
        break
      case 'SET_PROPERTY':
        this.#setProperty(params, id)
        break
      case 'GET_PROPERTY':
        if (params.at(0).string() === 'combined') this.#reply({ result: this.#isCombined, id })
        else this.#refuse(0, 'Unknown property', id)
        break
      default:
        if (id !== undefined) this.#link.unknown('value', 'method', method)
        this.#refuse(2, id === undefined ? 'Invalid request: missing id' : UNKNOWN_METHOD, id)
    }
    for (const path of reader.unread()) this.#link.unknown('parameter', path)
  }

  #change(method: string, names: readonly string[], id: Id | undefined): void {
    if (method === 'SUBSCRIBE' && this.#streams.size + names.length > MOST_STREAMS) {
      this.#refuse(2, 'Invalid request: too many streams', id)
      return
    }
    this.#reply({ result: null, id })
    for (const name of names) {
      if (method === 'SUBSCRIBE') this.#subscribe(name)
      else this.#unsubscribe(name)
    }
  }

  #setProperty(params: Reader, id: Id | undefined): void {
    const value = params.at(1).value
    if (params.at(0).string() !== 'combined') this.#refuse(0, 'Unknown property', id)
    else if (typeof value !== 'boolean') this.#refuse(1, 'Invalid value type: expected Boolean', id)
    else {
      this.#isCombined = value
      this.#reply({ result: null, id })
    }
  }

  /** What the route does not serve is acknowledged all the same, and then silent. */
  #subscribe(name: string): void {
    this.#streams.add(name)
    if (this.#route === 'private') {
      this.#follow(name)
      return
    }
    const stream = findStream(name)
    if (!stream?.routes.includes(this.#route)) this.#link.unknown('value', 'stream', name)
    else if (stream.make) {
      const { make } = stream
      this.#link.join(name, () => make(this.#link))
    }
  }

  #unsubscribe(name: string): void {
    this.#streams.delete(name)
    this.#link.leave(this.#route === 'private' ? this.#userChannelOf(name) : name)
  }

  #follow(listenKey: string): void {
    const { engine } = this.#link
    const key = findListenKey(engine, listenKey)
    if (!key) {
      this.#link.unknown('value', 'listenKey')
      return
    }
    this.#link.accountId = key.accountId
    const stream = { listenKey, accountId: key.accountId, events: this.#allowed }
    this.#link.join(this.#userChannelOf(listenKey), () => userChannel(engine, stream))
  }

  /** Those that hear different events are different channels. */
  #userChannelOf(listenKey: string): string {
    return this.#allowed ? `${listenKey} ${this.#allowed.join('/')}` : listenKey
  }

  #noteQuery(query: URLSearchParams): void {
    const known = this.#route === 'private' ? ['streams', 'listenKey', 'events'] : ['streams']
    for (const name of query.keys()) {
      if (!known.includes(name)) this.#link.unknown('parameter', name, query.get(name))
    }
  }

  #reply(body: Payload): void {
    this.#link.reply(JSON.stringify(body))
  }

  #refuse(code: number, msg: string, id: Id | undefined): void {
    this.#reply({ error: { code, msg }, ...(id !== undefined && { id }) })
  }
}

const UNKNOWN_METHOD = 'Invalid request: unknown method'

type Id = string | number

/** Whole numbers and texts are echoed as they came. */
function readId(reader: Reader): Id | undefined {
  const { value } = reader.at('id')
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

function readJson(message: SocketFrame): unknown {
  try {
    return JSON.parse(typeof message === 'string' ? message : new TextDecoder().decode(message))
  } catch {
    return undefined
  }
}

/** Streams that the address asks for. Behind `/ws/` clients also put numbers of their own. */
function namesIn(rest: string, query: URLSearchParams): string[] {
  const listed = (query.get('streams') ?? '').split('/')
  const isName = /^[0-9a-f]{64}$/.test(rest) || rest.includes('@') || rest.startsWith('!')
  const names = [isName ? rest : '', ...listed, query.get('listenKey') ?? '']
  return names.filter((name) => name !== '')
}
