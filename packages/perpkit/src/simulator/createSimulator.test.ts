import { describe, expect, test } from 'vitest'
import { createSimulator } from './createSimulator.ts'
import { startSimulator } from './startSimulator.ts'
import { rawRequest } from './tinyVenue.fixture.ts'
import { venueRegistry } from './venues/registry.ts'

test('default: every venue has an account, and understands all so far', async () => {
  const simulator = createSimulator()
  expect(simulator.venues).toEqual(venueRegistry.map(({ name }) => name))
  for (const venue of simulator.venues) {
    const { balances, requests } = await simulator.control.state({ venue })
    const account = simulator.credentials(venue).apiKey
    expect(balances).toMatchObject([{ account, walletBalance: '100000' }])
    expect(requests).toEqual([])
  }
  expect(await simulator.control.ledger()).toEqual([])
  await simulator.close()
})

test('default: over sockets, each venue refuses an unknown path in its own words', async () => {
  const simulator = await startSimulator({ port: 0, clock: 'manual' })
  const bodies = new Set<string>()
  for (const venue of simulator.venues) {
    const response = await fetch(`${simulator.url(venue)}/nowhere`)
    expect(response.ok).toBe(false)
    bodies.add(await response.text())
  }
  expect(bodies.size).toBe(simulator.venues.length)
  await simulator.close()
})

test('behavior: credentials handed out cannot be changed from outside', () => {
  const simulator = createSimulator({ clock: 'manual' })
  const [venue] = simulator.venues
  if (!venue) throw new Error('no venue')
  simulator.credentials(venue).apiKey = 'mine'
  expect(simulator.credentials(venue).apiKey).not.toBe('mine')
})

test('error: a venue that does not run', async () => {
  const [venue] = createSimulator().venues
  if (!venue) throw new Error('no venue')
  const simulator = createSimulator({ venues: [venue] })
  const other = venue === 'kraken' ? 'binance' : 'kraken'
  const message = `venue '${other}' is not running: there are ${venue}`
  await expect(simulator.dispatch(other, rawRequest('GET', '/'))).rejects.toThrow(message)
})

describe.each(venueRegistry.map((venue) => [venue.name, venue] as const))('%s', (_, venue) => {
  test('default: no route stands twice', () => {
    const routes = venue.routes.map(({ method, path }) => `${method} ${path}`)
    expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
  })

  test('default: known headers are in lower case, as they are compared', () => {
    expect(venue.knownHeaders.filter((name) => name !== name.toLowerCase())).toEqual([])
  })
})
