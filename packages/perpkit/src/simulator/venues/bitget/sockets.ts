import { equalBytes, hmacSha256 } from '../../../core/bytes.ts'
import { isRecord, ReadError, Reader } from '../../../core/reader.ts'
import type {
  Channel,
  PayloadObject,
  SocketFrame,
  SocketHandler,
  SocketLink,
  VenueSockets,
} from '../../server/socketTypes.ts'
import { findClassicPrivate } from './channels/classicPrivate.ts'
import { findPublic } from './channels/public.ts'
import type { Arg } from './channels/pushes.ts'
import { findUnifiedPrivate } from './channels/unifiedPrivate.ts'
import { admit, connIdOf } from './connections.ts'
import type { Generation } from './generation.ts'
import { json } from './replies.ts'
import { trade } from './tradeSocket.ts'

/**
 * Channels of both generations, and orders on the private ones: docs/wire/bitget.md 8 and 12.7.
 * Orders over a socket are by application, which everybody's has been granted.
 * https://www.bitget.com/api-doc/common/websocket-intro
 */
export const sockets: VenueSockets = {
  open(link) {
    const read = /^\/v([23])\/ws\/(public|private)$/.exec(link.request.path)
    if (!read) {
      const refused = { code: '40404', msg: 'Request URL NOT FOUND', requestTime: 0, data: null }
      return json(404, refused)
    }
    const place: Place = { generation: read[1] === '2' ? 2 : 3, isPrivate: read[2] === 'private' }
    return admit(link) ?? new ChannelHandler(link, place)
  },
}

interface Place {
  generation: Generation
  isPrivate: boolean
}

const LIFE_MS = 86_400_000
const IDLE_MS = 120_000
const LOGIN_WINDOW_MS = 30_000
const MOST_BYTES = 4_096
const MOST_CHANNELS = 1_000
const MESSAGES: Limit = { most: 10, withinMs: 1_000 }
const SUBSCRIPTIONS: Limit = { most: 240, withinMs: 3_600_000 }

interface Limit {
  most: number
  withinMs: number
}

interface Refusal {
  code: number
  msg: string
}

