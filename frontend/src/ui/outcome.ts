// What became of the last question and of the roll, in a line: until the next question or item.
import type { AnyEvent, Count, Subject, Tally } from '../protocol/types'
import type { Room } from '../room/room.svelte'
import { beside, formName, inWords, quotedTitle, seatName } from './names'
import { decides } from './room'
import { _, ngettext } from './say'

export interface Outcome { reached: boolean; words: string }

/** The question as a thing that was decided. */
function matter(room: Room, subject: Subject): string {
  switch (subject.subject) {
    case 'remote_form': return _('the form of the meeting (%(form)s)', { form: formName(subject.form) })
    case 'agenda': return _('the agenda')
    case 'document_list': return ngettext('the list of %(n)s document', 'the list of %(n)s documents', subject.documents.length)
    case 'texts': return subject.documents.length === 1
      ? _('“%(title)s”', { title: quotedTitle(room, subject.documents[0] ?? '') })
      : ngettext('the package of %(n)s document', 'the package of %(n)s documents', subject.documents.length)
    case 'waiver': return _('not to apply a rule until the meeting closes')
    case 'next_chair': return _('next chairmanship of the organisation (%(party)s)', { party: seatName(room, subject.party) })
    case 'motion': return _('the motion “%(motion)s”', { motion: moved(room, subject.motion) })
    case 'appeal': return _('the appeal against the ruling')
  }
  return subject satisfies never
}

/** A motion's kind by name, also once it was decided and is no longer before the meeting. */
function moved(room: Room, motion: string): string {
  const event = room.events.find((each) => each.event === 'motion_moved' && each.motion === motion)
  return event?.event === 'motion_moved' ? inWords(room.profile.procedure.motions[event.kind]?.names, room.language) : motion
}

function asked(room: Room, window: string): Subject | null {
  const event = room.events.findLast((each) => each.event === 'question_put' && each.window === window)
  return event?.event === 'question_put' ? event.subject : null
}

/** Say what `event` decided or ruled, or whom the roll found; null where it is none of these. */
export function outcome(room: Room, event: AnyEvent): Outcome | null {
  if (event.event === 'roll_called') {
    const members = Object.values(room.meeting.seats).filter((seat) => decides(room, seat.kind)).map((seat) => seat.id)
    const n = event.present.filter((line) => members.includes(line.seat)).length
    return { reached: true, words: _('Roll called: %(n)s of %(all)s members present', { n, all: members.length }) }
  }
  if (event.event === 'ruling_given') {
    const given = { ruling: event.ruling }
    if (event.upheld === null) return { reached: true, words: _('Ruling: %(ruling)s', given) }
    return event.upheld ? { reached: true, words: _('The point of order is upheld: %(ruling)s', given) } : { reached: false, words: _('The point of order is not upheld: %(ruling)s', given) }
  }
  if (event.event !== 'question_agreed' && event.event !== 'question_set_aside' && event.event !== 'vote_declared') return null
  const subject = asked(room, event.window)
  if (subject === null || (event.event === 'vote_declared' && event.tied)) return null
  const what = matter(room, subject)
  if (event.event === 'question_set_aside') return { reached: false, words: _('Set aside: %(what)s', { what }) }
  const reached = event.event === 'question_agreed' || event.carried
  const said = !reached ? _('Not agreed: %(what)s', { what }) : subject.subject === 'texts' ? _('Adopted: %(title)s', { title: what }) : _('Agreed: %(what)s', { what })
  const how = event.event === 'question_agreed' ? counted(room, event.count) : tallied(event.tally)
  return { reached, words: how ? _('%(said)s; %(how)s', { said, how }) : said }
}

/** How many were there and without how many, as everybody may know it; never who. */
const counted = (room: Room, { present, by_telephone, proceeded_without }: Count): string => beside([
  present ? _('present %(n)s', { n: present }) : null,
  by_telephone ? _('confirmed by telephone %(n)s', { n: by_telephone }) : null,
  proceeded_without ? _('proceeded without %(n)s', { n: proceeded_without }) : null,
], room.language)

const tallied = ({ yes, no, abstaining, not_voting }: Tally): string =>
  _('%(yes)s in favour, %(no)s against, %(abstaining)s abstaining, %(not_voting)s not voting', { yes, no, abstaining, not_voting })

const SAID: readonly (readonly AnyEvent['event'][])[] = [['roll_called'], ['ruling_given'], ['question_agreed', 'question_set_aside', 'vote_declared']]

/** What was decided and ruled, and what the roll found, since a question was last put or an item taken up: the latest first. */
export function lately(room: Room, kinds: readonly (readonly AnyEvent['event'][])[] = SAID): Outcome[] {
  const events = room.events
  const since = events.findLastIndex((each) => each.event === 'question_put' || each.event === 'item_taken_up')
  const after = events.slice(since + 1)
  return kinds.map((names) => after.findLastIndex((each) => names.includes(each.event) && outcome(room, each) !== null))
    .sort((one, other) => other - one)
    .flatMap((at) => { const event = after[at]; return event ? (outcome(room, event) ?? []) : [] })
}

/** Why the meeting is suspended, as everybody may read it; an empty string while it is not. */
export function groundOf(room: Room): string {
  const event = room.events.findLast((each) => each.event === 'meeting_suspended' || each.event === 'meeting_resumed')
  return event?.event === 'meeting_suspended' ? event.ground : ''
}

/** The item concluded last, as far as this viewer may know it. */
export function concludedLast(room: Room): string | null {
  const event = room.events.findLast((each) => each.event === 'item_concluded')
  return event?.event === 'item_concluded' ? event.item : null
}
