import { describe, expect, test } from 'vitest'
import type { Simulator } from './assemble.ts'
import { createSimulator } from './createSimulator.ts'
import type { Fault } from './server/faults.ts'
import type { Answer, Route, Venue } from './server/types.ts'
import { rawRequest } from './tinyVenue.fixture.ts'
import { venueRegistry } from './venues/registry.ts'

// That every fault over HTTP acts at every venue; what each does is tested in server/dispatch.test.ts.

describe.each(venueRegistry.map((venue) => [venue.name, venue] as const))('%s', (name, venue) => {
  async function meet(fault: Fault): Promise<{ plain: Answer; met: Answer | undefined }> {
    const simulator = createSimulator({ clock: 'manual', venues: [name] })
    const [path, plain] = await quietRoute(simulator, venue)
    const { id } = await simulator.control.inject({ ...fault, venue: name })
    const met = await simulator.dispatch(name, rawRequest('GET', path))
    await simulator.control.clearFaults({ id })
    const after = await simulator.dispatch(name, rawRequest('GET', path))
    expect([after?.status, after?.body]).toEqual([plain.status, plain.body])
    return { plain, met }
  }

  test.each(['dropBefore', 'dropAfter'] as const)('args: %s', async (kind) => {
    expect((await meet({ kind })).met).toBeUndefined()
  })

  test.each(['request', 'answer'] as const)('args: status of the %s', async (stage) => {
    const { met } = await meet({ kind: 'status', code: 502, body: '<html>', stage })
    expect(met).toMatchObject({ status: 502, body: '<html>' })
  })

  test('args: malformed', async () => {
    const { plain, met } = await meet({ kind: 'malformed' })
    expect(met?.status).toBe(plain.status)
    expect(() => JSON.parse(met?.body ?? '{}')).toThrow(SyntaxError)
  })

  test('args: truncateBody', async () => {
    const { plain, met } = await meet({ kind: 'truncateBody', bytes: 7 })
    expect([met?.status, met?.body]).toEqual([plain.status, plain.body.slice(0, 7)])
  })

  const words: Fault[] = [
    { kind: 'maintenance' },
    { kind: 'rejectWith', reason: 'exchangeBusy' },
    { kind: 'rejectWith', reason: 'unknownState', stage: 'answer' },
    ...(venue.limits ? [{ kind: 'rateLimit', retryAfterMs: 5 } as const] : []),
  ]
  test.each(words)('args: %o is said in the words of the venue', async (fault) => {
    const { plain, met } = await meet(fault)
    expect(met?.body).not.toBe(plain.body)
    expect(met?.body).toMatch(/\S/)
  })

  test('args: delay', async () => {
    const simulator = createSimulator({ clock: 'manual', venues: [name] })
    const [path, plain] = await quietRoute(simulator, venue)
    await simulator.control.inject({ kind: 'delay', ms: 5, stage: 'answer' })
    let met: Answer | undefined
    const meeting = simulator.dispatch(name, rawRequest('GET', path)).then((answer) => {
      met = answer
    })
    await simulator.control.advance({ ms: 4 })
    expect(met).toBeUndefined()
    await simulator.control.advance({ ms: 1 })
    await meeting
    expect([met?.status, met?.body]).toEqual([plain.status, plain.body])
  })

  test('args: clockSkew', async () => {
    const simulator = createSimulator({ clock: 'manual', venues: [name] })
    let tellsAnotherTime = false
    for (const { path } of quietRoutes(venue)) {
      const plain = await simulator.dispatch(name, rawRequest('GET', path))
      await simulator.control.inject({ kind: 'clockSkew', ms: 3_600_000, times: 1 })
      const met = await simulator.dispatch(name, rawRequest('GET', path))
      tellsAnotherTime ||= met?.body !== plain?.body
      if (tellsAnotherTime) break
    }
    expect(tellsAnotherTime).toBe(true)
  })
})

/** A public route that answers without being told anything, and its answer. */
async function quietRoute(simulator: Simulator, venue: Venue): Promise<[string, Answer]> {
  for (const { path } of quietRoutes(venue)) {
    const answer = await simulator.dispatch(venue.name, rawRequest('GET', path))
    if (answer?.status === 200 && answer.body.length > 7) return [path, answer]
  }
  throw new Error(`no such route at ${venue.name}`)
}

function quietRoutes({ routes }: Venue): Route[] {
  return routes.filter(({ method, access }) => method === 'GET' && access === 'public')
}
