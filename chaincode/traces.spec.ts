import type { FactInput, Input, PartyId } from './api.js';
import { type LedgerFunction, permissions } from './permissions.js';
import { dateOf } from './rules/dates.js';
import type { FakeLedger, Person } from './testing/fake-ledger.js';
import { applied, basic, ledgerForLoans, service } from './testing/loans.js';
import { asked, bill, told } from './testing/offshore-trade.js';
import { day, exporter, freshKey, openLedger, otherExporter, people, record, usd } from './testing/story.js';

/** One question in several ways: the right one, and guesses of which the record knows nothing, or something else. */
interface Questions<F extends LedgerFunction> {
  readonly ledger: FakeLedger;
  readonly person: Person;
  readonly inputs: readonly Input<F>[];
}

const filing: FactInput = {
  type: 'tax-filing',
  number: '2026-3302-000017',
  date: '2026-03-01',
  seller: { scheme: 'LEGAL', id: 'HAMBURGCONSULT', name: 'Hamburg Consult' },
  buyer: exporter,
  total: usd('100000.00'),
  checkCode: 'K7XQ-22',
  filing: { subject: 'consultancy' },
};

/** The functions whose answer is for who leaves a trace: it must be on the ledger before they answer. */
const traced = {
  openDocument: async (): Promise<Questions<'openDocument'>> => {
    const ledger = await openLedger();
    await record(ledger, filing);
    const attempt = (number: string, payer: PartyId, checkCode: string) => ({
      idempotencyKey: freshKey(),
      document: { type: filing.type, number },
      payer,
      checkCode,
    });
    return {
      ledger,
      person: people.bankA,
      inputs: [
        attempt(filing.number, exporter, 'K7XQ-22'),
        attempt(filing.number, exporter, 'K7XQ-23'),
        attempt(filing.number, otherExporter, 'K7XQ-22'),
        attempt('2026-3302-999999', exporter, 'K7XQ-22'),
      ],
    };
  },
  checkOffshore: async (): Promise<Questions<'checkOffshore'>> => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    return {
      ledger,
      person: people.bankA,
      inputs: [
        asked(),
        asked({ enterprise: otherExporter }),
        asked({ bills: [told({ containers: ['MSCU9988773'] })] }),
        asked({ bills: [told({ document: { type: 'bill-of-lading', number: 'COSU9999' } })] }),
      ],
    };
  },
  queryCredit: async (): Promise<Questions<'queryCredit'>> => {
    const ledger = await openLedger();
    await ledger.submit('recordCredit', people.regulator, { enterprise: exporter, content: basic });
    const { answer } = await ledger.submit('authoriseQuery', people.exporter, {
      idempotencyKey: freshKey(),
      bank: 'BankAMSP',
      categories: ['basic'],
      purpose: 'Export loan',
      from: dateOf(ledger.now),
      to: dateOf(ledger.now + 30 * day),
      uses: 1,
    });
    const question = (authorisation: string, enterprise: PartyId = exporter) => ({
      idempotencyKey: freshKey(),
      enterprise,
      authorisation,
      categories: ['basic' as const],
      purpose: 'Export loan',
    });
    const inputs = [question(answer.id), question(answer.id, otherExporter), question('f'.repeat(64))];
    return { ledger, person: people.bankA, inputs };
  },
  queryForLoan: async (): Promise<Questions<'queryForLoan'>> => {
    const ledger = await ledgerForLoans();
    const loans = [await applied(ledger), await applied(ledger)];
    const [, second] = loans;
    // One authorisation holds, the other has been taken back.
    await ledger.submit('revokeAuthorisation', people.exporter, {
      id: second?.authorisation ?? '',
      idempotencyKey: freshKey(),
    });
    return { ledger, person: service, inputs: loans.map(({ id }) => ({ id })) };
  },
} as const satisfies { readonly [F in LedgerFunction]?: () => Promise<Questions<F>> };
type Traced = keyof typeof traced;

