import { createSimulator, type Simulator, type SimulatorOptions } from 'perpkit/simulator'
import { onTestFinished } from 'vitest'

/**
 * A simulator without sockets for the running test. When the test has finished it is closed, and
 * the test fails when a word was left that the venues did not understand.
 */
export function createTestSimulator(options: SimulatorOptions = {}): Simulator {
  const { seed = 1 } = options
  const simulator = createSimulator({ ...options, seed })
  onTestFinished(async () => {
    const ledger = await simulator.control.ledger()
    await simulator.close()
    if (ledger.length === 0) return
    const entries = ledger.map((entry) => JSON.stringify(entry)).join('\n')
    throw new Error(`seed ${seed}: words the venues did not understand\n${entries}`)
  })
  return simulator
}
