import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { type AccountQuestions, readFills } from './reconcile.ts'

/** Where the answers go; `failed` when a question has none. */
export interface FollowUpEvents {
  order(order: FuturesOrder, timestamp: number): void
  /** All positions of the symbol. */
  positions(nativeSymbol: string, positions: FuturesPosition[], timestamp: number): void
  account(account: AccountInfo, timestamp: number): void
  fills(fills: Fill[]): void
  failed(): void
}

export interface AskedOrder {
  nativeSymbol: string
  orderId: string
}

/** Between two readings of the account that events only hint at. */
const ACCOUNT_EVERY_MS = 500

/** Reads what an event only hints at. */
export class FollowUp {
  readonly #questions: AccountQuestions
  readonly #events: FollowUpEvents
  #isAccountDue = false
  #isReadingAccount = false

  constructor(questions: AccountQuestions, events: FollowUpEvents) {
    this.#questions = questions
    this.#events = events
  }

  /** `known`: what is known of it already. */
  readOrder(asked: AskedOrder, known: FuturesOrder | undefined, timestamp: number): void {
    const { operations, call, catalogue } = this.#questions
    const { nativeSymbol, orderId } = asked
    const instrument = catalogue.byNative(nativeSymbol)
    if (!instrument) return
    const key = { instrument, orderId, ...(known && { known }) }
    operations.getOrder(call('watchOrders'), key).then(
      (order) => this.#events.order(order, timestamp),
      () => this.#events.failed(),
    )
  }

  readPositions(nativeSymbol: string, timestamp: number): void {
    const { operations, call, catalogue } = this.#questions
    const instrument = catalogue.byNative(nativeSymbol)
    if (!instrument) return
    operations.getPositions(call('watchPositions'), { instrument }).then(
      (positions) => this.#events.positions(nativeSymbol, positions, timestamp),
      () => this.#events.failed(),
    )
  }

  /** Since `since`, in exchange time. */
  readFills(nativeSymbol: string, since: number): void {
    const instrument = this.#questions.catalogue.byNative(nativeSymbol)
    if (!instrument) return
    readFills(this.#questions, instrument, since).then(
      (fills) => this.#events.fills(fills),
      () => this.#events.failed(),
    )
  }

  /** One at a time; what changes meanwhile is read afterwards. */
  readAccount(): void {
    this.#isAccountDue = true
    if (this.#isReadingAccount) return
    this.#isReadingAccount = true
    this.#isAccountDue = false
    this.#ask().catch(() => this.#events.failed())
    this.#questions.clock.after(ACCOUNT_EVERY_MS, () => {
      this.#isReadingAccount = false
      if (this.#isAccountDue) this.readAccount()
    })
  }

  async #ask(): Promise<void> {
    const { operations, call, now } = this.#questions
    const at = await now()
    const account = await operations.getAccountInfo(call('watchAccount'), undefined)
    this.#events.account(account, at)
  }
}
