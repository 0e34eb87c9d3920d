import type { Agent, Dispatcher } from 'undici'
import { type Clock, systemClock } from '../core/clock.ts'
import {
  type HttpAnswer,
  type HttpRequest,
  SendFailure,
  type Sent,
  type Transport,
} from './types.ts'

/** How the connection pool behaves. */
export interface HttpTransportOptions {
  /** Connections to one origin at the same time. Default 16. */
  connections?: number
  /** How long an idle connection is kept. Default 30 s: exchanges close theirs after about a minute. */
  keepAliveMs?: number
  clock?: Clock
}

/**
 * Requests over a pool of kept connections. It never repeats anything: a lost connection is told
 * with what is known of the request's fate, and the passage decides.
 */
export function createHttpTransport(options: HttpTransportOptions = {}): Transport {
  const { connections = 16, keepAliveMs = 30_000, clock = systemClock } = options
  let opening: Promise<Agent> | undefined
  // Loaded with the first request: most of what importing this library would take is undici.
  const open = async (): Promise<Agent> => {
    const { Agent } = await import('undici')
    return new Agent({
      connections,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      // The deadline of each request is ours, below.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }
  return {
    async send(request) {
      opening ??= open()
      return dispatch(await opening, clock, request)
    },
    async close() {
      await (await opening)?.destroy()
    },
  }
}

function dispatch(agent: Agent, clock: Clock, request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const url = new URL(request.url)
    const handler = new AnswerHandler(clock, request, resolve, reject)
    if (handler.hasEnded) return
    agent.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: toMethod(request.method),
        headers: request.headers,
        body: request.body === '' ? null : request.body,
      },
      handler,
    )
  })
}

/** Collects one answer and knows at each moment how far the request has come. */
class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: HttpAnswer) => void
  readonly #reject: (failure: SendFailure) => void
  readonly #release: () => void
  #controller: Dispatcher.DispatchController | undefined
  #sent: Sent = 'no'
  #status = 0
  #headers: Record<string, string> = {}
  readonly #chunks: Buffer[] = []
  hasEnded = false

  constructor(
    clock: Clock,
    request: HttpRequest,
    resolve: (answer: HttpAnswer) => void,
    reject: (failure: SendFailure) => void,
  ) {
    this.#resolve = resolve
    this.#reject = reject
    const abort = (): void => this.#fail('aborted', "ended by the caller's signal")
    const cancelTimer = clock.after(request.timeoutMs, () =>
      this.#fail('timeout', `no complete answer within ${request.timeoutMs} ms`),
    )
    this.#release = () => {
      cancelTimer()
      request.signal?.removeEventListener('abort', abort)
    }
    request.signal?.addEventListener('abort', abort, { once: true })
    if (request.signal?.aborted) abort()
  }

  /** A connection is ready; the first byte is written after this returns. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.hasEnded)
      controller.abort(new SendFailure('aborted', 'no', 'ended before it was sent'))
    else this.#sent = 'maybe'
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#sent = 'yes'
    this.#status = status
    this.#headers = flatten(headers)
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.hasEnded) return
    this.hasEnded = true
    this.#release()
    const text = Buffer.concat(this.#chunks).toString('utf8')
    this.#resolve({ status: this.#status, headers: this.#headers, text })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(this.#sent === 'no' ? 'unreachable' : 'lost', describe(error))
  }

  #fail(reason: SendFailure['reason'], detail: string): void {
    if (this.hasEnded) return
    this.hasEnded = true
    this.#release()
    const failure = new SendFailure(reason, this.#sent, detail)
    this.#reject(failure)
    this.#controller?.abort(failure)
  }
}

/** A code, never a URL: signed queries stay out of errors. */
function describe(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function toMethod(method: string): Dispatcher.HttpMethod {
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE')
    return method
  throw new TypeError(`unexpected method ${method}`)
}
