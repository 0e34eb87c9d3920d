// https://www.htx.com/en-us/opend/newApiPages/ and docs/wire/htx.md 8.2.

/** Refusals of the notification socket, by code. */
export const socketErrors = {
  2001: 'Invalid authentication.',
  2002: 'Authentication required.',
  2003: 'Authentication failed.',
  2004: 'Number of visits exceeds limit.',
  2005: 'Connection has been authenticated.',
  2010: 'Topic error.',
  2011: "Contract doesn't exist.",
  2012: 'Topic not subscribed.',
  2013: "Authentication type doesn't exist.",
  2014: 'Repeated subscription.',
  2030: 'Exceeds connection limit of single user.',
  2040: 'Missing required parameter.',
} as const

export type SocketErrorCode = keyof typeof socketErrors
