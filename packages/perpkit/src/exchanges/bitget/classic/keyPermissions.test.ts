import { describe, expect, test } from 'vitest'
import { no, ok, script } from '../script.testing.ts'
import { getKeyPermissions } from './keyPermissions.ts'

const INFO = 'GET /api/v2/spot/account/info'
// docs/wire/bitget.md 4.10
const info = {
  userId: '1111111111',
  inviterId: '2222222222',
  ips: '203.0.113.5',
  authorities: ['coow', 'cpow', 'stow', 'wtow'],
  parentId: 1,
  traderType: 'trader',
  regisTime: '1246566789345',
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
      canWithdraw: false,
      isAddressBound: true,
    })
    expect(permissions.raw).toBe(info)
    expect(lines).toEqual([INFO])
    expect(sent).toEqual([{ access: 'read', effect: 'read' }])
  })

  test.each([
    [['coor', 'cpor'], true, false],
    [['coow', 'cpor'], true, false],
    [['coor', 'cpow'], true, false],
    [['coow', 'stow'], false, false],
    [['cpow'], false, false],
    [['stow', 'smow', 'ttow'], false, false],
    [['trade', 'readonly'], true, true],
    [['readonly'], true, false],
    [[], false, false],
  ])('args: %j', async (authorities, canRead, canTrade) => {
    expect(await ask({ authorities })).toMatchObject({ canRead, canTrade, canWithdraw: false })
  })

  test.each(['wwow', 'withdraw'])('args: %s takes money out', async (word) => {
    expect((await ask({ authorities: [...info.authorities, word] })).canWithdraw).toBe(true)
  })

  test.each([
    ['', false],
    [null, false],
    [undefined, undefined],
    ['203.0.113.5,203.0.113.6', true],
  ])('args: addresses %j', async (ips, isAddressBound) => {
    expect((await ask({ ips })).isAddressBound).toBe(isAddressBound)
  })

  test('error: an answer without authorities', async () => {
    await expect(ask({ authorities: null })).rejects.toThrow(
      '$.data.authorities: expected an array',
    )
  })

  test('error: a key that may not even ask', async () => {
    const { call } = script({ [INFO]: no('40014', 'Incorrect permissions, need spot read') })
    await expect(getKeyPermissions(call)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})
