import { assembleSimulator } from './assemble.ts'
import type { SimulatorOptions } from './options.ts'
import { type RunningSimulator, serveSimulator } from './serve.ts'
import { venueRegistry } from './venues/registry.ts'

/**
 * Starts a simulator on 127.0.0.1. Rejects with an `OptionError` that names an option that cannot
 * be, or with the port that is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  return serveSimulator(assembleSimulator(options, venueRegistry))
}
