import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import { getKeyPermissions } from './keyPermissions.ts'
import { limits } from './limits.ts'

// docs/wire/bybit.md 4.6, 4.8
const permissions = {
  ContractTrade: ['Order', 'Position'],
  Spot: [],
  Wallet: [],
  Options: [],
  Derivatives: ['DerivativesTrade'],
  Exchange: [],
}
const key = {
  id: '1',
  apiKey: 'AKtest1234567890ab',
  readOnly: 0,
  secret: '',
  permissions,
  ips: ['203.0.113.5'],
  deadlineDay: 83,
  expiredAt: '2026-12-31T00:00:00Z',
  createdAt: '2026-10-02T00:00:00Z',
}

function answering(result: unknown): { call: Call; sent: unknown[] } {
  const sent: unknown[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect, cost } = endpoint
    sent.push({ method, path, access, effect, cost, ...endpoint.encode(params) })
    return endpoint.decode(new Reader({ retCode: 0, retMsg: 'OK', result }), params, {
      instruments: { byNative: () => undefined, symbolOf: (native) => native },
      receivedAt: 0,
    })
  }
  return { call, sent }
}

const ask = (changes: object) => getKeyPermissions(answering({ ...key, ...changes }).call)
const allowed = (changes: object) => ask({ permissions: { ...permissions, ...changes } })

describe('getKeyPermissions', () => {
  test('default: one call, without parameters', async () => {
    const { call, sent } = answering(key)
    const told = await getKeyPermissions(call)
    expect(told).toEqual({
      canRead: true,
      canTrade: true,
      canWithdraw: false,
      isAddressBound: true,
      expiresAt: Date.UTC(2026, 11, 31),
    })
    expect(told.raw).toBe(key)
    const cost = { address: 1, 'user/query-api': 1 }
    const path = '/v5/user/query-api'
    expect(sent).toEqual([{ method: 'GET', path, access: 'read', effect: 'read', cost }])
    expect(limits.find(({ name }) => name === 'user/query-api')).toMatchObject({ limit: 10 })
  })

  test('args: a key that only reads', async () => {
    expect(await ask({ readOnly: 1 })).toMatchObject({ canRead: true, canTrade: false })
  })

  test.each([[['Order']], [['Position']], [[]], [undefined], [null]])(
    'args: contracts %j are not enough',
    async (ContractTrade) => {
      expect(await allowed({ ContractTrade })).toMatchObject({ canRead: false, canTrade: false })
    },
  )

  test.each([
    [['AccountTransfer', 'Withdraw'], 0, true],
    [['AccountTransfer', 'Withdraw'], 1, false],
    [['AccountTransfer', 'SubMemberTransfer', 'SubMemberTransferList'], 0, false],
    [undefined, 0, false],
  ])('args: the wallet allows %j, read only %i', async (Wallet, readOnly, canWithdraw) => {
    const told = await ask({ readOnly, permissions: { ...permissions, Wallet } })
    expect(told.canWithdraw).toBe(canWithdraw)
  })

  test.each([
    [['*'], false],
    [[], false],
    [null, false],
    [['203.0.113.5', '203.0.113.6'], true],
  ])('args: addresses %j', async (ips, isAddressBound) => {
    expect((await ask({ ips })).isAddressBound).toBe(isAddressBound)
  })

  test.each(['', null, undefined, '1970-01-01T00:00:00Z'])(
    'args: %j is never',
    async (expiredAt) => {
      expect('expiresAt' in (await ask({ expiredAt }))).toBe(false)
    },
  )

  test.each(['soon', '2026-12-31', '2026-13-31T00:00:00Z'])(
    'error: %s is no time',
    async (expiredAt) => {
      await expect(ask({ expiredAt })).rejects.toThrow('$.result.expiredAt: expected an ISO-8601')
    },
  )

  test.each(['readOnly', 'permissions'])('error: an answer without %s', async (name) => {
    await expect(ask({ [name]: undefined })).rejects.toThrow(`$.result.${name}: expected`)
  })
})
