/**
 * `JSON.parse` that keeps whole numbers of 16 and more digits as text, because a double would round
 * them: order ids beyond 2^53 have been seen on the wire. Everything else is as `JSON.parse` says.
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(
    text.replace(TOKENS, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)),
  )
}

// Strings are matched first, so that digits inside them are left alone.
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
