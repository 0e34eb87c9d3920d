import { describe, expect, it } from 'vitest'
import { answers as binanceAnswers } from '../../evidence/binance/answers.ts'
import { recorded as binanceRecorded } from '../../evidence/binance/recorded.ts'
import { signing as binanceSigning } from '../../evidence/binance/sign.ts'
import { answers as bybitAnswers } from '../../evidence/bybit/answers.ts'
import { recorded as bybitRecorded } from '../../evidence/bybit/recorded.ts'
import { signing as bybitSigning } from '../../evidence/bybit/sign.ts'
import { createTestSimulator } from '../support/withSimulator.ts'
import { capturesTitle, hasCaptures, outlineDifferences, readCapture } from './captures.ts'
import { answerOf, type Venue } from './probe.ts'

// The simulator's answers beside recorded ones: the same keys, the same JSON types.

const VENUES = [
  { name: 'binance', evidence: binanceAnswers, signing: binanceSigning, recorded: binanceRecorded },
  { name: 'bybit', evidence: bybitAnswers, signing: bybitSigning, recorded: bybitRecorded },
] as const

it('behavior: a key less, a key more and another type are told by path', () => {
  const recorded = { list: [{ price: '1', size: '2', seq: 3, extra: {} }], rest: [] }
  const simulated = { list: [{ price: 1, size: '2', side: 'Buy', extra: { deep: 1 } }], rest: [1] }
  expect(outlineDifferences(recorded, simulated, { 'list[].extra': 'varies' })).toEqual([
    'list[].price: recorded string, answered number',
    'list[].seq: recorded, not answered',
    'list[].side: answered, not recorded',
    'rest[]: answered, not recorded',
  ])
})

describe.skipIf(!hasCaptures)(`beside ${capturesTitle}`, () => {
  for (const venue of VENUES) {
    it.each(venue.recorded.map((entry) => [entry.file, entry] as const))(
      `behavior: ${venue.name} answers like %s`,
      async (file, { before, send, allowed }) => {
        const simulator = createTestSimulator({ clock: 'manual', venues: [venue.name] })
        const answer = await answerOf(simulator, venue satisfies Venue, { before, send })
        const recorded = readCapture(`${venue.name}/${file}`)
        expect(outlineDifferences(recorded, answer.json, allowed).join('\n')).toBe('')
      },
    )
  }
})
