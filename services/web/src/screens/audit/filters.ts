// What an audit screen is asked for stands in its address: Back, a reload and a copied link keep it.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useFilters<Name extends string>(names: readonly Name[]) {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => {
    const said: Partial<Record<Name, string>> = {}
    for (const name of names) {
      const value = route.query[name]
      if (typeof value === 'string' && value !== '') said[name] = value
    }
    return said
  })
  /** A step of the history, so that Back takes it away again. */
  function choose(name: Name, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement
    void router.push({ query: { ...route.query, [name]: value || undefined } })
  }
  return { filters, choose }
}

/** "2026-11-24T10:42" on the county's clock, as the service takes an instant. */
export function instantOf(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString().replace('.000', '')
}
