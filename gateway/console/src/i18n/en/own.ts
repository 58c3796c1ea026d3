/** What people settle for themselves. */
export const own = {
  notifications: {
    about:
      'What is not ticked does not come to your first page. It waits all the same: your colleagues see it, and your first page says how much there is.',
    alerts: 'Alerts',
    choose: 'Choose',
    waits: 'What waits for you',
  },
  sessions: {
    here: 'Here',
    title: 'Where you are signed in',
  },
};
