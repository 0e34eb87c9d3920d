import { type Capabilities, EXCHANGE_REGISTRY, type TriggerSource } from 'perpkit'
import {
  nextFloat,
  nextInteger,
  type Random,
  seeded,
} from '../../../packages/perpkit/src/core/random.ts'
import type { Played } from '../../support/stage.ts'
import { TROUBLES, type Trouble, timesOf } from './troubles.ts'

export type Way = 'protect' | 'market' | 'limit' | 'limitInParts'
export type Path = 'through' | 'back' | 'gap' | 'sideways'
export type Hand = 'none' | 'cancelsStop' | 'reduces' | 'adds' | 'closes' | 'flips'
export type Ending = 'stop' | 'gap' | 'cancel' | 'handCloses'

/** One life of a managed order, as it follows from its number alone. */
export interface Scenario {
  seed: number
  side: 'LONG' | 'SHORT'
  mode: 'ONE_WAY' | 'HEDGE'
  way: Way
  quantity: string
  targets: number
  path: Path
  hand: Hand
  /** Before which price of the path. */
  handAt: number
  trouble: Trouble
  times: number | undefined
  /** Before which price of the path; 0: before anything. */
  troubleAt: number
  /** Points a process passes until it is killed. */
  killAfter: number
  downMs: number
  latencyMs: number
  breakEven: boolean
  /** Absent: as the exchange has it. */
  triggerSource: TriggerSource | undefined
  /** A stop of the position stands already, from somebody else. */
  hasPrevious: boolean
  policy: 'CLOSE' | 'REPORT'
  ending: Ending
  random: Random
}

/** The troubles take turns; all else is drawn. */
export function scenarioOf(played: Played, seed: number): Scenario {
  const random = seeded(Math.imul(seed, 0x9e3779b1) ^ hashOf(played.label ?? played.name))
  for (let turn = 0; turn < 3; turn++) nextFloat(random)
  const trouble = TROUBLES[seed % TROUBLES.length] ?? { name: 'none', weight: 'refused' }
  const pick = <Value>(...values: [Value, ...Value[]]): Value =>
    values[nextInteger(random, values.length)] ?? values[0]
  return {
    seed,
    trouble,
    times: timesOf(trouble, random),
    side: pick('LONG', 'SHORT'),
    mode: hasHedge(played) ? pick('ONE_WAY', 'HEDGE') : 'ONE_WAY',
    way: pick<Way>('protect', 'protect', 'market', 'market', 'limit', 'limitInParts'),
    quantity: pick('0.04', '0.1', '0.013', '0.007'),
    targets: 1 + nextInteger(random, 4),
    path: pick<Path>('through', 'back', 'back', 'gap', 'sideways'),
    hand: pick<Hand>('none', 'none', 'none', 'cancelsStop', 'reduces', 'adds', 'closes', 'flips'),
    handAt: 1 + nextInteger(random, 3),
    troubleAt: pick(0, 0, 1, 2),
    killAfter: nextInteger(random, pick(20, 60, 160)),
    downMs: nextInteger(random, 3_000),
    latencyMs: pick(0, 0, 20, 100),
    breakEven: pick(true, false),
    triggerSource: pick(undefined, ...capabilitiesOf(played).triggerSources),
    hasPrevious: pick(false, false, true),
    policy: pick('CLOSE', 'CLOSE', 'REPORT'),
    ending: pick<Ending>('stop', 'gap', 'cancel', 'handCloses'),
    random,
  }
}

export function textOf(scenario: Scenario): string {
  const { seed, side, mode, way, quantity, targets, path, hand, trouble, times } = scenario
  const { troubleAt, handAt, latencyMs, breakEven, policy, ending, killAfter } = scenario
  const before = scenario.hasPrevious && way === 'protect' ? ' after another stop' : ''
  const kill = trouble.isKill ? ` after ${killAfter}` : ''
  return `seed ${seed}: ${side} ${mode} ${way}${before} ${quantity} with ${targets} targets, path ${path}, hand ${hand} at ${handAt}, ${trouble.name} x${times} at ${troubleAt}${kill}, ${latencyMs} ms, ${scenario.triggerSource}, breakEven ${breakEven}, ${policy}, ending ${ending}`
}

function capabilitiesOf(played: Played): Capabilities {
  const definition = EXCHANGE_REGISTRY.find(({ name }) => name === played.name)
  if (!definition) throw new Error(`${played.name} is not registered`)
  return definition.capabilities
}

function hasHedge(played: Played): boolean {
  return capabilitiesOf(played).positionModes.includes('HEDGE')
}

function hashOf(text: string): number {
  let hash = 7
  for (const letter of text) hash = Math.imul(hash, 31) + letter.charCodeAt(0)
  return hash >>> 0
}
