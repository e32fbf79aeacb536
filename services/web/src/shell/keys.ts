// Function keys and the like. What a screen binds counts while it is there; the latest binding of a
// key wins. Nothing acts while an input method composes, nor when a key is held.
import { onBeforeUnmount, onMounted } from 'vue'

export type Bindings = Record<string, () => void>

const stack: Bindings[] = []

/** Whether this key belongs to an input method: an Enter that confirms a candidate is no Enter. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** "F2", "Alt+1", "Escape"; letters and digits by their place on the keyboard. */
export function nameOf(event: KeyboardEvent): string {
  const key = /^(Key|Digit)(.)$/.exec(event.code)?.[2] ?? event.key
  return `${event.altKey ? 'Alt+' : ''}${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${key}`
}

function onKey(event: KeyboardEvent): void {
  if (isComposing(event) || event.repeat || event.defaultPrevented) return
  const name = nameOf(event)
  const bindings = [...stack].reverse().find((one) => name in one)
  if (!bindings) return
  event.preventDefault()
  bindings[name]!()
}

export function listenForKeys(): void {
  window.addEventListener('keydown', onKey)
}

export function useKeys(bindings: Bindings): void {
  onMounted(() => stack.push(bindings))
  onBeforeUnmount(() => stack.splice(stack.indexOf(bindings), 1))
}
