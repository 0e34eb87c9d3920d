import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKeyFile, openStore } from '@perpkit/store'
import { skippingClock } from './skippingClock.ts'

const WRITER = fileURLToPath(new URL('./intentWriter.js', import.meta.url))

/** What a campaign found out; all but `kills` and `written` must be 0. */
export interface CrashReport {
  kills: number
  /** Intents the writers were told are written. */
  written: number
  /** Of those, how many were gone afterwards, or settled although nobody had settled them. */
  lost: number
  /** Intents in the journal that no writer had begun to write, or that differ from what it wrote. */
  invented: number
  /** Starts at which the database or the secret in it could not be opened. */
  unreadable: number
  /** Epochs that did not grow. */
  repeatedEpochs: number
}

/** Kills a writing process `kills` times, each at another instant, and reads back after each. */
export async function runCrashes(kills: number, seed: number): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), 'perpkit-crash-'))
  const place = { url: `file:${join(folder, 'perpkit.db')}`, keyFile: join(folder, 'key') }
  createKeyFile(place.keyFile)
  const report = { kills: 0, written: 0, lost: 0, invented: 0, unreadable: 0, repeatedEpochs: 0 }
  const books = { tried: new Set<string>(), open: new Set<string>(), settling: new Set<string>() }
  let lastEpoch = 0
  let state = seed
  try {
    for (let run = 0; run < kills; run += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      const said = await killedAfter(place, run, state % 120)
      report.kills += 1
      for (const line of said) {
        const [word, id = ''] = line.split(' ')
        if (word === 'try') books.tried.add(id)
        if (word === 'written') {
          report.written += 1
          books.open.add(id)
        }
        if (word === 'settled') books.open.delete(id)
      }
      // The one that was being settled may be either way.
      const last = said.at(-1)?.split(' ')
      const inDoubt = last?.[0] === 'written' ? last[1] : undefined
      const found = await readBack(place)
      if (!found) {
        report.unreadable += 1
        continue
      }
      if (found.epoch <= lastEpoch) report.repeatedEpochs += 1
      lastEpoch = found.epoch
      if (inDoubt !== undefined && !found.ids.has(inDoubt)) books.open.delete(inDoubt)
      report.lost += [...books.open].filter((id) => !found.ids.has(id)).length
      report.invented += [...found.ids].filter((id) => !books.tried.has(id)).length + found.wrong
      // Written without the writer's hearing of it: from now on it must stay.
      for (const id of found.ids) books.open.add(id)
    }
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Place {
  url: string
  keyFile: string
}

/** What the writer said until it was killed, `afterMs` after its first intent. */
async function killedAfter(place: Place, run: number, afterMs: number): Promise<string[]> {
  const writer = spawn(process.execPath, [WRITER, place.url, place.keyFile, `${run}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(writer, 'close')
  let said = ''
  let isKilling = false
  writer.stdout.on('data', (text) => {
    said += String(text)
    if (isKilling || !said.includes('try ')) return
    isKilling = true
    setTimeout(() => writer.kill('SIGKILL'), afterMs)
  })
  const [code] = await ended
  if (code !== null) throw new Error(`the writer ended by itself with ${code}`)
  return said.trimEnd().split('\n')
}

async function readBack(
  place: Place,
): Promise<{ ids: Set<string>; epoch: number; wrong: number } | undefined> {
  try {
    const store = await openStore({ ...place, clock: skippingClock() })
    const journal = store.journal('main')
    const intents = await journal.unsettled()
    const { epoch } = await journal.identity()
    await store.close()
    const wrong = intents.filter(
      ({ clientOrderId, exchange, symbol, timestamp }) =>
        `${exchange} ${symbol} ${timestamp}` !==
        `BYBIT BTCUSDT ${1_800_000_000_000 + Number(clientOrderId.split('n')[2])}`,
    ).length
    return { ids: new Set(intents.map(({ clientOrderId }) => clientOrderId)), epoch, wrong }
  } catch {
    return undefined
  }
}
