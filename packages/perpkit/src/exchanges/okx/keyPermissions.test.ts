import { describe, expect, test } from 'vitest'
import { getKeyPermissions } from './keyPermissions.ts'
import { ok, refused, script } from './script.testing.ts'

const CONFIG = 'GET account/config'
// docs/wire/okx.md 4.7
const config = {
  uid: '447000000000000001',
  acctLv: '2',
  posMode: 'net_mode',
  perm: 'read_only,trade',
  ip: '203.0.113.5,203.0.113.6',
  label: 'bot',
}

const ask = (row: unknown) => getKeyPermissions(script({ [CONFIG]: ok(row) }).call)

describe('getKeyPermissions', () => {
  test('default: one call, which tells no expiry', async () => {
    const { call, lines, sent } = script({ [CONFIG]: ok(config) })
    const permissions = await getKeyPermissions(call)
    expect(permissions).toEqual({
      canRead: true,
      canTrade: true,
      canWithdraw: false,
      isAddressBound: true,
    })
    expect('expiresAt' in permissions).toBe(false)
    expect(permissions.raw).toBe(config)
    expect(lines).toEqual([CONFIG])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { 'GET account/config': 1 } }])
  })

  test.each([
    ['read_only', true, false, false],
    ['read_only,withdraw', true, false, true],
    ['read_only, trade, withdraw', true, true, true],
    ['', false, false, false],
  ])('args: %j', async (perm, canRead, canTrade, canWithdraw) => {
    expect(await ask({ ...config, perm })).toMatchObject({ canRead, canTrade, canWithdraw })
  })

  test.each([
    ['', false],
    ['203.0.113.5', true],
    [undefined, undefined],
    [null, undefined],
  ])('args: addresses %j', async (ip, isAddressBound) => {
    expect((await ask({ ...config, ip })).isAddressBound).toBe(isAddressBound)
  })

  test('error: an answer without permissions is not a key that may do nothing', async () => {
    await expect(ask({ ...config, perm: undefined })).rejects.toThrow('$.data[0].perm: expected')
  })

  test('error: a key that is not known', async () => {
    const { call } = script({ [CONFIG]: { status: 401, body: refused('50119') } })
    await expect(getKeyPermissions(call)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  })
})
