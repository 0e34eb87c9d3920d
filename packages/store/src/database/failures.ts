import { sleep, systemClock } from '../clock.ts'
import { StoreError, type StoreErrorCode } from '../errors.ts'

const PATTERNS: readonly (readonly [RegExp, StoreErrorCode, string])[] = [
  [/^(SQLITE_FULL|ENOSPC|53100)$/, 'DISK_FULL', 'the disk is full; nothing was written'],
  [/^(SQLITE_(BUSY|LOCKED)|55P03|40P01|40001)/, 'BUSY', 'the database stayed locked'],
  [
    /^(SQLITE_(CORRUPT|NOTADB)|XX001|XX002)/,
    'DAMAGED',
    'the database is damaged; nothing was overwritten',
  ],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|E[A-Z]+$|28|3D000|57P0|08|42501)/,
    'UNREACHABLE',
    'the database cannot be opened or reached',
  ],
]

/** How long a lock is waited for: other writers hold it for milliseconds. */
const PATIENCE_MS = 4_000

const LONGEST_PAUSE_MS = 32

/**
 * What `work` gives, with the driver's failures told in our words. While the database is locked it
 * is tried again: `work` has then changed nothing. The pauses are ours and not SQLite's, which would
 * stop the whole process.
 */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  let waited = 0
  for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== 'BUSY' || waited >= PATIENCE_MS) throw failure
      waited += pause
      await sleep(systemClock, pause)
    }
  }
}

/** The `StoreError` for whatever a driver throws. */
function failureOf(error: unknown): StoreError {
  if (StoreError.is(error)) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/driver has already been destroyed|pool after calling end/.test(text)) {
    return new StoreError('CLOSED', 'the store was closed')
  }
  const code = codeOf(error)
  const known = PATTERNS.find(([pattern]) => pattern.test(code))
  const [, name, sentence] = known ?? ['', 'DATABASE_FAILED' as const, 'the database failed']
  return new StoreError(name, `${sentence} (${text})`, error)
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
