// The addresses of the screens. Filters live in the query, so that Back and a copied link work.
import { createRouter, createWebHistory } from 'vue-router'
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
