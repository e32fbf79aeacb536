// Something that is asked of the service once: while it is under way nothing else is, and what went
// wrong is kept for the page to show.
import { ref } from 'vue'

export function useAttempt() {
  const isBusy = ref(false)
  const problem = ref<unknown>()
  async function attempt(what: () => Promise<void>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    try {
      await what()
    } catch (fault) {
      problem.value = fault
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, problem, attempt }
}
