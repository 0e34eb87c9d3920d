import { type Capabilities, EXCHANGE_REGISTRY } from 'perpkit'
import type { Played } from '../support/stage.ts'

/** What the exchange says it can do: cards ask this, never a name. */
export function capabilitiesOf({ name }: Played): Capabilities {
  const definition = EXCHANGE_REGISTRY.find((one) => one.name === name)
  if (!definition) throw new TypeError(`${name} is not registered`)
  return definition.capabilities
}

/** Why an exchange has no hedge mode, as a reason to skip a card. */
export function noHedge(played: Played): string | undefined {
  return capabilitiesOf(played).positionModes.includes('HEDGE')
    ? undefined
    : 'the exchange has one-way mode alone'
}
