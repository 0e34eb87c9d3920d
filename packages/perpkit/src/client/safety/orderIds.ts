import type { JournalIdentity } from './journal.ts'

/** A step of our own: repeating it gives the same id. */
export interface OrderStep {
  /** Which order, or managed order, of this journal's life: 20 bits. */
  number: number
  /** Which leg of a managed order: 4 bits; 0 for a plain order. */
  leg: number
  /** How often that leg was placed anew: 10 bits. */
  generation: number
}

/**
 * The client order id of a step: its 62 bits (installation 12, number 20, leg 4, generation 10,
 * epoch 16) in base 36, after the second its journal began, so that a journal in memory never
 * repeats the ids of an earlier run.
 */
export function orderIdOf(identity: JournalIdentity, step: OrderStep, prefix: string): string {
  const bits = bitsOf(identity, step).toString(36).padStart(12, '0')
  return prefix + identity.since.toString(36).padStart(6, '0') + bits
}

/**
 * The same bits alone, as a decimal number from 1 to 2^62: where an exchange takes numbers only.
 * Nothing but chance (28 bits) keeps the ids of two journals in memory apart, which is enough where
 * an id is free again once its order has ended.
 */
export function orderNumberOf(identity: JournalIdentity, step: OrderStep): string {
  return (bitsOf(identity, step) + 1n).toString()
}

/**
 * Whose journal wrote an id, in either form; `undefined` for ids that cannot be ours. Others' ids can
 * look like ours: only those with a journal's own installation and beginning are its own. Numbers
 * carry no beginning.
 */
export function readOrderId(
  clientOrderId: string,
): { installation: number; epoch: number; since?: number } | undefined {
  if (/^[1-9]\d{0,18}$/.test(clientOrderId)) return readBits(BigInt(clientOrderId) - 1n)
  const form = /^.{0,8}([0-9a-z]{6})([0-9a-z]{12})$/.exec(clientOrderId)
  if (!form?.[1] || !form[2]) return undefined
  const bits = [...form[2]].reduce(
    (sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)),
    0n,
  )
  const read = readBits(bits)
  return read && { ...read, since: Number.parseInt(form[1], 36) }
}

export const MAX_STEP: Readonly<OrderStep> = {
  number: 2 ** 20 - 1,
  leg: 2 ** 4 - 1,
  generation: 2 ** 10 - 1,
}

function bitsOf(identity: JournalIdentity, step: OrderStep): bigint {
  return (
    (BigInt(identity.installation) << 50n) |
    (BigInt(step.number) << 30n) |
    (BigInt(step.leg) << 26n) |
    (BigInt(step.generation) << 16n) |
    BigInt(identity.epoch)
  )
}

function readBits(bits: bigint): { installation: number; epoch: number } | undefined {
  if (bits >= 2n ** 62n) return undefined
  return { installation: Number(bits >> 50n), epoch: Number(bits & 0xffffn) }
}
