import type { HttpAnswer, HttpRequest, Transport } from 'perpkit'
import type { WireText } from '../wire/evidence.ts'
import { wireTextOf } from './wireText.ts'

/** A transport that keeps what is sent, and the requests it kept. */
export interface RecordingTransport extends Transport {
  readonly sent: readonly WireText[]
}

/** Keeps every request and answers it with what `answer` returns, or fails as it throws. */
export function recordingTransport(
  answer: (text: WireText, request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
): RecordingTransport {
  const sent: WireText[] = []
  return {
    sent,
    async send(request) {
      const text = wireTextOf(request)
      sent.push(text)
      return answer(text, request)
    },
    async close() {
      // Nothing is open.
    },
  }
}
