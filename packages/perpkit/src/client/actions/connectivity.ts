import type { Client } from '../client.ts'

export async function testConnectivity(client: Client): Promise<boolean> {
  const call = client.call({ action: 'testConnectivity' })
  const { operations } = client
  try {
    await operations.getServerTime(call, undefined)
    if (client.hasCredentials) await operations.getAccountInfo(call, undefined)
    return true
  } catch {
    return false
  }
}
