// The console: counter, audit desk, dashboard, administration. Kiosk and public pages are others.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { Problem } from '@/api/problem'
import App from '@/shell/App.vue'
import { listenForKeys } from '@/shell/keys'
import { router } from '@/shell/router'
import { preferred, speak, words } from '@/words'
import '@/shell/look.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, problem) => problem instanceof Problem && problem.isTemporary && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false }, // what books is sent again with its key, and by its screen
  },
})

listenForKeys()
void speak(preferred()).then(() =>
  createApp(App).use(words).use(router).use(VueQueryPlugin, { queryClient: queries }).mount('#app'),
)
