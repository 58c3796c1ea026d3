import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';

describe('S10: audit', () => {
  it('shows the whole history with transactions, times and signers, and proves private records', async () => {
    const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    const factId = await record(customs, fact);
    const id = textAt((await officer.post('/claims', claim(reference(fact), usd('400.00')))).body, 'id');
    await approver.post(`/claims/${id}/acceptance`, {});
    await officer.post(`/claims/${id}/disbursement`, {});
    const changes = { total: usd('900.00') };
    await customs.request('PATCH', `/facts/${factId}`, { body: { changes, reason: 'A case was short.' } });

    const reader = await BlockReader.open(consortium());
    const chain = new Map(
      (await reader.transactions()).map((transaction) => [transaction.txId, transaction]),
    );
    reader.close();
    const regulator = await auditor();
    for (const [path, key, states] of [
      [`/audit/claims/${id}`, `claim~${id}`, ['reserved', 'accepted', 'disbursed']],
      [`/audit/facts/${factId}`, `fact~${factId}`, ['active', 'amended']],
    ] as const) {
      const { status, body } = await regulator.get(path);
      expect(status).toBe(200);
      const versions = listAt(body, 'versions');
      expect(versions.map(({ state }) => state)).toEqual(states);
      for (const version of versions) {
        expect(version).toMatchObject({
          proof: { holds: true },
          signer: { mspId: expect.any(String) as string },
        });
        const transaction = chain.get(textAt(version, 'transactionId'));
        expect(transaction?.isValid).toBe(true);
        expect(transaction?.writes.has(key)).toBe(true);
        expect(String(version['block'])).toBe(String(transaction?.block));
        expect(Date.parse(textAt(version, 'at'))).not.toBeNaN();
      }
      const txId = textAt(versions[0], 'transactionId');
      expect((await regulator.get(`/audit/transactions/${txId}`)).status).toBe(200);
    }
  });

  it('names who signed a transaction to their own organisation and the regulator only', async () => {
    const [a, b, regulator] = [await bank('A'), await bank('B'), await auditor()];
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const { body } = await a.officer.post('/claims', claim(reference(fact), usd('1.00')));
    const { body: history } = await a.officer.get(`/audit/claims/${textAt(body, 'id')}`);
    const path = `/audit/transactions/${textAt(listAt(history, 'versions')[0], 'transactionId')}`;
    const signers = await Promise.all(
      [a, b].map(async ({ officer }) => at((await officer.get(path)).body, 'signer')),
    );
    expect(signers).toEqual([{ mspId: 'BankAMSP', name: 'officer' }, { mspId: 'BankAMSP' }]);
    expect(at((await regulator.get(path)).body, 'signer')).toEqual(signers[0]);
  });

  it('is closed to other banks, and to the regulator when it would write', async () => {
    const [{ officer }, regulator] = [await bank('A'), await auditor()];
    const fact = declaration();
    const id = await record(await customsOfficer(), fact);
    expect((await officer.get(`/audit/facts/${id}`)).status).toBe(404);
    const { body } = await officer.post('/claims', claim(reference(fact), usd('1.00')));
    const other = await bank('B');
    expect((await other.officer.get(`/audit/claims/${textAt(body, 'id')}`)).status).toBe(404);
    const answer = await regulator.post('/claims', claim(reference(declaration()), usd('1.00')));
    expect(answer.status).toBe(403);
  });

  it('counts', async () => {
    const { status, body } = await (await auditor()).get('/statistics');
    expect(status).toBe(200);
    expect(Object.keys(body).length).toBeGreaterThan(0);
  });

  it('alerts every holder when a document is lowered below what is drawn, and lifts it after repayment', async () => {
    const [customs, a, b] = [await customsOfficer(), await bank('A'), await bank('B')];
    const alerts = [await AlertListener.open(a.officer), await AlertListener.open(b.officer)];
    const fact = declaration();
    const factId = await record(customs, fact);
    const ids: string[] = [];
    for (const { officer } of [a, b]) {
      ids.push(textAt((await officer.post('/claims', claim(reference(fact), usd('500.00')))).body, 'id'));
    }
    const changes = { total: usd('700.00') };
    const lowered = await customs.request('PATCH', `/facts/${factId}`, {
      body: { changes, reason: 'Returned.' },
    });
    expect(lowered.body).toMatchObject({ overdrawn: true });
    for (const [index, listener] of alerts.entries()) {
      const mine = ids[index] ?? '';
      const found = await listener.find(
        (alert) => JSON.stringify(alert).includes(mine) && isOverdrawn(alert),
      );
      expect(found).toBeDefined();
      // A bank is told about its own claim and nobody else's.
      expect(JSON.stringify(listener.received)).not.toContain(ids[1 - index]);
    }
    const more = await a.officer.post('/claims', claim(reference(fact), usd('1.00')));
    expect([more.status, at(more.body, 'code')]).toEqual([409, 'UNDERLYING_OVERDRAWN']);

    await b.officer.post(`/claims/${ids[1] ?? ''}/withdrawal`, {});
    expect((await a.officer.post('/claims', claim(reference(fact), usd('200.00')))).status).toBe(201);
    for (const listener of alerts) listener.close();
  });
});

function isOverdrawn(alert: unknown): boolean {
  return JSON.stringify(alert).includes('"overdrawn"');
}
