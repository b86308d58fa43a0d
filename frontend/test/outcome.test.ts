import { beforeEach, expect, test } from 'vitest'
import { Room } from '../src/room/room.svelte'
import { concludedLast, lately } from '../src/ui/outcome'
import { golden, sentTo, type EntryLine } from './golden'
import { World } from './world'

const { origin, given, lines } = golden('summit')
const WRITTEN = lines.filter((line): line is EntryLine => 'entry' in line)
const nth = (event: string, n = 0): number => WRITTEN.map((line, at) => (line.entry.body.includes(`"event":"${event}"`) ? at : -1)).filter((at) => at >= 0)[n] ?? -1

let world: World
beforeEach(() => {
  world = new World()
  world.reply = ({ address }) => (address.endsWith('/profile.json') ? { status: 200, body: given } : { status: 404 })
})

async function upTo(last: number): Promise<Room> {
  const room = await Room.open({ origin, seat: null, telephone: '', kind: 'projector' }, world)
  world.last.says('hello', { at: world.time, origin, size: last + 1, seat: null, person: null, role: null, language: 'en', own_screen: null })
  for (const line of WRITTEN.slice(0, last + 1)) world.last.says('entry', sentTo('KZ', line))
  return room
}

test('what was agreed is said until the next question is put', async () => {
  const agreed = nth('agenda_adopted')
  expect(lately(await upTo(agreed))).toEqual([{ reached: true, words: 'Agreed: the agenda; present 8' }])
  expect(lately(await upTo(nth('question_put', WRITTEN.slice(0, agreed).filter((line) => line.entry.body.includes('"event":"question_put"')).length)))).toEqual([])
})

test('the roll is said by how many of the members were found', async () => {
  expect(lately(await upTo(nth('roll_called')))[0]?.words).toMatch(/^Roll called: [1-8] of 8 members present$/)
})

test('the item concluded last is the one concluded last, whatever its number', async () => {
  const at = nth('item_concluded')
  expect(concludedLast(await upTo(at - 1))).toBeNull()
  expect(concludedLast(await upTo(at))).toBe(/"event":"item_concluded","item":"([^"]+)"|"item":"([^"]+)"/.exec(WRITTEN[at]?.entry.body ?? '')?.slice(1).find(Boolean))
})
