import type { ClaimInput } from '../api.js';
import type { FactInput } from '../facts/api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  exporter,
  freshKey,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const applicant = { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'Importer' } as const;
const another = { scheme: 'LEI', id: '5493001KJTIIGC8Y1R12', name: 'Somebody else' } as const;
/** What is written when a bank has advised one: a document like any other's, and its name for the issuing bank's number. */
const advisedKeys = [
  'EnterpriseMSP/OD~#~1',
  'public/fact~#',
  'public/key~#',
  'registry/FK~#',
  'registry/F~#',
  'registry/F~#~1',
  'registry/L~#',
  'registry/U~#',
];
/** What a loan under it writes: the claim for its bank and the exporter, and the two trades that it draws on. */
const drawnKeys = [
  'BankAMSP/C~#~1',
  'EnterpriseMSP/C~#~1',
  'public/claim~#',
  'registry/AN~#',
  'registry/U~#',
  'registry/U~#',
];
const inDays = (ledger: FakeLedger, days: number) => dateOf(ledger.now + days * day);

function credit(ledger: FakeLedger, more: Partial<FactInput> = {}): FactInput {
  return {
    type: 'letter-of-credit',
    number: 'LC77',
    date: '2026-02-01',
    seller: { ...exporter, name: 'Ningbo Harbour Tools' },
    buyer: applicant,
    total: usd('100.00'),
    letterOfCredit: {
      issuingBank: 'DEUTDEFF',
      expiresOn: inDays(ledger, 60),
      presentBy: inDays(ledger, 30),
      latestShipment: inDays(ledger, 20),
    },
    ...more,
  };
}

/** A credit of 100.00 that bank A has advised, and two declarations of 80.00 each. */
async function advised(more: (ledger: FakeLedger) => Partial<FactInput> = () => ({})) {
  const ledger = await openLedger();
  const { id } = await record(ledger, credit(ledger, more(ledger)), people.bankA);
  const [one, other] = [
    declaration({ total: usd('80.00'), buyer: applicant }),
    declaration({ total: usd('80.00'), number: '310120260516789013', buyer: applicant }),
  ];
  await record(ledger, one);
  await record(ledger, other);
  return { ledger, fact: id, one, other };
}

const under = (
  ledger: FakeLedger,
  { type, number }: FactInput,
  amount: string,
  more: Partial<ClaimInput> = {},
) =>
  claim(ledger, amount, {
    product: 'discount',
    lines: [{ document: { type, number }, amount: usd(amount) }],
    cover: [{ document: { type: 'letter-of-credit', number: 'LC77' }, amount: usd(amount) }],
    ...more,
  });

const left = async (ledger: FakeLedger, person: Person = people.bankB, issuer?: string) => {
  const { answer } = await ledger.endorse('verifyDocument', person, {
    document: {
      type: 'letter-of-credit',
      number: 'LC77',
      ...(issuer !== undefined && { issuer: { scheme: 'MSP', id: issuer } }),
    },
    particulars: { enterprise: exporter, total: usd('100.00') },
  });
  return answer;
};

