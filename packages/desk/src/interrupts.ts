/**
 * What Ctrl-C means: it ends a watch at once; while an order is on its way it waits for the order's
 * fate, and a second one leaves.
 */
export interface Interrupts {
  /** Aborted by Ctrl-C while nothing is on its way. */
  readonly signal: AbortSignal
  /** Runs `task`, during which the first Ctrl-C is only noted. */
  guard<Result>(task: () => Promise<Result>): Promise<Result>
  /** The id that is on its way, for the word on leaving. */
  note(clientOrderId: string): void
  /** To be stopped is how this command is meant to end. */
  expect(): void
  readonly isExpected: boolean
  /** Ctrl-C was pressed. */
  press(): Pressed
}

export type Pressed =
  | { next: 'stop' }
  | { next: 'wait' }
  | { next: 'leave'; clientOrderId: string | undefined }

export function createInterrupts(): Interrupts {
  const controller = new AbortController()
  let underWay = 0
  let isNoted = false
  let noted: string | undefined
  let isExpected = false
  return {
    signal: controller.signal,
    async guard(task) {
      underWay += 1
      try {
        return await task()
      } finally {
        underWay -= 1
        if (underWay === 0 && isNoted) controller.abort()
      }
    },
    note(clientOrderId) {
      noted = clientOrderId
    },
    expect() {
      isExpected = true
    },
    get isExpected() {
      return isExpected
    },
    press() {
      if (underWay === 0) {
        controller.abort()
        return { next: 'stop' }
      }
      if (isNoted) return { next: 'leave', clientOrderId: noted }
      isNoted = true
      return { next: 'wait' }
    },
  }
}
