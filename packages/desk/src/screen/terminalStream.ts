import { Writable } from 'node:stream'
import type { Output } from '../desk.ts'

/** An output as a stream, for libraries that draw on a terminal. */
export class TerminalStream extends Writable {
  readonly #output: Output

  constructor(output: Output) {
    super({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        output.write(String(chunk))
        done()
      },
    })
    this.#output = output
  }

  get isTTY(): boolean {
    return this.#output.isTerminal
  }

  get columns(): number | undefined {
    return this.#output.columns
  }

  get rows(): number | undefined {
    return this.#output.rows
  }
}
