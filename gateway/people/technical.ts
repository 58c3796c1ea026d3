const ofGateways = /^(?:gateway|clerk)-[0-9a-f]{8}$/i;
/** Ids of the organisation's own machines, which no person has. */
export const machineIdPattern = /^machine-[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?$/;

/** Identities that programs use: no person signs in as one, is admitted as one, or removes one. */
export function isTechnical(id: string, registrarId: string): boolean {
  return id.toLowerCase() === registrarId.toLowerCase() || ofGateways.test(id) || /^machine-/i.test(id);
}
