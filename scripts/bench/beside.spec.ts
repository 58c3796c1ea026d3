import { besideTable } from './beside.js';

describe('what something else costs beside ours', () => {
  it('is told for the rows of the same name, and ours as so many times it', () => {
    const cpu = { orderers: 0.5, peers: 1.5, chaincode: 1, gateways: 1, load: 9 };
    const ours = { network: 'fabric', items: 1_000, seconds: 10, latencies: [], cpu };
    const its = { items: 500, seconds: 1, cpu: 0.2 };
    const written = besideTable(
      'a database',
      [
        { claims: 1, ...its },
        { claims: 50, ...its },
      ],
      [
        { ...ours, what: 'claims, one per request' },
        { ...ours, what: 'claims, 100 per request' },
      ],
    );
    const rows = written.split('\n').slice(2);
    expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual([
      ['', 'claims, one per request', 'fabric', '500', '100', '5.0', '0.40', '4.00', '10.0', ''],
    ]);
  });
});
