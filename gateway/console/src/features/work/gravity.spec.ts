import { byGravity } from './gravity.js';

it('puts what is overdrawn before what looks alike, and what nobody ranks behind, the most frequent first', () => {
  const alerts = [
    { alert: 'expired', count: 2 },
    { alert: 'overdue', count: 7 },
    { alert: 'structuring', count: 1 },
    { alert: 'near-duplicate', count: 90 },
    { alert: 'overdrawn', count: 1 },
  ];
  expect(byGravity(alerts).map(({ alert }) => alert)).toEqual([
    'overdrawn',
    'near-duplicate',
    'structuring',
    'overdue',
    'expired',
  ]);
});
