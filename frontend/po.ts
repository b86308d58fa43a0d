// A Vite plugin: the catalogues that Python, the templates and the screens share become lazy modules.
// `virtual:words` lists the languages; each is fetched only when it is spoken.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { po as catalogues } from 'gettext-parser'
import type { Plugin } from 'vite'

const LIST = 'virtual:words'
const ONE = 'virtual:words/'
const C_EXPRESSION = /^[\sn0-9%<>=!&|?:()+-]+$/

/** Return the module of one catalogue: the messages that the screens use, and which plural form n takes. */
export function wordsModule(po: string): string {
  const { headers, translations } = catalogues.parse(po)
  const messages: Record<string, string | string[]> = {}
  for (const [context, held] of Object.entries(translations))
    for (const { msgid, msgid_plural, msgstr, comments } of Object.values(held)) {
      const onScreens = /\.(svelte|ts)\b/.test(comments?.reference ?? '')
      const unsure = comments?.flag?.includes('fuzzy') === true
      if (msgid === '' || !onScreens || unsure || msgstr.some((each) => each === '')) continue
      messages[context === '' ? msgid : `${context}\u0004${msgid}`] = msgid_plural ? msgstr : (msgstr[0] ?? '')
    }
  const plural = /plural=([^;]+)/.exec(headers['Plural-Forms'] ?? headers['plural-forms'] ?? '')?.[1] ?? 'n != 1'
  if (!C_EXPRESSION.test(plural)) throw new Error(`no plural expression: ${plural}`)
  return `export default { messages: ${JSON.stringify(messages)}, plural: (n) => Number(${plural.trim()}) }`
}

export function po(folder: string): Plugin {
  const file = (language: string): string => join(folder, language, 'LC_MESSAGES', 'django.po')
  const languages = (): string[] =>
    existsSync(folder) ? readdirSync(folder).filter((each) => existsSync(file(each))).sort() : []
  return {
    name: 'plenary-words',
    resolveId: (id) => (id === LIST || id.startsWith(ONE) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${LIST}`) {
        const lines = languages().map((each) => {
          const page = each.toLowerCase().replace('_', '-')
          return `  '${page}': () => import('${ONE}${each}').then((words) => words.default),`
        })
        return `export const loaders = {\n${lines.join('\n')}\n}`
      }
      if (!id.startsWith(`\0${ONE}`)) return null
      const path = file(id.slice(ONE.length + 1))
      this.addWatchFile(path)
      return wordsModule(readFileSync(path, 'utf8'))
    },
  }
}
