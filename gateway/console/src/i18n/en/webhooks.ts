/** Of the addresses that are told what happens. */
export const webhooks = {
  webhooks: {
    about:
      'An address of your own systems is sent a signed message for each alert and change. The message says that something happened; what it was, your system reads over the API.',
    allTaken: 'The receiver has taken everything.',
    deliveries: 'What was not taken',
    everybody: 'Everybody',
    made: 'Only public addresses over TLS are called, and networks that the gateway’s configuration names.',
    one: 'Webhook',
    paused: 'Nothing is sent until it goes on. Nothing is lost: it goes on where it was.',
    removed: 'What its receiver has not taken is forgotten with it.',
    replayed:
      'What was not taken is sent now, dead letters too. With an event, everything after that one is sent again.',
    resumed: 'It goes on where it was.',
  },
  webhookKind: { alert: 'Alerts', change: 'Changes' },
};
