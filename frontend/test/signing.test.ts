import { expect, test } from 'vitest'
import type { Meeting, Profile } from '../src/protocol/types'
import { read } from '../src/protocol/reading'
import { signatures, unsignedUnderItem } from '../src/room/signing'
import { golden } from './golden'

const profile: Profile = read('Profile', golden('summit').given)
const body = profile.organisation.bodies[0]
const seat = (id: string, kind = body?.members ?? '') => ({ id, kind, party: id, left: false })
const aside = (seat: string, paragraph: string | null = null) => ({ seat, kind: null, text: null, scope: { document: 'decl', paragraph, project: null } })
const paper = (id: string, changes: object = {}) => ({ id, stage: 'adopted', adoption: 'for_signature', signatures: [], annotations: [], ...changes })
const meeting = (decl: object, item = '3') =>
  ({ body: body?.id, seats: { RU: seat('RU'), KZ: seat('KZ'), BY: seat('BY', 'observer') }, item,
    agenda: [{ id: '2', titles: {}, documents: ['note'] }, { id: '3', titles: {}, documents: ['decl', 'note'] }],
    documents: { decl: paper('decl', decl), note: paper('note', { adoption: 'without_signing' }), draft: paper('draft', { stage: 'tabled' }) } }) as unknown as Meeting

test('every member signs every document for signature, and nobody else', () => {
  expect(signatures(profile, meeting({ signatures: ['KZ'] }))).toEqual({ signed: 1, all: 2, missing: [{ seat: 'RU', signed: 0, all: 1 }] })
  expect(signatures(profile, meeting({ signatures: ['KZ', 'RU'] }))).toEqual({ signed: 2, all: 2, missing: [] })
})

test('who stood aside from a document does not sign it; from a paragraph, does', () => {
  expect(signatures(profile, meeting({ annotations: [aside('RU')] }))).toMatchObject({ all: 1, missing: [{ seat: 'KZ' }] })
  expect(signatures(profile, meeting({ annotations: [aside('RU', '4')] }))).toMatchObject({ all: 2 })
})

test('the signing waits while the item is taken up that has documents for signature', () => {
  expect(unsignedUnderItem(profile, meeting({}))).toMatchObject({ signed: 0, all: 2 })
  expect(unsignedUnderItem(profile, meeting({ signatures: ['KZ', 'RU'] }))).toBeNull()
  expect(unsignedUnderItem(profile, meeting({}, '2'))).toBeNull()
})
