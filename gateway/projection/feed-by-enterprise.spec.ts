import type { LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { claimVersions } from '@pledgeonce/chaincode/claims/records.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import {
  applyEvent,
  applyRecords,
  claimRecord,
  idOf,
  objectionRecord,
  privateValue,
} from './testing/records.js';

const own = '91330200MA2CKXQ85H';
const other = '91350100M000100Y43';
type Alert = LedgerEvent['alerts'][number];

/** What the portal of the enterprises tells each of them. */
describe('alerts at the portal', () => {
  let projection: Projection;
  let certificate: string;
  beforeAll(async () => {
    certificate = await certificateOf('anna');
  });
  beforeEach(() => {
    projection = new Projection(':memory:', {
      mspId: 'EnterpriseMSP',
      kind: 'enterprise',
      government: false,
    });
    // The portal's copies of two claims, each of one of its enterprises.
    for (const [name, account] of [
      ['A-1', own],
      ['A-2', other],
    ] as const) {
      const claim = decodeRecord(
        claimVersions.record,
        claimRecord(name, { state: 'disbursed', seq: 2 }).value,
      );
      const copy = privateValue(claimVersions.at('EnterpriseMSP', claim.id, 2), { ...claim, account });
      applyRecords(projection, certificate, [copy]);
    }
  });
  afterEach(() => {
    projection.close();
  });

  const told = (enterprise: string) =>
    projection.feed.alerts(50, enterprise).items.map(({ content }) => content as Alert);
  const happens = (alert: Alert['alert'], more: object) => {
    applyEvent(projection, certificate, { schema: 1, changes: [], alerts: [{ alert, ...more }] });
  };

  it.each(['overdue', 'limit-lapsed', 'expired', 'overdrawn', 'cover-declined'] as const)(
    'of %s reach the enterprise whose claim it is, with its own alone',
    (alert) => {
      happens(alert, { claims: [idOf('A-1'), idOf('A-2')] });
      for (const [enterprise, name] of [
        [own, 'A-1'],
        [other, 'A-2'],
      ] as const) {
        expect(told(enterprise)).toMatchObject([{ alert, claims: [idOf(name)] }]);
      }
    },
  );

  it.each(['transfer-offered', 'share-repaid', 'past-due-financing', 'objection-raised'] as const)(
    'of %s, which banks have among themselves, reach none',
    (alert) => {
      happens(alert, { claims: [idOf('A-1')] });
      expect([told(own), told(other)]).toEqual([[], []]);
    },
  );

  it('of a decided objection reach the enterprise whose trade it is, once', () => {
    const copy = objectionRecord('O-1', 'EnterpriseMSP', { state: 'dismissed', account: own });
    const alert: Alert = { alert: 'objection-decided', claims: [idOf('A-1')], objections: [idOf('O-1')] };
    applyEvent(projection, certificate, { schema: 1, changes: [], alerts: [alert] }, copy);
    expect(told(own)).toMatchObject([{ alert: 'objection-decided', objections: [idOf('O-1')] }]);
    expect(told(other)).toEqual([]);
  });
});
