import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, type BankPeople } from '../support/consortium.js';
import { claim, declaration, exporter, record, reference, usd, verify } from '../support/documents.js';
import { expectRefused, writesSince } from '../support/nothing-written.js';
import { reserve } from '../support/steps.js';

describe('crafted input', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let customs: Client;
  beforeAll(async () => {
    [reader, a, customs] = await Promise.all([BlockReader.open(consortium()), bank('A'), customsOfficer()]);
  });
  afterAll(() => {
    reader.close();
  });

  it('unicode tricks in numbers and party ids', async () => {
    const fact = declaration();
    await record(customs, fact);
    await reserve(a, reference(fact), usd('1000.00'));
    const { number } = fact;
    const lookalikes: readonly (readonly [string, string])[] = [
      [number.replace('0', '\u0660'), 'an Arabic zero'],
      [number.replace('0', '\u07c0'), 'an NKo zero'],
      [`${number.slice(0, 9)}\u0000${number.slice(9)}`, 'a null character'],
      [`${number.slice(0, 9)}\ud800${number.slice(9)}`, 'half a surrogate pair'],
      [`${number}\u0301`, 'a combining accent'],
    ];
    for (const [crafted, what] of lookalikes) {
      const before = await reader.height();
      for (const attempt of [
        () => customs.post('/facts', { ...fact, number: crafted }),
        () => a.officer.post('/claims', claim({ ...reference(fact), number: crafted }, usd('1.00'))),
      ]) {
        const { status, body } = await attempt();
        expect([what, [400, 404, 409, 422].includes(status), at(body, 'code')]).toEqual([
          what,
          true,
          expect.stringMatching(/^[A-Z_]+$/),
        ]);
      }
      expect(await writesSince(reader, before)).toBe(0);
    }
    // A Greek letter among digits may be right, so it is no other spelling but another number: a person is told.
    const omicron = await customs.post('/facts', { ...fact, number: number.replace('0', '\u039f') });
    expect(omicron.status).toBe(201);
    expect(listAt(omicron.body, 'nearDuplicates').length).toBeGreaterThan(0);
    const mixed = { ...declaration(), number: `INV-2\u039f0${number.slice(-6)}` };
    await expectRefused(reader, () => customs.post('/facts', mixed), {
      status: 422,
      code: 'NUMBER_MIXED_SCRIPT',
      field: /number/,
    });
    // One firm in three spellings: it is still the applicant's own document, and it is still used up.
    for (const id of [
      exporter.id.toLowerCase(),
      exporter.id.replace(/[0-9A-Z]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)),
      `\u202e${exporter.id.slice(0, 8)}-\u2060${exporter.id.slice(8)}`,
    ]) {
      const body = claim(reference(fact), usd('1.00'), { enterprise: { scheme: 'USCC', id } });
      await expectRefused(reader, () => a.officer.post('/claims', body), {
        status: 409,
        code: 'EXCEEDS_BALANCE',
      });
    }
    // A Cyrillic letter that looks like the Latin one does not pass for it.
    const cyrillic = exporter.id.replace('A', '\u0410');
    const foreign = claim(reference(fact), usd('1.00'), { enterprise: { scheme: 'USCC', id: cyrillic } });
    await expectRefused(reader, () => a.officer.post('/claims', foreign), {
      status: 422,
      code: 'PARTY_INVALID',
      field: /enterprise/,
    });
  });

  it('very long inputs', async () => {
    const fact = declaration();
    await record(customs, fact);
    const long = 'x'.repeat(100_000);
    const invalid = { status: 400, code: 'INPUT_INVALID' };
    await expectRefused(reader, () => customs.post('/facts', { ...fact, number: long }), invalid);
    await expectRefused(
      reader,
      () => customs.post('/facts', { ...declaration(), total: usd('9'.repeat(5_000)) }),
      invalid,
    );
    const body = claim(reference(fact), usd('1.00'));
    await expectRefused(
      reader,
      () => a.officer.post('/claims', { ...body, applicationNumber: long }),
      invalid,
    );
    const lines = Array.from({ length: 5_000 }, () => body.lines[0]);
    await expectRefused(reader, () => a.officer.post('/claims', { ...body, lines }), invalid);
    await expectRefused(reader, () => a.officer.post('/claims', body, 'k'.repeat(101)), {
      status: 400,
      code: 'IDEMPOTENCY_KEY_INVALID',
    });
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const before = await reader.height();
    const { status } = await a.officer.request('POST', '/claims', {
      body: deep,
      headers: { 'content-type': 'application/json' },
    });
    expect(status).toBe(400);
    expect(await writesSince(reader, before)).toBe(0);
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('1000.00') });
  });

  it('prototype pollution', async () => {
    const fact = declaration();
    await record(customs, fact);
    const text = JSON.stringify(claim(reference(fact), usd('1.00')));
    for (const member of [
      '"__proto__":{"role":"approver","isAdmin":true}',
      '"constructor":{"prototype":{"role":"approver"}}',
      '"prototype":{"expiresInHours":1}',
    ]) {
      const send = () =>
        a.officer.request('POST', '/claims', {
          body: `{${member},${text.slice(1)}`,
          headers: { 'content-type': 'application/json' },
        });
      await expectRefused(reader, send, { status: 400, code: 'INPUT_INVALID' });
    }
    // Nothing stuck to the process: the officer is still no approver, and defaults are still the defaults.
    const id = await reserve(a, reference(fact), usd('1.00'));
    await expectRefused(reader, () => a.officer.post(`/claims/${id}/acceptance`, {}), {
      status: 403,
      code: 'PERMISSION_DENIED',
    });
  });
});
