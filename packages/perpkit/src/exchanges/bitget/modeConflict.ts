import { PerpkitError } from '../../model/errors.ts'

/**
 * Sets a mode that positions or orders may stand in the way of: refused for those, it is done all
 * the same when it reads as wanted (docs/wire/bitget.md 6).
 */
export async function setUnlessSo<Mode>(
  wanted: Mode,
  set: () => Promise<void>,
  read: () => Promise<Mode | undefined>,
): Promise<void> {
  try {
    await set()
  } catch (error) {
    const isLocked = PerpkitError.is(error) && error.code === 'STATE_CONFLICT'
    if (!isLocked || (await read()) !== wanted) throw error
  }
}
