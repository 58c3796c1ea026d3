import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { descriptionOf, membersHere, openNetwork } from '@pledgeonce/network/fabric/network.js';
import type { ChannelGroup } from '@pledgeonce/network/fabric/channel/config.js';
import { updateChannel } from '@pledgeonce/network/fabric/channel/update.js';
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

async function open() {
  const stack = consortium();
  const layout = layoutOf(pathsOf({ state: stack.state, on: stack.network }).network);
  const network = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const all = membersHere(network);
  return {
    network,
    government: all.filter(({ member }) => member.organisation.government),
    others: all.filter(({ member }) => !member.organisation.government),
  };
}

describe('the channel', () => {
  it.each(attempts)(
    'is not changed by all who are not of the government, nor with one of it: %s',
    async (_, change) => {
      const { network, government, others } = await open();
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
    240_000,
  );

  it('is changed by two of the three', async () => {
    const { network, government } = await open();
    const setTo = (count: number) =>
      updateChannel(network, government.slice(1), ({ groups: { Orderer } }) => {
        Object.assign(Orderer.values['BatchSize']?.value ?? {}, { max_message_count: count });
      });

    await expect(setTo(150)).resolves.toBe(true);
    await expect(setTo(network.consortium.blocks.maxMessages)).resolves.toBe(true);
  }, 240_000);
});
