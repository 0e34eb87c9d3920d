import type { KeyPermissions } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { judgePermissions } from './keyPermissions.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const DAY = 86_400_000

const CAREFUL: KeyPermissions = {
  canRead: true,
  canTrade: true,
  canWithdraw: false,
  isAddressBound: true,
}

function judge(
  some: Partial<KeyPermissions>,
  { key, place = 'LIVE' }: { key?: string; place?: 'LOCAL' | 'TESTNET' | 'LIVE' } = {},
): Record<string, [status: string, found: string, remedy: string | undefined]> {
  const findings = judgePermissions({ ...CAREFUL, ...some }, { key, place }, NOW)
  return Object.fromEntries(
    findings.map(({ check, status, found, remedy }) => [check, [status, found, remedy]]),
  )
}

describe('judgePermissions', () => {
  test('default: a key that may do what is needed and no more', () => {
    expect(Object.values(judge({})).map(([status]) => status)).toEqual(['OK', 'OK', 'OK'])
  })

  test('behavior: a key that may withdraw is warned of, with the command for another', () => {
    const [status, , remedy] = judge({ canWithdraw: true }, { key: 'main' }).withdrawals ?? []
    expect(status).toBe('WARN')
    expect(remedy).toContain('perpkit keys add main --replace')
    const [, , without] = judge({ canWithdraw: true }).withdrawals ?? []
    expect(without).not.toContain('keys add')
  })

  test('behavior: a key that cannot do its work', () => {
    expect(judge({ canTrade: false }).trading?.[1]).toBe('the key may read, but not trade')
    expect(judge({ canRead: false }).trading).toEqual([
      'WARN',
      'the key may not read positions and orders, though it may trade',
      expect.any(String),
    ])
    expect(judge({ canRead: false, canTrade: false }).trading?.[0]).toBe('WARN')
  })

  test('behavior: taken from anywhere is worse where money is real', () => {
    expect(judge({ isAddressBound: false }).addresses?.[0]).toBe('WARN')
    expect(judge({ isAddressBound: false }, { place: 'TESTNET' }).addresses?.[0]).toBe('NOTE')
  })

  test('behavior: what is not told is not called well', () => {
    const { withdrawals, addresses } = judge({ canWithdraw: undefined, isAddressBound: undefined })
    expect([withdrawals?.[0], addresses?.[0]]).toEqual(['UNKNOWN', 'UNKNOWN'])
    expect(withdrawals?.[2]).toContain("the key's page")
  })

  test.each([
    [-DAY, 'BAD', 'expired on 2026-05-31'],
    [0, 'BAD', 'expired on 2026-06-01'],
    [3 * DAY, 'WARN', 'expires on 2026-06-04, in 3d'],
    [14 * DAY, 'WARN', 'in 14d'],
    [14 * DAY + 1, 'OK', 'in 14d'],
  ])('behavior: a key that expires in %i ms', (ms, status, words) => {
    const { expiry } = judge({ expiresAt: NOW + ms })
    expect(expiry?.[0]).toBe(status)
    expect(expiry?.[1]).toContain(words)
  })
})
