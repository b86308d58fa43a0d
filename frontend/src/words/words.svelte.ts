// The words on the screens: gettext at run time, in the language of the page.
//
// Rule 1: every message is written in English where it is used; extract.mjs finds it there.
// Rule 2: what is said follows the language at once: these calls may stand in templates.

import { loaders } from 'virtual:words'
import { number } from './intl'
import { disguised } from './pseudo'

/** The languages of the pages; `qps-rtl` is accented English from right to left, for tests. */
export const LANGUAGES = ['en', 'ru', 'zh-hans', 'qps-rtl'] as const
export type PageLanguage = (typeof LANGUAGES)[number]

/** Translations by message, with a context before it and U+0004 between; and which plural form n takes. */
export interface Catalogue {
  messages: Record<string, string | readonly string[]>
  plural: (n: number) => number
}

export type Values = Record<string, string | number>

const ENGLISH: Catalogue = { messages: {}, plural: (n) => (n === 1 ? 0 : 1) }

let spoken = $state.raw<PageLanguage>('en')
let catalogue = $state.raw<Catalogue>(ENGLISH)

/** The language that is spoken now. */
export const language = (): PageLanguage => spoken

export const direction = (): 'ltr' | 'rtl' => (spoken === 'qps-rtl' ? 'rtl' : 'ltr')

/** Speak another language from now on; one we do not have is English. */
export async function speak(wanted: string): Promise<void> {
  const found = LANGUAGES.find((each) => each === wanted.toLowerCase()) ?? 'en'
  const load = loaders[found]
  speakWith(found, load === undefined ? ENGLISH : await load())
}

/** Fetch the words of every language, so that another can be spoken when the line is lost. */
export const learn = async (): Promise<void> => {
  await Promise.allSettled(Object.values(loaders).map((load) => load?.()))
}

export function speakWith(wanted: PageLanguage, words: Catalogue): void {
  spoken = wanted
  catalogue = words
}

/** Return what a record or a profile says in several languages, in one of them (else in English). */
export const inLanguage = (text: Record<string, string> | null | undefined, wanted: string = spoken): string =>
  text?.[wanted] ?? text?.['en'] ?? Object.values(text ?? {})[0] ?? ''

/** Say `message`, with values in place of `%(name)s`. */
export const _ = (message: string, values?: Values): string => said(message, message, values)

/** Say `message`, which without its context could mean something else. */
export const pgettext = (context: string, message: string, values?: Values): string =>
  said(`${context}\u0004${message}`, message, values)

/** Say how many; `%(n)s` is the number. */
export const ngettext = (one: string, many: string, n: number, values?: Values): string =>
  counted(one, one, many, n, values)

export const npgettext = (context: string, one: string, many: string, n: number, values?: Values): string =>
  counted(`${context}\u0004${one}`, one, many, n, values)

function said(key: string, message: string, values: Values | undefined): string {
  const found = Object.hasOwn(catalogue.messages, key) ? catalogue.messages[key] : undefined
  return filledIn(typeof found === 'string' && found !== '' ? found : inEnglish(message), values)
}

function counted(key: string, one: string, many: string, n: number, values: Values | undefined): string {
  const forms = Object.hasOwn(catalogue.messages, key) ? catalogue.messages[key] : undefined
  const form = Array.isArray(forms) ? (forms as readonly string[])[catalogue.plural(n)] : undefined
  return filledIn(form || inEnglish(n === 1 ? one : many), { n, ...values })
}

const inEnglish = (message: string): string => (spoken === 'qps-rtl' ? disguised(message) : message)

function filledIn(message: string, values: Values | undefined): string {
  if (values === undefined) return message
  return message.replace(/%\((\w+)\)[sd]|%%/g, (whole, name: string | undefined) => {
    if (name === undefined) return '%'
    const value = values[name]
    return typeof value === 'number' ? number(value, spoken) : (value ?? whole)
  })
}
