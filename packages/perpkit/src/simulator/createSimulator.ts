import { assembleSimulator, type Simulator } from './assemble.ts'
import type { SimulatorOptions } from './options.ts'
import { venueRegistry } from './venues/registry.ts'

/**
 * A simulator without sockets: requests go in by `dispatch`. Throws an `OptionError` that names an
 * option that cannot be.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  return assembleSimulator(options, venueRegistry).simulator
}
