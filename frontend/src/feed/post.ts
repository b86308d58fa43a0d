// One POST to the live process, which answers in time or counts as lost.

import type { Surroundings } from './surroundings'

/** Send `body` and return the answer; null where the network gave none in time. */
export async function post(
  around: Surroundings,
  address: string,
  body: unknown,
  milliseconds: number,
): Promise<Response | null> {
  const patience = new AbortController()
  const callOff = around.later(milliseconds, () => patience.abort())
  try {
    return await around.fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Plenary': '1' },
      credentials: 'same-origin',
      cache: 'no-store',
      body: JSON.stringify(body),
      signal: patience.signal,
    })
  } catch {
    return null
  } finally {
    callOff()
  }
}
