/** Of programs that act by a key of their own. */
export const machines = {
  machines: {
    about:
      'A machine is a program of your organisation that acts by a key of its own, without any person’s secret. It may do what its role and its scopes allow, and never approves anything.',
    addKey:
      'The machine may sign with either key. Remove the former one when it has changed over. Where the consortium wants two admins, a second one confirms it.',
    awaits: {
      creation: 'The machine, asked for by {{person}}',
      key: 'Another key, asked for by {{person}}',
    },
    confirm: 'From then on the machine may sign in.',
    confirmKey: 'From then on the machine may sign with this key too.',
    keys: 'Keys',
    needsKey:
      'The program makes its key itself and keeps the private half. Where the consortium wants two admins, a second one confirms the machine before it may do anything.',
    new: 'Register a machine',
    pending: 'The certificate authority has not been told yet. The gateway tells it as soon as it answers.',
    reissue: 'The gateway has another certificate made for it to act with. Its tokens end.',
    removeKey: 'Tokens that were given for this key end at once.',
    revoke:
      'It ends for good: tokens and keys at once, its certificates at the authority. This cannot be taken back.',
  },
};
