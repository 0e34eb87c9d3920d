import { createPrivateKey, createPublicKey, type KeyObject, verify } from 'node:crypto'

// Every secret here is also an Ed25519 key: its 32 bytes are the seed. So one account serves clients
// of both kinds of key (docs/wire/binance.md 2).

/** Whether the signature is the Base64 Ed25519 one of the text by the key with that seed in hex. */
export function isEd25519Signed(seed: string, text: string, signature: string): boolean {
  if (!/^[0-9a-f]{64}$/i.test(seed) || !SIGNATURE.test(signature)) return false
  return verify(null, Buffer.from(text), publicKey(seed), Buffer.from(signature, 'base64'))
}

/** The private key of that seed, which a client has as PEM. */
export function privateKey(seed: string): KeyObject {
  const key = Buffer.from(PKCS8 + seed, 'hex')
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function publicKey(seed: string): KeyObject {
  return createPublicKey(privateKey(seed))
}

/** What stands before the seed: https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8 = '302e020100300506032b657004220420'

/** 64 bytes. */
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/
