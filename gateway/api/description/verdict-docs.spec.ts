import { readFileSync } from 'node:fs';
import { previewVerdicts } from '@pledgeonce/chaincode/take-on/api.js';
import { dryRunVerdicts } from '../../take-on/dry-run-verdicts.js';
import { withVerdictTable } from './verdict-docs.js';

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('the documentation of a dry run', () => {
  it('says every verdict, in the order in which the first that is true counts', () => {
    const page = readFileSync(new URL('../../../../docs/how-to/first-week.md', import.meta.url), 'utf8');
    expect(squeeze(page)).toBe(squeeze(withVerdictTable(page)));
  });

  it('has the verdicts of the ledger in the ledger’s order', () => {
    const known: readonly string[] = previewVerdicts;
    expect(Object.keys(dryRunVerdicts).filter((verdict) => known.includes(verdict))).toEqual(known);
  });

  it('has a place on its page', () => {
    expect(() => withVerdictTable('# Another page')).toThrow(/no place/);
  });
});
