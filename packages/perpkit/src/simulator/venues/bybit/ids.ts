import { sha256 } from '../../../core/bytes.ts'
import type { EngineFunding } from '../../engine/types.ts'

/** 16 bytes of hex in the form of a version 4 UUID, lower case. */
export function uuidFrom(hex: string): string {
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
  return parts.join('-')
}

/** A UUID that follows from a text alone. */
export function uuidOf(text: string): string {
  return uuidFrom(sha256(text, 'hex'))
}

/** Ids of one settlement of funding, the same in executions and in the transaction log. */
export function fundingIds({ fundingId }: Pick<EngineFunding, 'fundingId'>): {
  orderId: string
  tradeId: string
} {
  return {
    orderId: uuidOf(`funding ${fundingId} order`),
    tradeId: uuidOf(`funding ${fundingId} trade`),
  }
}
