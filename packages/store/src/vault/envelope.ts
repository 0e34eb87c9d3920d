import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

// AES-256-GCM with a random nonce (NIST SP 800-38D, 8.2.2): one key seals far fewer than 2^32 texts.

const NONCE_BYTES = 12
const TAG_BYTES = 16

export const KEY_BYTES = 32

/** Where a sealed text belongs; it opens in no other place. */
export type Binding = readonly (string | number | null)[]

/** Encrypts `plain`, bound to its place; base64 of nonce, tag and ciphertext. */
export function seal(key: Buffer, plain: Buffer, binding: Binding): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(bytesOf(binding))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** What was sealed; `undefined` with another key, in another place, or after any change. */
export function unseal(key: Buffer, sealed: string, binding: Binding): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  // Another spelling of the same bytes is a change too.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64') !== sealed) {
    return undefined
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(bytesOf(binding))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
  try {
    decipher.final()
    return body
  } catch {
    body.fill(0)
    return undefined
  }
}

function bytesOf(binding: Binding): Buffer {
  return Buffer.from(JSON.stringify(binding))
}
