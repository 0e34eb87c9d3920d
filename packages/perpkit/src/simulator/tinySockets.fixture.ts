import { assembleSimulator, type Simulator } from './assemble.ts'
import type { Channel, SocketLink, VenueSockets } from './server/socketTypes.ts'
import type { Venue } from './server/types.ts'
import { tinyVenue } from './tinyVenue.fixture.ts'

// Sockets of no exchange: `join NAME`, `leave NAME`, `login KEY`, `order JSON`, `ping`, `boom`, in plain
// text.

/** The tiny `binance` with sockets at `/live`, and a `bybit` without, on a manual clock. */
export function simulateSockets(): Simulator {
  const venues = [socketVenue(), tinyVenue('bybit')]
  return assembleSimulator({ clock: 'manual' }, venues).simulator
}

export function socketVenue(): Venue {
  return { ...tinyVenue('binance'), sockets }
}

const sockets: VenueSockets = {
  open(link) {
    if (link.request.path !== '/live') return { status: 404, body: 'no such socket' }
    return {
      onOpen: () => link.reply('hello'),
      onMessage: (message) => obey(link, String(message)),
    }
  },
  corruptChecksum: (payload) => ('sum' in payload ? { ...payload, sum: 'wrong' } : undefined),
}

function obey(link: SocketLink, message: string): void {
  const [word = '', name = ''] = message.split(' ')
  if (word === 'ping') link.pong('pong')
  else if (word === 'join') {
    link.reply(`joined ${name}`)
    const make = channels[name]
    if (make) link.join(name, () => make(link))
    else link.unknown('value', 'channel', name)
  } else if (word === 'leave') link.leave(name)
  else if (word === 'order') {
    const body = message.slice('order '.length)
    const twin = { method: 'POST', path: '/order', body } as const
    link.submit({ ...twin, label: 'order' }, (answer) =>
      link.reply(`${answer.status} ${answer.body}`),
    )
  } else if (word === 'login') link.accountId = link.keys.find(name)?.accountId ?? ''
  else throw new Error(`cannot ${word}`)
}

const channels: Readonly<Record<string, (link: SocketLink) => Channel>> = {
  tick: () => ({
    everyMs: 1_000,
    welcome: () => [{ tick: 'welcome' }],
    collect: (now) => [{ tick: now % 60_000 }],
  }),
  book: ({ engine }) => ({
    everyMs: 100,
    isStirredBy: (event) => event.kind === 'book' && event.symbol === 'BTCUSDT',
    collect: () => [{ bid: engine.prices('BTCUSDT').bid, sum: 'right' }],
  }),
  trade: () => ({
    hear: (events) =>
      events.flatMap((event) => (event.kind === 'trade' ? [{ price: event.trade.price }] : [])),
  }),
  broken: () => ({
    everyMs: 1_000,
    collect() {
      throw new Error('no such thing')
    },
  }),
  own: (link) => ({
    isPrivate: true,
    rank: 1,
    hear: (events) =>
      events.flatMap((event) =>
        event.kind === 'order' && event.order.accountId === link.accountId
          ? [{ order: event.order.status }]
          : [],
      ),
  }),
}
