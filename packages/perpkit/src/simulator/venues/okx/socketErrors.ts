// Refusals over a socket: docs/wire/okx.md 6, 8.1 and 8.4, and
// https://www.okx.com/docs-v5/en/#error-code-websocket. {0} stands for a figure.
const texts = {
  '60004': 'Invalid timestamp',
  '60005': 'Invalid apiKey',
  '60006': 'Timestamp request expired',
  '60007': 'Invalid sign',
  '60008':
    'The current WebSocket endpoint does not support subscribing to {0} channels. Please check the WebSocket URL',
  '60011': 'Please log in',
  '60012': 'Illegal request: {0}',
  '60013': 'Invalid args',
  '60014': 'Requests too frequent',
  '60018':
    "Wrong URL or {0} doesn't exist. Please use the correct URL, channel and parameters referring to API document.",
  '60019': 'Invalid op: {0}',
  '60024': 'Wrong passphrase',
  '60027': 'Parameter {0} can not be empty.',
  '60028':
    'The current operation is not supported by this URL. Please use the correct WebSocket URL for the operation.',
  '60031': 'The WebSocket endpoint does not allow multiple or repeated logins.',
  '64000': 'Subscription parameter uly is unavailable anymore. Please replace uly with instFamily.',
  '64001':
    "This channel has been migrated to the '/business' URL. Please subscribe using the new URL.",
  '64002':
    'This channel is not supported by "/business" URL. Please use "/private" URL(for private channels), or "/public" URL(for public channels).',
  '64003': "Your trading fee tier doesn't meet the requirement to access this channel",
  '64007': 'Operation {0} failed due to WebSocket internal error. Please try again later.',
} as const

export type SocketCode = keyof typeof texts

/** The refusal of a request over a socket, or of one of its args. */
export class SocketRefused extends Error {
  override readonly name = 'SocketRefused'
  readonly code: SocketCode

  constructor(code: SocketCode, figure = '') {
    super(texts[code].replace('{0}', () => figure))
    this.code = code
  }
}
