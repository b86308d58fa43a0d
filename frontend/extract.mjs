// Lists every _(), ngettext(), pgettext() and npgettext() of the screens as plain JavaScript that Babel reads:
// node extract.mjs OUT  writes OUT/src/….svelte.js and OUT/src/….ts.js, each call on the line where it stands.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'svelte/compiler'

const NAMES = { _: 1, pgettext: 2, ngettext: 2, npgettext: 3 } // and how many of their arguments are words

/** Return one line of calls for each line of `source`. */
export function calls(source, file) {
  // svelte's parser reads TypeScript in a script of its own
  const script = file.endsWith('.svelte') ? '' : '<script lang="ts">'
  const lines = source.split('\n').map(() => [])
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return
    if (node.type === 'CallExpression' && Object.hasOwn(NAMES, node.callee.name)) {
      const line = source.slice(0, node.start - script.length).split('\n').length
      const words = node.arguments.slice(0, NAMES[node.callee.name])
      if (words.length === 0 || words.some((each) => each.type !== 'Literal' || typeof each.value !== 'string'))
        throw new Error(`${file}:${line}: ${node.callee.name}() needs plain strings`)
      const counted = node.callee.name.startsWith('n') ? ', 0' : ''
      lines[line - 1].push(`${node.callee.name}(${words.map((each) => JSON.stringify(each.value)).join(', ')}${counted});`)
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'parent') [value].flat().forEach(visit)
  }
  visit(parse(`${script}${source}${script && '</script>'}`, { modern: true }))
  return lines.map((each) => each.join(' ')).join('\n') + '\n'
}

const here = dirname(fileURLToPath(import.meta.url))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2] ?? join(here, 'node_modules', '.words')
  for (const entry of readdirSync(join(here, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.d)\.(svelte|ts)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(here, path)
    const to = join(out, `${name}.js`)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, calls(readFileSync(path, 'utf8'), name))
  }
}
