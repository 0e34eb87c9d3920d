import { expect, test } from 'vitest'
import { answerOf, Refused } from './errors.ts'

test('default: figures are filled in, the code is a number', () => {
  expect(new Refused('-1102:either', 'a', '$&').envelope()).toEqual({
    code: -1102,
    msg: "Param 'a' or '$&' must be sent, but both were empty/null!",
  })
})

test.each([
  ['-2014', 401],
  ['-2015', 401],
  ['-5000', 404],
  ['-1008', 503],
  ['-1000', 503],
  ['-2019', 400],
] as const)('default: %s comes with HTTP %i', (code, status) => {
  const answer = answerOf(() => {
    throw new Refused(code, 'x', 'y')
  })
  expect(answer.status).toBe(status)
  expect(JSON.parse(answer.body)).toMatchObject({ code: Number(code) })
})

test('behavior: what is no refusal is not answered for', () => {
  expect(() =>
    answerOf(() => {
      throw new RangeError('broken')
    }),
  ).toThrow('broken')
})
