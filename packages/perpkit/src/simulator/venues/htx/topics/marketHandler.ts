import { ReadError, type Reader } from '../../../../core/reader.ts'
import type {
  Payload,
  SocketFrame,
  SocketHandler,
  SocketLink,
} from '../../../server/socketTypes.ts'
import { noteUnread, readFrame, readTag, squeeze } from './frames.ts'
import { Heartbeat } from './heartbeat.ts'
import { findTopic, type MarketTopic, type Place } from './marketTopics.ts'

/** One connection to market or index data: docs/wire/htx.md 8.1. */
export class MarketHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #place: Place
  readonly #heartbeat: Heartbeat
  /** Channels of the topics subscribed to, by topic. */
  readonly #channels = new Map<string, string>()
  #joined = 0

  constructor(link: SocketLink, place: Place) {
    this.#link = link
    this.#place = place
    this.#heartbeat = new Heartbeat(link, {
      say: (ping) => link.pong(squeeze({ ping })),
      end: () => link.close(1003, 'ping check expired'),
    })
  }

  onMessage(message: SocketFrame): void {
    const reader = readFrame(message)
    if (!reader) {
      this.#refuse('invalid command', undefined)
      return
    }
    try {
      this.#obey(reader)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.#refuse('invalid command', reader)
    }
    noteUnread(this.#link, reader)
  }

  frame(_channel: string, payload: Payload): Uint8Array {
    return squeeze(payload)
  }

  #obey(reader: Reader): void {
    if (reader.has('pong')) this.#heartbeat.answered(reader.at('pong').integer())
    else if (reader.has('ping')) this.#answerPing(reader.at('ping').value)
    else if (reader.has('sub')) this.#subscribe(reader, reader.at('sub').string())
    else if (reader.has('unsub')) this.#unsubscribe(reader, reader.at('unsub').string())
    else if (reader.has('req')) this.#request(reader, reader.at('req').string())
    else this.#refuse('invalid command', reader)
  }

  /** Index data does not answer pings that are messages: docs/wire/htx.md 8.3. */
  #answerPing(ping: unknown): void {
    if (this.#place === 'market') this.#link.pong(squeeze({ pong: ping }))
  }

  /** A topic that is on already is acknowledged once more. */
  #subscribe(reader: Reader, name: string): void {
    const topic = this.#find(reader, name)
    if (!topic) return
    const given = topic.dataTypes ? reader.at('data_type').optionalString() : undefined
    const dataType = given ?? topic.dataTypes?.[0]
    if (given !== undefined && !topic.dataTypes?.includes(given)) {
      this.#link.unknown('value', 'data_type', given)
      this.#refuse(`invalid data_type ${given}`, reader)
      return
    }
    this.#reply(reader, { subbed: name, ...(given !== undefined && { data_type: given }) })
    if (this.#channels.has(name)) return
    this.#joined++
    const { engine, number } = this.#link
    const channel = topic.isOwn ? `${name} ${number}.${this.#joined}` : name
    this.#channels.set(name, channel)
    this.#link.join(channel, () =>
      topic.make(engine, { dataType, connection: number, joined: this.#joined }),
    )
  }

  #unsubscribe(reader: Reader, name: string): void {
    if (!this.#find(reader, name)) return
    // Some send along what they subscribed with.
    reader.at('data_type')
    const channel = this.#channels.get(name)
    if (channel !== undefined) this.#link.leave(channel)
    this.#channels.delete(name)
    this.#reply(reader, { unsubbed: name })
  }

  #request(reader: Reader, name: string): void {
    const topic = this.#find(reader, name)
    if (!topic) return
    if (!topic.read) {
      this.#refuse(`invalid topic ${name}`, reader)
      return
    }
    const data = topic.read(this.#link.engine, reader)
    this.#reply(reader, { rep: name, data })
  }

  #find(reader: Reader, name: string): MarketTopic | undefined {
    const topic = findTopic(this.#place, name)
    if (topic) return topic
    this.#link.unknown('value', 'topic', name)
    this.#refuse(`invalid topic ${name}`, reader)
    return undefined
  }

  #reply(reader: Reader, more: Readonly<Record<string, unknown>>): void {
    const ts = this.#link.clock.now()
    this.#link.reply(squeeze({ ...readTag(reader, 'id'), status: 'ok', ...more, ts }))
  }

  #refuse(text: string, reader: Reader | undefined): void {
    const body = {
      status: 'error',
      ts: this.#link.clock.now(),
      ...(reader && readTag(reader, 'id')),
      'err-code': 'bad-request',
      'err-msg': text,
    }
    this.#link.reply(squeeze(body))
  }
}
