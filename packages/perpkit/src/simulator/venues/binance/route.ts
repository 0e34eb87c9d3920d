import type { Handling, Operation, Route } from '../../server/types.ts'
import { answerOf, Refused } from './errors.ts'
import { requireNames } from './sent.ts'

/** A route with the names that must be sent: they are checked before time and signature. */
export interface FapiRoute extends Route {
  mandatory: readonly string[]
}

interface RouteDetails {
  operation?: Operation
  mandatory?: readonly string[]
  /** The answer's value, or a thrown refusal. */
  handle(handling: Handling): unknown
}

export function publicRoute(path: string, details: RouteDetails): FapiRoute {
  const { handle, mandatory = [] } = details
  return fapiRoute('GET', path, 'public', {
    operation: 'marketData',
    ...details,
    handle(handling) {
      requireNames(handling, mandatory)
      return handle(handling)
    },
  })
}

export function keyRoute(method: Route['method'], path: string, details: RouteDetails): FapiRoute {
  return fapiRoute(method, path, 'key', details)
}

export function signedRoute(
  method: Route['method'],
  path: string,
  details: RouteDetails,
): FapiRoute {
  return fapiRoute(method, path, 'signed', details)
}

/** What is asked for over a socket alone: no HTTP request finds it. */
export function socketRoute(
  path: string,
  access: 'public' | 'signed',
  handle: RouteDetails['handle'] = () => ({}),
): FapiRoute {
  return fapiRoute('GET', path, access, {
    handle(handling) {
      if (handling.request.socket) return handle(handling)
      handling.unknownWord('path', path)
      throw new Refused('-5000', path, 'GET')
    },
  })
}

function fapiRoute(
  method: Route['method'],
  path: string,
  access: Route['access'],
  { operation, mandatory = [], handle }: RouteDetails,
): FapiRoute {
  return {
    method,
    path,
    access,
    mandatory,
    ...(operation === undefined ? {} : { operation }),
    handle: (handling) => answerOf(() => handle(handling)),
  }
}
