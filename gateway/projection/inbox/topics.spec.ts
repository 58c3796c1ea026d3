import { topicOf, topicsFor } from './topics.js';

const alerts = ['overdue', 'transfer-offered', 'drawn-on', 'structuring', 'objection-decided'];

describe('what a person may want to be told of', () => {
  it.each([
    ['bank', 'approver', 'claim-to-accept', 'rate-to-confirm'],
    ['insurer', 'approver', 'document-step-to-confirm', 'claim-to-accept'],
    ['enterprise', 'officer', 'offers-to-compare', 'request-to-answer'],
    ['regulator', 'approver', 'window-to-open', 'loan-to-decide'],
  ] as const)('at %s an %s is what they can do: %s, not %s', (kind, role, own, others) => {
    const topics = topicsFor({ kind, role }, alerts);
    expect(topics).toContain(own);
    expect(topics).not.toContain(others);
  });

  it.each([
    ['bank', ['overdue', 'transfer-offered', 'objection-decided']],
    ['enterprise', ['overdue', 'drawn-on', 'objection-decided']],
    ['regulator', ['overdue', 'transfer-offered', 'structuring', 'objection-decided']],
  ] as const)('at %s is of alerts what comes there', (kind, own) => {
    const topics = topicsFor({ kind, role: 'viewer' }, alerts);
    // Who only reads can do nothing about what waits, and is told what happens.
    expect(topics).toEqual(own.map((alert) => topicOf('alert', alert)));
  });
});
