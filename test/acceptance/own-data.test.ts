import { randomUUID } from 'node:crypto';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { exportLineSchema } from '@pledgeonce/gateway/own-data/lines.js';
import { verifyExport } from '@pledgeonce/gateway/own-data/verify-export.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { listAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer, person } from './support/consortium.js';
import { declaration, exporter, inDays, otherExporter, record, reference, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { asOwnInvoice, disburse } from './support/steps.js';

/** Everything that the suite has left with the bank by then is proved and written, several times. */
const exportMs = 240_000;

/** Issue 19, point 8: one's own data, whole, with proofs that are verified offline, and nobody else's. */
describe('an export of own data', () => {
  async function exported(who: Client, query = ''): Promise<string> {
    const response = await who.fetch('GET', `/export${query}`);
    expect(response.status).toBe(200);
    return response.text();
  }
  const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
  const verified = (text: string) =>
    verifyExport(async function* () {
      await Promise.resolve();
      yield* linesOf(text);
    });
  const recordsIn = (text: string) =>
    linesOf(text)
      .map((line) => JSON.parse(line) as Json)
      .filter(({ kind }) => kind === 'record');

  it(
    'of a bank is all that it holds, proved offline, gone on with after any record, and of nobody else',
    async () => {
      const [a, b, admin] = await Promise.all([bank('A'), bank('B'), person('BankAMSP', 'admin')]);
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const mine = await disburse(a, reference(fact), usd('300.00'));
      await disburse(a, reference(fact), usd('100.00'));
      const theirs = await disburse(b, reference(fact), usd('300.00'));
      await eventually(async () => (await a.officer.get(`/claims/${mine}`)).status === 200);

      const text = await exported(admin);
      const report = await verified(text);
      expect(report).toMatchObject({ organisation: 'BankAMSP', exporter: 'BankAMSP', after: undefined });
      const records = recordsIn(text);
      const states = (id: string) =>
        records
          .filter((one) => one['id'] === id)
          .flatMap((one) => (one['versions'] as Json[]).map(({ state }) => state));
      expect(states(mine)).toEqual(['reserved', 'accepted', 'disbursed']);
      expect(text).not.toContain(theirs);
      expect(text).not.toContain('"owner":"BankBMSP"');
      expect(report.proved).toBe(report.versions);
      for (const line of linesOf(text).slice(0, 40)) exportLineSchema.parse(JSON.parse(line));

      const place = records.at(-2)?.['place'] as string;
      const rest = await exported(admin, `?after=${place}`);
      expect(recordsIn(rest)[0]).toEqual(records.at(-1));
      expect((await verified(rest)).after).toBe(place);

      const cut = linesOf(text).slice(0, -1).join('\n');
      await expect(verified(cut)).rejects.toBeInstanceOf(EvidenceError);
      const left = linesOf(text)
        .filter((line) => !line.includes(`"id":"${mine}"`))
        .join('\n');
      await expect(verified(left)).rejects.toBeInstanceOf(EvidenceError);
      const changed = text.replace('\\"state\\":\\"disbursed\\"', '\\"state\\":\\"settled\\"');
      expect(changed).not.toBe(text);
      await expect(verified(changed)).rejects.toBeInstanceOf(EvidenceError);

      const log = await admin.get('/people/log?person=admin&limit=50');
      expect(
        listAt(log.body, 'items').filter((one) => one['kind'] === 'data-exported').length,
      ).toBeGreaterThan(1);
    },
    exportMs,
  );

  it(
    'of an exporter is its own, not that of the others at the portal',
    async () => {
      const [own, other] = await Promise.all([
        person('EnterpriseMSP', 'exporter-1'),
        person('EnterpriseMSP', 'exporter-2'),
      ]);
      const mine = await record(own, asOwnInvoice(declaration({ number: `E-${randomUUID().slice(0, 18)}` })));
      const seller = { ...otherExporter, name: 'Another' };
      const theirs = await record(
        other,
        asOwnInvoice(declaration({ number: `O-${randomUUID().slice(0, 18)}`, seller })),
      );
      const given = await own.post('/authorisations', {
        bank: 'BankAMSP',
        categories: ['basic'],
        purpose: 'Export loan',
        from: inDays(0),
        to: inDays(30),
        uses: 1,
      });
      await eventually(async () => {
        const ids = recordsIn(await exported(own)).map(({ id }) => id);
        return ids.includes(mine) && ids.includes(given.body['id']);
      });
      const text = await exported(own);
      expect(await verified(text)).toMatchObject({ enterprise: exporter.id, organisation: 'EnterpriseMSP' });
      expect(text).not.toContain(theirs);
      // A paper of its own may name the other one as its buyer.
      expect(text.replaceAll('\\', '')).not.toMatch(new RegExp(`"enterprise":\\{[^}]*${otherExporter.id}`));
    },
    exportMs,
  );

  it('is for an organisation’s admins and auditors', async () => {
    const { officer } = await bank('A');
    const refused = await officer.get('/export');
    expect([refused.status, refused.body['code']]).toEqual([403, 'PERMISSION_DENIED']);
    const regulator = await person('RegulatorMSP', 'auditor');
    expect((await regulator.get('/export')).status).toBe(403);
    const schema = await (await person('BankAMSP', 'auditor')).get('/export/schema');
    expect(schema.body).toHaveProperty('oneOf');
  });
});
