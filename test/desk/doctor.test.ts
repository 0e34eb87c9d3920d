import type { Clock } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../packages/desk/src/io.ts'
import { runLine, setDesk, temporaryHome } from './deskRun.ts'

interface Finding {
  check: string
  status: string
  found: string
  remedy?: string
}

function findingsIn(json: unknown): Finding[] {
  const reports = Array.isArray(json) ? json : []
  return reports.flatMap((report: { findings: Finding[] }) => report.findings)
}

function environmentOf(made: {
  apiKey: string
  apiSecret: string
  passphrase?: string
}): Record<string, string> {
  const { apiKey, apiSecret, passphrase = '' } = made
  return {
    PERPKIT_API_KEY: apiKey,
    PERPKIT_API_SECRET: apiSecret,
    PERPKIT_API_PASSPHRASE: passphrase,
  }
}

/** A machine whose clock is wrong by so much. */
function wrongClock(ms: number): Clock {
  return { now: () => machineClock.now() + ms, after: machineClock.after }
}

describe('doctor', () => {
  test('default: all is well on a fresh account', async () => {
    const { run } = await setDesk()
    const { code, json } = await run('doctor --json')
    expect(code).toBe(0)
    const statuses = Object.fromEntries(
      findingsIn(json).map(({ check, status }) => [check, status]),
    )
    expect(statuses).toEqual({
      answers: 'OK',
      dns: 'OK',
      tls: 'OK',
      latency: 'OK',
      clock: 'OK',
      key: 'OK',
      trading: 'OK',
      withdrawals: 'OK',
      // Test money: there is nothing to steal.
      addresses: 'NOTE',
      expiry: 'OK',
      'position mode': 'OK',
      'margin mode': 'OK',
      protection: 'OK',
    })
  })

  test('behavior: a naked position and an orphaned stop are found, with the command for each', async () => {
    const { run } = await setDesk()
    await run('order market BTCUSDT --side buy --quantity 0.01')
    await run('order limit ETHUSDT --side sell --quantity 0.1 --price +5%')
    const { code, json, stderr } = await run('doctor --json')
    expect(code).toBe(1)
    expect(stderr).toContain('UNHEALTHY')
    const naked = findingsIn(json).find(({ check }) => check === 'protection')
    expect(naked).toMatchObject({
      status: 'BAD',
      found: 'LONG 0.01 BTCUSDT is not covered by a stop',
      remedy: 'perpkit protect BTCUSDT --stop 2% --exchange BYBIT',
    })
    const [, remedy = ''] = /perpkit (.+)/.exec(naked?.remedy ?? '') ?? []
    expect((await run(remedy)).code).toBe(0)
    expect((await run('doctor')).code).toBe(0)
  })

  test.each([
    [-8_000, 'behind', 'BAD'],
    [3_000, 'ahead', 'WARN'],
  ])('behavior: a clock that is off by %i ms', async (ms, word, status) => {
    const { run } = await setDesk()
    const { json } = await run('doctor --json', { clock: wrongClock(ms) })
    const found = findingsIn(json).find(({ check }) => check === 'clock')
    expect(found).toMatchObject({ status, found: expect.stringContaining(word) })
    expect(found?.remedy).toContain('NTP')
  })

  test('args: accounts of both kinds are told apart', async () => {
    const { run, simulator } = await setDesk('BITGET')
    const made = await simulator.control.createAccount({ venue: 'bitget', kind: 'unified' })
    const classic = await run('doctor --json')
    const unified = await run('doctor --json', {
      env: environmentOf(made),
    })
    const kinds = [classic, unified].map(
      ({ json }) => findingsIn(json).find(({ check }) => check === 'api')?.found,
    )
    expect(kinds).toEqual([
      'a classic account: API V2 answers',
      'a unified account: API V3 answers',
    ])
  })

  test.each(['OKX', 'BYBIT', 'BITGET', 'KRAKEN'] as const)(
    'behavior: %s tells that a key may withdraw, may not trade, and from where it is taken',
    async (name) => {
      const { run, simulator, venue } = await setDesk(name)
      const permissions = { trade: false, withdraw: true, addresses: ['203.0.113.5'] }
      const made = await simulator.control.createAccount({ venue, permissions })
      const { code, json } = await run('doctor --json', { env: environmentOf(made) })
      expect(code).toBe(0)
      const found = findingsIn(json)
      expect(found.find(({ check }) => check === 'withdrawals')).toMatchObject({
        status: 'WARN',
        remedy: expect.stringContaining('take the right away'),
      })
      expect(found.find(({ check }) => check === 'trading')).toMatchObject({
        status: 'WARN',
        remedy: expect.stringContaining('trade contracts'),
      })
      expect(found.find(({ check }) => check === 'addresses')?.status).toBe('OK')
    },
  )

  test.each(['BINANCE', 'HTX'] as const)(
    'args: %s does not tell, so the finding says where to look',
    async (name) => {
      const { run } = await setDesk(name)
      const { code, json } = await run('doctor --json')
      expect(code).toBe(0)
      const checks = findingsIn(json).map(({ check }) => check)
      expect(checks).not.toContain('withdrawals')
      expect(findingsIn(json).find(({ check }) => check === 'permissions')).toMatchObject({
        status: 'UNKNOWN',
        found: expect.stringContaining('not told by the exchange'),
        remedy: expect.stringContaining("the key's page"),
      })
    },
  )

  test('error: rights that cannot be read are not said to be well', async () => {
    const { run, simulator, venue } = await setDesk()
    const path = '/v5/user/query-api'
    await simulator.control.inject({ venue, path, kind: 'malformed' })
    const { json } = await run('doctor --json')
    expect(findingsIn(json).find(({ check }) => check === 'permissions')).toMatchObject({
      status: 'UNKNOWN',
      found: expect.stringContaining('not read'),
    })
  })

  test('error: a key the exchange does not know', async () => {
    const { run } = await setDesk()
    const { code, json } = await run('doctor --json', { env: { PERPKIT_API_SECRET: 'wrong' } })
    expect(code).toBe(1)
    expect(findingsIn(json).find(({ check }) => check === 'key')?.status).toBe('BAD')
  })

  test('error: nobody there', async () => {
    const { code, json } = await runLine(
      'doctor --exchange BYBIT --base-url http://127.0.0.1:9 --json',
      { env: { PERPKIT_HOME: temporaryHome() } },
    )
    expect(code).toBe(1)
    expect(findingsIn(json)).toContainEqual(
      expect.objectContaining({ check: 'answers', status: 'BAD' }),
    )
  }, 40_000)
})
