// What a long record costs a screen that joins late: reading, checking and folding a thousand entries.

import { bench, describe } from 'vitest'
import { Chain } from '../src/feed/chain'
import { read } from '../src/protocol/reading'
import type { EntryBody } from '../src/protocol/types'
import { evolveAll } from '../src/room/evolve'
import { newMeeting } from '../src/room/meeting'
import { golden, type EntryLine } from './golden'

const { origin, profile, lines } = golden('summit')
const entries = lines.filter((line): line is EntryLine => 'entry' in line).map((line) => line.entry)
const thousand = Array.from({ length: 1000 }, (_, at) => entries[at % entries.length] as EntryLine['entry'])
const bodies: EntryBody[] = thousand.map(({ body }) => read('EntryBody', JSON.parse(body)))

describe('a thousand entries', () => {
  bench('read', () => thousand.forEach(({ body }) => void read('EntryBody', JSON.parse(body))))
  bench('check', () => {
    for (let at = 0; at < thousand.length; at += entries.length) {
      const chain = new Chain(origin)
      for (const entry of thousand.slice(at, at + entries.length)) chain.take(entry)
    }
  })
  bench('fold', () => {
    let meeting = newMeeting()
    for (const { deeds } of bodies) for (const deed of deeds) meeting = evolveAll(profile, meeting, deed.events)
  })
})
