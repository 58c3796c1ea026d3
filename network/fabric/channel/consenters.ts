import type { ChannelChange, ChannelGroup, ConfigGroup } from './config.js';

/** One orderer in the channel's list of those whose signatures make a block. */
export interface Consenter {
  readonly id: number;
  readonly msp_id: string;
  /** PEM, base64. */
  readonly identity: string;
  readonly host?: string;
  readonly port?: number;
}

/** Fewer tolerate no faulty one. */
const FEWEST = 4;

/** The list of those who order, to be changed in place. */
export function consentersOf({ groups: { Orderer } }: ChannelGroup): Consenter[] {
  const { consenter_mapping: consenters } = Orderer.values['Orderers']?.value as {
    readonly consenter_mapping: Consenter[];
  };
  return consenters;
}

/** A number that none of them has. */
export function freeNumber(consenters: readonly Consenter[]): number {
  return Math.max(...consenters.map(({ id }) => id)) + 1;
}

/**
 * Takes an organisation's orderer in among those who order: a number that none has, and a place in the rule by which
 * blocks are checked. Its MSP is what the channel says of its peers already.
 */
export function addConsenter(msp: string): ChannelChange {
  return (channel, generated) => {
    const { Application, Orderer } = channel.groups;
    const consenters = consentersOf(channel);
    const next = consentersOf(generated).find((one) => one.msp_id === msp);
    const group = generated.groups.Orderer.groups[msp];
    const own = Application.groups[msp]?.values['MSP'];
    if (next === undefined || group === undefined) throw new Error(`${msp} has not shown its orderer.`);
    if (own === undefined) throw new Error(`${msp} is not in the channel.`);
    if (consenters.some((one) => one.msp_id === msp)) return;
    const { mod_policy } = own;
    const MSP = { value: own.value, ...(mod_policy !== undefined && { mod_policy }), version: '0' };
    Orderer.groups[msp] = { ...group, values: { ...group.values, MSP } };
    consenters.push({ ...next, id: freeNumber(consenters) });
    checkBlocksBy(Orderer, consenters);
  };
}

/**
 * Takes an organisation's orderer out of those who order.
 *
 * @throws Error when fewer than four would be left.
 */
export function removeConsenter(msp: string): ChannelChange {
  return (channel) => {
    const { Orderer } = channel.groups;
    const consenters = consentersOf(channel);
    const index = consenters.findIndex((one) => one.msp_id === msp);
    if (index < 0) return;
    if (consenters.length <= FEWEST) {
      throw new Error(
        `${consenters.length} order, and fewer than ${FEWEST} bear no fault: add another first.`,
      );
    }
    consenters.splice(index, 1);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- Fabric's JSON has groups by name
    delete Orderer.groups[msp];
    checkBlocksBy(Orderer, consenters);
  };
}

/** As Fabric itself makes the rule, which it holds against this: a quorum of exactly these certificates. */
function checkBlocksBy(orderer: ConfigGroup, consenters: readonly Consenter[]): void {
  const present = orderer.policies['BlockValidation'];
  if (present === undefined) throw new Error('The channel has no rule by which blocks are checked.');
  const { length: all } = consenters;
  const faulty = Math.floor((all - 1) / 3);
  orderer.policies['BlockValidation'] = {
    ...present,
    policy: {
      ...present.policy,
      value: {
        ...(present.policy.value as object),
        identities: consenters.map(({ identity, msp_id }) => ({
          principal: { id_bytes: identity, mspid: msp_id },
          principal_classification: 'IDENTITY',
        })),
        rule: {
          n_out_of: {
            n: Math.ceil((all + faulty + 1) / 2),
            rules: consenters.map((_, index) => ({ signed_by: index })),
          },
        },
      },
    },
  };
}
