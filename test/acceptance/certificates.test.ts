import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAttachedEvidence } from '@pledgeonce/gateway/certificates/read-attachment.js';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import { verifyReceipt } from '@pledgeonce/gateway/evidence/verify-receipt.js';
import { readConnectionProfile } from '@pledgeonce/gateway/ledger/connection-profile.js';
import { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { bank, consortium, customsOfficer, person } from './support/consortium.js';
import { claim, declaration, exporter, record, reference, usd } from './support/documents.js';

const everything = [
  ...['applicationNumber', 'enterprise', 'product', 'amount'],
  ...['outstanding', 'dueDate', 'documents'],
];

/** Who issues a declaration, as the ledger names it. */
const customs = { scheme: 'MSP', id: 'CustomsMSP' };

describe('a certificate of registration', () => {
  const fact = declaration();
  let a: Awaited<ReturnType<typeof bank>>;
  let claimed: Readonly<Record<string, unknown>>;
  let id: string;

  beforeAll(async () => {
    a = await bank('A');
    await record(await customsOfficer(), fact);
    claimed = (await a.officer.post('/claims', claim(reference(fact), usd('400.00')))).body;
    id = textAt(claimed, 'id');
    await a.approver.post(`/claims/${id}/acceptance`, {});
  });

  const issue = (shows: readonly string[], more: object = {}) =>
    a.officer.post('/certificates', { kind: 'claim', claim: id, shows, ...more });
  /** Whoever holds the paper has no session. */
  const check = (code: string) => new Client(a.officer.url, '').get(`/checks/${code}`);
  const document = async (certificate: string, language = 'en') => {
    const path = `/certificates/${certificate}/document?language=${language}`;
    const response = await a.officer.fetch('GET', path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    return new Uint8Array(await response.arrayBuffer());
  };

  it('shows anybody what its holder chose, where the claim stands now, and nothing else', async () => {
    const { status, body } = await issue(['amount', 'documents']);
    expect(status).toBe(201);
    const code = textAt(body, 'code');
    const seen = await check(code);
    expect([seen.status, seen.body]).toEqual([
      200,
      {
        kind: 'claim',
        id: textAt(body, 'id'),
        standing: 'valid',
        issuer: { mspId: 'BankAMSP', title: 'Bank A' },
        issuedAt: textAt(body, 'at'),
        shown: { amount: usd('400.00'), documents: [{ ...reference(fact), issuer: customs }] },
        claim: { id, registeredAt: textAt(body, 'registeredAt'), state: 'accepted' },
      },
    ]);
    const told = JSON.stringify(seen.body);
    expect(told).not.toContain(textAt(claimed, 'applicationNumber'));
    expect(told).not.toContain(exporter.id);
    await a.officer.post(`/claims/${id}/disbursement`, {});
    expect(at((await check(code)).body, 'claim')).toMatchObject({ state: 'disbursed' });
  });

  it('proves itself offline, and hides there too what its holder did not choose', async () => {
    const whole = await document(textAt((await issue(everything)).body, 'id'), 'zh');
    const report = verifyEvidence(await readAttachedEvidence(whole));
    expect(report.subject).toEqual({ kind: 'claim', id });
    expect(report.exporter).toBe('BankAMSP');
    expect(report.versions.map(({ state }) => state)).toEqual(['reserved', 'accepted', 'disbursed']);
    expect(report.versions.every(({ recordProved }) => recordProved)).toBe(true);

    const some = await document(textAt((await issue(['amount'])).body, 'id'));
    const evidence = await readAttachedEvidence(some);
    expect(verifyEvidence(evidence).versions.map(({ recordProved }) => recordProved)).toEqual([
      false,
      false,
      false,
    ]);
    expect(evidence).not.toContain(textAt(claimed, 'applicationNumber'));

    const file = join(mkdtempSync(join(tmpdir(), 'pledgeonce-certificate-')), 'certificate.pdf');
    writeFileSync(file, whole);
    const said = spawnSync(process.execPath, [join(projectRoot, 'scripts/dist/verify-evidence.js'), file]);
    expect([said.status, said.stdout.toString()]).toEqual([
      0,
      expect.stringContaining(`The evidence holds: claim ${id}`),
    ]);
  });

  it('shows nothing more once it is withdrawn or has ended', async () => {
    const [issued, ended] = [
      await issue(everything),
      await issue(everything, { endsAt: '2020-01-01T00:00:00Z' }),
    ];
    const withdrawal = await a.approver.request('DELETE', `/certificates/${textAt(issued.body, 'id')}`);
    expect(withdrawal.status).toBe(200);
    for (const [{ body }, standing] of [
      [issued, 'withdrawn'],
      [ended, 'ended'],
    ] as const) {
      const seen = (await check(textAt(body, 'code'))).body;
      expect(seen).toMatchObject({ standing });
      expect(Object.keys(seen).sort()).toEqual(['id', 'issuedAt', 'issuer', 'kind', 'standing']);
    }
  });

  it('is issued by whoever holds the claim, and listed there alone', async () => {
    const b = await bank('B');
    const of = { kind: 'claim', claim: id, shows: [] };
    const foreign = await b.officer.post('/certificates', of);
    expect([foreign.status, foreign.body['code']]).toEqual([404, 'CLAIM_NOT_FOUND']);
    const viewer = await (await person('BankAMSP', 'viewer')).post('/certificates', of);
    expect([viewer.status, viewer.body['code']]).toEqual([403, 'PERMISSION_DENIED']);
    expect(listAt((await b.officer.get(`/certificates?claim=${id}`)).body, 'items')).toEqual([]);
    const before = listAt((await a.officer.get(`/certificates?claim=${id}`)).body, 'items');
    const { body } = await issue([]);
    const own = listAt((await a.officer.get(`/certificates?claim=${id}`)).body, 'items');
    expect(own).toHaveLength(before.length + 1);
    const elsewhere = await b.officer.get(`/certificates/${textAt(body, 'id')}/document`);
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([404, 'CERTIFICATE_NOT_FOUND']);
    const unknown = await check('A'.repeat(22));
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'CERTIFICATE_NOT_FOUND']);
  });

  it('is listed page by page, the latest first', async () => {
    const made = [];
    for (let turn = 0; turn < 3; turn++) made.push(textAt((await issue(['amount'])).body, 'id'));
    const listed: string[] = [];
    for (let cursor: string | undefined; ;) {
      const after = cursor === undefined ? '' : `&cursor=${cursor}`;
      const { status, body } = await a.officer.get(`/certificates?claim=${id}&limit=2${after}`);
      expect(status).toBe(200);
      const items = listAt(body, 'items');
      expect(items.length).toBeLessThanOrEqual(2);
      listed.push(...items.map((one) => textAt(one, 'id')));
      if (at(body, 'next') === undefined) break;
      cursor = textAt(body, 'next');
    }
    expect(listed.slice(0, 3)).toEqual(made.toReversed());
    expect(new Set(listed).size).toBe(listed.length);
    expect((await a.officer.get('/certificates?cursor=x')).body).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('is a receipt of a verification, too, signed by two nodes of the government', async () => {
    const question = {
      document: reference(fact),
      particulars: { enterprise: exporter, total: fact.total },
    };
    const receipt = (shows: readonly string[]) =>
      a.officer.post('/certificates', { kind: 'verification', question, shows });
    const { status, body } = await receipt(['document', 'enterprise', 'total', 'remaining']);
    expect([status, body['result']]).toEqual([201, 'match']);
    expect((await check(textAt(body, 'code'))).body).toMatchObject({
      kind: 'verification',
      result: 'match',
      shown: { documents: [{ type: fact.type, number: fact.number }], remaining: usd('600.00') },
    });
    const profile = await readConnectionProfile(consortium().discovery);
    const report = verifyReceipt(await readAttachedEvidence(await document(textAt(body, 'id'))), profile);
    expect(report.items).toMatchObject([{ result: 'match', asker: 'BankAMSP' }]);
    const less = await receipt(['remaining']);
    expect((await check(textAt(less.body, 'code'))).body['shown']).toEqual({ remaining: usd('600.00') });
    await expect(readAttachedEvidence(await document(textAt(less.body, 'id')))).rejects.toThrow(
      EvidenceError,
    );
  });
});
