import { admit, memberOf } from '../testing/further-members.js';
import {
  claim,
  declaration,
  exporter,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

/** A declaration of 100.00 on which two banks have drawn 90.00. */
async function drawn() {
  const ledger = await openLedger();
  const { id } = await record(ledger, declaration());
  await reserve(ledger, claim(ledger, '60.00'));
  await reserve(ledger, claim(ledger, '30.00'), people.bankB);
  const preview = async (changes?: object, person: Parameters<typeof ledger.endorse>[1] = people.customs) =>
    (await ledger.endorse('previewFactChange', person, { id, ...(changes && { changes }) })).answer;
  return { ledger, id, preview };
}

describe('what a change of a document would do', () => {
  it('is told before anybody makes it, and writes nothing', async () => {
    const { ledger, preview } = await drawn();
    const before = ledger.snapshot();
    expect(await preview({ total: usd('78.00') })).toEqual({
      claims: 2,
      payments: 0,
      overdrawn: [{ by: usd('12.00') }],
    });
    expect(await preview({ total: usd('90.00') })).toEqual({ claims: 0, payments: 0, overdrawn: [] });
    expect(await preview()).toEqual({ claims: 2, payments: 0, overdrawn: [{ by: usd('90.00') }] });
    expect(ledger.snapshot()).toEqual(before);
    expect(await remainingOf(ledger, declaration())).toBe('10.00');
  });

  it('is what the change then does', async () => {
    const { ledger, id, preview } = await drawn();
    const told = await preview({ total: usd('78.00') });
    const { event } = await ledger.submit('amendFact', people.customs, {
      id,
      changes: { total: usd('78.00') },
      reason: 'Short shipped.',
    });
    const claims = event?.alerts.flatMap((alert) => ('claims' in alert ? (alert.claims ?? []) : []));
    expect(claims).toHaveLength(told.claims);
  });

  it('counts the other papers of the trade: an invoice that binds less is not made worse', async () => {
    const ledger = await openLedger();
    const { id } = await record(
      ledger,
      declaration({
        total: usd('100.00'),
        cites: [{ type: 'tax-invoice', number: invoice().number, issuer: exporter }],
      }),
    );
    await record(ledger, invoice({ total: usd('50.00') }), people.tax);
    await reserve(ledger, claim(ledger, '50.00'));
    const ask = async (amount: string) =>
      (await ledger.endorse('previewFactChange', people.customs, { id, changes: { total: usd(amount) } }))
        .answer;
    expect(await ask('50.00')).toMatchObject({ claims: 0 });
    expect(await ask('49.99')).toMatchObject({ claims: 1, overdrawn: [{ by: usd('0.01') }] });
  });

  it('is told to its own authority alone, and refused as the change would be', async () => {
    const { ledger, preview } = await drawn();
    await admit(ledger, 'CustomsOfTheSouthMSP', 'customs');
    await refuses(ledger, 'WRONG_ORGANISATION', () => preview(undefined, people.bankA));
    await refuses(ledger, 'WRONG_ORGANISATION', () => preview(undefined, people.tax));
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      preview(undefined, memberOf('CustomsOfTheSouthMSP', 'officer')),
    );
    await refuses(ledger, 'AMOUNT_NOT_POSITIVE', () => preview({ total: usd('0.00') }));
  });
});
