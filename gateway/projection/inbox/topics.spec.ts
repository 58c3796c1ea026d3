import { topicOf, topicsFor } from './topics.js';

const alerts = ['overdue', 'transfer-offered', 'drawn-on', 'structuring', 'objection-decided'];

describe('what a person may want to be told of', () => {
  it.each([
    ['BankAMSP', 'approver', 'claim-to-accept', 'rate-to-confirm'],
    ['InsurerMSP', 'approver', 'document-step-to-confirm', 'claim-to-accept'],
    ['EnterpriseMSP', 'officer', 'offers-to-compare', 'request-to-answer'],
    ['RegulatorMSP', 'approver', 'window-to-open', 'loan-to-decide'],
  ] as const)('at %s an %s is what they can do: %s, not %s', (mspId, role, own, others) => {
    const topics = topicsFor({ mspId, role }, alerts);
    expect(topics).toContain(own);
    expect(topics).not.toContain(others);
  });

  it.each([
    ['BankAMSP', ['overdue', 'transfer-offered', 'objection-decided']],
    ['EnterpriseMSP', ['overdue', 'drawn-on', 'objection-decided']],
    ['RegulatorMSP', ['overdue', 'transfer-offered', 'structuring', 'objection-decided']],
  ])('at %s is of alerts what comes there', (mspId, own) => {
    const topics = topicsFor({ mspId, role: 'viewer' }, alerts);
    // Who only reads can do nothing about what waits, and is told what happens.
    expect(topics).toEqual(own.map((alert) => topicOf('alert', alert)));
  });
});
