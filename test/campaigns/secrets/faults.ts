import type { Fault, FaultEffect, Operation, RejectReason } from 'perpkit/simulator'
import type { Echo } from './echoingTransport.ts'

/** What goes wrong while every method is called once. */
export interface Trouble {
  name: string
  /** Injected before the call of that number, counted from 0. */
  faults: (call: number) => readonly Fault[]
  echo?: Echo
  /** Which part of the credentials is wrong. */
  mistake?: Mistake
}

export type Mistake = 'apiKey' | 'apiSecret' | 'passphrase'

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
  { kind: 'malformed' },
  { kind: 'truncateBody', bytes: 60 },
  { kind: 'maintenance' },
  { kind: 'clockSkew', ms: 30_000 },
  { kind: 'rateLimit', retryAfterMs: 50 },
]

const STATUSES: readonly FaultEffect[] = [
  { kind: 'status', code: 502, body: '<html>Bad Gateway</html>' },
  { kind: 'status', code: 503, body: { error: 'unavailable' } },
  { kind: 'status', code: 504 },
  { kind: 'status', code: 403, body: 'Forbidden' },
]

const REFUSALS: readonly FaultEffect[] = REASONS.map((reason) => ({ kind: 'rejectWith', reason }))

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

/** Every kind of fault, on all requests; of statuses and refusals each call meets some. */
export function everyKind(): Trouble[] {
  return [
    { name: 'nothing wrong', faults: none },
    { name: 'a gateway that shows the request', faults: none, echo: 'page' },
    { name: 'answers that hold the request', faults: none, echo: 'field' },
    { name: 'texts that hold the request', faults: none, echo: 'texts' },
    ...GATEWAY.map((effect) => everywhere(effect)),
    inTurn(STATUSES, 0),
    inTurn(REFUSALS, 0),
    inTurn(REFUSALS, 5, 'texts'),
    inTurn(REFUSALS, 11, 'texts'),
    wrong('apiKey', 'texts'),
    wrong('apiSecret', 'page'),
    wrong('apiSecret', 'texts'),
    wrong('passphrase', 'texts'),
  ]
}

/** What only a real connection can do. */
export function everyBrokenConnection(): Trouble[] {
  const kinds = new Set(['dropAfter', 'truncateBody'])
  return GATEWAY.filter(({ kind }) => kinds.has(kind)).map((effect) => everywhere(effect))
}

/** Every kind of fault at both ends of a request, on all requests and on writes alone, echoed or not. */
export function everyTrouble(): Trouble[] {
  const effects = [...GATEWAY, ...STATUSES, ...REFUSALS].flatMap((effect): FaultEffect[] =>
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

function inTurn(effects: readonly FaultEffect[], shift: number, echo?: Echo): Trouble {
  const [first] = effects
  const name = `${first?.kind} in turn from ${shift}${echo ? `, echoed in ${echo}` : ''}`
  const faults = (call: number): Fault[] => {
    const effect = effects[(call + shift) % effects.length]
    return effect ? [effect] : []
  }
  return { name, faults, ...(echo && { echo }) }
}

function wrong(mistake: Mistake, echo: Echo): Trouble {
  return { name: `a wrong ${mistake}, echoed in ${echo}`, faults: none, echo, mistake }
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
