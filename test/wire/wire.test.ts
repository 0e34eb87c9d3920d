import { describe, expect, it } from 'vitest'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { wire as binanceWire } from '../../evidence/binance/wire.ts'
import { signing as bitgetSigning } from '../../evidence/bitget/sign.ts'
import { wire as bitgetWire } from '../../evidence/bitget/wire.ts'
import { wireUnified as bitgetWireUnified } from '../../evidence/bitget/wireUnified.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { wire as bybitWire } from '../../evidence/bybit/wire.ts'
import { signing as htxSigning } from '../../evidence/htx/sign.ts'
import { wire as htxWire } from '../../evidence/htx/wire.ts'
import { signing as krakenSigning } from '../../evidence/kraken/sign.ts'
import { wire as krakenWire } from '../../evidence/kraken/wire.ts'
import { signing as okxSigning } from '../../evidence/okx/sign.ts'
import { wire as okxWire } from '../../evidence/okx/wire.ts'
import { wireCases } from './cases.ts'
import { type Play, playCase } from './play.ts'

// What a unified call puts on the wire, word by word, against tables written by hand.

const PLAYS: readonly Play[] = [
  { exchange: 'BINANCE', evidence: binanceWire, signing: binanceSigning },
  { exchange: 'BITGET', evidence: bitgetWire, signing: bitgetSigning },
  {
    exchange: 'BITGET',
    account: 'unified',
    evidence: bitgetWireUnified,
    signing: bitgetSigning,
  },
  { exchange: 'BYBIT', evidence: bybitWire, signing: bybitSigning },
  { exchange: 'HTX', evidence: htxWire, signing: htxSigning },
  { exchange: 'KRAKEN', evidence: krakenWire, signing: krakenSigning },
  { exchange: 'OKX', evidence: okxWire, signing: okxSigning },
]

it('behavior: case ids are unique and in order', () => {
  expect(wireCases.map(({ id }) => id)).toEqual(
    wireCases.map((_, index) => `W-${String(index + 1).padStart(2, '0')}`),
  )
})

for (const play of PLAYS) {
  const name = [play.exchange, play.account].filter((word) => word !== undefined).join(' ')
  describe(name, () => {
    it.each(wireCases.map((wireCase) => [`${wireCase.id} ${wireCase.title}`, wireCase] as const))(
      `%s · ${name}`,
      async (_, wireCase) => {
        const problems = await playCase(play, wireCase)
        if (problems.length > 0) throw new Error(problems.join('\n'))
      },
    )
  })
}
