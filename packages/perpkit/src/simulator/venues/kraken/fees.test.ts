import { expect, test } from 'vitest'
import { openDesk, placed, rows } from './desk.fixture.ts'

test('default: the schedule an instrument names, in percent', async () => {
  const desk = openDesk()
  const [schedule] = rows((await desk.get('/feeschedules')).at('feeSchedules'))
  const [instrument] = rows((await desk.get('/instruments')).at('instruments'))
  expect(schedule).toMatchObject({
    uid: instrument?.feeScheduleUid,
    tiers: [{ makerFee: 0.02, takerFee: 0.05, usdVolume: 0 }],
  })
})

test('default: volume of thirty days, in dollars', async () => {
  const desk = openDesk()
  const volumes = async (): Promise<number[]> => {
    const { value } = (await desk.get('/feeschedules/volumes')).at('volumesByFeeSchedule')
    return Object.values(Object(value))
  }
  expect(await volumes()).toEqual([0])
  await placed(desk, { size: 0.5 })
  const [fill] = rows((await desk.get('/fills')).at('fills'))
  expect(await volumes()).toEqual([Number(fill?.price) / 2])
  await desk.advance(31 * 86_400_000)
  expect(await volumes()).toEqual([0])
  expect(await desk.unknownWords()).toEqual([])
})

test('error: volumes without a key', async () => {
  const path = '/derivatives/api/v3/feeschedules/volumes'
  const answer = await openDesk().send({ path, headers: {} })
  expect(JSON.parse(answer.body)).toMatchObject({ error: 'authenticationError' })
})
