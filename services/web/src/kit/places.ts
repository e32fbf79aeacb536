// The county's townships and villages, asked once.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'

const township_digits = 9

export function usePlaces() {
  const units = useQuery({
    queryKey: ['units'],
    queryFn: () => ask(() => api.GET('/v1/administrative-units')),
    staleTime: Infinity,
  })
  const all = computed(() => units.data.value?.units ?? [])
  const townships = computed(() => all.value.filter((one) => one.code.length === township_digits))
  /** The code itself where the name is not known (yet). */
  const nameOf = (code: string) => all.value.find((one) => one.code === code)?.name ?? code
  return { townships, nameOf }
}