describe('a letter of credit', () => {
  it('is used by every bank together, beside the declaration, whose balance holds as ever', async () => {
    const { ledger, one, other } = await advised();
    const made = await reserve(ledger, under(ledger, one, '60.00'));
    expect(made.cover).toMatchObject([{ document: { type: 'letter-of-credit' }, drawn: usd('60.00') }]);
    expect((await left(ledger)).remaining).toEqual(usd('40.00'));
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      reserve(ledger, under(ledger, other, '40.01'), people.bankB),
    );
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      reserve(ledger, under(ledger, one, '20.01'), people.bankB),
    );
    await reserve(ledger, under(ledger, other, '40.00'), people.bankB);
    expect((await left(ledger)).remaining).toEqual(usd('0.00'));
    // It only limits: the declaration alone can be financed without it.
    await reserve(
      ledger,
      claim(ledger, '40.00', {
        lines: [{ document: { type: other.type, number: other.number }, amount: usd('40.00') }],
      }),
      people.bankB,
    );
  });

  it('is written as a document of its bank, and a claim under it writes both trades and nothing of the credit', async () => {
    const ledger = await openLedger();
    const keys = (writes: ReadonlyMap<string, string>) =>
      [...new Set([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')))].sort();
    const advising = await ledger.submit('recordFacts', people.bankA, { facts: [credit(ledger)] });
    expect(keys(advising.writes)).toEqual(advisedKeys);
    const [item] = advising.answer.items;
    if (item?.status !== 'recorded') throw new Error('not recorded');
    expect(advising.event?.changes).toEqual([{ kind: 'fact', id: item.fact.id, state: 'active', seq: 1 }]);
    // Whatever of it lies outside of the registry says neither its amount nor its applicant.
    const outside = [...advising.writes].filter(([key]) => !key.startsWith('registry/'));
    expect(outside.map(([, value]) => value).join()).not.toMatch(/10000|529900T8BM49AURSDO55/);
    const paper = declaration({ total: usd('80.00'), buyer: applicant });
    await record(ledger, paper);
    const drawing = await ledger.submit('reserveClaims', people.bankA, {
      claims: [under(ledger, paper, '60.00')],
    });
    expect([...drawing.writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual(
      drawnKeys,
    );
  });

  it('raises nothing: what is declared and not more is lent under it', async () => {
    const { ledger, one } = await advised();
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, under(ledger, one, '80.01')));
    await refuses(ledger, 'INPUT_INVALID', () => reserve(ledger, under(ledger, one, '10.00', { lines: [] })));
  });

  it('is used up by proceeds, and given back by a withdrawal and by own funds in time', async () => {
    const { ledger, one, other } = await advised();
    const withdrawn = await reserve(ledger, under(ledger, one, '50.00'));
    await ledger.submit('withdrawClaim', people.bankA, { id: withdrawn.id, idempotencyKey: freshKey() });
    expect((await left(ledger)).remaining).toEqual(usd('100.00'));
    const lend = async (paper: FactInput, source: 'proceeds' | 'own-funds') => {
      const { id } = await reserve(ledger, under(ledger, paper, '50.00'));
      const command = () => ({ id, idempotencyKey: freshKey() });
      await ledger.submit('acceptClaim', people.approverA, command());
      await ledger.submit('disburseClaim', people.bankA, command());
      await ledger.submit('repayClaim', people.bankA, { ...command(), amount: usd('50.00'), source });
    };
    await lend(one, 'own-funds');
    expect((await left(ledger)).remaining).toEqual(usd('100.00'));
    await lend(other, 'proceeds');
    expect((await left(ledger)).remaining).toEqual(usd('50.00'));
  });

  it('is raised, lowered and prolonged by the bank that advised it, and whoever draws on it is told', async () => {
    const { ledger, fact, one } = await advised();
    const amend = (changes: object, person: Person = people.bankA) =>
      ledger.submit('amendFact', person, { id: fact, changes, reason: 'Amendment 1.' });
    const { id } = await reserve(ledger, under(ledger, one, '60.00'), people.bankB);
    await refuses(ledger, 'WRONG_ORGANISATION', () => amend({ total: usd('200.00') }, people.bankB));
    const lowered = await amend({ total: usd('50.00') });
    expect(lowered.event?.alerts).toMatchObject([{ alert: 'overdrawn', claims: [id] }]);
    const accept = () => ledger.submit('acceptClaim', people.approverB, { id, idempotencyKey: freshKey() });
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', accept);
    await amend({ total: usd('150.00') });
    const { letterOfCredit } = credit(ledger);
    const ended = { ...letterOfCredit, presentBy: inDays(ledger, -1), latestShipment: undefined };
    await amend({ letterOfCredit: ended });
    await refuses(ledger, 'CREDIT_EXPIRED', accept);
    await refuses(ledger, 'CREDIT_EXPIRED', () => reserve(ledger, under(ledger, one, '10.00')));
    await amend({ letterOfCredit });
    expect((await accept()).answer.state).toBe('accepted');
  });

  it('is for its beneficiary, its applicant’s goods shipped in time, and the bank with which it is available', async () => {
    const { ledger, one } = await advised(() => ({ buyer: another }));
    await refuses(ledger, 'CREDIT_MISMATCH', () => reserve(ledger, under(ledger, one, '10.00')));
    const late = await advised((at) => ({
      letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: inDays(at, 60), latestShipment: '2026-02-28' },
    }));
    await refuses(late.ledger, 'CREDIT_MISMATCH', () =>
      reserve(late.ledger, under(late.ledger, late.one, '10.00')),
    );
    const ours = await advised((at) => ({
      letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: inDays(at, 60), availableWith: 'BankAMSP' },
    }));
    await refuses(ours.ledger, 'CREDIT_OF_OTHERS', () =>
      reserve(ours.ledger, under(ours.ledger, ours.one, '10.00'), people.bankB),
    );
    await reserve(ours.ledger, under(ours.ledger, ours.one, '10.00'));
    const foreign = await advised((at) => ({ ...credit(at), seller: { ...otherExporter, name: 'Other' } }));
    await refuses(foreign.ledger, 'APPLICANT_MISMATCH', () =>
      reserve(foreign.ledger, under(foreign.ledger, foreign.one, '10.00')),
    );
  });

  it('goes with its claim to another bank, as a whole', async () => {
    const { ledger, one } = await advised();
    const { id } = await reserve(ledger, under(ledger, one, '60.00'));
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('acceptClaim', people.approverA, command());
    await ledger.submit('disburseClaim', people.bankA, command());
    const offer = { ...command(), to: 'BankBMSP' };
    await refuses(ledger, 'TRANSFER_INVALID', () =>
      ledger.submit('offerTransfer', people.bankA, { ...offer, share: usd('10.00') }),
    );
    await ledger.submit('offerTransfer', people.bankA, offer);
    const accepting = { ...command(), applicationNumber: 'TAKEN-1' };
    const { answer } = await ledger.submit('acceptTransfer', people.approverB, accepting);
    expect(answer.cover).toMatchObject([{ outstanding: usd('60.00') }]);
    expect((await left(ledger)).remaining).toEqual(usd('40.00'));
  });

  it('has a number of its advising bank: of two, a claim says which', async () => {
    const { ledger, one } = await advised();
    await record(ledger, credit(ledger, { total: usd('70.00') }), people.bankB);
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, credit(ledger), people.bankB));
    await refuses(ledger, 'ISSUER_REQUIRED', () => reserve(ledger, under(ledger, one, '10.00')));
    const named = (id: string) =>
      under(ledger, one, '75.00', {
        cover: [
          {
            document: { type: 'letter-of-credit', number: 'LC77', issuer: { scheme: 'MSP', id } },
            amount: usd('75.00'),
          },
        ],
      });
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, named('BankBMSP')));
    await reserve(ledger, named('BankAMSP'));
    expect((await left(ledger, people.bankB, 'BankAMSP')).remaining).toEqual(usd('25.00'));
  });

  it('has a number of the bank that issued it too: of two that one bank has advised, a claim says which', async () => {
    const { ledger, one } = await advised();
    const from = (issuingBank: string, more: Partial<FactInput> = {}) => ({
      ...credit(ledger, more),
      letterOfCredit: { issuingBank, expiresOn: inDays(ledger, 60) },
    });
    // The head office, in either spelling, is the one that has issued the first.
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, from('DEUTDEFFXXX'), people.bankA));
    const { id } = await record(ledger, from('COBADEFF', { total: usd('50.00') }), people.bankA);
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, from('COBADEFF'), people.bankA));
    await refuses(ledger, 'FIELD_NOT_ALLOWED', () =>
      record(ledger, from('BNPAFRPP', { numberingPeriod: '2026' }), people.bankA),
    );
    const named = (more: object, amount = '40.00') =>
      under(ledger, one, amount, {
        cover: [{ document: { type: 'letter-of-credit', number: 'LC77', ...more }, amount: usd(amount) }],
      });
    const issuer = { scheme: 'MSP', id: 'BankAMSP' } as const;
    for (const vague of [{}, { issuer }]) {
      const refused = await refusal(ledger, () => reserve(ledger, named(vague)));
      expect(refused.code).toBe('ISSUER_REQUIRED');
    }
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      reserve(ledger, named({ issuingBank: 'COBADEFFXXX' }, '50.01')),
    );
    const made = await reserve(ledger, named({ issuingBank: 'COBADEFF' }));
    expect(made.cover).toMatchObject([{ document: { issuer, issuingBank: 'COBADEFF' } }]);
    // What is drawn under one uses up nothing of the other.
    const leftOf = async (issuingBank: string, total: string) => {
      const document = { type: 'letter-of-credit' as const, number: 'LC77', issuer, issuingBank };
      const particulars = { enterprise: exporter, total: usd(total) };
      return (await ledger.endorse('verifyDocument', people.bankB, { document, particulars })).answer
        .remaining;
    };
    expect([await leftOf('COBADEFF', '50.00'), await leftOf('DEUTDEFF', '100.00')]).toEqual([
      usd('10.00'),
      usd('100.00'),
    ]);
    await reserve(ledger, named({ issuer, issuingBank: 'DEUTDEFF' }, '30.00'));
    // Another bank has advised one of the same bank under the same number: then both names are needed.
    await record(ledger, from('COBADEFF'), people.bankB);
    await refuses(ledger, 'ISSUER_REQUIRED', () =>
      reserve(ledger, named({ issuingBank: 'COBADEFF' }, '1.00')),
    );
    const other = { scheme: 'MSP', id: 'BankBMSP' } as const;
    const theirs = await reserve(ledger, named({ issuer: other }, '5.00'));
    expect(theirs.cover).toMatchObject([{ document: { issuer: other, issuingBank: 'COBADEFF' } }]);
    const changes = { letterOfCredit: { issuingBank: 'BNPAFRPP', expiresOn: inDays(ledger, 60) } };
    await refuses(ledger, 'FIELD_NOT_ALLOWED', () =>
      ledger.submit('amendFact', people.bankA, { id, changes, reason: 'Another bank.' }),
    );
    await refuses(ledger, 'FIELD_NOT_ALLOWED', () =>
      reserve(
        ledger,
        claim(ledger, '1.00', {
          lines: [
            {
              document: { type: 'customs-declaration', number: one.number, issuingBank: 'COBADEFF' },
              amount: usd('1.00'),
            },
          ],
        }),
      ),
    );
  });

  it('tells another bank no name: what is left, how many draw on it, and whether it has expired', async () => {
    const { ledger, one } = await advised((at) => ({
      letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: inDays(at, 1) },
    }));
    await reserve(ledger, under(ledger, one, '10.00'));
    const answer = await left(ledger);
    expect(answer).toMatchObject({ result: 'match', liveDraws: 1, warnings: [] });
    expect(JSON.stringify(answer)).not.toMatch(/Importer|529900|DEUTDEFF|BankA/);
    ledger.now += 2 * day;
    expect((await left(ledger)).warnings).toEqual([{ warning: 'not-covered', code: 'CREDIT_EXPIRED' }]);
  });

  it('is recorded by a bank, with days that fit, and stands beside no insurer’s cover', async () => {
    const { ledger, one } = await advised();
    for (const [code, changes] of [
      ['FIELD_REQUIRED', { letterOfCredit: undefined }],
      ['FIELD_REQUIRED', { total: undefined }],
      [
        'DATE_INVALID',
        { letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: '2026-05-01', presentBy: '2026-05-02' } },
      ],
    ] as const) {
      await refuses(ledger, code, () =>
        record(ledger, credit(ledger, { number: 'LC78', ...changes }), people.bankA),
      );
    }
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      record(ledger, credit(ledger, { number: 'LC78' }), people.customs),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      record(ledger, declaration({ number: '310120260516789014' }), people.bankA),
    );
    const cover = (number: string) => ({
      document: { type: 'letter-of-credit' as const, number },
      amount: usd('5.00'),
    });
    for (const more of [{ product: 'factoring' as const }, { cover: [cover('LC77')] }]) {
      await refuses(ledger, 'CREDIT_INVALID', () => reserve(ledger, under(ledger, one, '10.00', more)));
    }
    const insured = { product: 'insured' as const };
    await refuses(ledger, 'CREDIT_INVALID', () => reserve(ledger, under(ledger, one, '10.00', insured)));
  });
});
