import { Projection } from '@pledgeonce/gateway/projection/projection.js';
import { certificateOf } from '@pledgeonce/gateway/projection/testing/certificate.js';
import {
  applyRecords,
  claimRecord,
  factRecord,
  loanRecord,
  offerRecord,
  requestRecord,
} from '@pledgeonce/gateway/projection/testing/records.js';
import { watchSql } from '@pledgeonce/gateway/projection/testing/watched-sql.js';
import { auditLedger } from '../audit-ledger.js';
import { type CountedFigure, cpuMsOf } from './counted.js';

const page = { limit: 50 } as const;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What the gateway's tables are asked, with so many claims and documents in them: statements and rows, and CPU. */
export async function* countTables(scale: number): AsyncGenerator<CountedFigure> {
  const certificate = await certificateOf('officer');
  for (const size of [20_000, 50_000, 100_000, 200_000].map((full) => Math.round(full * scale))) {
    const projection = regulators();
    for (const block of auditLedger(size, certificate)) projection.apply(block);
    yield* asked(questions(projection), `${size} claims`);
    projection.close();
  }
  for (const size of [2_000, 5_000, 10_000, 20_000].map((full) => Math.round(full * scale))) {
    const projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
    const names = (what: string) => upTo(size).map((index) => `${what} ${index}`);
    const later = { deadline: '2099-01-01T00:00:00.000Z' };
    applyRecords(
      projection,
      certificate,
      names('loan').map((name) => loanRecord(name, { state: 'withdrawn' })),
    );
    applyRecords(
      projection,
      certificate,
      names('request').map((name) => requestRecord(name, later)),
    );
    applyRecords(
      projection,
      certificate,
      names('request').map((name) => offerRecord(`offer ${name}`, name)),
    );
    yield* asked(rounds(projection), `${size} of each`);
    projection.close();
  }
  yield* oneMore(certificate, scale);
}

const regulators = () =>
  new Projection(':memory:', { mspId: 'RegulatorMSP', kind: 'regulator', government: true });

type Questions = Readonly<Record<string, () => unknown>>;

function questions(projection: Projection): Questions {
  const { claims, feed } = projection;
  return {
    'claims of one enterprise': () => claims.list({ enterprise: `SELLER${'7'.padStart(12, '0')}`, ...page }),
    'claims due before a day': () => claims.list({ dueBefore: '2026-09-01', ...page }),
    'a sweep with nothing due': () => claims.pastTheirTime(new Date(0), 100),
    'alerts and what falls due': () => [feed.alerts(100), claims.dueWithin(new Date('2026-03-01'), 7, 1_000)],
    'portfolio of a bank': () => projection.portfolio('BankAMSP', '2026-12-01'),
  };
}

function rounds({ loans, requests, offers }: Projection): Questions {
  return {
    'a round over loans, requests and offers': () => [
      loans.inState('submitted', 200),
      requests.due('open', new Date(), 200),
      requests.due('closed', new Date(), 200),
      offers.due('sealed', new Date(), 200),
    ],
  };
}

async function* asked(all: Questions, size: string): AsyncGenerator<CountedFigure> {
  for (const [what, ask] of Object.entries(all)) {
    ask();
    const { ms } = await cpuMsOf(ask);
    const { statements, rows } = watchSql(() => void ask());
    yield { what, size, counts: { statements, rows }, cpuMs: ms };
  }
}

/** Documents of one seller, price and day, each paid out: what is noted of one more. */
async function* oneMore(certificate: string, scale: number): AsyncGenerator<CountedFigure> {
  const projection = regulators();
  let there = 0;
  for (const size of [0, 50, 100, 150, 1000, 4000].map((full) =>
    full > 150 ? Math.round(full * scale) : full,
  )) {
    for (; there < size; there++) {
      const name = `paper ${there}`;
      applyRecords(projection, certificate, [factRecord(name)]);
      applyRecords(projection, certificate, [claimRecord(name, { facts: [name], state: 'disbursed' })]);
    }
    const name = `paper ${there++}`;
    const before = late(projection);
    const { ms, value } = await cpuMsOf(() =>
      watchSql(() => {
        applyRecords(projection, certificate, [factRecord(name)]);
      }),
    );
    const counts = {
      statements: value.statements,
      rows: value.rows,
      'late duplicates noted': late(projection) - before,
    };
    yield {
      what: 'one more document of one seller, price and day',
      size: `${size} paid out before`,
      counts,
      cpuMs: ms,
    };
  }
  projection.close();
}

function late(projection: Projection): number {
  let count = 0;
  for (let cursor: string | undefined; ;) {
    const answer = projection.audit.lateDuplicates(
      { limit: 100, ...(cursor !== undefined && { cursor }) },
      projection.nextBlock,
    );
    count += answer.items.length;
    cursor = answer.next;
    if (cursor === undefined) return count;
  }
}
