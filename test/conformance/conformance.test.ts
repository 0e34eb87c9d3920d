import { describe, expect, it } from 'vitest'
import { BITGET_UNIFIED, EXCHANGES, labelOf, setStage, type Way } from '../support/stage.ts'
import { accountCards } from './account.cards.ts'
import { amendCards } from './amend.cards.ts'
import { batchCards } from './batch.cards.ts'
import { conditionalCards } from './conditional.cards.ts'
import { dataCards } from './data.cards.ts'
import { hedgeCards } from './hedge.cards.ts'
import { historyCards } from './history.cards.ts'
import { inputCards } from './input.cards.ts'
import { managedCards } from './managed.cards.ts'
import { marketCards } from './market.cards.ts'
import { modeCards } from './modes.cards.ts'
import { orderCards } from './order.cards.ts'
import { protectedCards } from './protected.cards.ts'
import { switchCards } from './switch.cards.ts'
import { trailingCards } from './trailing.cards.ts'

const CARDS = [
  ...marketCards,
  ...accountCards,
  ...orderCards,
  ...conditionalCards,
  ...inputCards,
  ...managedCards,
  ...protectedCards,
  ...dataCards,
  ...modeCards,
  ...hedgeCards,
  ...trailingCards,
  ...batchCards,
  ...amendCards,
  ...historyCards,
  ...switchCards,
]
const WAYS: readonly Way[] = ['in process', 'over loopback']

it('behavior: card ids are unique', () => {
  expect(new Set(CARDS.map(({ id }) => id)).size).toBe(CARDS.length)
})

for (const played of [...EXCHANGES, BITGET_UNIFIED]) {
  for (const way of WAYS) {
    describe(`${labelOf(played)} ${way}`, () => {
      for (const { id, title, play, unless, clock } of CARDS) {
        it(`${id} ${title}`, async ({ skip }) => {
          const reason = unless(played)
          if (reason) skip(reason)
          await play(await setStage(played, way, {}, clock))
        })
      }
    })
  }
}
