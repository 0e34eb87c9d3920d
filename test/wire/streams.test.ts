import { describe, expect, it } from 'vitest'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { streams as binanceStreams } from '../../evidence/binance/streams.ts'
import { signing as bitgetSigning } from '../../evidence/bitget/sign.ts'
import { streams as bitgetStreams } from '../../evidence/bitget/streams.ts'
import { streamsUnified as bitgetStreamsUnified } from '../../evidence/bitget/streamsUnified.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { streams as bybitStreams } from '../../evidence/bybit/streams.ts'
import { signing as htxSigning } from '../../evidence/htx/sign.ts'
import { streams as htxStreams } from '../../evidence/htx/streams.ts'
import { signing as krakenSigning } from '../../evidence/kraken/sign.ts'
import { streams as krakenStreams } from '../../evidence/kraken/streams.ts'
import { signing as okxSigning } from '../../evidence/okx/sign.ts'
import { streams as okxStreams } from '../../evidence/okx/streams.ts'
import { playStream, type StreamPlay } from './playStream.ts'
import { streamCases } from './streamCases.ts'

// What a unified stream says on sockets, word by word, against tables written by hand.

const PLAYS: readonly StreamPlay[] = [
  { exchange: 'BINANCE', evidence: binanceStreams, signing: binanceSigning },
  { exchange: 'BITGET', evidence: bitgetStreams, signing: bitgetSigning },
  {
    exchange: 'BITGET',
    account: 'unified',
    evidence: bitgetStreamsUnified,
    signing: bitgetSigning,
  },
  { exchange: 'BYBIT', evidence: bybitStreams, signing: bybitSigning },
  { exchange: 'HTX', evidence: htxStreams, signing: htxSigning },
  { exchange: 'KRAKEN', evidence: krakenStreams, signing: krakenSigning },
  { exchange: 'OKX', evidence: okxStreams, signing: okxSigning },
]

it('behavior: stream case ids are unique and in order', () => {
  expect(streamCases.map(({ id }) => id)).toEqual(
    streamCases.map((_, index) => `S-${String(index + 1).padStart(2, '0')}`),
  )
})

for (const play of PLAYS) {
  const name = [play.exchange, play.account].filter((word) => word !== undefined).join(' ')
  describe(name, () => {
    it.each(
      streamCases.map(
        (streamCase) => [`${streamCase.id} ${streamCase.title}`, streamCase] as const,
      ),
    )(`%s · ${name}`, async (_, streamCase) => {
      const problems = await playStream(play, streamCase)
      if (problems.length > 0) throw new Error(problems.join('\n'))
    })
  })
}
