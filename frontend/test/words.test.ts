import { afterEach, describe, expect, test } from 'vitest'
import { calls } from '../extract.mjs'
import { wordsModule } from '../po'
import { clock, date, day, duration, list, number, time } from '../src/words/intl'
import { disguised } from '../src/words/pseudo'
import {
  _,
  direction,
  inLanguage,
  language,
  ngettext,
  npgettext,
  pgettext,
  speak,
  speakWith,
  type Catalogue,
  type PageLanguage,
} from '../src/words/words.svelte'

const HEAD = (plural: string): string => `msgid ""\nmsgstr ""\n"Plural-Forms: ${plural};\\n"\n\n`
const RUSSIAN = `${HEAD('nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)')}
#: frontend/src/ui/Chair.svelte:3
msgid "%(seat)s has the floor"
msgstr "Слово имеет %(seat)s"

#: frontend/src/ui/List.svelte:3
msgid "%(n)s speaker"
msgid_plural "%(n)s speakers"
msgstr[0] "%(n)s оратор"
msgstr[1] "%(n)s оратора"
msgstr[2] "%(n)s ораторов"

#: frontend/src/ui/List.svelte:4
msgctxt "the speaker's list"
msgid "Close"
msgstr "Закрыть запись"

#: src/plenary/web/templates/page.html:1
msgid "On pages only"
msgstr "Только на страницах"

#, fuzzy
#: frontend/src/ui/List.svelte:5
msgid "Unsure"
msgstr "Неуверенно"

#: frontend/src/ui/List.svelte:6
msgid "Open"
msgstr ""
`
const CHINESE = `${HEAD('nplurals=1; plural=0')}
#: frontend/src/ui/List.svelte:3
msgid "%(n)s speaker"
msgid_plural "%(n)s speakers"
msgstr[0] "%(n)s位发言者"
`

/** The module as a browser would get it. */
const compiled = (po: string): Catalogue =>
  new Function(wordsModule(po).replace('export default', 'return'))() as Catalogue

const say = (wanted: PageLanguage, po: string): void => speakWith(wanted, compiled(po))

afterEach(() => speak('en'))

describe('gettext', () => {
  test('English needs no catalogue', () => {
    expect(_('%(seat)s has the floor', { seat: 'KZ' })).toBe('KZ has the floor')
    expect([ngettext('%(n)s speaker', '%(n)s speakers', 1), ngettext('%(n)s speaker', '%(n)s speakers', 1200)]).toEqual([
      '1 speaker',
      '1,200 speakers',
    ])
  })

  test('Russian has three plurals', () => {
    say('ru', RUSSIAN)
    expect([1, 2, 5, 11, 21, 22, 25, 111].map((n) => ngettext('%(n)s speaker', '%(n)s speakers', n))).toEqual([
      '1 оратор',
      '2 оратора',
      '5 ораторов',
      '11 ораторов',
      '21 оратор',
      '22 оратора',
      '25 ораторов',
      '111 ораторов',
    ])
  })

  test('Chinese has one', () => {
    say('zh-hans', CHINESE)
    expect([1, 5].map((n) => ngettext('%(n)s speaker', '%(n)s speakers', n))).toEqual(['1位发言者', '5位发言者'])
  })

  test('a context tells two meanings apart', () => {
    say('ru', RUSSIAN)
    expect(pgettext("the speaker's list", 'Close')).toBe('Закрыть запись')
    expect(_('Close')).toBe('Close')
    expect(npgettext('elsewhere', '%(n)s speaker', '%(n)s speakers', 2)).toBe('2 speakers')
  })

  test('what is missing, unsure or only on pages is not carried', () => {
    say('ru', RUSSIAN)
    expect(['Open', 'Unsure', 'On pages only'].map((each) => _(each))).toEqual(['Open', 'Unsure', 'On pages only'])
    expect(wordsModule(RUSSIAN)).not.toContain('Неуверенно')
  })

  test('keys that every object has are no translations', () => {
    say('ru', RUSSIAN)
    expect(_('constructor')).toBe('constructor')
  })

  test('values stand where the translation has them, and are never read as placeholders', () => {
    expect(_('%(a)s and %(b)s at 5%%', { a: '%(b)s', b: 'B' })).toBe('%(b)s and B at 5%')
    expect(_('%(missing)s', {})).toBe('%(missing)s')
  })

  test('a plural that is no arithmetic is not compiled', () => {
    expect(() => wordsModule(HEAD('nplurals=2; plural=alert(1)'))).toThrow('plural')
  })

  test('a language we do not have is English', async () => {
    await speak('de')
    expect([language(), direction()]).toEqual(['en', 'ltr'])
  })
})

