import { ReadError, type Reader } from '../../../../core/reader.ts'
import type { SocketFrame, SocketLink } from '../../../server/socketTypes.ts'
import { noteUnread, readFrame, readTag } from './frames.ts'
import { Heartbeat } from './heartbeat.ts'
import { readLogin, userIdOf } from './login.ts'
import { type SocketErrorCode, socketErrors } from './socketErrors.ts'
import { isOneTooMany } from './tallies.ts'

/** What a socket makes of the messages an {@link OpConnection} hands on. */
export interface OpWords {
  /** A body as it goes over this socket. */
  pack(body: unknown): SocketFrame
  /** Does what a message asks for; a `ReadError` is answered with 2040. */
  obey(op: string, reader: Reader): void
  /** The member of a message that is read by whoever it is handed on to. */
  handedOn?: string
}

type Body = Readonly<Record<string, unknown>>

/** What sockets whose messages have an `op` share: pings, login and refusals (docs/wire/htx.md 8.2). */
export class OpConnection {
  readonly #link: SocketLink
  readonly #words: OpWords
  readonly #heartbeat: Heartbeat

  constructor(link: SocketLink, words: OpWords) {
    this.#link = link
    this.#words = words
    this.#heartbeat = new Heartbeat(link, {
      say: (time) => link.pong(words.pack({ op: 'ping', ts: String(time) })),
      end: () => this.end(),
    })
  }

  hear(message: SocketFrame): void {
    const reader = readFrame(message)
    if (!reader) {
      this.say({ op: 'error', ...this.#refusal(2040) })
      return
    }
    try {
      const op = reader.at('op').string()
      if (op === 'pong') this.#heartbeat.answered(reader.at('ts').integer())
      else this.#words.obey(op, reader)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.say({ op: 'error', ...readTag(reader, 'cid'), ...this.#refusal(2040) })
    }
    noteUnread(this.#link, reader, this.#words.handedOn)
  }

  /** A ping of the protocol, which says as much as an answer. */
  pinged(): void {
    this.#heartbeat.heard()
  }

  login(reader: Reader): void {
    const link = this.#link
    const found = readLogin(link, reader)
    const tag = { ...readTag(reader, 'cid'), type: reader.at('type').value }
    const code = this.#loginRefusal(found)
    if (code !== undefined) {
      this.say({ op: 'auth', ...tag, ...this.#refusal(code) })
      if (code !== 2005) this.end()
      return
    }
    link.accountId = String(found)
    const data = { 'user-id': userIdOf(link.engine, link.accountId) }
    this.say({ op: 'auth', ...tag, 'err-code': 0, ts: link.clock.now(), data })
  }

  /** Says again what was asked for, and why not where it is not done. */
  answer(reader: Reader, op: string, code: SocketErrorCode | undefined): void {
    const topic = reader.at('topic').value
    const contract = reader.at('contract_code').value
    this.say({
      op,
      ...readTag(reader, 'cid'),
      ...(topic !== undefined && { topic }),
      ...(contract !== undefined && { contract_code: contract }),
      ...(code === undefined ? { ts: this.#link.clock.now(), 'err-code': 0 } : this.#refusal(code)),
    })
  }

  /** An `op` that nobody knows here. */
  refuseOp(reader: Reader, op: string): void {
    this.#link.unknown('value', 'op', op)
    this.answer(reader, 'error', 2010)
  }

  say(body: Body): void {
    this.#link.reply(this.#words.pack(body))
  }

  end(): void {
    this.say({ op: 'close', ts: this.#link.clock.now() })
    this.#link.close(1000)
  }

  /** A second login changes nothing, and one that fails ends the connection. */
  #loginRefusal(found: string | SocketErrorCode): SocketErrorCode | undefined {
    if (this.#link.accountId !== '') return 2005
    if (typeof found === 'number') return found
    return isOneTooMany(this.#link, found) ? 2030 : undefined
  }

  #refusal(code: SocketErrorCode): Body {
    return { ts: this.#link.clock.now(), 'err-code': code, 'err-msg': socketErrors[code] }
  }
}
