// The door that some requests meet: sign in, choose a password, set up the telephone, prove once
// more who one is. A request that meets it waits there, with whatever was typed, and goes on by
// itself once the door is open; so a session that ends loses no draft.
import { reactive } from 'vue'
import type { Problem } from './problem'

export type Need = 'sign_in' | 'password' | 'second_factor' | 'proof'

const needs: Record<string, Need> = {
  sign_in_needed: 'sign_in',
  password_must_change: 'password',
  second_factor_not_set_up: 'second_factor',
  proof_needed: 'proof',
}

interface Waiting {
  open: () => void
  leave: () => void
}

export const door = reactive<{ need: Need | null }>({ need: null })
let waiting: Waiting[] = []

export function needOf(problem: Problem): Need | null {
  return needs[problem.code] ?? null
}

/** Resolves when somebody has passed; rejects with the problem when he turned away. */
export function passDoor(need: Need, problem: Problem): Promise<void> {
  door.need = need
  return new Promise((resolve, reject) => {
    waiting.push({ open: resolve, leave: () => reject(problem) })
  })
}

function end(how: (one: Waiting) => void): void {
  door.need = null
  const those = waiting
  waiting = []
  those.forEach(how)
}

export const openDoor = () => end((one) => one.open())
export const leaveDoor = () => end((one) => one.leave())
