import type { EventEmitter } from 'node:events'
import { inspect } from 'node:util'
import { vi } from 'vitest'

/** What one of the SDKs' socket clients has told its caller so far. */
export interface Diary {
  /** Waits up to 3 s for an event with these parts, told already or still to come, and returns it. */
  tells(event: string, parts: Parts): Promise<unknown>
  /** Forgets what was told before. */
  turnPage(): void
}

/** Every part named is there; of an array, some item has each part; a number may be written as text. */
export type Parts = string | number | boolean | null | readonly Parts[] | { [key: string]: Parts }

export const quiet = { trace: ignore, info: ignore, error: ignore }

/** Writes down what a client emits under these names. */
export function keepDiary(client: EventEmitter, events: readonly string[]): Diary {
  let told: { event: string; body: unknown }[] = []
  for (const event of events)
    client.addListener(event, (body: object) => {
      // Where the SDKs put a whole connection.
      told.push({ event, body: { ...body, ws: undefined, event: wordOf(body) } })
    })
  return {
    tells: async (event, parts) => {
      const isMeant = (entry: { event: string; body: unknown }): boolean =>
        entry.event === event && has(entry.body, parts)
      const wait = { timeout: 3_000, interval: 5 }
      const found = await vi.waitUntil(() => told.find(isMeant), wait).catch(() => undefined)
      if (found) return found.body
      const heard = told.map((entry) => inspect(entry, { depth: 5, maxArrayLength: 3 }))
      throw new Error(`no ${event} with ${inspect(parts)} in:\n${heard.join('\n').slice(-4000)}`)
    },
    turnPage: () => {
      told = []
    },
  }
}

function has(body: unknown, parts: Parts): boolean {
  if (Array.isArray(parts))
    return Array.isArray(body) && parts.every((part) => body.some((item) => has(item, part)))
  if (typeof parts === 'number' && typeof body === 'string') return Number(body) === parts
  if (typeof parts !== 'object' || parts === null) return body === parts
  if (typeof body !== 'object' || body === null) return false
  const known = new Map<string, unknown>(Object.entries(body))
  return Object.entries(parts).every(([key, part]) => has(known.get(key), part))
}

function wordOf(body: object): unknown {
  const event: unknown = 'event' in body ? body.event : undefined
  return typeof event === 'string' ? event : undefined
}

function ignore(): void {}
