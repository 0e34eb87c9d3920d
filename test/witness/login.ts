import type { EventEmitter } from 'node:events'
import { keepDiary } from './diary.ts'

interface Socket<Key> extends EventEmitter {
  connect(key: Key): Promise<unknown>
}

/**
 * Opens the connection of an SDK's client for orders and waits until it has logged in. An order that
 * opens it logs in twice, side by side, and where the first answer comes before the second question,
 * as it may on loopback, the client waits for ever.
 */
export async function logIn<Key>(socket: Socket<Key>, key: Key): Promise<void> {
  const diary = keepDiary(socket, ['authenticated'])
  await socket.connect(key)
  await diary.tells('authenticated', {})
}
