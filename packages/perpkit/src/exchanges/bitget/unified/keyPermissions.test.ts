import { describe, expect, test } from 'vitest'
import { ok, script } from '../script.testing.ts'
import { getKeyPermissions } from './keyPermissions.ts'

const INFO = 'GET /api/v3/account/info'
// docs/wire/bitget.md 4.10
const info = {
  uid: '123456789',
  inviterId: null,
  parentId: 987654321,
  ips: '203.0.113.5,203.0.113.6',
  permType: 'read-and-write',
  permissions: ['uta_mgt', 'uta_trade', 'withdraw'],
  regisTime: '1704067200000',
}

const ask = (changes: object) =>
  getKeyPermissions(script({ [INFO]: ok({ ...info, ...changes }) }).call)

describe('getKeyPermissions', () => {
  test('default: one call, without parameters', async () => {
    const { call, lines, sent } = script({ [INFO]: ok(info) })
    const permissions = await getKeyPermissions(call)
    expect(permissions).toEqual({
      canRead: true,
      canTrade: true,
      canWithdraw: true,
      isAddressBound: true,
    })
    expect(permissions.raw).toBe(info)
    expect(lines).toEqual([INFO])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
  })

  test.each([
    ['read-and-write', true],
    ['read_and_write', true],
    ['read_write', true],
    ['read-only', false],
    ['read_only', false],
    ['readonly', false],
  ])('args: %s', async (permType, canWrite) => {
    expect(await ask({ permType })).toMatchObject({
      canRead: true,
      canTrade: canWrite,
      canWithdraw: canWrite,
    })
  })

  test.each([[['uta_mgt']], [['uta_trade']], [['copy_futures_order']], [[]]])(
    'args: %j is not enough',
    async (permissions) => {
      const none = { canRead: false, canTrade: false, canWithdraw: false }
      expect(await ask({ permissions })).toMatchObject(none)
    },
  )

  test.each([
    ['', false],
    [null, false],
    [undefined, undefined],
  ])('args: addresses %j', async (ips, isAddressBound) => {
    expect((await ask({ ips })).isAddressBound).toBe(isAddressBound)
  })

  test.each(['write', '', 'and'])('error: permType %j says nothing', async (permType) => {
    await expect(ask({ permType })).rejects.toThrow('$.data.permType: expected read-only')
  })

  test.each(['permType', 'permissions'])('error: an answer without %s', async (name) => {
    await expect(ask({ [name]: undefined })).rejects.toThrow(`$.data.${name}: expected`)
  })
})
