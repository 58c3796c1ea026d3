import { readdirSync, readFileSync } from 'node:fs';
import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { errorsHtml, errorsMarkdown } from './error-docs.js';
import { problemTable, transportTable } from '../errors.js';

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

/** What looks like a code and is another program's: settings of the shell, codes of Fabric. */
const others: ReadonlySet<string> = new Set([
  'FABRIC_CFG_PATH',
  'KUBERNETES_SCHEMAS',
  'NODE_EXTRA_CA_CERTS',
  'PLEDGEONCE_CHAINCODE_CONNECTIONS',
  'PLEDGEONCE_DATABASE',
  'PLEDGEONCE_REPLICA_ADDRESS',
  'MVCC_READ_CONFLICT',
  'PHANTOM_READ_CONFLICT',
  'ENDORSEMENT_POLICY_FAILURE',
  'SERVICE_UNAVAILABLE',
  'LEDGER_DAMAGED',
]);

describe('the documentation of errors', () => {
  it('is equal to the tables', () => {
    const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
    expect(squeeze(page)).toBe(squeeze(errorsMarkdown()));
  });

  it('names no code elsewhere in the documentation that nobody answers with', () => {
    const docs = new URL('../../../../docs/', import.meta.url);
    const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    const unknown = pages.flatMap((page) => {
      const text = readFileSync(new URL(page, docs), 'utf8');
      const codes = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].flatMap(([, code]) => code ?? []);
      return codes.filter(
        (code) => !Object.hasOwn(problemTable, code) && !others.has(code) && !code.startsWith('OTEL_'),
      );
    });
    expect(unknown).toEqual([]);
  });

  it('has one meaning per code', () => {
    expect(Object.keys(errorTable).filter((code) => Object.hasOwn(transportTable, code))).toEqual([]);
  });

  it('gives the type of every problem a place', () => {
    const page = errorsHtml();
    const missing = Object.keys(problemTable).filter((code) => !page.includes(`id="${code.toLowerCase()}"`));
    expect(missing).toEqual([]);
  });
});
