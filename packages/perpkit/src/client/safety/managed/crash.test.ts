import { describe, expect, it } from 'vitest'
import { PerpkitError } from '../../../model/errors.ts'
import type { ManagedOrders } from './managed.ts'
import { at, expectOver, FORMS, openedScene, type Scene, sceneOf } from './scene.testing.ts'
import { createTinyProcess, HastyClock } from './tinyClient.testing.ts'

// The process dies at every point there is: before and after each request that changes something,
// before and after each row of the journal. The next one has nothing but the journal.

const CHANGING = /^(create|amend|cancel|setPosition)/

/** Lets a process die at the `at`th point it passes; how many it has passed. */
class Death {
  passed = 0
  readonly #at: number
  readonly #died: () => void
  readonly after: Promise<void>

  constructor(at: number) {
    this.#at = at
    let died = (): void => undefined
    this.after = new Promise((resolve) => {
      died = resolve
    })
    this.#died = died
  }

  get isDead(): boolean {
    return this.passed > this.#at
  }

  /** Whether it is dead from here on. */
  pass(): boolean {
    this.passed += 1
    if (this.isDead) this.#died()
    return this.isDead
  }
}

type Story = (scene: Scene) => Promise<void>

const protecting: Story = async ({ client, exchange, request, side }) => {
  const managed = await client.createManagedOrders({
    ...request,
    breakEvenAfterFirstTakeProfit: true,
  })
  exchange.move(at(side, '61000'))
  await managed.refresh()
  exchange.move(at(side, '59000'))
  await managed.refresh()
}

const opening: Story = async ({ client, exchange, request, side }) => {
  const managed = await client.openProtectedPosition({ ...request, entry: { type: 'MARKET' } })
  exchange.move(at(side, '61000'))
  await managed.refresh()
  exchange.move(at(side, '57000'))
  await managed.refresh()
}

const resting: Story = async ({ client, exchange, request, side }) => {
  const entry = { type: 'LIMIT', price: at(side, '59500') } as const
  const managed = await client.openProtectedPosition({ ...request, entry })
  const [order] = exchange.open()
  if (order) exchange.fill(order, '0.01')
  await managed.refresh()
  if (order) exchange.fill(order, '0.03')
  await managed.refresh()
  exchange.mayUncover = true
  await managed.cancel()
}

/** Ends the story of one who died: takes up, looks at the market and ends it. */
async function survive(scene: Scene, epoch: number): Promise<void> {
  const { exchange, side } = scene
  const journal = scene.journal.inherited(epoch)
  const clock = new HastyClock(1_100_000)
  const { client } = createTinyProcess(exchange, { clock, journal })
  const managed = await client.resumeManagedOrders({ supervise: false })
  const look = async (): Promise<void> => {
    clock.advance(5_000)
    for (const each of managed) await refresh(each)
  }
  await look()
  const isManaged = journal.managed().length > 0
  const isOpen = exchange.positions[side] !== '0'
  const isResting = exchange.open().some(({ type }) => type === 'LIMIT')
  if (isManaged && isOpen) expect(exchange.cover(side)).toBe(exchange.positions[side])
  // Unmanaged and open: it was not begun, was given up by its caller, or cancelled.
  exchange.mayUncover = true
  if (isResting) for (const each of managed) await each.cancel()
  exchange.move(at(side, '56000'))
  await look()
  await look()
  exchange.hand(scene.request.side, exchange.positions[side], true)
  expectOver({ exchange, journal })
}

async function refresh(managed: ManagedOrders): Promise<void> {
  await managed.refresh().catch((error: unknown) => {
    if (!PerpkitError.is(error)) throw error
  })
}

for (const [form, rules] of FORMS) {
  // Shorts are the mirror: one form of them is enough here.
  for (const side of form === 'fixed' ? (['LONG', 'SHORT'] as const) : (['LONG'] as const)) {
    const stories: [string, Story, typeof sceneOf][] = [
      ['protecting', protecting, openedScene],
      ['opening', opening, sceneOf],
      ['opening attached', opening, (all, ...rest) => sceneOf({ ...all, attached: true }, ...rest)],
      ['resting', resting, sceneOf],
    ]
    describe(`${form} ${side}`, () => {
      for (const [name, story, begin] of stories) {
        it(`behavior: ${name}: whoever dies anywhere is succeeded`, async () => {
          let points = 0
          for (let at = 0; at <= points; at++) {
            const death = new Death(at)
            const scene = begin(
              rules,
              side,
              {},
              {
                isDead: (_, operation) => (CHANGING.test(operation) ? death.pass() : death.isDead),
              },
            )
            scene.journal.onSave = () => {
              if (death.pass()) throw new Error('the process is dead')
            }
            const told = story(scene).catch(() => undefined)
            await Promise.race([told, death.after])
            scene.journal.onSave = () => {
              throw new Error('the process is dead')
            }
            if (!death.isDead) break
            points = at + 1
            await survive(scene, 2)
          }
          expect(points).toBeGreaterThan(8)
        })
      }
    })
  }
}
