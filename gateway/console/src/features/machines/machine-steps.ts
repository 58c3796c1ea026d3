import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Field } from '../../ui/form/fields.js';
import type { Step } from '../../ui/steps.js';
import { keyIn, type MachineKeyView, type MachineView } from './machine.js';

export const keyField: Field = {
  name: 'key',
  kind: 'long',
  label: 'publicKey',
  required: true,
  hint: 'machineKey',
};

/** What an admin can do with a machine, as it stands; who asked for it does not confirm it. */
export function machineSteps({ id, state, awaits }: MachineView, admin: string): readonly Step[] {
  if (state === 'revoked') return [];
  const at = (key: string) => ({ params: { path: { id }, ...once(key) } });
  const confirm: Step = {
    name: 'confirmMachine',
    fields: [],
    about: awaits?.kind === 'key' ? 'machines.confirmKey' : 'machines.confirm',
    ...(awaits?.by === admin && { blocked: 'ownWork' }),
    send: (_body, key) => api.POST('/machines/{id}/confirmation', { ...at(key), body: {} }),
  };
  const whileActive: readonly Step[] = [
    {
      name: 'addMachineKey',
      secondary: true,
      fields: [keyField],
      about: 'machines.addKey',
      send: (body: { readonly key?: unknown } | undefined, key) =>
        api.POST('/machines/{id}/keys', { ...at(key), body: { key: keyIn(body?.key) as never } }),
    },
    {
      name: 'reissueMachine',
      secondary: true,
      fields: [],
      about: 'machines.reissue',
      send: (_body, key) => api.POST('/machines/{id}/certificate', { ...at(key), body: {} }),
    },
  ];
  return [
    ...(awaits === undefined ? [] : [confirm]),
    ...(state === 'active' ? whileActive : []),
    {
      name: 'revokeMachine',
      danger: true,
      fields: [],
      about: 'machines.revoke',
      send: (_body, key) => api.POST('/machines/{id}/revocation', { ...at(key), body: {} }),
    },
  ];
}

/** A key is taken away once the machine signs with another; the last one stays. */
export function keySteps({ id, state, keys }: MachineView, { kid }: MachineKeyView): readonly Step[] {
  if (state !== 'active' || keys.length < 2) return [];
  return [
    {
      name: 'removeMachineKey',
      danger: true,
      fields: [],
      about: 'machines.removeKey',
      send: (_body, key) =>
        api.DELETE('/machines/{id}/keys/{kid}', { params: { path: { id, kid }, ...once(key) } }),
    },
  ];
}
