import type { ManagedOrdersChange, ManagedOrdersState, ManagedReason } from './managed.ts'

/** The weightiest first; all others weigh less, in the order they happened. */
const WEIGHT: readonly ManagedReason[] = [
  'UNPROTECTED',
  'CLOSED',
  'STOP_FILLED',
  'STOP_LOST',
  'STOP_TRIGGERED',
  'TAKE_PROFIT_FILLED',
  'ENTRY_FILLED',
  'POSITION_CHANGED',
  'COMPLETED',
  'CANCELLED',
]

/** What has happened to a managed order, for all who watch it. */
export class ChangeLog {
  #reasons: ManagedReason[] = []
  readonly #listeners = new Set<(change: ManagedOrdersChange | 'END') => void>()

  add(reason: ManagedReason): void {
    this.#reasons.push(reason)
  }

  /** Tells what was added since the last time, in one change. */
  publish(state: ManagedOrdersState): void {
    const reasons = this.#reasons
    const [first] = reasons
    if (first === undefined) return
    this.#reasons = []
    const reason = WEIGHT.find((each) => reasons.includes(each)) ?? first
    this.#tell({ ...state, reason, reasons })
  }

  /** Nothing more will happen. */
  end(): void {
    this.#tell('END')
  }

  /** The returned function ends it. */
  listen(listener: (change: ManagedOrdersChange | 'END') => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Each change until the end. */
  async *follow(signal: AbortSignal | undefined): AsyncGenerator<ManagedOrdersChange, undefined> {
    const waiting: (ManagedOrdersChange | 'END')[] = []
    let wake = (): void => undefined
    const abort = (): void => wake()
    const stop = this.listen((change) => {
      waiting.push(change)
      wake()
    })
    signal?.addEventListener('abort', abort, { once: true })
    try {
      while (!signal?.aborted) {
        const change = waiting.shift()
        if (change === 'END') break
        if (change) yield change
        else {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      }
    } finally {
      stop()
      signal?.removeEventListener('abort', abort)
    }
    return undefined
  }

  #tell(change: ManagedOrdersChange | 'END'): void {
    for (const listener of [...this.#listeners]) listener(change)
  }
}
