import { expect, test } from 'vitest'
import type { RawAnswer } from '../../client/definition.ts'
import { closedBy, onInstrument } from './limits.ts'
import { bitcoin } from './script.testing.ts'

const answer = (code: string): RawAnswer => ({ status: 429, headers: {}, text: '', json: { code } })
const cost = { 'new orders': 1, 'POST trade/order@BTC-USDT-SWAP': 1 }

test('default: a cost names its instrument', () => {
  expect(onInstrument('POST trade/batch-orders', bitcoin, 3)).toEqual({
    'POST trade/batch-orders@BTC-USDT-SWAP': 3,
  })
})

test('behavior: a refusal closes the instrument, or all new orders where it speaks of them', () => {
  expect(closedBy(answer('50011'), cost)).toEqual(['POST trade/order@BTC-USDT-SWAP'])
  expect(closedBy(answer('50061'), cost)).toEqual(['new orders'])
})
