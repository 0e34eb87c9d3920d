import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXCHANGES } from '../support/stage.ts'
import { build, run } from './command.ts'

const TOUR = 'examples/dist/tour/main.js'
const STEPS = [
  'connect',
  'account',
  'precision',
  'klines',
  'leverage',
  'market order',
  'managed orders',
  'first target',
  'stop resized',
  'reversal, stop',
  'flat',
]

let plain: Awaited<ReturnType<typeof run>>
let replayed: Awaited<ReturnType<typeof run>>

// Most of a tour is waiting: they run side by side.
beforeAll(async () => {
  await build('examples')
  const folder = mkdtempSync(join(tmpdir(), 'tour-'))
  const file = join(folder, 'candles.csv')
  writeFileSync(file, waves())
  const runs = Promise.all([run(TOUR), run(TOUR, '--replay', file)])
  ;[plain, replayed] = await runs.finally(() => rmSync(folder, { recursive: true }))
}, 120_000)

function expectWholeTour(stdout: string): void {
  for (const { name } of EXCHANGES) {
    const steps = stdout.split('\n').filter((line) => line.startsWith(`${name} `))
    expect(steps.map((line) => line.slice(11, 31).trim())).toEqual(STEPS)
    expect(stdout).toMatch(new RegExp(`^ok    ${name} +0 positions, 0 orders left`, 'm'))
  }
  expect(stdout).toContain('ledger: 0 words not understood')
}

describe('the tour', () => {
  it('default: every exchange ends flat with nothing left over', () => {
    expect([plain.code, plain.stderr]).toEqual([0, ''])
    expectWholeTour(plain.stdout)
  })

  it('args: --replay follows a file of candles', () => {
    expect([replayed.code, replayed.stderr]).toEqual([0, ''])
    expectWholeTour(replayed.stdout)
  })

  it('error: a file that is not there is named', async () => {
    const { code, stderr } = await run(TOUR, '--replay', 'no-such-file.csv')
    expect(code).not.toBe(0)
    expect(stderr).toContain('no-such-file.csv')
  })
})

/** Minutes of a market that goes up and down by one per cent, again and again. */
function waves(): string {
  const rows = ['timestamp,open,high,low,close,volume']
  let last = 50_000
  for (let minute = 0; minute < 600; minute++) {
    const price = 50_000 + Math.round(500 * Math.sin(minute / 15))
    const [high, low] = [Math.max(last, price) + 5, Math.min(last, price) - 5]
    rows.push(`${1_700_000_000 + minute * 60},${last},${high},${low},${price},10`)
    last = price
  }
  return rows.join('\n')
}
