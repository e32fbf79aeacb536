// Who is signed in, and what he may.
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask, type Schemas } from '@/api/client'

export type Person = Schemas['OwnCard']
export type Right = keyof Person['rights']

export const sessionKey = ['session']

export function useSession() {
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: () => ask(() => api.GET('/v1/session')),
    staleTime: Infinity,
  })
  const person = computed(() => query.data.value)
  const may = (right: string): boolean =>
    (person.value?.rights as Record<string, string> | undefined)?.[right] !== 'none' &&
    person.value !== undefined
  return { person, may, query }
}

/** Signs out, and leaves nothing of what was read in memory. */
export function useSignOut() {
  const queries = useQueryClient()
  return async () => {
    await ask(() => api.DELETE('/v1/session'))
    queries.clear()
    location.assign('/c')
  }
}
