import { vi } from 'vitest'

/** What is printed while `run` does its work. */
export async function printedDuring(run: () => Promise<void>): Promise<string[]> {
  const printed: string[] = []
  const keep = (...words: unknown[]): void => void printed.push(words.map(String).join(' '))
  const spies = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(keep),
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        keep(chunk)
        return true
      }),
    ),
  ]
  try {
    await run()
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return printed
}
