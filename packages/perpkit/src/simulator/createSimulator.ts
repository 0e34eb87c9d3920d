import { assembleSimulator, type Simulator } from './assemble.ts'
import type { SimulatorOptions } from './options.ts'
import { venueRegistry } from './venues/registry.ts'

/**
 * A simulator without a network: requests go in by `dispatch`, sockets open by `openSocket`. Throws
 * an `OptionError` that names an option that cannot be.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  return assembleSimulator(options, venueRegistry).simulator
}
