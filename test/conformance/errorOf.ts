import { PerpkitError } from 'perpkit'

/** The error of ours that a promise rejects with; anything else is a failed test. */
export async function errorOf(promise: Promise<unknown>): Promise<PerpkitError> {
  const error = await promise.then(
    (value) => new Error(`expected an error, resolved with ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  )
  if (PerpkitError.is(error)) return error
  throw error
}
