import { type RunningSimulator, startSimulator, type VenueName } from 'perpkit/simulator'
import { onTestFinished } from 'vitest'

export interface ForeignStage {
  simulator: RunningSimulator
  url: string
  apiKey: string
  apiSecret: string
  passphrase?: string
  truth(): ReturnType<RunningSimulator['control']['state']>
  price(price: number): Promise<void>
}

/**
 * A venue for a foreign client; when the test has finished, its ledger must hold the values that the
 * test had sent wrong on purpose, and nothing else.
 */
export async function setForeignStage(
  venue: VenueName,
  wrong: readonly string[] = [],
): Promise<ForeignStage> {
  const simulator = await startSimulator({ seed: 1, port: 0, venues: [venue] })
  onTestFinished(async () => {
    const ledger = await simulator.control.ledger()
    await simulator.close()
    const strange = ledger.map(({ name, value }) => value ?? name)
    if (strange.sort().join() !== [...wrong].sort().join())
      throw new Error(`not understood: ${JSON.stringify(ledger, null, 1)}`)
  })
  return {
    simulator,
    url: simulator.url(venue),
    ...simulator.credentials(venue),
    truth: () => simulator.control.state({ venue }),
    price: async (price) => {
      await simulator.control.setPrice({ symbol: 'BTCUSDT', price })
    },
  }
}
