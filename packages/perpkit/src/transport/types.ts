// What the passage asks of the wire: bytes out, bytes in. Tests and runtimes put their own here.

export interface HttpRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  /** `''` sends none. */
  body: string
  timeoutMs: number
  signal?: AbortSignal
}

export interface HttpAnswer {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  text: string
}

/**
 * Whether a request reached the network. `no`: certainly nothing left this machine. `maybe`: bytes
 * left, no answer came. `yes`: an answer began but was not complete.
 */
export type Sent = 'no' | 'maybe' | 'yes'

/** Why there is no answer. */
export type SendFailureReason = 'unreachable' | 'timeout' | 'aborted' | 'lost'

/** No complete answer; the only thing a {@link Transport} rejects with. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure'
  readonly sent: Sent
  readonly reason: SendFailureReason

  constructor(reason: SendFailureReason, sent: Sent, detail: string) {
    super(detail)
    this.sent = sent
    this.reason = reason
  }
}

export interface Transport {
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}
