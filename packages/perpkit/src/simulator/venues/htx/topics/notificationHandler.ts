import { ReadError, type Reader } from '../../../../core/reader.ts'
import type {
  Payload,
  SocketFrame,
  SocketHandler,
  SocketLink,
} from '../../../server/socketTypes.ts'
import { findListing } from '../contracts.ts'
import { print } from '../figures.ts'
import { noteUnread, readFrame, readTag } from './frames.ts'
import { Heartbeat } from './heartbeat.ts'
import { readLogin, userIdOf } from './login.ts'
import { isPrivateTopic, privateChannel } from './privateTopics.ts'
import { ALL } from './pushes.ts'
import { type SocketErrorCode, socketErrors } from './socketErrors.ts'
import { addressPace, isOneTooMany, Pace } from './tallies.ts'

const MOST_REQUESTS = 50
const MOST_SUBSCRIPTIONS = 40

/** One private connection, in plain text: docs/wire/htx.md 8.2. */
export class NotificationHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #heartbeat: Heartbeat
  readonly #requests = new Pace(MOST_REQUESTS)
  readonly #subscriptions = new Pace(MOST_SUBSCRIPTIONS)
  /** Contracts subscribed to, or all of them, by topic. */
  readonly #scopes = new Map<string, Set<string>>()

  constructor(link: SocketLink) {
    this.#link = link
    this.#heartbeat = new Heartbeat(link, {
      say: (time) => link.pong(print({ op: 'ping', ts: String(time) })),
      end: () => this.#end(),
    })
  }

  onMessage(message: SocketFrame): void {
    const reader = readFrame(message)
    if (!reader) {
      this.#say({ op: 'error', ...this.#refusal(2040) })
      return
    }
    try {
      this.#obey(reader)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.#say({ op: 'error', ...readTag(reader, 'cid'), ...this.#refusal(2040) })
    }
    noteUnread(this.#link, reader)
  }

  frame(_channel: string, payload: Payload): string {
    return print(payload)
  }

  #obey(reader: Reader): void {
    const op = reader.at('op').string()
    if (op === 'pong') {
      this.#heartbeat.answered(reader.at('ts').integer())
      return
    }
    if (this.#isTooFast(op)) {
      this.#answer(reader, op === 'ping' ? 'error' : op, 2004)
      return
    }
    switch (op) {
      case 'ping': {
        const { value = String(this.#link.clock.now()) } = reader.at('ts')
        this.#link.pong(print({ op: 'pong', ts: value }))
        break
      }
      case 'auth':
        this.#login(reader)
        break
      case 'sub':
      case 'unsub':
        this.#answer(reader, op, this.#change(reader, op))
        break
      default:
        this.#link.unknown('value', 'op', op)
        this.#answer(reader, 'error', 2010)
    }
  }

  #isTooFast(op: string): boolean {
    const now = this.#link.clock.now()
    const isFast = [
      this.#requests.isExceeded(now),
      addressPace(this.#link).isExceeded(now),
      op === 'sub' && this.#subscriptions.isExceeded(now),
    ].includes(true)
    return isFast && this.#link.breach()
  }

  #login(reader: Reader): void {
    const link = this.#link
    const found = readLogin(link, reader)
    const tag = { ...readTag(reader, 'cid'), type: reader.at('type').value }
    const code = this.#loginRefusal(found)
    if (code !== undefined) {
      this.#say({ op: 'auth', ...tag, ...this.#refusal(code) })
      if (code !== 2005) this.#end()
      return
    }
    link.accountId = String(found)
    const data = { 'user-id': userIdOf(link.engine, link.accountId) }
    this.#say({ op: 'auth', ...tag, 'err-code': 0, ts: link.clock.now(), data })
  }

  /** A second login changes nothing, and one that fails ends the connection. */
  #loginRefusal(found: string | SocketErrorCode): SocketErrorCode | undefined {
    if (this.#link.accountId !== '') return 2005
    if (typeof found === 'number') return found
    return isOneTooMany(this.#link, found) ? 2030 : undefined
  }

  /** Why not, or nothing when it is done. */
  #change(reader: Reader, op: 'sub' | 'unsub'): SocketErrorCode | undefined {
    const topic = reader.at('topic').optionalString()
    const code = reader.at('contract_code').optionalString()
    if (this.#link.accountId === '') return 2002
    if (topic === undefined) return 2040
    if (!isPrivateTopic(topic)) {
      this.#link.unknown('value', 'topic', topic)
      return 2010
    }
    if (code === undefined && topic !== 'account') return 2040
    const contract = code === undefined || code === ALL ? ALL : findListing(code)?.native
    if (contract === undefined) return 2011
    const scope = topic === 'account' ? ALL : contract
    return op === 'sub' ? this.#join(topic, scope) : this.#leave(topic, scope)
  }

  /** All contracts take the place of single ones, and leave nothing to add. */
  #join(topic: string, scope: string): SocketErrorCode | undefined {
    const scopes = this.#scopes.get(topic) ?? new Set()
    if (scopes.has(scope) || scopes.has(ALL)) return 2014
    if (scope === ALL) this.#leaveAll(topic, scopes)
    scopes.add(scope)
    this.#scopes.set(topic, scopes)
    const { accountId, engine } = this.#link
    this.#link.join(this.#channelOf(topic, scope), () =>
      privateChannel({ engine, accountId }, topic, scope),
    )
    return undefined
  }

  /** Single contracts end with all, but one of all does not end by itself. */
  #leave(topic: string, scope: string): SocketErrorCode | undefined {
    const scopes = this.#scopes.get(topic) ?? new Set()
    if (scope === ALL && scopes.size > 0) {
      this.#leaveAll(topic, scopes)
      return undefined
    }
    if (!scopes.delete(scope)) return 2012
    this.#link.leave(this.#channelOf(topic, scope))
    return undefined
  }

  #leaveAll(topic: string, scopes: Set<string>): void {
    for (const scope of scopes) this.#link.leave(this.#channelOf(topic, scope))
    scopes.clear()
  }

  #channelOf(topic: string, scope: string): string {
    return `${topic} ${scope} ${this.#link.accountId}`
  }

  /** Says again what was asked for. */
  #answer(reader: Reader, op: string, code: SocketErrorCode | undefined): void {
    const topic = reader.at('topic').value
    const contract = reader.at('contract_code').value
    this.#say({
      op,
      ...readTag(reader, 'cid'),
      ...(topic !== undefined && { topic }),
      ...(contract !== undefined && { contract_code: contract }),
      ...(code === undefined ? { ts: this.#link.clock.now(), 'err-code': 0 } : this.#refusal(code)),
    })
  }

  #refusal(code: SocketErrorCode): Readonly<Record<string, unknown>> {
    return { ts: this.#link.clock.now(), 'err-code': code, 'err-msg': socketErrors[code] }
  }

  #say(body: Readonly<Record<string, unknown>>): void {
    this.#link.reply(print(body))
  }

  #end(): void {
    this.#say({ op: 'close', ts: this.#link.clock.now() })
    this.#link.close(1000)
  }
}
