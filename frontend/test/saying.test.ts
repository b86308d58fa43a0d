import { expect, test } from 'vitest'
import type { DecisionWindow, Meeting, Profile } from '../src/protocol/types'
import { read } from '../src/protocol/reading'
import { itemApart } from '../src/room/meeting'
import { atTheGavel, awaited, concernedBy, hasSay } from '../src/room/saying'
import { golden } from './golden'

const profile: Profile = read('Profile', golden('summit').given)
const seat = (id: string, kind = 'member', left = false) => ({ id, kind, party: id, left })
const meeting = (changes: object = {}) =>
  ({ seats: { RU: seat('RU'), KZ: seat('KZ'), TJ: seat('TJ'), BY: seat('BY', 'observer') }, documents: { decl: { digest: 'd1', concerns: null } }, objected: {}, ...changes }) as unknown as Meeting
const open = (changes: object = {}) =>
  ({ id: 'w1', way: 'consensus', decision: 'consensus', digest: 'd0', subject: { subject: 'texts', documents: ['decl'] }, electorate: ['RU', 'KZ'],
    acknowledged: ['RU', 'KZ'], objections: {}, aside: [], opinions: [], by_telephone: [], without: [], votes: {}, ...changes }) as unknown as DecisionWindow
const decision = Object.entries(profile.procedure.decisions).find(([, each]) => each.way === 'consensus' && each.excluded === 'none')?.[0] ?? ''

test('a member that came since has a say in consensus, an observer and a vote have none', () => {
  expect(hasSay(profile, meeting(), open({ decision }), 'RU')).toBe(true)
  expect(hasSay(profile, meeting(), open({ decision }), 'TJ')).toBe(true)
  expect(hasSay(profile, meeting(), open({ decision }), 'BY')).toBe(false)
  expect(hasSay(profile, meeting(), open({ decision, way: 'vote' }), 'TJ')).toBe(false)
})

test('the gavel waits for a lost line and an unread text, until telephone or the special rule', () => {
  expect(awaited(meeting(), open(), ['RU', 'KZ'])).toEqual([])
  expect(awaited(meeting(), open(), ['RU'])).toEqual(['KZ'])
  expect(awaited(meeting(), open({ acknowledged: ['RU'] }), ['RU', 'KZ'])).toEqual(['KZ'])
  expect(awaited(meeting(), open({ by_telephone: ['KZ'] }), ['RU'])).toEqual([])
  expect(awaited(meeting(), open({ without: ['KZ'] }), ['RU'])).toEqual([])
  expect(awaited(meeting({ seats: { RU: seat('RU'), KZ: seat('KZ', 'member', true) } }), open(), ['RU'])).toEqual([])
})

test('who objected to this very text before is awaited, even after having left', () => {
  const before = meeting({ objected: { d1: ['TJ'] }, seats: { RU: seat('RU'), KZ: seat('KZ'), TJ: seat('TJ', 'member', true) } })
  expect(awaited(before, open(), ['RU', 'KZ'])).toEqual(['TJ'])
  expect(concernedBy(before, open())).toEqual(['RU', 'KZ', 'TJ'])
})

test('of members it is said how each stands at the gavel; who came back counts as present', () => {
  const stands = (changes: object, connected: string[]) => {
    const { members, ...rest } = atTheGavel(profile, meeting(), open({ decision, ...changes }), connected)
    expect(members).toEqual(['RU', 'KZ', 'TJ'])
    return rest
  }
  const none = { present: [], telephoned: [], without: [], came: [], gone: [], left: [], away: [] }
  expect(stands({}, ['RU', 'KZ'])).toEqual({ ...none, present: ['RU', 'KZ'], away: ['TJ'] })
  expect(stands({}, ['RU', 'KZ', 'TJ'])).toEqual({ ...none, present: ['RU', 'KZ'], came: ['TJ'] })
  expect(stands({ without: ['KZ'] }, ['RU'])).toEqual({ ...none, present: ['RU'], without: ['KZ'], away: ['TJ'] })
  expect(stands({ without: ['KZ'] }, ['RU', 'KZ'])).toEqual({ ...none, present: ['RU', 'KZ'], away: ['TJ'] })
  expect(stands({ without: ['KZ'], acknowledged: ['RU'] }, ['RU', 'KZ'])).toEqual({ ...none, present: ['RU'], without: ['KZ'], away: ['TJ'] })
  expect(stands({ by_telephone: ['KZ'], without: ['KZ'] }, ['RU'])).toEqual({ ...none, present: ['RU'], telephoned: ['KZ'], away: ['TJ'] })
})

test('who left the meeting is told from who never came', () => {
  const gone = meeting({ seats: { RU: seat('RU'), KZ: seat('KZ', 'member', true), TJ: seat('TJ') } })
  expect(atTheGavel(profile, gone, open({ decision }), ['RU'])).toMatchObject({ present: ['RU'], left: ['KZ'], away: ['TJ'] })
})

test('who came later and is not connected now is not said never to have come', () => {
  const later = meeting({ seats: { RU: seat('RU'), KZ: seat('KZ'), TJ: { ...seat('TJ'), attending: true } } })
  expect(atTheGavel(profile, later, open({ decision }), ['RU', 'KZ'])).toMatchObject({ gone: ['TJ'], away: [], left: [] })
})

test('texts whose item is not taken up stand apart', () => {
  const agenda = [{ id: '2', titles: {}, documents: ['decl'] }, { id: '3', titles: {}, documents: ['decl'] }, { id: '4', titles: {}, documents: ['more'] }]
  const found = (changes: object, documents = ['decl']) => itemApart(meeting({ agenda, item: null, concluded: [], ...changes }), documents)?.id ?? null
  expect(found({})).toBe('2')
  expect(found({ item: '4', concluded: ['2'] })).toBe('3')
  expect(found({ item: '3' })).toBeNull()
  expect(found({ item: '3' }, ['decl', 'more'])).toBe('4')
  expect(found({ concluded: ['2', '3'] })).toBeNull()
  expect(found({}, ['other'])).toBeNull()
  expect(found({ agenda: null })).toBeNull()
})
