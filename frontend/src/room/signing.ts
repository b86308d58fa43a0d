// Who has signed what was adopted for signature: as rules/signing.py has it.
import type { Meeting, MeetingDocument as Document, Profile, SeatId } from '../protocol/types'

export interface Signatures {
  signed: number
  all: number
  missing: readonly { seat: SeatId; signed: number; all: number }[] // by member, in the order of the seats
}

const forSignature = (meeting: Meeting): Document[] =>
  Object.values(meeting.documents).filter((each) => each.stage === 'adopted' && each.adoption === 'for_signature')

/** Whether a member stood aside from the whole of a document: it does not sign it. */
export const stoodAside = (document: Document, seat: SeatId): boolean =>
  document.annotations.some((note) => note.seat === seat && note.kind === null && note.scope.paragraph === null && note.scope.project === null)

/** Return how far the signing has come. */
export function signatures(profile: Profile, meeting: Meeting): Signatures {
  const documents = forSignature(meeting)
  const members = profile.organisation.bodies.find((each) => each.id === meeting.body)?.members ?? 'member'
  const lines = Object.values(meeting.seats).filter((seat) => seat.kind === members).map(({ id: seat }) => {
    const own = documents.filter((each) => !stoodAside(each, seat))
    return { seat, signed: own.filter((each) => each.signatures.includes(seat)).length, all: own.length }
  })
  const sum = (what: 'signed' | 'all') => lines.reduce((total, each) => total + each[what], 0)
  return { signed: sum('signed'), all: sum('all'), missing: lines.filter((each) => each.signed < each.all) }
}

/** Return how far the signing has come where the item taken up has documents for signature; null where none waits. */
export function unsignedUnderItem(profile: Profile, meeting: Meeting): Signatures | null {
  const item = meeting.agenda?.find((each) => each.id === meeting.item)
  const signs = forSignature(meeting).some((each) => item?.documents.includes(each.id))
  const found = signatures(profile, meeting)
  return signs && found.missing.length > 0 ? found : null
}
