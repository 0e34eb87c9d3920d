import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { EXCHANGE_REGISTRY } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { venueRegistry } from '../../packages/perpkit/src/simulator/venues/registry.ts'
import { EXCHANGES } from '../support/stage.ts'
import { ROOT } from './source.ts'

// "Add an exchange" of CONTRIBUTING.md: three folders and two registry lines make one whole.

const SOURCE = join(ROOT, 'packages/perpkit/src')
const names = EXCHANGE_REGISTRY.map(({ name }) => name.toLowerCase())

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

describe('adding an exchange', () => {
  it('default: each registered exchange has its three folders, and there are no others', () => {
    const sorted = [...names].sort()
    expect(foldersIn(join(ROOT, 'evidence'))).toEqual(sorted)
    expect(foldersIn(join(SOURCE, 'exchanges'))).toEqual(sorted)
    expect(foldersIn(join(SOURCE, 'simulator/venues'))).toEqual(sorted)
  })

  it('default: both registries name the same exchanges, in the same order', () => {
    expect(venueRegistry.map(({ name }) => name)).toEqual(names)
    expect(EXCHANGES.map(({ venue }) => venue)).toEqual(names)
  })

  it.each(names)('default: %s has its sheet, its sources and its front door', (name) => {
    for (const path of [
      `docs/wire/${name}.md`,
      `evidence/${name}/SOURCES.md`,
      `evidence/${name}/vectors.json`,
    ]) {
      expect(existsSync(join(ROOT, path)), path).toBe(true)
    }
    expect(existsSync(join(SOURCE, `doors/${name}.ts`))).toBe(true)
  })
})
