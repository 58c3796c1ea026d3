import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputSchemas } from '@pledgeonce/chaincode/api.js';
import { readConsortium } from '@pledgeonce/network/consortium.js';
import { at } from '../rest/json.js';
import type { StackDescription } from './description.js';
import { Failure } from './failure.js';
import { ensureInitialised } from './initialise.js';
import { projectRoot } from './options.js';

/** The consortium of the repository with another policy in its description. */
function consortiumWith(policy: object) {
  const text = readFileSync(join(projectRoot, 'network/consortium.yaml'), 'utf8');
  const changed = text.replace(/^policy: .*$/m, `policy: ${JSON.stringify(policy)}`);
  if (changed === text) throw new Error('The description states no policy in one line.');
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-consortium-'));
  try {
    const file = join(folder, 'consortium.yaml');
    writeFileSync(file, changed);
    return readConsortium(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('what the description of a consortium has decided', () => {
  let server: Server;
  let told: unknown[];
  let isNew: boolean;
  beforeEach(async () => {
    told = [];
    isNew = true;
    // The regulator's gateway, as far as it is asked: what it takes is what the ledger takes.
    server = createServer((request, response) => {
      const answer = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        if (request.url === '/api/v1/sessions') answer(201, { token: 'somebody' });
        else if (request.url === '/api/v1/registry/initialisation')
          answer(isNew ? 201 : 409, isNew ? {} : { code: 'ALREADY_INITIALISED' });
        else {
          const parsed = inputSchemas.setPolicy.safeParse(JSON.parse(text));
          if (parsed.success) told.push(parsed.data);
          answer(parsed.success ? 201 : 400, parsed.success ? {} : { code: 'INPUT_INVALID' });
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const stack = () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const people = ['officer', 'approver'].map((role) => ({ id: role, role, secret: role }));
    return { organisations: [{ msp: 'RegulatorMSP', url, people }] } as unknown as StackDescription;
  };
  const policy = {
    payoutDays: 20,
    twoPeople: {
      bank: ['disbursement', 'repayment'],
      CustomsMSP: ['amendment', 'people'],
      regulator: ['rates'],
    },
    consent: { bank: 'none', BankBMSP: 'document' },
  };

  it('is told to a new registry once, with each step of its table', async () => {
    const consortium = consortiumWith(policy);
    await ensureInitialised(stack(), consortium.policy);
    expect(told).toEqual([policy]);
    isNew = false;
    await ensureInitialised(stack(), consortium.policy);
    expect(told).toHaveLength(1);
  });

  it('stops the start where the ledger knows no such step', async () => {
    const { policy: wrong } = consortiumWith({ twoPeople: { bank: ['lunch'] } });
    const failure = await ensureInitialised(stack(), wrong).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(at(failure, 'message')).toMatch(/policy of the consortium was refused: 400/);
    expect(told).toEqual([]);
  });
});
