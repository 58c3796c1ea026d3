import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccessTables } from '@pledgeonce/gateway/api/description/access-docs.js';
import { organisationKinds } from '@pledgeonce/chaincode/roles.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { agreedFunctions } from './agreed-functions.js';
import { agreedOperations } from './agreed-operations.js';
import { isForOrganisation, isForRole } from './agreement.js';
import { withOthersTable } from './page.js';

const page = readFileSync(join(projectRoot, 'docs/authorisation.md'), 'utf8');
const roles = ['officer', 'approver', 'auditor', 'viewer', 'admin', 'service'];
/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('docs/authorisation.md', () => {
  const written = readAccessTables(page);
  const agreed = new Map([...agreedFunctions, ...agreedOperations]);

  it('has every function and every operation that was agreed on, and no other', () => {
    expect(written.map(({ name }) => name).sort()).toEqual([...agreed.keys()].sort());
  });

  it('gives every role of every kind of organisation what was agreed, and no more', () => {
    const contradictions = written.flatMap(({ name, allows }) =>
      organisationKinds.flatMap((kind) =>
        [true, false].flatMap((government) =>
          roles.flatMap((role) => {
            const rule = agreed.get(name);
            const may =
              rule !== undefined && isForOrganisation(rule, { kind, government }) && isForRole(rule, role);
            return allows({ kind, government }, role) === may ? [] : [`${name}: ${kind} ${role}`];
          }),
        ),
      ),
    );
    expect(contradictions).toEqual([]);
  });

  it("says with what another's record is refused", () => {
    expect(squeeze(page)).toBe(squeeze(withOthersTable(page)));
  });
});
