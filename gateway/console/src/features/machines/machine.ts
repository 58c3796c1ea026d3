import type { paths } from '@pledgeonce/client';

export type MachineView = paths['/machines/{id}']['get']['responses'][200]['content']['application/json'];
export type MachineKeyView = MachineView['keys'][number];
type NewMachine = paths['/machines']['post']['requestBody']['content']['application/json'];

/** No machine approves or admits: the compiler holds this to what the gateway takes. */
const roles: Readonly<Record<NewMachine['role'], true>> = { officer: true, auditor: true, viewer: true };
export const machineRoles = Object.keys(roles);

/**
 * The public key that was pasted, as JSON (RFC 7517). What is no JSON is sent as it is, so that the gateway says what is
 * wrong with it beside the field.
 */
export function keyIn(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return text;
  }
}
