import { describe, expect, test } from 'vitest'
import { runCrashes } from './crash.ts'

describe('a process killed while it writes intents', () => {
  test('behavior: 10 kills lose nothing that was written and invent nothing', async () => {
    const { written, ...report } = await runCrashes(10, 1)
    expect(report).toEqual({ kills: 10, lost: 0, invented: 0, unreadable: 0, repeatedEpochs: 0 })
    expect(written).toBeGreaterThan(10)
  }, 60_000)
})