/** One connection: pings, login, channels, and the end of one that is old or quiet. */
class ChannelHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #place: Place
  /** Whether the account that has logged in hears V2. */
  #isClassic = false
  #pingAt: number
  #messages: number[] = []
  #subscriptions: number[] = []

  constructor(link: SocketLink, place: Place) {
    this.#link = link
    this.#place = place
    this.#pingAt = link.clock.now()
    for (const [name, value] of new URLSearchParams(link.request.query)) {
      link.unknown('parameter', name, value)
    }
    link.after(LIFE_MS, () => link.close(1001, ''))
    this.#watch()
  }

  onMessage(message: SocketFrame): void {
    this.#messages = this.#count(this.#messages, MESSAGES)
    if (this.#messages.length > MESSAGES.most && this.#link.breach()) {
      this.#link.cut()
      return
    }
    if (message === 'ping') {
      this.#pingAt = this.#link.clock.now()
      this.#link.pong('pong')
      return
    }
    const frame = readJson(message)
    if (!isRecord(frame)) {
      this.#refuse(ILLEGAL)
      return
    }
    if (frame.op === 'trade' && this.#place.isPrivate) {
      const { generation } = this.#place
      trade({ link: this.#link, generation, isClassic: this.#isClassic }, String(message))
      return
    }
    const reader = new Reader(frame, 'frame')
    try {
      this.#obey(reader, message.length)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.#refuse(ILLEGAL)
    }
  }

  #obey(reader: Reader, length: number): void {
    const op = reader.at('op').string()
    // ccxt sends words of its own beside the arguments, which are ignored.
    reader.at('url')
    reader.at('uta')
    switch (op) {
      case 'login':
        this.#login(reader)
        break
      case 'subscribe':
      case 'unsubscribe':
        this.#change(op, reader, length)
        break
      default:
        this.#link.unknown('value', 'op', op)
        this.#refuse(BAD_OP, { op })
        return
    }
    for (const path of reader.unread()) this.#link.unknown('parameter', path)
  }

  #login(reader: Reader): void {
    const [arg] = reader.at('args').items()
    if (!this.#place.isPrivate || !arg) {
      this.#refuse(this.#place.isPrivate ? ILLEGAL : BAD_OP, { op: 'login' })
      return
    }
    const refusal = this.#checkLogin(arg)
    if (refusal) {
      this.#refuse(refusal)
      this.#link.close(1000, '')
      return
    }
    const owner = this.#link.keys.find(arg.at('apiKey').string())
    this.#link.accountId = owner?.accountId ?? ''
    this.#isClassic = owner?.kind !== 'unified'
    this.#reply({ event: 'login', code: 0, connId: connIdOf(this.#link) })
  }

  /** Signed is the time, in seconds or milliseconds, and `GET/user/verify`. */
  #checkLogin(arg: Reader): Refusal | undefined {
    const apiKey = arg.at('apiKey').string()
    const passphrase = arg.at('passphrase').string()
    const sign = arg.at('sign').string()
    const timestamp = String(arg.at('timestamp').value)
    if (!/^\d{10,13}$/.test(timestamp)) return { code: 30013, msg: 'Invalid ACCESS_TIMESTAMP' }
    const time = Number(timestamp) * (timestamp.length > 10 ? 1 : 1_000)
    if (!this.#link.clock.isCurrent(time, LOGIN_WINDOW_MS, LOGIN_WINDOW_MS)) {
      return { code: 30014, msg: 'Request timestamp expired' }
    }
    const owner = this.#link.keys.find(apiKey)
    if (!owner) return { code: 30011, msg: 'Invalid ACCESS_KEY' }
    const { apiSecret, passphrase: expected = '' } = owner.credentials
    if (!equalBytes(passphrase, expected)) return { code: 30012, msg: 'Invalid ACCESS_PASSPHRASE' }
    const signed = hmacSha256(apiSecret, `${timestamp}GET/user/verify`, 'base64')
    if (!equalBytes(sign, signed)) return { code: 30015, msg: 'Invalid sign' }
    // A unified account is let in on V2; a classic one has nothing to hear on V3.
    const isMisplaced = this.#place.generation === 3 && owner.kind !== 'unified'
    return isMisplaced ? { code: 30005, msg: 'error' } : undefined
  }

  #change(op: 'subscribe' | 'unsubscribe', reader: Reader, length: number): void {
    const args = reader.at('args').items().map(readArg)
    const refusal = op === 'subscribe' ? this.#refusalOf(args.length, length) : undefined
    if (refusal) {
      this.#refuse(refusal, { op })
      return
    }
    for (const arg of args) {
      if (op === 'subscribe') this.#subscribe(arg)
      else {
        this.#link.leave(this.#channelOf(arg))
        this.#reply({ event: op, arg })
      }
    }
  }

  #refusalOf(args: number, length: number): Refusal | undefined {
    if (length > MOST_BYTES) return { code: 30016, msg: 'Param error' }
    this.#subscriptions = this.#count(this.#subscriptions, SUBSCRIPTIONS)
    const isTooMany =
      this.#subscriptions.length > SUBSCRIPTIONS.most ||
      this.#link.channels().length + args > MOST_CHANNELS
    return isTooMany && this.#link.breach() ? { code: 30007, msg: 'request over limit' } : undefined
  }

  /** Each argument is answered by itself; one that is there already is acknowledged again. */
  #subscribe(arg: Arg): void {
    const op = 'subscribe'
    const { accountId } = this.#link
    const make = this.#find(arg)
    if (!make) {
      this.#link.unknown('value', 'channel', JSON.stringify(arg))
      const words = Object.entries(arg).map(([name, value]) => `${name}:${value}`)
      this.#refuse({ code: 30001, msg: `${words.join(',')} doesn't exist` }, { arg, op })
    } else if (this.#place.isPrivate && accountId === '') {
      this.#refuse({ code: 30004, msg: 'User needs to log in' }, { arg, op })
    } else {
      this.#reply({ event: op, arg })
      this.#link.join(this.#channelOf(arg), make)
    }
  }

  #find(arg: Arg): (() => Channel) | undefined {
    const link = this.#link
    const { generation, isPrivate } = this.#place
    if (!isPrivate) return findPublic(link, generation, arg)
    const holder = { engine: link.engine, accountId: link.accountId }
    if (generation === 3) {
      const make = findUnifiedPrivate(arg)
      return make && (() => make(holder))
    }
    const make = findClassicPrivate(arg)
    return make && (() => make(holder, this.#isClassic))
  }

  /** Every account has private channels of its own. */
  #channelOf(arg: Arg): string {
    const { channel, coin, instId, instType, interval, symbol, topic } = arg
    const words = [channel ?? topic, coin ?? instId ?? symbol, interval, instType]
    if (this.#place.isPrivate) words.push(this.#link.accountId)
    return words.filter((word) => word !== undefined).join(' ')
  }

  #refuse({ code, msg }: Refusal, more: PayloadObject = {}): void {
    const { arg, ...rest } = more
    this.#reply({ event: 'error', ...(arg !== undefined && { arg }), code, msg, ...rest })
  }

  #reply(body: PayloadObject): void {
    this.#link.reply(JSON.stringify(body))
  }

  /** The times of a limit's window, with now. */
  #count(times: readonly number[], { withinMs }: Limit): number[] {
    const now = this.#link.clock.now()
    return [...times.filter((at) => at > now - withinMs), now]
  }

  /** Only the text `ping` keeps a connection. */
  #watch(): void {
    const left = this.#pingAt + IDLE_MS - this.#link.clock.now()
    if (left <= 0) this.#link.cut()
    else this.#link.after(left, () => this.#watch())
  }
}

const ILLEGAL: Refusal = { code: 30002, msg: 'Illegal request' }
const BAD_OP: Refusal = { code: 30003, msg: 'Invalid op' }

/** Every word of it counts: with one too many it is another channel, which does not exist. */
function readArg(reader: Reader): Arg {
  return Object.fromEntries(reader.keys().map((name) => [name, reader.at(name).string()]))
}

function readJson(message: SocketFrame): unknown {
  if (typeof message !== 'string') return undefined
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}
