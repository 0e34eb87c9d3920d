import { expect, test } from 'vitest'
import type { Simulator } from '../assemble.ts'
import type { KeyPermissions } from '../server/types.ts'
import { order, simulateTiny, stateOf } from '../tinyVenue.fixture.ts'

const make = (permissions: Partial<KeyPermissions>, simulator: Simulator) =>
  simulator.control.createAccount({ venue: 'binance', permissions })

test('default: it may trade', async () => {
  const simulator = simulateTiny()
  const made = await make({ withdraw: true, addresses: ['203.0.113.5'] }, simulator)
  expect(await order(simulator, {}, made)).toHaveProperty('orderId')
})

test('args: a key that may not trade is refused, and others are not', async () => {
  const simulator = simulateTiny()
  const made = await make({ trade: false }, simulator)
  const refused = { no: 'permissionDenied', at: '/order' }
  expect(await order(simulator, {}, made)).toEqual(refused)
  expect(await order(simulator, { stopPrice: '59000' }, made)).toEqual(refused)
  expect(await order(simulator, {})).toHaveProperty('orderId')
  expect((await stateOf(simulator)).orders).toHaveLength(1)
  expect(await simulator.control.ledger()).toEqual([])
})

test('behavior: it is said after the signature', async () => {
  const simulator = simulateTiny()
  const made = await make({ trade: false }, simulator)
  const forged = { ...made, apiSecret: 'forged' }
  expect(await order(simulator, {}, forged)).toEqual({ no: 'wrong signature' })
})

test('behavior: snapshots keep it', async () => {
  const simulator = simulateTiny()
  const first = await make({ trade: false }, simulator)
  const { id } = await simulator.control.snapshot()
  const second = await make({ trade: false }, simulator)
  await simulator.control.revert({ id })
  expect(await order(simulator, {}, first)).toHaveProperty('no', 'permissionDenied')
  expect(await order(simulator, {}, second)).toEqual({ no: 'unknown key' })
  // Chance goes back as well, so the next key is the second one again, with rights of its own.
  expect(await make({}, simulator)).toEqual(second)
  expect(await order(simulator, {}, second)).toHaveProperty('orderId')
})
