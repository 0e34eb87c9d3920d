import { sha256 } from '../../../core/bytes.ts'

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

/** Whether the venue can read the text as an id at all. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
}

/** The account as histories name it. */
export function accountUidOf(accountId: string): string {
  return uuidOf(`account ${accountId}`)
}
