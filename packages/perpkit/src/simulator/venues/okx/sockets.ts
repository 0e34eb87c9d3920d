import { parseJson } from '../../../core/json.ts'
import { isRecord, ReadError, Reader } from '../../../core/reader.ts'
import type {
  Payload,
  PayloadObject,
  SocketFrame,
  SocketHandler,
  SocketLink,
  VenueSockets,
} from '../../server/socketTypes.ts'
import { userIdOf } from './account.ts'
import { MOST_PER_CHANNEL, rosterOf } from './connections.ts'
import { gatewayRefusal, json } from './replies.ts'
import { SocketRefused } from './socketErrors.ts'
import { checkLogin } from './socketLogin.ts'
import { findTopic, type Place, type Topic } from './topics/catalogue.ts'
import type { Arg } from './topics/events.ts'
import { isTradeOp, trade } from './tradeSocket.ts'

/**
 * Public, private and business sockets: docs/wire/okx.md 8.
 * https://www.okx.com/docs-v5/en/#overview-websocket
 */
export const sockets: VenueSockets = {
  open(link) {
    const [, word] = /^\/ws\/v5\/(public|private|business)$/.exec(link.request.path) ?? []
    if (word !== 'public' && word !== 'private' && word !== 'business') {
      return json(404, { code: '404', msg: 'Not Found', data: [] })
    }
    if (!rosterOf(link.engine).admit(link)) return gatewayRefusal(429, '50011')
    return new TopicHandler(link, word)
  },
}

const IDLE_MS = 30_000
const HOUR_MS = 3_600_000
const MOST_REQUESTS = 480
const MOST_CHARACTERS = 65_536

