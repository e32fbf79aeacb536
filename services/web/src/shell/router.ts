// The addresses of the screens. Filters live in the query, so that Back and a copied link work.
import { createRouter, createWebHistory } from 'vue-router'
import { allWords } from '@/words'
import { screens } from './screens'

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    ...screens.map((screen) => ({
      path: screen.path,
      name: screen.name,
      component: screen.page,
      meta: { right: screen.right },
      props: true,
    })),
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./Nowhere.vue') },
  ],
})

// The words come beside the screen's own code, not after it.
router.beforeEach((to) => {
  if (to.name !== 'collect') void allWords().catch(() => undefined)
})
router.beforeResolve(async (to) => {
  if (to.name !== 'collect') await allWords()
})
