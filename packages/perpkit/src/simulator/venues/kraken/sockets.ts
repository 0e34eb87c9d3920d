import { equalBytes } from '../../../core/bytes.ts'
import { isRecord, ReadError, Reader } from '../../../core/reader.ts'
import type { Engine } from '../../engine/types.ts'
import type {
  Channel,
  PayloadObject,
  SocketFrame,
  SocketHandler,
  SocketLink,
  VenueSockets,
} from '../../server/socketTypes.ts'
import { signText } from './auth.ts'
import { type PrivateFeed, privateFeeds } from './feeds/private.ts'
import { findPublicFeed } from './feeds/public.ts'
import { uuidOf } from './ids.ts'
import { findListingLoosely, type Listing } from './instruments.ts'
import { plainText } from './replies.ts'

/**
 * Public and private feeds of one address: docs/wire/kraken.md 8.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const sockets: VenueSockets = {
  open(link) {
    if (link.request.path !== '/ws/v1') return plainText(404, 'Not Found')
    if (isOneTooMany(link)) return plainText(429, 'Too many connections')
    return new FeedHandler(link)
  },
}

const MOST_CONNECTIONS = 100
const MOST_REQUESTS = 100
const REQUESTS_MS = 1_000
const PING_MS = 60_000

/** Connections of each simulated exchange, ended ones until the next is opened. */
const connections = new WeakMap<Engine, SocketLink[]>()

function isOneTooMany(link: SocketLink): boolean {
  const open = (connections.get(link.engine) ?? []).filter(({ isOpen }) => isOpen)
  const { remoteAddress } = link.request
  const others = open.filter(({ request }) => request.remoteAddress === remoteAddress)
  const isRefused = others.length >= MOST_CONNECTIONS && link.breach()
  connections.set(link.engine, isRefused ? open : [...open, link])
  return isRefused
}

type Op = 'subscribe' | 'unsubscribe'

/** Who asks, by an answered challenge. */
interface Login {
  accountId: string
  /** What an acknowledgement says of it. */
  echo: PayloadObject
}

/** One connection: challenge, feeds, and the end of one that does not ping. */
class FeedHandler implements SocketHandler {
  readonly #link: SocketLink
  /** Subscriptions with the channel they have, if anything is said on them. */
  readonly #channels = new Map<string, string | undefined>()
  #challenges = 0
  #challenge: string | undefined
  #pingedAt: number
  #requests: number[] = []

  constructor(link: SocketLink) {
    this.#link = link
    this.#pingedAt = link.clock.now()
    for (const [name, value] of new URLSearchParams(link.request.query)) {
      link.unknown('parameter', name, value)
    }
    this.#watch()
  }

  onOpen(): void {
    this.#say({ event: 'info', version: 1 })
  }

  onPing(): void {
    this.#pingedAt = this.#link.clock.now()
  }

  onMessage(message: SocketFrame): void {
    if (this.#isOneTooMany()) return
    const frame = readJson(message)
    if (!isRecord(frame)) {
      this.#fail('Json Error')
      return
    }
    const reader = new Reader(frame, 'frame')
    try {
      this.#obey(reader)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      this.#fail('Json Error')
    }
  }

  #obey(reader: Reader): void {
    const event = reader.at('event').string()
    switch (event) {
      case 'challenge':
        this.#giveChallenge(reader)
        break
      case 'subscribe':
      case 'unsubscribe':
        this.#change(event, reader)
        break
      default:
        // A JSON ping is no known word either: docs/wire/kraken.md 8.1.
        this.#link.unknown('value', 'event', event)
        this.#alert('Bad websocket message')
        return
    }
    for (const path of reader.unread()) this.#link.unknown('parameter', path)
  }

