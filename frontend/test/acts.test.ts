import { beforeEach, expect, test } from 'vitest'
import { perform, type Outcome } from '../src/feed/acts'
import type { ActPosted } from '../src/protocol/live'
import { World } from './world'

const POSTED: ActPosted = { key: 'k1', seen: 7, seat: 'RU', on_instruction: false, act: { act: 'ask_for_the_floor' } }

let world: World
beforeEach(() => {
  world = new World()
})

async function performed(milliseconds = 10_000): Promise<Outcome> {
  const outcome = perform(world, '/acts', POSTED)
  await world.pass(milliseconds)
  return outcome
}

test('what is done is done, and was sent as the protocol says', async () => {
  world.reply = () => ({ status: 200, body: { number: 8, at: 99 } })
  expect(await performed()).toEqual({ state: 'done', number: 8, at: 99 })
  expect(world.requests).toEqual([
    { address: '/acts', body: POSTED, headers: { 'Content-Type': 'application/json', 'X-Plenary': '1' } },
  ])
})

test.each(['error', 'silence', { status: 502 }, { status: 503 }] as const)(
  'after %j it is sent again with the same key',
  async (trouble) => {
    world.reply = () => (world.requests.length < 2 ? trouble : { status: 200, body: { number: null, at: 99 } })
    expect(await performed()).toEqual({ state: 'done', number: null, at: 99 })
    expect(world.requests.map((each) => each.body?.['key'])).toEqual(['k1', 'k1'])
  },
)

test('after four seconds nothing is sent any more', async () => {
  world.reply = () => 'error'
  expect(await performed(4_000)).toEqual({ state: 'failed', failure: 'unanswered', message: null })
  const sent = world.requests.length
  expect(sent).toBeGreaterThan(2)
  await world.pass(600_000)
  expect(world.requests).toHaveLength(sent)
})

test('a server that never answers does not keep it waiting longer', async () => {
  world.reply = () => 'silence'
  expect(await performed(4_000)).toMatchObject({ state: 'failed', failure: 'unanswered' })
})

test('nothing is sent while the machine has no line, nor later', async () => {
  world.there = false
  expect(await performed()).toEqual({ state: 'failed', failure: 'offline', message: null })
  world.machineSays(true)
  await world.pass(600_000)
  expect(world.requests).toEqual([])
})

test('a refusal comes with its message and its rule', async () => {
  const rule = { key: 'r', text: 'T', standing: 'practice', source: 'S' }
  world.reply = () => ({ status: 409, body: { refused: 'list_closed', message: 'M', rule, facts: { a: 1 } } })
  expect(await performed()).toEqual({ state: 'refused', refused: 'list_closed', message: 'M', rule, facts: { a: 1 } })
  expect(world.requests).toHaveLength(1)
})

test.each([
  [400, 'malformed'],
  [404, 'not_found'],
  [413, 'too_large'],
  [429, 'too_many'],
  [500, 'broken'],
])('an answer of %i is %s, and final', async (status, failure) => {
  world.reply = () => ({ status, body: { message: 'M' } })
  expect(await performed()).toEqual({ state: 'failed', failure, message: 'M' })
  expect(world.requests).toHaveLength(1)
})
