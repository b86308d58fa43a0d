// Beats for a page whose own timers the browser slows down while it is hidden.

let timer: ReturnType<typeof setInterval> | undefined

self.onmessage = ({ data: milliseconds }: MessageEvent<number>) => {
  clearInterval(timer)
  timer = setInterval(() => self.postMessage(null), milliseconds)
}
