import { randomInt } from 'node:crypto';
import { readConnectionProfile } from '@pledgeonce/gateway/ledger/connection-profile.js';
import { verifyContradiction } from '@pledgeonce/gateway/evidence/verify-contradiction.js';
import { signIn, type Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import {
  claim,
  declaration,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from '../acceptance/support/documents.js';
import { withLiar, type LyingConsortium } from './liar.js';

/** A document that nobody has recorded, and of which the lying node says that it is a match. */
const invented = () =>
  declaration({ number: `2218${new Date().getUTCFullYear()}0${String(randomInt(10, 100))}7777777` });

describe('one government node that lies', () => {
  let lying: LyingConsortium;
  let bank: Client;
  beforeAll(async () => {
    lying = await withLiar();
    bank = await signIn(lying.stack, 'BankAMSP', 'officer');
  }, 300_000);
  afterAll(() => lying.stop(), 120_000);

  const contradictions = async (msp = 'BankAMSP') => {
    const auditor = await signIn(lying.stack, msp, 'auditor');
    return listAt((await auditor.get('/nodes/contradictions?limit=100')).body, 'items');
  };
  const metrics = async () => (await fetch(`${bank.url}/metrics`)).text();

  it('is believed by nobody, and named: no document that does not exist is a match', async () => {
    for (let time = 0; time < 12; time++) {
      const answer = await verify(bank, invented());
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ result: 'not-found' });
    }
    const kept = await contradictions();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every((one) => JSON.stringify(listAt(one, 'odd')) === '["CustomsMSP"]')).toBe(true);
    expect(await metrics()).toMatch(/pledgeonce_contradictions_total\{.*node="CustomsMSP".*\} [1-9]/);
  }, 240_000);

  it('cannot deny what it signed: the answers prove it to anybody, without the network', async () => {
    const profile = await readConnectionProfile(lying.stack.discovery);
    const [kept] = await contradictions();
    const text = JSON.stringify(kept);
    expect(verifyContradiction(text, profile)).toMatchObject({
      function: 'verifyDocument',
      odd: ['CustomsMSP'],
      alike: expect.arrayContaining(['TaxMSP', 'RegulatorMSP']) as unknown,
    });
    const { said } = kept as { readonly said: readonly { readonly signature: string }[] };
    const signature = said[0]?.signature ?? '';
    // Who is odd is not the file's to say: without a second honest signature, or with one twice, it proves nothing.
    const whole = kept as { readonly said: readonly { readonly mspId: string }[] };
    const without = whole.said.filter(({ mspId }) => mspId !== 'TaxMSP');
    const lie = whole.said.filter(({ mspId }) => mspId === 'CustomsMSP');
    for (const [said, odd] of [
      [without, ['CustomsMSP']],
      [[...lie, ...without], ['RegulatorMSP']],
    ] as const) {
      const crafted = JSON.stringify({ ...whole, said, odd });
      expect(() => verifyContradiction(crafted, profile)).toThrow('Fewer than two government nodes');
    }
    const forged = `${signature.startsWith('M') ? 'N' : 'M'}${signature.slice(1)}`;
    expect(() => verifyContradiction(text.replace(signature, forged), profile)).toThrow('not signed');
  }, 120_000);

  it('hinders nobody: claims go on over the honest nodes, none lost and none twice', async () => {
    const tax = await signIn(lying.stack, 'TaxMSP', 'officer');
    // Its gateway has not met the lie yet: it finds it by the endorsements, which differ.
    const other = await signIn(lying.stack, 'BankBMSP', 'officer');
    for (let time = 0; time < 6; time++) {
      const fact = taxInvoice();
      await record(tax, fact);
      const answer = await other.post(
        '/claims',
        claim(reference(fact), usd('400.00')),
        `liar-${fact.number}`,
      );
      expect(answer.status).toBe(201);
      expect(textAt(answer.body, 'state')).toBe('reserved');
      expect((await verify(other, fact)).body).toMatchObject({ remaining: usd('600.00'), liveDraws: 1 });
    }
    const functions = (await contradictions('BankBMSP')).map((one) => textAt(one, 'function'));
    expect(functions).toContain('reserveClaims');
  }, 240_000);
});