describe('the pseudo-locale', () => {
  test('is accented, bracketed, from right to left, and keeps the values', async () => {
    await speak('qps-rtl')
    expect(direction()).toBe('rtl')
    expect(_('%(seat)s has the floor', { seat: 'KZ' })).toBe('⟦KZ ĥáś ţĥé ƒĺóóŕ⟧')
    expect(ngettext('%(n)s speaker', '%(n)s speakers', 2)).toBe('⟦2 śƥéáķéŕś⟧')
  })

  test('leaves no plain letter', () => {
    expect(disguised('The quick brown fox jumps over the lazy dog ABCXYZ')).not.toMatch(/[a-z]/i)
  })
})

describe('dates, times and numbers', () => {
  const AT = Date.UTC(2020, 10, 10, 9, 5, 7)

  test('as readers of each language write them', () => {
    expect(date(AT, 'en', 'UTC')).toBe('10 November 2020')
    expect(date(AT, 'ru', 'UTC')).toBe('10 ноября 2020 г.')
    expect(date(AT, 'zh-hans', 'UTC')).toBe('2020年11月10日')
    expect(day('2020-11-10', 'en')).toBe('10 November 2020')
    expect(number(12345.5, 'ru')).toMatch(/^12\s345,5$/)
    expect(list(['KZ', 'RU', 'UZ'], 'en')).toBe('KZ, RU and UZ')
    expect(list(['KZ', 'RU'], 'ru')).toBe('KZ и RU')
    expect(list(['KZ', 'RU'], 'zh-hans')).toBe('KZ和RU')
  })

  test('a time is of the place that is asked for', () => {
    expect(time(AT, 'en', { timeZone: 'Europe/Moscow' })).toBe('12:05')
    expect(time(AT, 'ru', { timeZone: 'UTC', seconds: true })).toBe('09:05:07')
  })

  test('a clock counts down, and shows what is over time', () => {
    expect([0, 9, 245, 3729, -61].map(clock)).toEqual(['0:00', '0:09', '4:05', '1:02:09', '−1:01'])
  })

  test('how long it was, in words', () => {
    expect(duration(245, 'en')).toBe('4 minutes 5 seconds')
    expect(duration(3600, 'en')).toBe('1 hour')
    expect(duration(0, 'en')).toBe('0 seconds')
    expect(duration(125, 'ru')).toBe('2 минуты 5 секунд')
    expect(duration(300, 'zh-hans')).toBe('5分钟')
  })

  test('what a record says in several languages is said in one', () => {
    expect(inLanguage({ en: 'E', ru: 'R' }, 'ru')).toBe('R')
    expect(inLanguage({ en: 'E', ru: 'R' }, 'qps-rtl')).toBe('E')
    expect(inLanguage({ fr: 'F' }, 'ru')).toBe('F')
    expect(inLanguage(null)).toBe('')
  })
})

describe('extracting', () => {
  test('every call is found on its line, also within a template', () => {
    const source = `<script lang="ts">\n  let n: number = 1\n</script>\n<p title={_('One')}>{ngettext('%(n)s a', '%(n)s b', n)}</p>\n{pgettext('c', "it's")}`
    expect(calls(source, 'A.svelte').split('\n').slice(3, 5)).toEqual([
      '_("One"); ngettext("%(n)s a", "%(n)s b", 0);',
      'pgettext("c", "it\'s");',
    ])
    expect(calls("const a: string = 'b'\nconst c = _('Two', { a })", 'a.ts').split('\n')[1]).toBe('_("Two");')
  })

  test('words that are put together are refused', () => {
    expect(() => calls("const a = _('One ' + b)", 'a.ts')).toThrow('a.ts:1: _() needs plain strings')
  })
})
