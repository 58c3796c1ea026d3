import { eventSchema } from '@pledgeonce/chaincode/api.js';
import { alertCauses, causeOf } from './alert-causes.js';

describe('why there is an alert', () => {
  it('is said in a sentence for every alert that the ledger can raise', () => {
    const alerts = eventSchema.shape.alerts.element.shape.alert.options;
    expect(alerts.filter((alert) => !/^[A-Z].{20,}\.$/.test(alertCauses[alert] ?? ''))).toEqual([]);
    expect(causeOf('constructor')).toBe('constructor');
  });
});
