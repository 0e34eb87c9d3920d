import { describe, expect, it } from 'vitest'
import { classify } from './errors.ts'
import { getKeyPermissions } from './keyPermissions.ts'
import { script } from './script.testing.ts'

const CHECK = 'GET /api/auth/v1/api-keys/v3/check'
// docs/wire/kraken.md 4.10
const key = {
  apiKey: 'Gom9BsP75m41c9fuY6oJk/unMWaDZjYIcTP4/5kqPvtzdbj5JU5/Fyeb',
  accountUid: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
  iiban: 'AA08 N84G CPAR UN7A',
  createdAt: '2019-08-24T14:15:22Z',
  permissions: { general: 'FULL_ACCESS', transfer: 'NO_ACCESS' },
  allowedCidrBlock: '203.0.113.0/24',
  allowedCidrBlocks: ['203.0.113.0/24'],
}

const ask = (changes: object) => getKeyPermissions(script({ [CHECK]: { ...key, ...changes } }).call)

describe('getKeyPermissions', () => {
  it('default: one call outside the budgets, whose answer has no envelope', async () => {
    const { call, lines, sent } = script({ [CHECK]: key })
    const permissions = await getKeyPermissions(call)
    expect(permissions).toEqual({
      canRead: true,
      canTrade: true,
      canWithdraw: false,
      isAddressBound: true,
    })
    expect(permissions.raw).toBe(key)
    expect(lines).toEqual([CHECK])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: {} }])
  })

  it.each([
    ['FULL_ACCESS', 'FULL_ACCESS', true, true, true],
    ['READ_ONLY', 'READ_ONLY', true, false, false],
    ['NO_ACCESS', 'FULL_ACCESS', false, false, true],
  ])('args: general %s, transfer %s', async (general, transfer, canRead, canTrade, canWithdraw) => {
    const permissions = await ask({ permissions: { general, transfer } })
    expect(permissions).toMatchObject({ canRead, canTrade, canWithdraw })
  })

  it.each([
    [[], false],
    [['0.0.0.0/0'], false],
    [['0.0.0.0/0', '::/0'], false],
    [['::/0', '2001:db8::/32'], true],
  ])('args: blocks %j', async (allowedCidrBlocks, isAddressBound) => {
    expect((await ask({ allowedCidrBlocks })).isAddressBound).toBe(isAddressBound)
  })

  it.each(['general', 'transfer'])('error: a level of %s nobody knows', async (name) => {
    const permissions = { ...key.permissions, [name]: 'SOME_ACCESS' }
    await expect(ask({ permissions })).rejects.toThrow(`$.permissions.${name}: expected NO_ACCESS`)
  })

  it.each(['permissions', 'allowedCidrBlocks'])('error: an answer without %s', async (name) => {
    await expect(ask({ [name]: undefined })).rejects.toThrow(`$.${name}`)
  })

  it.each(['api_key_not_found', 'request_signature_invalid'])('error: %s', (error) => {
    const json = { error, message: 'refused', suberror: null }
    expect(classify({ status: 401, headers: {}, text: JSON.stringify(json), json })).toMatchObject({
      kind: 'refusal',
      code: 'INVALID_CREDENTIALS',
      nativeCode: error,
    })
  })
})
