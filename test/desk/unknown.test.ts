import { join } from 'node:path'
import type { Clock } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../packages/desk/src/io.ts'
import { runLine, setDesk } from './deskRun.ts'

const BUY = 'order market BTCUSDT --side buy --quantity 0.01'

/** What one question about a lost order may take, and the longest pause between two; requests have 10 s. */
const QUESTION_MS = 2_000

/** Time passes without waiting for the questions; what limits other requests is real. */
function quickClock(): Clock {
  let skipped = 0
  return {
    now: () => machineClock.now() + skipped,
    after(ms, task) {
      if (ms > QUESTION_MS) return machineClock.after(ms, task)
      return machineClock.after(0, () => {
        skipped += ms
        task()
      })
    },
  }
}

describe('outcomes that are unknown', () => {
  test('error: exit 3, the id, and the command that asks again', async () => {
    const { run, simulator, truth, venue } = await setDesk()
    const { inject, clearFaults } = simulator.control
    await inject({ venue, operation: 'createOrder', kind: 'dropAfter', times: 1 })
    await inject({ venue, operation: 'getOrder', kind: 'dropBefore' })
    await inject({ venue, operation: 'getOpenOrders', kind: 'dropBefore' })
    const lost = await run(`${BUY} --json`, { clock: quickClock() })
    expect(lost.code).toBe(3)
    const [order] = (await truth()).orders
    expect(order).toMatchObject({ status: 'FILLED' })
    expect(lost.json).toMatchObject({
      error: { code: 'OUTCOME_UNKNOWN', clientOrderId: order?.clientOrderId },
    })
    await clearFaults({})
    const [, asks] = /Ask again: perpkit (.+)/.exec(lost.stderr) ?? []
    const found = await run(`${asks} --json`)
    expect(found.code).toBe(0)
    expect(found.json).toMatchObject({ status: 'FILLED', clientOrderId: order?.clientOrderId })
    const again = await run(`${BUY} --id ${order?.clientOrderId} --json`)
    expect(again.json).toMatchObject({ replayed: true })
    expect((await truth()).orders).toHaveLength(1)
  })

  test('behavior: the journal of a stored key remembers what was lost', async () => {
    const { simulator, venue, env } = await setDesk()
    const { PERPKIT_HOME = '', PERPKIT_BASE_URL = '' } = env
    const stored = { PERPKIT_HOME, PERPKIT_STORE_KEY_FILE: join(PERPKIT_HOME, 'store.key') }
    const input = JSON.stringify(simulator.credentials(venue))
    const add = `keys add main --exchange bybit --stdin --base-url ${PERPKIT_BASE_URL}`
    expect((await runLine(add, { env: stored, input })).code).toBe(0)
    const { inject, clearFaults } = simulator.control
    await inject({ venue, operation: 'createOrder', kind: 'dropAfter', times: 1 })
    await inject({ venue, operation: 'getOrder', kind: 'dropBefore' })
    // Open orders are shown to the journal first; that this one is none of them tells nothing.
    await inject({ venue, path: '/v5/execution/list', kind: 'dropBefore' })
    const lost = await runLine(`${BUY} --key main`, {
      env: stored,
      clock: quickClock(),
    })
    expect(lost.code).toBe(3)
    await clearFaults({})
    const ask = 'orders --unknown --key main --json'
    const asked = await runLine(ask, { env: stored })
    expect(asked.json).toEqual([
      {
        symbol: 'BTCUSDT',
        action: 'createMarketOrder',
        clientOrderId: /client order id (\S+)/.exec(lost.stderr)?.[1],
        found: 'FILLED',
      },
    ])
    expect((await runLine(ask, { env: stored })).json).toEqual([])
  })

  test('behavior: a lost answer that can be settled is a success', async () => {
    const { run, simulator, truth, venue } = await setDesk()
    await simulator.control.inject({ venue, operation: 'createOrder', kind: 'dropAfter', times: 1 })
    const { code, json } = await run(`${BUY} --json`)
    expect(code).toBe(0)
    expect(json).toMatchObject({ status: 'FILLED' })
    expect((await truth()).orders).toHaveLength(1)
  })

  test('error: when nothing was sent, exit 4', async () => {
    const { run, simulator, venue } = await setDesk()
    await simulator.control.inject({ venue, operation: 'marketData', kind: 'dropBefore' })
    const { code, stderr } = await run('ticker BTCUSDT', { clock: quickClock() })
    expect(code).toBe(4)
    expect(stderr).toContain('CONNECTION_LOST')
  })
})
