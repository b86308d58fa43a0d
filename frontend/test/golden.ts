// The golden files of tests/golden, as make.py describes them.

import { readFileSync } from 'node:fs'
import type { EntrySent } from '../src/protocol/live'
import { read } from '../src/protocol/reading'
import type { Deed, Profile } from '../src/protocol/types'

export type Change = [path: string[]] | [path: string[], value: unknown]

export interface EntryLine {
  entry: { number: number; seal: string; salt: string; body: string }
  commitment: string
  read_by: string[]
  changes: Record<string, Change[]>
}

export interface HeldLine {
  window: string
  held: Deed[]
  changes: Record<string, Change[]>
}

export interface Golden {
  origin: string
  profile: Profile
  given: unknown
  viewers: string[]
  lines: (EntryLine | HeldLine)[]
}

export function golden(name: 'summit' | 'assembly'): Golden {
  const path = new URL(`../../tests/golden/${name}.jsonl`, import.meta.url)
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line))
  return { origin: head.origin, profile: read('Profile', head.profile), given: head.profile, viewers: head.viewers, lines }
}

/** What the feed sends a viewer of an entry. */
export const sentTo = (viewer: string, { entry, commitment, read_by }: EntryLine): EntrySent =>
  read_by.includes(viewer) ? entry : { number: entry.number, seal: entry.seal, commitment }

/** What a viewer may see of what is held; `all` for the presiding officer and the secretariat. */
export const heldFor = (viewer: string, { held }: HeldLine): Deed[] =>
  held
    .filter((deed) => ['presiding', 'secretariat'].includes(viewer) || deed.by.seat === viewer)
    .map((deed) => read('Deed', deed))

/** Return a copy of `state` with these changes. */
export function changed<State>(state: State, changes: Change[]): State {
  const copy = structuredClone(state)
  for (const [path, ...value] of changes) {
    let at = copy as Record<string, unknown>
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
    const key = path[path.length - 1] as string
    if (value.length > 0) at[key] = structuredClone(value[0])
    else delete at[key]
  }
  return copy
}
