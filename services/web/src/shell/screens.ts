// Every screen once: where it is, what one must be allowed to do there, the key that opens it.
import type { Component } from 'vue'
import Counter from '@/screens/counter/Counter.vue'

export interface Screen {
  /** Of its words, and of its route. */
  name: string
  path: string
  /** The right that it needs; null: everybody who is signed in. */
  right: string | null
  key?: string
  /** In the menu. */
  isListed: boolean
  page: () => Promise<{ default: Component }>
}

export const screens: Screen[] = [
  {
    name: 'collect',
    path: '/c',
    right: 'repay',
    key: 'F2',
    isListed: true,
    page: () => Promise.resolve({ default: Counter }), // at once: the queue waits for it
  },
  {
    name: 'batch',
    path: '/c/batch',
    right: 'repay',
    key: 'F3',
    isListed: true,
    page: () => import('@/screens/batch/Batch.vue'),
  },
  {
    name: 'loans',
    path: '/c/loans',
    right: 'read_loans',
    key: 'F4',
    isListed: true,
    page: () => import('@/screens/loan/Loans.vue'),
  },
  {
    name: 'loan',
    path: '/c/loan/:loan',
    right: 'read_loans',
    isListed: false,
    page: () => import('@/screens/loan/Loan.vue'),
  },
  {
    name: 'why',
    path: '/c/loan/:loan/why',
    right: 'read_loans',
    isListed: false,
    page: () => import('@/screens/loan/Why.vue'),
  },
  {
    name: 'command',
    path: '/c/loan/:loan/:operation',
    right: 'read_loans',
    isListed: false,
    page: () => import('@/screens/command/LoanCommand.vue'),
  },
  {
    name: 'pendingList',
    path: '/c/pending',
    right: 'read_pending',
    key: 'F6',
    isListed: true,
    page: () => import('@/screens/pending/PendingList.vue'),
  },
  {
    name: 'pending',
    path: '/c/pending/:pending',
    right: 'read_pending',
    isListed: false,
    page: () => import('@/screens/pending/PendingOne.vue'),
  },
  {
    name: 'households',
    path: '/c/households',
    right: 'read_households',
    isListed: true,
    page: () => import('@/screens/household/Households.vue'),
  },
  {
    name: 'household',
    path: '/c/household/:household',
    right: 'read_households',
    isListed: false,
    page: () => import('@/screens/household/Household.vue'),
  },
  {
    name: 'householdCommand',
    path: '/c/household/:household/:operation',
    right: 'read_households',
    isListed: false,
    page: () => import('@/screens/household/HouseholdCommand.vue'),
  },
  {
    name: 'others',
    path: '/c/do',
    right: 'read_programme',
    isListed: true,
    page: () => import('@/screens/command/Others.vue'),
  },
  {
    name: 'otherCommand',
    path: '/c/do/:operation',
    right: 'read_programme',
    isListed: false,
    page: () => import('@/screens/command/OtherCommand.vue'),
  },
  {
    name: 'entry',
    path: '/a/entry/:number',
    right: 'read_books',
    isListed: false,
    page: () => import('@/screens/entry/Entry.vue'),
  },
  {
    name: 'voucher',
    path: '/c/voucher/:number',
    right: 'read_books',
    isListed: false,
    page: () => import('@/screens/entry/Voucher.vue'),
  },
  {
    name: 'entries',
    path: '/a/entries',
    right: 'read_books',
    key: 'F7',
    isListed: true,
    page: () => import('@/screens/audit/Entries.vue'),
  },
  {
    name: 'trialBalance',
    path: '/a/trial-balance',
    right: 'read_books',
    isListed: true,
    page: () => import('@/screens/audit/TrialBalance.vue'),
  },
  {
    name: 'drill',
    path: '/a/drill',
    right: 'read_statistics',
    isListed: true,
    page: () => import('@/screens/audit/Drill.vue'),
  },
  {
    name: 'leading',
    path: '/a/leading',
    right: 'read_statistics',
    isListed: true,
    page: () => import('@/screens/audit/Leading.vue'),
  },
  {
    name: 'explain',
    path: '/a/explain/:code',
    right: 'explain_figures',
    isListed: false,
    page: () => import('@/screens/audit/Explain.vue'),
  },
  {
    name: 'trail',
    path: '/a/trail',
    right: 'read_trail',
    isListed: true,
    page: () => import('@/screens/audit/Trail.vue'),
  },
  {
    name: 'health',
    path: '/a/health',
    right: 'check_books',
    isListed: true,
    page: () => import('@/screens/audit/Health.vue'),
  },
  {
    name: 'people',
    path: '/m',
    right: 'read_users',
    isListed: true,
    page: () => import('@/screens/people/People.vue'),
  },
  {
    name: 'board',
    path: '/d',
    right: 'read_statistics',
    key: 'F8',
    isListed: true,
    page: () => import('@/screens/board/Board.vue'),
  },
]
