// Whether the figures come by themselves: the service tells of a change, and they are asked for
// anew. Where the stream does not hold (an old proxy between), they are asked for every half minute.
import { onBeforeUnmount, ref } from 'vue'

const poll_every_ms = 30_000
const pause_ms = 1000 // a busy counter changes them several times a second

export function useLive(changed: () => void) {
  const isLive = ref(false)
  const stream = new EventSource('/v1/statistics/stream')
  let last = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  stream.onopen = () => (isLive.value = true)
  stream.onerror = () => (isLive.value = false)
  stream.addEventListener('statistics', (event) => {
    isLive.value = true
    const isFirst = last === ''
    const isNew = event.lastEventId !== last
    last = event.lastEventId
    if (isFirst || !isNew) return
    timer ??= setTimeout(() => {
      timer = undefined
      changed()
    }, pause_ms)
  })
  const polling = setInterval(() => isLive.value || changed(), poll_every_ms)
  onBeforeUnmount(() => {
    stream.close()
    clearInterval(polling)
    clearTimeout(timer)
  })
  return isLive
}
