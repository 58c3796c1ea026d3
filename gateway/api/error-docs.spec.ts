import { readFileSync } from 'node:fs';
import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { errorsHtml, errorsMarkdown } from './error-docs.js';
import { problemTable, transportTable } from './errors.js';

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('the documentation of errors', () => {
  it('is equal to the tables', () => {
    const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    expect(squeeze(page)).toBe(squeeze(errorsMarkdown()));
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
