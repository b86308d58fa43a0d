import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { Chain, commitmentOf, firstSeal, sealAfter } from '../src/feed/chain'
import type { EntrySent } from '../src/protocol/live'
import { golden, sentTo, type EntryLine } from './golden'

const entries = (name: 'summit' | 'assembly', viewer: string): EntrySent[] =>
  golden(name)
    .lines.filter((line): line is EntryLine => 'entry' in line)
    .map((line) => sentTo(viewer, line))

test.each(['summit', 'assembly'] as const)('the chain of the %s holds for every viewer', (name) => {
  const { origin, viewers } = golden(name)
  for (const viewer of viewers) {
    const chain = new Chain(origin)
    const sent = entries(name, viewer)
    for (const entry of sent) expect(chain.take(entry)).toBe(true)
    expect(chain.state).toEqual({ whole: true, number: sent.length - 1, broken: null })
  }
})

test('the worked example of the record format comes out to the byte', () => {
  const page = readFileSync(new URL('../../docs/record-format.md', import.meta.url), 'utf8')
  const value = (name: string): string => new RegExp(`^${name} = (.*)$`, 'm').exec(page)?.[1] as string
  let seal = firstSeal(value('origin'))
  expect(seal).toBe(value('first seal'))
  for (const number of [0, 1, 2]) {
    const entry = { number, seal: '', salt: value(`salt ${number}`), body: value(`body ${number}`) }
    expect(commitmentOf(entry)).toBe(value(`commitment ${number}`))
    seal = sealAfter(seal, number, commitmentOf(entry))
    expect(seal).toBe(value(`seal ${number}`))
  }
})

const TAMPERED: [string, (entry: EntrySent) => EntrySent][] = [
  ['one word of a body', (entry) => ({ ...entry, body: 'body' in entry ? entry.body.replace('"at"', '"AT"') : '' }) as EntrySent],
  ['a salt', (entry) => ({ ...entry, salt: '00'.repeat(32) }) as EntrySent],
  ['a seal', (entry) => ({ ...entry, seal: 'ab'.repeat(32) })],
  ['what is no hex', (entry) => ({ ...entry, salt: 'no hex' }) as EntrySent],
  ['an entry that is suddenly withheld', ({ number, seal }) => ({ number, seal, commitment: '11'.repeat(32) })],
]

test.each(TAMPERED)('%s cannot be changed unnoticed', (_, tamper) => {
  const chain = new Chain(golden('summit').origin)
  for (const entry of entries('summit', 'presiding')) chain.take(entry.number === 40 ? tamper(entry) : entry)
  expect(chain.state).toMatchObject({ whole: false, broken: 40 })
})

test('a meeting cannot pass for another', () => {
  const chain = new Chain('sco/another')
  expect(entries('summit', '').map((entry) => chain.take(entry))[0]).toBe(false)
})

test('an entry that is sent again must be the same, and a record never becomes shorter', () => {
  const chain = new Chain(golden('summit').origin)
  const sent = entries('summit', '').slice(0, 10)
  for (const entry of sent) chain.take(entry)
  chain.size(10)
  expect(chain.take(sent[4] as EntrySent)).toBe(true)
  expect(chain.state.whole).toBe(true)
  chain.size(9)
  expect(chain.state).toEqual({ whole: false, number: 9, broken: 9 })
  expect(chain.take({ ...(sent[4] as EntrySent), seal: '00'.repeat(32) })).toBe(false)
  expect(chain.state.broken).toBe(9)
})
