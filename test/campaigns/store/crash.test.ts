import { describe, expect, test } from 'vitest'
import { runCrashes } from './crash.ts'

describe('a process killed while it writes intents', () => {
  test('behavior: 20 kills lose nothing that was written and invent nothing', async () => {
    const { written, ...report } = await runCrashes(20, 1)
    expect(report).toEqual({ kills: 20, lost: 0, invented: 0, unreadable: 0, repeatedEpochs: 0 })
    expect(written).toBeGreaterThan(20)
  }, 60_000)
})
