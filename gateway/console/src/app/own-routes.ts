import type { RouteObject } from 'react-router';

/** Pages of the organisation's people and systems, and of oneself; each is loaded when it is first shown. */
export const ownRoutes: RouteObject[] = [
  {
    path: 'people',
    lazy: async () => ({ Component: (await import('../features/people/people.js')).People }),
  },
  {
    path: 'people/new',
    lazy: async () => ({ Component: (await import('../features/people/invite.js')).Invite }),
  },
  {
    path: 'people/log',
    lazy: async () => ({ Component: (await import('../features/people/log.js')).Log }),
  },
  {
    path: 'webhooks',
    lazy: async () => ({ Component: (await import('../features/webhooks/webhooks.js')).Webhooks }),
  },
  {
    path: 'webhooks/:id',
    lazy: async () => ({ Component: (await import('../features/webhooks/webhook.js')).Webhook }),
  },
  {
    path: 'machines',
    lazy: async () => ({ Component: (await import('../features/machines/machines.js')).Machines }),
  },
  {
    path: 'machines/new',
    lazy: async () => ({ Component: (await import('../features/machines/new-machine.js')).NewMachine }),
  },
  {
    path: 'machines/:id',
    lazy: async () => ({ Component: (await import('../features/machines/machine-page.js')).MachinePage }),
  },
  {
    path: 'own-data',
    lazy: async () => ({ Component: (await import('../features/own-data/own-data.js')).OwnData }),
  },
  {
    path: 'profile',
    lazy: async () => ({ Component: (await import('../features/own/profile.js')).Profile }),
  },
  {
    path: 'profile/notifications',
    lazy: async () => ({ Component: (await import('../features/own/notifications.js')).Notifications }),
  },
  { path: 'about', lazy: async () => ({ Component: (await import('../features/own/about.js')).About }) },
];
