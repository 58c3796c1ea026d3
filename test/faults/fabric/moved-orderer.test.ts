import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlNetwork } from '@pledgeonce/network/fabric/control.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { moveOrderer } from '@pledgeonce/network/fabric/operate/ordering.js';
import { orderingMembers } from '@pledgeonce/network/fabric/topology.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { startStack, type Stack } from '@pledgeonce/scripts/stack/stack.js';
import { claim, declaration, record, reference, usd } from '../../acceptance/support/documents.js';

/** A consortium is started, and its list of orderers changed four times. */
const limitMs = 900_000;
const ports = { portBase: 17_000, restBase: 16_800 };

describe('the place of one orderer of four', () => {
  const state = mkdtempSync(join(tmpdir(), 'pledgeonce-moved-orderer-'));
  const folder = pathsOf({ state, on: 'fabric' }).network;
  const document = declaration();
  let stack: Stack | undefined;

  beforeAll(async () => {
    const options = {
      ...ports,
      on: 'fabric',
      state,
      separate: false,
      gateways: ['customs', 'regulator', 'bank-a'],
    } as const;
    stack = await startStack(options, { steps: false, report: () => undefined });
    await record(await signIn(stack.description, 'CustomsMSP', 'officer'), document);
  }, limitMs);

  afterAll(async () => {
    await stack?.stop();
    rmSync(state, { recursive: true, force: true });
  }, limitMs);

  /** Whether what is asked for now is ordered, and what is left is what was not drawn before. */
  async function expectClaimed(): Promise<void> {
    if (stack === undefined) throw new Error('There is no consortium.');
    const officer = await signIn(stack.description, 'BankAMSP', 'officer');
    const { status, body } = await officer.post('/claims', claim(reference(document), usd('1.00')));
    expect({ status, body }).toMatchObject({ status: 201 });
  }

  const whoOrder = async () => {
    const { network } = await controlNetwork(folder);
    return orderingMembers(network.consortium).map(({ organisation: { name } }) => name);
  };

  it(
    'goes to another organisation, whose orderer is needed at once when one of the others is away',
    async () => {
      await expectClaimed();
      await moveOrderer(layoutOf(folder), 'bank-a', 'bank-b');
      expect(await whoOrder()).toEqual(['customs', 'tax', 'regulator', 'bank-b']);
      await expectClaimed();

      const control = await controlNetwork(folder);
      await control.stopNode('orderer.tax', 'SIGKILL');
      await expectClaimed();
      await control.startNode('orderer.tax');
    },
    limitMs,
  );

  it(
    'goes back to who had it, with the blocks that it has on disk',
    async () => {
      await moveOrderer(layoutOf(folder), 'bank-b', 'bank-a');
      expect(await whoOrder()).toEqual(['customs', 'tax', 'regulator', 'bank-a']);
      // Without this one the other three are needed: the one that was away before, and the one that is back.
      const control = await controlNetwork(folder);
      await control.stopNode('orderer.customs', 'SIGKILL');
      await expectClaimed();
      await control.startNode('orderer.customs');
    },
    limitMs,
  );
});
