import type { Fault, FaultEffect, Operation, RejectReason } from 'perpkit/simulator'
import type { Echo } from './echoingTransport.ts'

/** What goes wrong while every method is called once. */
export interface Trouble {
  name: string
  /** Injected before the call of that number, counted from 0. */
  faults: (call: number) => readonly Fault[]
  echo?: Echo
}

const REASONS = [
  'insufficientMargin',
  'wouldTriggerImmediately',
  'reduceOnlyRejected',
  'belowMinimum',
  'precision',
  'priceBand',
  'tooManyOrders',
  'duplicateClientOrderId',
  'orderNotFound',
  'invalidSymbol',
  'invalidParameter',
  'invalidSignature',
  'timestampOutOfWindow',
  'permissionDenied',
  'leverageNotChanged',
  'marketClosed',
  'exchangeBusy',
  'unknownState',
] as const satisfies readonly RejectReason[]

const GATEWAY: readonly FaultEffect[] = [
  { kind: 'dropBefore' },
  { kind: 'dropAfter' },
  { kind: 'delay', ms: 1 },
  { kind: 'status', code: 502, body: '<html>Bad Gateway</html>' },
  { kind: 'status', code: 503, body: { error: 'unavailable' } },
  { kind: 'status', code: 504 },
  { kind: 'status', code: 403, body: 'Forbidden' },
  { kind: 'malformed' },
  { kind: 'truncateBody', bytes: 60 },
  { kind: 'maintenance' },
  { kind: 'clockSkew', ms: 30_000 },
  { kind: 'rateLimit', retryAfterMs: 50 },
]

/** What writes: reads go well then, so that calls get further before they fail. */
const WRITES: readonly Operation[] = [
  'createOrder',
  'createStop',
  'amendOrder',
  'cancelOrder',
  'cancelAll',
  'setLeverage',
]

const ECHOES: readonly (Echo | undefined)[] = [undefined, 'texts']

/** Every kind of fault, on all requests; of the refusals each call meets some, and all are met. */
export function everyKind(): Trouble[] {
  return [
    { name: 'nothing wrong', faults: none },
    { name: 'a gateway that shows the request', faults: none, echo: 'page' },
    { name: 'answers that hold the request', faults: none, echo: 'field' },
    { name: 'texts that hold the request', faults: none, echo: 'texts' },
    ...GATEWAY.map((effect) => everywhere(effect)),
    inTurn(0),
    inTurn(5, 'texts'),
    inTurn(11, 'texts'),
  ]
}

/** Every kind of fault at both ends of a request, on all requests and on writes alone, echoed or not. */
export function everyTrouble(): Trouble[] {
  const refusals = REASONS.map((reason): FaultEffect => ({ kind: 'rejectWith', reason }))
  const effects = [...GATEWAY, ...refusals].flatMap((effect): FaultEffect[] =>
    effect.kind === 'status' || effect.kind === 'rejectWith'
      ? [effect, { ...effect, stage: 'answer' }]
      : [effect],
  )
  return [
    ...everyKind(),
    ...effects.flatMap((effect) =>
      ECHOES.flatMap((echo) => [everywhere(effect, echo), onWrites(effect, echo)]),
    ),
  ]
}

function none(): readonly Fault[] {
  return []
}

function inTurn(shift: number, echo?: Echo): Trouble {
  const name = `refusals in turn from ${shift}${echo ? `, echoed in ${echo}` : ''}`
  const faults = (call: number): Fault[] => {
    const reason = REASONS[(call + shift) % REASONS.length]
    return reason ? [{ kind: 'rejectWith', reason }] : []
  }
  return { name, faults, ...(echo && { echo }) }
}

function everywhere(effect: FaultEffect, echo?: Echo): Trouble {
  return { name: nameOf(effect, 'all', echo), faults: () => [effect], ...(echo && { echo }) }
}

function onWrites(effect: FaultEffect, echo?: Echo): Trouble {
  const faults = WRITES.map((operation) => ({ ...effect, operation }))
  return { name: nameOf(effect, 'writes', echo), faults: () => faults, ...(echo && { echo }) }
}

function nameOf(effect: FaultEffect, where: string, echo: Echo | undefined): string {
  return `${JSON.stringify(effect)} on ${where}${echo ? `, echoed in ${echo}` : ''}`
}