/**
 * Functions that are submitted because they change something: what they tell beside that is the caller's own, or what a
 * verification tells as well, of which rule 7 says who may know it.
 */
const changing: ReadonlySet<LedgerFunction> = new Set<LedgerFunction>([
  'initialise',
  'rotateFingerprintKey',
  'rekeyEntries',
  'retireFingerprintKeys',
  'setPolicy',
  'changeMember',
  'publishRates',
  'confirmRates',
  'returnRates',
  'recheckRates',
  'recordFacts',
  'amendFact',
  'cancelFact',
  'confirmFactStep',
  'returnFactStep',
  'reserveClaims',
  'acceptClaim',
  'disburseClaim',
  'repayClaim',
  'withdrawClaim',
  'rejectClaim',
  'disputeClaim',
  'resolveDispute',
  'extendClaim',
  'recordDebtorNotice',
  'moveClaim',
  'reverseEntry',
  'raiseObjection',
  'answerObjection',
  'decideObjection',
  'withdrawObjection',
  'giveConsent',
  'confirmDebt',
  'withdrawConsent',
  'recordReconciliation',
  'writeOffClaim',
  'repurchaseClaim',
  'assignToCollector',
  'releaseGoods',
  'confirmStep',
  'returnStep',
  'offerTransfer',
  'acceptTransfer',
  'declineTransfer',
  'sweepClaims',
  'authoriseQuery',
  'revokeAuthorisation',
  'recordCredit',
  'stateFirm',
  'relinkFacts',
  'proposeAssignment',
  'confirmAssignment',
  'releaseAssignment',
  'confirmIndemnity',
  'withdrawIndemnity',
  'applyForLoan',
  'withdrawLoan',
  'decideLoan',
  'recommendLoan',
  'approveLoan',
  'declineLoan',
  'proposeMandate',
  'grantMandate',
  'revokeMandate',
  'checkNearDuplicate',
  'postRequest',
  'closeRequest',
  'withdrawRequest',
  'sealOffer',
  'openOffer',
  'acceptOffer',
  'markPayments',
  'reversePayment',
  'confirmPaymentStep',
  'returnPaymentStep',
  'liftMark',
  'consentToMark',
  'reportProbing',
  'proposeTakeOnWindow',
  'openTakeOnWindow',
  'closeTakeOnWindow',
  'takeOn',
  'proposeCorrection',
  'approveCorrection',
  'refuseCorrection',
]);

describe('an endorsement that is never ordered', () => {
  it.each(Object.keys(traced) as Traced[])('teaches nothing: %s', async (name) => {
    const { ledger, person, inputs } = (await traced[name]()) as Questions<Traced>;
    const before = ledger.snapshot();
    const shapes = [];
    for (const input of inputs) {
      const { answer, reads, writes, event } = await ledger.endorse(name, person, input);
      const { id } = answer;
      const opaque = (text: string) =>
        text
          .replaceAll(id, '#')
          .replaceAll(/[0-9a-f]{64}/g, '*')
          .replaceAll(/"at":"[^"]+"/g, '"at"');
      // What the caller gets to see of an endorsement: its answer, which keys it read and found, and which it wrote.
      const found = [...reads.values()].map((version) => version > 0);
      const seen = [Object.keys(answer), found, [...writes.keys()], event];
      shapes.push(opaque(JSON.stringify(seen)));
    }
    expect(new Set(shapes).size).toBe(1);
    expect(ledger.snapshot()).toEqual(before);
  });

  it('is thought of for every function that is submitted', () => {
    const submitted = (Object.keys(permissions) as LedgerFunction[]).filter(
      (name) => permissions[name].access === 'submit',
    );
    expect(submitted.filter((name) => !(name in traced) && !changing.has(name))).toEqual([]);
    expect([...changing].filter((name) => !submitted.includes(name))).toEqual([]);
  });
});
