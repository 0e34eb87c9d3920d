import { expect, it } from 'vitest'
import { flood } from './flood.ts'

// `npm run test:streams`: memory over ten million messages of a book.

const MESSAGES = 10_000_000
const PARTS = 10
const MIB = 1_048_576
/** Far less than one message in a hundred would leave behind. */
const MOST_GROWTH = 4 * MIB

it(`behavior: memory is flat over ${MESSAGES} messages of a book`, async () => {
  const marks = await flood(MESSAGES, PARTS)
  const lines = marks.map(({ messages, heapBytes, messagesPerSecond, books }) =>
    [
      `${messages / 1_000_000} million`,
      `${(heapBytes / MIB).toFixed(2)} MiB`,
      `${messagesPerSecond} messages/s`,
      `${books} books taken`,
    ].join('  '),
  )
  process.stdout.write(`\n${lines.join('\n')}\n`)
  const [first] = marks
  const last = marks.at(-1)
  expect((last?.heapBytes ?? 0) - (first?.heapBytes ?? 0)).toBeLessThan(MOST_GROWTH)
  expect(last?.books).toBeGreaterThan(MESSAGES / 100)
})
