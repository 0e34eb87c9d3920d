import { describe, expect, it } from 'vitest'
import { EXCHANGES, setStage, type Way } from '../support/stage.ts'
import { accountCards } from './account.cards.ts'
import { conditionalCards } from './conditional.cards.ts'
import { inputCards } from './input.cards.ts'
import { managedCards } from './managed.cards.ts'
import { marketCards } from './market.cards.ts'
import { orderCards } from './order.cards.ts'

const CARDS = [
  ...marketCards,
  ...accountCards,
  ...orderCards,
  ...conditionalCards,
  ...inputCards,
  ...managedCards,
]
const WAYS: readonly Way[] = ['in process', 'over loopback']

it('behavior: card ids are unique', () => {
  expect(new Set(CARDS.map(({ id }) => id)).size).toBe(CARDS.length)
})

for (const played of EXCHANGES) {
  for (const way of WAYS) {
    describe(`${played.name} ${way}`, () => {
      for (const { id, title, play, unless } of CARDS) {
        it(`${id} ${title}`, async ({ skip }) => {
          const reason = unless(played)
          if (reason) skip(reason)
          await play(await setStage(played, way))
        })
      }
    })
  }
}
