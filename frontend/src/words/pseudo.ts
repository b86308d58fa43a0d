// English that is no English: a screen that still shows plain letters has words that were not translated.

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ACCENTED = 'áƀçđéƒĝĥíĵķĺḿñóƥɋŕśţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĹḾÑÓƤɊŔŚŢÚṼŴẊÝŽ'

/** Return `message` accented and in brackets; placeholders stay as they are. */
export function disguised(message: string): string {
  const accented = message.replace(/%\(\w+\)[sd]|[a-z]/gi, (found) => {
    const letter = PLAIN.indexOf(found)
    return found.length > 1 || letter < 0 ? found : ([...ACCENTED][letter] as string)
  })
  return `⟦${accented}⟧`
}
