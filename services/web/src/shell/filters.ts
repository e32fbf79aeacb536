// What a screen is asked for stands in its address: Back, a reload and a copied link keep it.
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
  function set(name: Name, value: string): void {
    void router.push({ query: { ...route.query, [name]: value || undefined } })
  }
  function choose(name: Name, event: Event): void {
    set(name, (event.target as HTMLInputElement | HTMLSelectElement).value)
  }
  return { filters, set, choose }
}
