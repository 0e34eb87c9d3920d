import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

type Encoding = 'hex' | 'base64'

export function hmacSha256(secret: string | Uint8Array, text: string, encoding: Encoding): string {
  return createHmac('sha256', secret).update(text).digest(encoding)
}

export function hmacSha512(
  secret: string | Uint8Array,
  data: string | Uint8Array,
  encoding: Encoding,
): string {
  return createHmac('sha512', secret).update(data).digest(encoding)
}

export function sha256(text: string, encoding: Encoding): string {
  return createHash('sha256').update(text).digest(encoding)
}

/** The digest itself, for what is hashed again. */
export function sha256Bytes(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

export function fromBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}

/** Compares two texts in time that does not depend on where they differ. */
export function equalBytes(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Unpredictable bits as lower-case hex: for what must differ between installations. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
