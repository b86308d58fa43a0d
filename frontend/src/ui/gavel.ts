// Why the gavel cannot fall yet, in the words of the presiding officer's screen; null: it can.
import type { ActName, DecisionWindow, SeatId } from '../protocol/types'
import type { Room } from '../room/room.svelte'
import { documentsOf } from '../room/meeting'
import { atTheGavel, awaited } from '../room/saying'
import { signatures } from '../room/signing'
import { list, question, seatName } from './names'
import { _, ngettext } from './say'

/** What is refused while a question is open or somebody has the floor, as rules/sitting.py has it; and putting another question. */
export const ALONE: readonly ActName[] = ['take_up_item', 'conclude_item', 'open_segment', 'close_meeting']

/** What is under way, so that nothing of that kind may be done; null: nothing. */
export function underWay(room: Room): string | null {
  const { window, floor } = room.meeting
  if (window !== null) return _('A question is open: %(question)s', { question: question(room, window.subject) })
  return floor.speaking === null ? null : _('%(seat)s has the floor', { seat: seatName(room, floor.speaking.request.seat) })
}

export function held(room: Room, window: DecisionWindow): string | null {
  const names = (seats: readonly SeatId[]): string => list(seats.map((seat) => seatName(room, seat)), room.language)
  const left = Math.ceil((window.closes - room.now) / 1000)
  const objecting = Object.keys(window.objections)
  const running = left > 0 ? ngettext('%(n)s second is left for objections.', '%(n)s seconds are left for objections.', left) : null
  if (window.state === 'broken') return _('The silence was broken.')
  if (objecting.length > 0) return ngettext('An objection stands: %(names)s.', 'Objections stand: %(names)s.', objecting.length, { names: names(objecting) })
  if (running) return running
  const missing = awaited(room.meeting, window, room.presence?.connected ?? [])
  if (missing.length > 0) return documentsOf(window).length > 0 ? _('Not present for the text: %(names)s.', { names: names(missing) }) : _('Not present for the question: %(names)s.', { names: names(missing) })
  if (room.meeting.point_of_order !== null) return _('A point of order waits for a ruling')
  return room.meeting.stage !== 'open' && window.way !== 'silence' ? _('The meeting is not sitting') : null
}

/** What closing the meeting would leave unsigned, in words; empty where nothing is. */
export function leftUnsigned(room: Room): string {
  const found = signatures(room.profile, room.meeting)
  return found.signed < found.all ? _('Signed: %(n)s of %(all)s. Closing ends the signing in the meeting; afterwards it is a matter for the depositary, outside this record.', { n: found.signed, all: found.all }) : ''
}

/** The one name of the act that ends a window: on the gavel and in the script. */
export const declares = (window: DecisionWindow): string =>
  window.way === 'vote' ? _('Declare the result') : documentsOf(window).length > 0 ? _('Declare adopted') : _('Declare agreed')

/** What a declaration made now would rest on: who is present for the text, and who is not, each by what it is. */
export function restsOn(room: Room, window: DecisionWindow): string[] {
  if (window.way === 'vote') return [_('The result can be declared.')]
  if (window.way === 'silence') return [_('Nobody broke the silence.')]
  const { members, present, telephoned, without, came, gone, left, away } = atTheGavel(room.profile, room.meeting, window, room.presence?.connected ?? [])
  const texts = documentsOf(window).length > 0
  if (present.length === members.length) return [texts ? _('Nobody objects, and everybody is present for the text.') : _('Nobody objects, and everybody is present for the question.')]
  const names = (seats: readonly SeatId[]): string => list(seats.map((seat) => seatName(room, seat)), room.language)
  return [
    texts ? _('Nobody objects. Present for the text: %(n)s of %(all)s.', { n: present.length, all: members.length })
      : _('Nobody objects. Present for the question: %(n)s of %(all)s.', { n: present.length, all: members.length }),
    ...(telephoned.length > 0 ? [_('Confirmed by telephone: %(names)s.', { names: names(telephoned) })] : []),
    ...(without.length > 0 ? [_('Proceeding without: %(names)s.', { names: names(without) })] : []),
    ...(came.length > 0 ? [_('Came after the question was put: %(names)s.', { names: names(came) })] : []),
    ...(left.length > 0 ? [_('Left the meeting: %(names)s.', { names: names(left) })] : []),
    ...(gone.length > 0 ? [_('Came after the question was put, not connected now: %(names)s.', { names: names(gone) })] : []),
    ...(away.length > 0 ? [_('Never came to the meeting, so this question does not wait for them: %(names)s.', { names: names(away) })] : []),
  ]
}
