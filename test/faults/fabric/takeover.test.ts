import { addOrganisations } from '@pledgeonce/network/fabric/channel/changes.js';
import type { ChannelGroup } from '@pledgeonce/network/fabric/channel/config.js';
import { governorsOf, updateChannel } from '@pledgeonce/network/fabric/channel/update.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { membersHere } from '@pledgeonce/network/fabric/network.js';
import { setAdministration } from '@pledgeonce/network/fabric/operate/administration.js';
import { describe as putDown } from '@pledgeonce/network/fabric/operate/add-organisation.js';
import { reopen } from '@pledgeonce/network/fabric/operate/organisation.js';
import { removalOf, withoutMember } from '@pledgeonce/network/fabric/operate/remove-organisation.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { consortium } from '../../acceptance/support/consortium.js';

type Attempt = (channel: ChannelGroup) => void;

/** What five of the eight organisations changed when the majority governed, and more of the kind. */
const attempts: readonly (readonly [string, Attempt])[] = [
  [
    'the access control of whole blocks',
    ({ groups: { Application } }) => {
      delete Application.values['ACLs'];
    },
  ],
  [
    'who governs',
    ({ groups: { Application } }) => {
      const { Readers, Admins } = Application.policies;
      if (Readers && Admins) Application.policies['Admins'] = { ...Admins, policy: Readers.policy };
    },
  ],
  [
    'who endorses a definition of the chaincode',
    ({ groups: { Application } }) => {
      const { Readers, LifecycleEndorsement: present } = Application.policies;
      if (Readers && present) {
        Application.policies['LifecycleEndorsement'] = { ...present, policy: Readers.policy };
      }
    },
  ],
  [
    'the consenters',
    ({ groups: { Orderer } }) => {
      const { consenter_mapping: mapping } = Orderer.values['Orderers']?.value as {
        consenter_mapping: unknown[];
      };
      mapping.shift();
    },
  ],
  [
    'the size of blocks',
    ({ groups: { Orderer } }) => {
      Object.assign(Orderer.values['BatchSize']?.value ?? {}, { max_message_count: 7 });
    },
  ],
  [
    'the capabilities',
    ({ groups: { Application } }) => {
      Object.assign(Application.values['Capabilities']?.value ?? {}, { capabilities: { V2_0: {} } });
    },
  ],
  [
    'the members, by sending one away',
    ({ groups: { Application } }) => {
      delete Application.groups['TaxMSP'];
    },
  ],
  [
    'the members, by taking one in',
    ({ groups: { Application } }) => {
      const { BankAMSP } = Application.groups;
      if (BankAMSP) Application.groups['NobodyMSP'] = structuredClone(BankAMSP);
    },
  ],
];

/** Banks with an MSP and an administrator each, who are in the channel and run nothing: only their votes matter. */
const moreBanks = Array.from({ length: 12 }, (_, index) => ({
  name: `voter-${index + 1}`,
  msp: `Voter${index + 1}MSP`,
  title: `Voter ${index + 1}`,
  kind: 'bank' as const,
  node: true,
}));

const limitMs = 600_000;
const layoutHere = () => {
  const stack = consortium();
  return layoutOf(pathsOf({ state: stack.state, on: stack.network }).network);
};

async function open() {
  const network = await reopen(layoutHere());
  const all = membersHere(network);
  return {
    network,
    government: all.filter(({ member }) => member.organisation.government),
    others: all.filter(({ member }) => !member.organisation.government),
  };
}

describe('the channel, with twelve more banks in it', () => {
  beforeAll(async () => {
    for (const bank of moreBanks) putDown(layoutHere(), bank);
    const network = await reopen(layoutHere());
    const { organisations, membersMsp } = network.consortium;
    const joining = organisations.filter(({ name }) => moreBanks.some((bank) => bank.name === name));
    await updateChannel(network, governorsOf(network), addOrganisations(joining, membersMsp));
  }, limitMs);

  afterAll(async () => {
    for (const { name } of moreBanks) await withoutMember(layoutHere(), name);
    const network = await reopen(layoutHere());
    await updateChannel(network, governorsOf(network), (channel, generated) => {
      for (const { name } of moreBanks) removalOf(network, name)(channel, generated);
    });
  }, limitMs);

  it.each(attempts)(
    'is not changed by all who are not of the government, nor with one of it: %s',
    async (_, change) => {
      const { network, government, others } = await open();
      expect(others.length).toBeGreaterThanOrEqual(moreBanks.length + 5);
      const [first] = government;
      if (first === undefined) throw new Error('there is no government');
      let before: string | undefined;
      let after: string | undefined;
      const attempt = (signers: typeof others) =>
        updateChannel(network, signers, (channel) => {
          before ??= JSON.stringify(channel);
          change(channel);
        });

      await expect(attempt(others)).rejects.toThrow(/signature set did not satisfy policy/);
      await expect(attempt([first, ...others])).rejects.toThrow(/signature set did not satisfy policy/);
      await updateChannel(network, [first], (channel) => {
        after = JSON.stringify(channel);
      });
      expect(after).toBe(before);
    },
    limitMs,
  );

  it(
    'is changed by two of the three',
    async () => {
      const { network, government } = await open();
      const setTo = (count: number) =>
        updateChannel(network, government.slice(1), ({ groups: { Orderer } }) => {
          Object.assign(Orderer.values['BatchSize']?.value ?? {}, { max_message_count: count });
        });

      await expect(setTo(150)).resolves.toBe(true);
      await expect(setTo(network.consortium.blocks.maxMessages)).resolves.toBe(true);
    },
    limitMs,
  );

  it(
    'is changed by a council of banks beside them, where that is agreed on, and by neither alone',
    async () => {
      const { network, government, others } = await open();
      const { administration = '', blocks } = network.consortium;
      const [bank, ...banks] = others.filter(({ member }) => member.organisation.kind === 'bank');
      if (bank === undefined) throw new Error('there is no bank');
      const setTo = (count: number, signers: typeof others) =>
        updateChannel(network, signers, ({ groups: { Orderer } }) => {
          Object.assign(Orderer.values['BatchSize']?.value ?? {}, { max_message_count: count });
        });
      const council = ['BankAMSP', 'BankBMSP', 'Voter1MSP'].map((msp) => `'${msp}.admin'`).join(', ');
      const together = `AND(${administration}, OutOf(1, ${council}))`;
      await expect(setAdministration(layoutHere(), together)).resolves.toBe(true);
      try {
        await expect(setTo(150, government)).rejects.toThrow(/did not satisfy policy/);
        await expect(setTo(150, [bank, ...banks, ...government.slice(2)])).rejects.toThrow(
          /did not satisfy policy/,
        );
        await expect(setTo(150, [...government.slice(1), bank])).resolves.toBe(true);
        await setTo(blocks.maxMessages, [...government.slice(1), bank]);
      } finally {
        await setAdministration(layoutHere(), administration);
      }
    },
    limitMs,
  );
});