/** One connection: pings, login, subscriptions, orders, and the end of one that is silent. */
class TopicHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #place: Place
  readonly #id: string
  /** What was subscribed to, as it was sent, by channel of the hub. */
  readonly #args = new Map<string, Arg>()
  /** When the latest requests came. */
  #requests: number[] = []

  constructor(link: SocketLink, place: Place) {
    this.#link = link
    this.#place = place
    // Eight hexadecimal digits that look like nothing.
    this.#id = (Math.imul(link.number, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
    this.#watch()
  }

  onMessage(message: SocketFrame): void {
    const text = typeof message === 'string' ? message : new TextDecoder().decode(message)
    if (text === 'ping') {
      this.#link.pong('pong')
      return
    }
    if (text.length > MOST_CHARACTERS) {
      this.#link.close(1009, 'frame too long')
      return
    }
    const frame = readFrame(text)
    const id = frame && readId(frame)
    try {
      if (!frame || id === BAD_ID) throw new SocketRefused('60012', text)
      this.#obey(frame, id, text)
    } catch (error) {
      const refused = error instanceof ReadError ? new SocketRefused('60012', text) : error
      if (!(refused instanceof SocketRefused)) throw error
      this.#refuse(refused, id === BAD_ID ? undefined : id)
    }
  }

  frame(channel: string, payload: Payload): string {
    const arg = this.#args.get(channel)
    const isOwn = arg !== undefined && findTopic(arg.channel ?? '')?.isPrivate === true
    const uid = isOwn ? { uid: userIdOf(this.#link.accountId) } : {}
    return JSON.stringify({ arg: { ...arg, ...uid }, ...payload })
  }

  #obey(frame: Readonly<Record<string, unknown>>, id: string | undefined, text: string): void {
    const reader = new Reader(frame, 'frame')
    const op = reader.at('op').string()
    reader.at('id')
    switch (op) {
      case 'login':
        this.#count()
        this.#login(reader, id)
        break
      case 'subscribe':
      case 'unsubscribe':
        this.#count()
        this.#change(op, reader, id, text)
        break
      default:
        if (isTradeOp(op) && this.#place === 'private') {
          trade(this.#link, { op, id, frame, text })
          return
        }
        this.#link.unknown('value', 'op', op)
        if (isTradeOp(op)) throw new SocketRefused('60028')
        throw new SocketRefused('60019', op)
    }
    for (const path of reader.unread()) this.#link.unknown('parameter', path)
  }

  #login(reader: Reader, id: string | undefined): void {
    const [words] = reader.at('args').items()
    if (this.#link.accountId !== '') {
      // Nothing of it is looked at.
      for (const name of ['apiKey', 'passphrase', 'timestamp', 'sign']) words?.at(name)
      throw new SocketRefused('60031')
    }
    if (!words) throw new SocketRefused('60012', '{"op":"login","args":[]}')
    try {
      this.#link.accountId = checkLogin(this.#link, words)
    } catch (error) {
      if (!(error instanceof SocketRefused)) throw error
      this.#refuse(error, id)
      this.#link.close(4001, 'Login failed')
      return
    }
    this.#reply({ event: 'login', code: '0', msg: '' }, id)
  }

  /** Each arg is answered by itself. */
  #change(
    op: 'subscribe' | 'unsubscribe',
    reader: Reader,
    id: string | undefined,
    text: string,
  ): void {
    const args = reader
      .at('args')
      .items()
      .map((item) => readArg(item))
    if (args.length === 0) throw new SocketRefused('60012', text)
    for (const arg of args) {
      try {
        if (op === 'subscribe') this.#subscribe(arg, id)
        else this.#unsubscribe(arg, id)
      } catch (error) {
        if (!(error instanceof SocketRefused)) throw error
        this.#refuse(error, id)
      }
    }
  }

  #subscribe(arg: Arg, id: string | undefined): void {
    const topic = this.#topicOf(arg)
    const found = topic.find(arg)
    if (topic.isForHighTiers) throw new SocketRefused('64003')
    if (!found) {
      this.#link.unknown('value', 'arg', JSON.stringify(arg))
      throw nonesuch(arg)
    }
    for (const name of Object.keys(arg)) {
      if (name !== 'channel' && !topic.names.includes(name)) {
        this.#link.unknown('parameter', `args.${name}`, arg[name])
      }
    }
    this.#reply({ event: 'subscribe', arg }, id)
    const { engine, accountId } = this.#link
    const channel = this.#channelOf(arg, topic)
    if (topic.isPrivate && !this.#isAmongAllowed(arg.channel ?? '')) return
    this.#args.set(channel, arg)
    if (found !== 'quiet') this.#link.join(channel, () => found({ engine, accountId }))
  }

  #unsubscribe(arg: Arg, id: string | undefined): void {
    const topic = this.#topicOf(arg)
    const channel = this.#channelOf(arg, topic)
    this.#link.leave(channel)
    this.#args.delete(channel)
    const isStillOn = [...this.#args.values()].some((other) => other.channel === arg.channel)
    if (!isStillOn) rosterOf(this.#link.engine).leave(this.#link, arg.channel ?? '')
    this.#reply({ event: 'unsubscribe', arg }, id)
  }

  /** The topic, where this socket has it and the client may hear it. */
  #topicOf(arg: Arg): Topic {
    const topic = findTopic(arg.channel ?? '')
    if (!topic) {
      this.#link.unknown('value', 'channel', arg.channel)
      throw nonesuch(arg)
    }
    if (topic.place !== this.#place) {
      if (topic.place === 'business') throw new SocketRefused('64001')
      if (this.#place === 'business') throw new SocketRefused('64002')
      throw new SocketRefused('60008', arg.channel)
    }
    const needsLogin = topic.isPrivate || this.#place === 'private' || topic.isForHighTiers === true
    if (needsLogin && this.#link.accountId === '') throw new SocketRefused('60011')
    if (arg.uly !== undefined) throw new SocketRefused('64000')
    return topic
  }

  /** How many connections have a private channel is said with each one that gets it. */
  #isAmongAllowed(channel: string): boolean {
    const roster = rosterOf(this.#link.engine)
    const count = roster.join(this.#link, channel)
    const isOneTooMany = count > MOST_PER_CHANNEL && this.#link.breach()
    const event = isOneTooMany ? 'channel-conn-count-error' : 'channel-conn-count'
    const connCount = String(isOneTooMany ? MOST_PER_CHANNEL : count)
    this.#reply({ event, channel, connCount }, undefined)
    if (isOneTooMany) roster.leave(this.#link, channel)
    return !isOneTooMany
  }

  /** Every account has private channels of its own. */
  #channelOf(arg: Arg, { names, isPrivate }: Topic): string {
    const words = names.flatMap((name) => arg[name] ?? [])
    const name = [arg.channel, ...words].join(':')
    return isPrivate ? `${name} ${this.#link.accountId}` : name
  }

  #count(): void {
    const now = this.#link.clock.now()
    this.#requests = this.#requests.filter((at) => at > now - HOUR_MS)
    if (this.#requests.length >= MOST_REQUESTS && this.#link.breach()) {
      throw new SocketRefused('60014')
    }
    this.#requests.push(now)
  }

  #refuse({ code, message }: SocketRefused, id: string | undefined): void {
    this.#reply({ event: 'error', code, msg: message }, id)
  }

  #reply(body: PayloadObject, id: string | undefined): void {
    const said = { ...(id !== undefined && { id }), ...body, connId: this.#id }
    this.#link.reply(JSON.stringify(said))
  }

  /** Ends the connection when nothing has been said on it for too long, pongs included. */
  #watch(): void {
    const { saidAt, clock } = this.#link
    const left = saidAt + IDLE_MS - clock.now()
    if (left <= 0) this.#link.close(4004, 'No data received in 30s')
    else this.#link.after(left, () => this.#watch())
  }
}

function nonesuch(arg: Arg): SocketRefused {
  const words = Object.entries(arg).map(([name, value]) => `${name}:${value}`)
  return new SocketRefused('60018', words.join(','))
}

/** Texts under their names; `null` and `''` count as absent. */
function readArg(item: Reader): Arg {
  const arg: Record<string, string> = {}
  for (const [name, value] of Object.entries(isRecord(item.value) ? item.value : {})) {
    if (value !== null && value !== '') arg[name] = item.at(name).string()
  }
  if (arg.channel === undefined) item.at('channel').string()
  return arg
}

const BAD_ID = Symbol('id that is none')

/** Up to 32 letters and digits, or a number. */
function readId({ id }: Readonly<Record<string, unknown>>): string | typeof BAD_ID | undefined {
  if (id === undefined) return undefined
  const text = typeof id === 'number' ? String(id) : id
  return typeof text === 'string' && /^[A-Za-z0-9]{0,32}$/.test(text) ? text : BAD_ID
}

function readFrame(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read = parseJson(text)
    return isRecord(read) ? read : undefined
  } catch {
    return undefined
  }
}
