import { ReadError } from '../../../core/reader.ts'
import { PerpkitError } from '../../../model/errors.ts'
import { requireKey } from '../../actions/arguments.ts'
import type { Client } from '../../client.ts'
import type { ManagedOrders, ResumeOptions } from './managed.ts'
import { ManagedObject } from './managedObject.ts'
import type { ManagedRecord } from './managedRecord.ts'
import { readManagedRecord } from './readManagedRecord.ts'

const ACTION = 'resumeManagedOrders'

export async function resumeManagedOrders(
  client: Client,
  { supervise = true }: ResumeOptions = {},
): Promise<ManagedOrders[]> {
  requireKey(client, ACTION)
  const { name } = client.definition
  await client.witness()
  const entries = (await client.journal.managed()).filter(({ exchange }) => exchange === name)
  const running = client.guard.all()
  const unknown = entries.filter((entry) => !running.some(({ id }) => id === entry.id))
  const failures: string[] = []
  const records = unknown.flatMap(({ id, record }) => {
    try {
      return [readManagedRecord(record)]
    } catch (error) {
      failures.push(`${id}: ${textOf(error)}`)
      return []
    }
  })
  const resumed: ManagedOrders[] = []
  for (const record of records) {
    try {
      const isOld = isReplaced(client, record, records)
      const object = await objectOf(client, record)
      if (isOld) await object.supersede()
      else {
        resumed.push(object)
        await takeUp(client, object, supervise)
      }
    } catch (error) {
      failures.push(`${record.id} (${record.symbol}): ${textOf(error)}`)
    }
  }
  if (failures.length === 0) return [...running, ...resumed]
  throw new PerpkitError(
    `${name} ${ACTION}: ${failures.length} of ${unknown.length} managed orders are not as they should be: ${failures.join('; ')}`,
    { code: 'PROTECTION_FAILED', exchange: name, action: ACTION },
  )
}

/** The last one of a side is in charge; another that was not done was about to be replaced by it. */
function isReplaced(client: Client, record: ManagedRecord, all: readonly ManagedRecord[]): boolean {
  const { symbol, positionSide } = record
  const ofSide = all.filter(
    (other) => other.symbol === symbol && other.positionSide === positionSide,
  )
  return ofSide.at(-1) !== record || client.guard.find(symbol, positionSide) !== undefined
}

async function objectOf(client: Client, record: ManagedRecord): Promise<ManagedObject> {
  const instrument = await client.catalogue.find(record.symbol)
  // Numbers of this life are counted anew: one of its own keeps new ids apart from others.
  return new ManagedObject(client, instrument, { ...record, number: client.nextNumber() })
}

/** It is in charge, whether or not the first run brings it to where it should be. */
async function takeUp(client: Client, object: ManagedObject, supervise: boolean): Promise<void> {
  try {
    await object.takeUp()
  } finally {
    client.guard.take(object, { supervise })
  }
}

function textOf(error: unknown): string {
  if (error instanceof ReadError) return `the journal's record cannot be read: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}
