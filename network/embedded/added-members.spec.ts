import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readOrganisation } from '../consortium.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { AddedMembers } from './added-members.js';

const bank = (name: string) =>
  readOrganisation({ name, msp: `${name.replaceAll('-', '')}MSP`, title: name, kind: 'bank', node: false });
const namesOf = (members: AddedMembers) => members.take().map(({ name }) => name);

describe('members that have joined', () => {
  it('are read once each, in the order in which they came, and all again by the next start', () => {
    const folder = join(temporaryFolder('added-members'), 'members');
    const [command, network] = [new AddedMembers(folder), new AddedMembers(folder)];
    expect(namesOf(network)).toEqual([]);
    for (const name of ['zebra', 'ant']) command.add(bank(name));
    expect(namesOf(network)).toEqual(['zebra', 'ant']);
    command.add(bank('bee'));
    expect(namesOf(network)).toEqual(['bee']);
    expect(namesOf(new AddedMembers(folder))).toEqual(['zebra', 'ant', 'bee']);
  });

  it('are looked for without listing them again while nobody joins', () => {
    const folder = join(temporaryFolder('added-members'), 'members');
    let listed = 0;
    const members = new AddedMembers(folder, (path) => {
      listed++;
      return readdirSync(path);
    });
    const command = new AddedMembers(folder);
    for (const name of ['zebra', 'ant']) command.add(bank(name));
    const changeAt = (minutesAgo: number) => {
      const then = new Date(Date.now() - minutesAgo * 60_000);
      utimesSync(folder, then, then);
    };
    changeAt(2);
    expect(namesOf(members)).toEqual(['zebra', 'ant']);
    for (let look = 0; look < 10; look++) expect(namesOf(members)).toEqual([]);
    expect(listed).toBe(1);
    command.add(bank('bee'));
    // Of a folder that has only just changed it is not known yet whether that was all.
    expect([namesOf(members), namesOf(members)]).toEqual([['bee'], []]);
    expect(listed).toBe(3);
    changeAt(1);
    expect([namesOf(members), namesOf(members), listed]).toEqual([[], [], 4]);
  });

  it('are whole: half of a file is nobody', () => {
    const folder = join(temporaryFolder('added-members'), 'members');
    const members = new AddedMembers(folder);
    members.add(bank('ant'));
    writeFileSync(join(folder, '0002-bee.json.draft'), '{"name": "b');
    expect(readdirSync(folder)).toHaveLength(2);
    expect(namesOf(members)).toEqual(['ant']);
  });

  it('are taken in by a network that runs, one after the other, whoever among them cannot be', async () => {
    const members = new AddedMembers(join(temporaryFolder('added-members'), 'members'));
    const asked: string[] = [];
    for (const name of ['zebra', 'ant', 'bee']) members.add(bank(name));
    await new Promise<void>((resolve) => {
      const stop = members.follow(
        ({ name }) => {
          asked.push(name);
          if (asked.length === 3) void stop().then(resolve);
          return name === 'ant' ? Promise.reject(new Error('its port is taken')) : Promise.resolve();
        },
        pino({ level: 'silent' }),
      );
    });
    expect(asked).toEqual(['zebra', 'ant', 'bee']);
  });
});
