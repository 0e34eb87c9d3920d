import type { Reader } from '../../../../core/reader.ts'
import type {
  Payload,
  SocketFrame,
  SocketHandler,
  SocketLink,
} from '../../../server/socketTypes.ts'
import { findListing } from '../contracts.ts'
import { print } from '../figures.ts'
import { OpConnection } from './opConnection.ts'
import { isPrivateTopic, privateChannel } from './privateTopics.ts'
import { ALL } from './pushes.ts'
import type { SocketErrorCode } from './socketErrors.ts'
import { addressPace, Pace } from './tallies.ts'

const MOST_REQUESTS = 50
const MOST_SUBSCRIPTIONS = 40

/** One private connection, in plain text: docs/wire/htx.md 8.2. */
export class NotificationHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #connection: OpConnection
  readonly #requests = new Pace(MOST_REQUESTS)
  readonly #subscriptions = new Pace(MOST_SUBSCRIPTIONS)
  /** Contracts subscribed to, or all of them, by topic. */
  readonly #scopes = new Map<string, Set<string>>()

  constructor(link: SocketLink) {
    this.#link = link
    this.#connection = new OpConnection(link, {
      pack: print,
      obey: (op, reader) => this.#obey(op, reader),
    })
  }

  onMessage(message: SocketFrame): void {
    this.#connection.hear(message)
  }

  frame(_channel: string, payload: Payload): string {
    return print(payload)
  }

  #obey(op: string, reader: Reader): void {
    if (this.#isTooFast(op)) {
      this.#connection.answer(reader, op === 'ping' ? 'error' : op, 2004)
      return
    }
    switch (op) {
      case 'ping': {
        const { value = String(this.#link.clock.now()) } = reader.at('ts')
        this.#link.pong(print({ op: 'pong', ts: value }))
        break
      }
      case 'auth':
        this.#connection.login(reader)
        break
      case 'sub':
      case 'unsub':
        this.#connection.answer(reader, op, this.#change(reader, op))
        break
      default:
        this.#connection.refuseOp(reader, op)
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
}
