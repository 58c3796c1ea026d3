import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import type { PublicFile } from '@pledgeonce/network/fabric/public-file.js';
import { Founders } from './founders.js';
import { agreeOn, describeSmall, everybody, found } from './founding.js';
import { expectLevel } from './orderer-heights.js';
import { announce, expectAnswers } from './told-and-asked.js';

/** A consortium is founded, and an organisation moves twice, each time by a dozen commands. */
const limitMs = 900_000;
const portBase = 15_000;

describe('the nodes of an organisation that moves, with nothing but its own keys', () => {
  const root = mkdtempSync(join(tmpdir(), 'pledgeonce-moved-nodes-'));
  const description = join(root, 'consortium.yaml');
  const founders = new Founders(root, description);
  const stateOf = (name: string) => founders.stateOf(name);

  beforeAll(async () => {
    writeFileSync(description, describeSmall(portBase));
    await found(founders);
    await agreeOn('1.0', founders);
  }, limitMs);

  afterAll(async () => {
    await founders.stop();
    rmSync(root, { recursive: true, force: true });
  }, limitMs);

  /** Moves the regulator's nodes, tells everybody, and has them needed: the orderer, since another is away. */
  async function moveTo(...place: readonly string[]): Promise<PublicFile> {
    await founders.run('regulator', 'organisation', 'move', ...place);
    await announce(founders, 'regulator', 'tax');
    for (const node of ['orderer.regulator', 'door.regulator']) {
      await founders.run('regulator', 'stop', node);
      await founders.run('regulator', 'start', node);
    }
    const shown = founders.passed('regulator.json');
    cpSync(join(layoutOf(stateOf('regulator')).publicFiles, 'regulator.json'), shown);
    for (const name of everybody.filter((one) => one !== 'regulator')) {
      await founders.run(name, 'accept', shown);
    }
    await expectLevel(['customs', 'regulator'], stateOf);
    await founders.run('tax', 'stop', 'orderer.tax');
    await expectAnswers(founders);
    await founders.run('tax', 'start', 'orderer.tax');
    await expectLevel(['customs', 'tax'], stateOf);
    return JSON.parse(readFileSync(shown, 'utf8')) as PublicFile;
  }

  it(
    'are found, and needed, at other ports and then at another address',
    async () => {
      const ports = await moveTo('--first-port', `${portBase + 300}`);
      expect(ports.endpoints).toMatchObject({ peer: `localhost:${portBase + 300}` });
      const address = await moveTo('--host', '127.0.0.2', '--listen', '127.0.0.2');
      expect(address.endpoints).toMatchObject({
        peer: `127.0.0.2:${portBase + 300}`,
        orderer: `127.0.0.2:${portBase + 303}`,
      });
    },
    limitMs,
  );
});
