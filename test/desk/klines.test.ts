import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCandles } from 'perpkit/simulator'
import { describe, expect, test } from 'vitest'
import { readArrow, readParquet } from '../../packages/desk/src/klines/read.testing.ts'
import { runLine, setDesk, temporaryHome } from './deskRun.ts'

const SPAN = 'klines BTCUSDT --interval 1h --since 2026-03-01 --until 2026-03-03T23:30Z'

interface Row {
  timestamp: string
  open: string
  close: string
}

describe('klines', () => {
  test('default: the newest as a table', async () => {
    const { run } = await setDesk()
    const { code, stdout } = await run('klines BTCUSDT --limit 3')
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^start \(UTC\) +open +high +low +close +volume$/)
    expect(lines[3]).toMatch(/^\d{4}-\d\d-\d\d \d\d:00( +[\d.]+){4} +[▲▼=] +[\d.]+$/)
  })

  test('args: --json prints one candle a line, decimal strings and ISO times', async () => {
    const { run } = await setDesk()
    const { code, stdout, stderr } = await run(`${SPAN} --json`)
    expect([code, stderr]).toEqual([0, ''])
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line): Row => JSON.parse(line))
    expect(rows).toHaveLength(72)
    expect(rows[0]?.timestamp).toBe('2026-03-01T00:00:00.000Z')
    expect(rows.at(-1)?.timestamp).toBe('2026-03-03T23:00:00.000Z')
    for (const { open, close } of rows) expect(open + close).toMatch(/^[\d.]+$/)
  })

  test('args: csv, arrow and parquet hold the same candles', async () => {
    const { run } = await setDesk()
    const folder = temporaryHome()
    const file = (end: string): string => join(folder, `btc.${end}`)
    for (const end of ['csv', 'arrow', 'parquet']) {
      const { code, stdout, stderr } = await run(`${SPAN} --out ${file(end)}`)
      expect([code, stdout]).toEqual([0, ''])
      expect(stderr).toContain('72 candles from 2026-03-01T00:00 to 2026-03-03T23:00.')
      expect(existsSync(`${file(end)}.part`)).toBe(false)
    }
    const csv = readFileSync(file('csv'), 'utf8').trimEnd().split('\n')
    expect(csv[0]).toBe('timestamp,open,high,low,close,volume')
    const expected = csv.slice(1).map((line) => line.split(',').map(Number))
    const arrow = readArrow(file('arrow')).map((row) => Object.values(row).map(Number))
    expect(arrow).toEqual(expected)
    const parquet = await readParquet(file('parquet'))
    expect(parquet[0]?.timestamp).toBeInstanceOf(Date)
    expect(parquet.map((row) => Object.values(row).map(Number))).toEqual(expected)
    // What was saved can be played again.
    expect(loadCandles(file('csv'))).toHaveLength(72)
  })

  test('behavior: a file holds no candle that is still open', async () => {
    const { run } = await setDesk()
    const file = join(temporaryHome(), 'btc.csv')
    await run(`klines BTCUSDT --interval 1d --since 5d --out ${file}`)
    const last = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)?.split(',')[0]
    expect(Number(last) + 2 * 86_400_000).toBeGreaterThan(Date.now())
    expect(Number(last) + 86_400_000).toBeLessThanOrEqual(Date.now())
  })

  test('behavior: what was torn is cut off, and the rest is fetched', async () => {
    const { run, simulator } = await setDesk()
    const folder = temporaryHome()
    const [file, whole] = [join(folder, 'btc.csv'), join(folder, 'whole.csv')]
    await run(`${SPAN} --out ${whole}`)
    makePart(file, whole, 30)
    appendFileSync(`${file}.part`, '1772550000000,60')
    await simulator.control.reset()
    const { code, stderr } = await run(`${SPAN} --out ${file}`)
    expect(code).toBe(0)
    // The last candle may have been open when it was written: it is asked for again.
    expect(stderr).toContain('Going on after 29 candles.')
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(whole, 'utf8'))
    const { requests } = await simulator.control.state({ venue: 'bybit' })
    const asked = requests.filter(({ path }) => path.includes('kline'))
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['in its first line', 20],
    ['in its second line', 90],
  ])('behavior: a part torn %s is begun anew', async (_where, bytes) => {
    const { run } = await setDesk()
    const folder = temporaryHome()
    const [file, whole] = [join(folder, 'btc.csv'), join(folder, 'whole.csv')]
    await run(`${SPAN} --out ${whole}`)
    makePart(file, whole, 3)
    truncateSync(`${file}.part`, bytes)
    const { code } = await run(`${SPAN} --out ${file}`)
    expect(code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(whole, 'utf8'))
  })

  test('error: a part of another market, or that begins later, is not continued', async () => {
    const { run } = await setDesk()
    const folder = temporaryHome()
    const [file, whole] = [join(folder, 'btc.csv'), join(folder, 'whole.csv')]
    await run(`${SPAN} --out ${whole}`)
    makePart(file, whole, 3)
    const other = await run(`${SPAN.replace('BTC', 'ETH')} --out ${file}`)
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('another download')])
    const earlier = await run(`${SPAN.replace('03-01', '02-01')} --out ${file}`)
    expect([earlier.code, earlier.stderr]).toEqual([2, expect.stringContaining('begins only at')])
    expect(existsSync(file)).toBe(false)
    expect((await run(`${SPAN} --out ${file} --replace`)).code).toBe(0)
  })

  test('error: a file that is there is not touched without --replace', async () => {
    const { run } = await setDesk()
    const file = join(temporaryHome(), 'btc.csv')
    writeFileSync(file, 'mine')
    const { code, stderr } = await run(`${SPAN} --out ${file}`)
    expect([code, stderr]).toEqual([2, expect.stringContaining('--replace')])
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  test('error: a folder that is not there is named', async () => {
    const { run } = await setDesk()
    const { code, stderr } = await run(`${SPAN} --out /no/such/folder/btc.csv`)
    expect([code, stderr]).toEqual([1, expect.stringContaining('/no/such/folder/btc.csv')])
  })

  test.each([
    ['--interval 7m', '1h'],
    ['--since yesterday', 'yesterday'],
    ['--since 1d --until 2d', '--until'],
    ['--since 1d --limit 5', '--limit'],
    ['--out btc.csv', '--since'],
    ['--since 1d --out btc.txt', '.parquet'],
    ['--since 1d --out btc.csv --json', '--json'],
    ['--chart --json', '--chart'],
    ['--limit 0', '--limit'],
  ])('error: klines %s is a usage error', async (options, word) => {
    const { code, stderr } = await runLine(`klines BTCUSDT --exchange BYBIT ${options}`)
    expect([code, stderr]).toEqual([2, expect.stringContaining(word)])
  })
})

/** A part as an interrupted run leaves it, with the first candles of a whole file. */
function makePart(file: string, whole: string, candles: number): void {
  const origin = { exchange: 'BYBIT', place: 'LOCAL', symbol: 'BTCUSDT', interval: '1h' }
  const rows = readFileSync(whole, 'utf8')
    .split('\n')
    .slice(1, candles + 1)
  const since = Date.parse('2026-03-01')
  const lines = [`# ${JSON.stringify(origin)}`, `# since ${since}`, ...rows]
  writeFileSync(`${file}.part`, `${lines.join('\n')}\n`)
}
