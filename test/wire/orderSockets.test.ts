import { describe, expect, it } from 'vitest'
import { orderSockets as binance } from '../../evidence/binance/orderSockets.ts'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { signed as binanceSigned } from '../../evidence/binance/signSocket.ts'
import { orderSockets as bitget } from '../../evidence/bitget/orderSockets.ts'
import { orderSocketsUnified as bitgetUnified } from '../../evidence/bitget/orderSocketsUnified.ts'
import { signing as bitgetSigning } from '../../evidence/bitget/sign.ts'
import { loginOf as bitgetLoginOf } from '../../evidence/bitget/signSocket.ts'
import { orderSockets as bybit } from '../../evidence/bybit/orderSockets.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { loginOf as bybitLoginOf } from '../../evidence/bybit/signSocket.ts'
import { orderSockets as htx } from '../../evidence/htx/orderSockets.ts'
import { signing as htxSigning } from '../../evidence/htx/sign.ts'
import { loginOf as htxLoginOf } from '../../evidence/htx/signSocket.ts'
import { orderSockets as okx } from '../../evidence/okx/orderSockets.ts'
import { signing as okxSigning } from '../../evidence/okx/sign.ts'
import { loginOf as okxLoginOf } from '../../evidence/okx/signSocket.ts'
import { orderSocketCases } from './orderSocketCases.ts'
import type { Desk } from './orderSocketEvidence.ts'
import { type OrderSocketPlay, playOrderSocket } from './playOrderSocket.ts'
import { find, readVectors } from './vectors/vectors.ts'

// What a venue answers to orders over its sockets, against tables written by hand. Kraken is not
// among them: its sockets take none.

const PLAYS: readonly OrderSocketPlay[] = [
  { venue: 'binance', evidence: binance, signing: binanceSigning },
  { venue: 'bitget', kind: 'classic', evidence: bitget, signing: bitgetSigning },
  { venue: 'bitget', kind: 'unified', evidence: bitgetUnified, signing: bitgetSigning },
  { venue: 'bybit', evidence: bybit, signing: bybitSigning },
  { venue: 'htx', evidence: htx, signing: htxSigning },
  { venue: 'okx', evidence: okx, signing: okxSigning },
]

it('behavior: order socket case ids are unique and in order', () => {
  expect(orderSocketCases.map(({ id }) => id)).toEqual(
    orderSocketCases.map((_, index) => `O-${String(index + 1).padStart(2, '0')}`),
  )
})

type Signer = Pick<Desk, 'key' | 'now'>

/** V6: an order of 0.010 at 60000.10. */
const v6 = binanceSigned('a1', 'order.place', {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.010',
  price: '60000.10',
})

const SIGNATURES: readonly [exchange: string, vector: string, sign: (signer: Signer) => string][] =
  [
    ['binance', 'V6', (signer) => v6(signer).params.signature],
    ['bitget', 'WS login, seconds', (signer) => bitgetLoginOf(signer).sign],
    ['bybit', 'V6', (signer) => bybitLoginOf(signer)[2]],
    ['htx', 'T6', (signer) => htxLoginOf('/linear-swap-trade', signer).Signature],
    ['okx', 'V5', (signer) => okxLoginOf(signer).sign],
  ]

it.each(SIGNATURES)('behavior: %s: the table signs as vector %s', (exchange, id, sign) => {
  const vectors = readVectors(exchange)
  const { apiKey, apiSecret, timestamp } = vectors
  expect(sign({ key: { apiKey, apiSecret }, now: timestamp })).toBe(find(vectors, id).signature)
})

for (const play of PLAYS) {
  const name = [play.venue, play.kind].filter((word) => word !== undefined).join(' ')
  describe(name, () => {
    for (const orderSocketCase of orderSocketCases) {
      const script = play.evidence.cases[orderSocketCase.id]
      if ('absent' in script) continue
      const [, kind, says] = /^(\w+): (.*)$/.exec(orderSocketCase.title) ?? []
      it(`${kind}: ${orderSocketCase.id} ${says} · ${name}`, async () => {
        const problems = await playOrderSocket(play, script, orderSocketCase)
        if (problems.length > 0) throw new Error(problems.join('\n'))
      })
    }
  })
}
