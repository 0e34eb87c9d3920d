import { expect, test } from 'vitest'
import { isSignedBy } from './auth.ts'
import { isEd25519Signed } from './ed25519.ts'

// https://www.rfc-editor.org/rfc/rfc8032#section-7.1, tests 1 and 2, in Base64.
const vectors = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    text: '',
    hex: 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    text: 'r',
    hex: '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
].map(({ hex, ...rest }) => ({ ...rest, signature: Buffer.from(hex, 'hex').toString('base64') }))

test.each(vectors)('default: the vector of "$text"', ({ seed, text, signature }) => {
  expect(isEd25519Signed(seed, text, signature)).toBe(true)
  expect(isSignedBy(seed, text, signature)).toBe(true)
})

test('error: another text, another key, half a signature, a secret that is no seed', () => {
  const [one, two] = vectors
  if (!one || !two) throw new Error('no vectors')
  expect(isEd25519Signed(one.seed, 'R', one.signature)).toBe(false)
  expect(isEd25519Signed(two.seed, one.text, one.signature)).toBe(false)
  expect(isEd25519Signed(one.seed, one.text, one.signature.slice(0, 44))).toBe(false)
  expect(isEd25519Signed('secret', one.text, one.signature)).toBe(false)
})