  /** Given to any key, valid or not. */
  #giveChallenge(reader: Reader): void {
    reader.at('api_key').string()
    this.#challenges++
    this.#challenge = uuidOf(`challenge ${this.#link.number} ${this.#challenges}`)
    this.#say({ event: 'challenge', message: this.#challenge })
  }

  #change(op: Op, reader: Reader): void {
    const feed = reader.at('feed').string()
    const known = privateFeeds.get(feed)
    if (known) this.#changePrivate(op, feed, known, reader)
    else this.#changePublic(op, feed, reader)
  }

  /** One answer a product. */
  #changePublic(op: Op, feed: string, reader: Reader): void {
    const found = findPublicFeed(feed)
    const products = readProducts(reader)
    if (!found) {
      this.#link.unknown('value', 'feed', feed)
      this.#fail('Invalid feed')
      return
    }
    if (!found.hasProducts) {
      this.#apply(op, { name: feed, channel: feed, ack: { feed }, make: found.make })
      return
    }
    if (products.length === 0) this.#fail('Invalid product id')
    for (const product of products) {
      const listing = findListingLoosely(product)
      if (!listing) {
        this.#fail('Invalid product id')
        continue
      }
      const name = `${feed} ${listing.native}`
      this.#apply(op, {
        name,
        channel: name,
        ack: { feed, product_ids: [listing.native] },
        make: () => found.make(this.#link.engine, listing),
      })
    }
  }

  /** Each one, and also its end, carries the answer to the challenge. */
  #changePrivate(op: Op, feed: string, known: PrivateFeed, reader: Reader): void {
    const login = this.#login(reader)
    const products = known.takesProducts ? readProducts(reader).map(findListingLoosely) : []
    if (!login) {
      this.#alert('Failed to subscribe to authenticated feed')
      return
    }
    const listings = products.filter((listing): listing is Listing => listing !== undefined)
    if (listings.length < products.length) {
      this.#fail('Invalid product id')
      return
    }
    const { accountId, echo } = login
    this.#link.accountId = accountId
    const natives = listings.map(({ native }) => native)
    const name = `${feed} ${accountId}`
    const { make } = known
    const account = { engine: this.#link.engine, accountId }
    this.#apply(op, {
      name,
      channel: natives.length === 0 ? name : `${name} ${natives.join(',')}`,
      ack: {
        feed,
        ...(natives.length > 0 && { product_ids: natives }),
        ...(known.echoes !== false && echo),
      },
      ...(make && { make: () => make(account, listings) }),
    })
  }

  #login(reader: Reader): Login | undefined {
    const api_key = reader.at('api_key').optionalString() ?? ''
    const original_challenge = reader.at('original_challenge').optionalString() ?? ''
    const signed_challenge = reader.at('signed_challenge').optionalString() ?? ''
    const owner = this.#link.keys.find(api_key)
    if (!owner || this.#challenge === undefined) return undefined
    const expected = signText(owner.credentials.apiSecret, this.#challenge)
    if (original_challenge !== this.#challenge || !equalBytes(signed_challenge, expected)) {
      return undefined
    }
    const echo = { api_key, original_challenge, signed_challenge }
    return { accountId: owner.accountId, echo }
  }

  #apply(op: Op, subscription: Subscription): void {
    const { ack, channel, make, name } = subscription
    const isOn = this.#channels.has(name)
    if (op === 'unsubscribe') {
      if (!isOn) {
        this.#alert('Not subscribed to feed')
        return
      }
      this.#leave(name)
      this.#say({ event: 'unsubscribed', ...ack })
      return
    }
    if (isOn) {
      this.#leave(name)
      this.#alert('Already subscribed to feed, re-requesting')
    } else this.#say({ event: 'subscribed', ...ack })
    this.#channels.set(name, make && channel)
    if (make) this.#link.join(channel, make)
  }

  #leave(name: string): void {
    const channel = this.#channels.get(name)
    this.#channels.delete(name)
    if (channel !== undefined) this.#link.leave(channel)
  }

  /** Ends the connection when a minute has brought no ping; messages do not count. */
  #watch(): void {
    const left = this.#pingedAt + PING_MS - this.#link.clock.now()
    if (left <= 0) this.#link.cut()
    else this.#link.after(left, () => this.#watch())
  }

  #isOneTooMany(): boolean {
    const now = this.#link.clock.now()
    this.#requests = this.#requests.filter((at) => at > now - REQUESTS_MS)
    this.#requests.push(now)
    if (this.#requests.length <= MOST_REQUESTS || !this.#link.breach()) return false
    this.#link.close(1008, 'Too many requests')
    return true
  }

  #alert(message: string): void {
    this.#say({ event: 'alert', message })
  }

  #fail(message: string): void {
    this.#say({ event: 'error', message })
  }

  #say(body: PayloadObject): void {
    this.#link.reply(JSON.stringify(body))
  }
}

interface Subscription {
  /** What it is known under on the connection. */
  name: string
  channel: string
  ack: PayloadObject
  make?: () => Channel
}

function readProducts(reader: Reader): string[] {
  const ids = reader.at('product_ids')
  return ids.isAbsent() ? [] : ids.items().map((item) => item.string())
}

function readJson(message: SocketFrame): unknown {
  if (typeof message !== 'string') return undefined
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}
