const ofGateways = /^(?:gateway|clerk)-[0-9a-f]{8}$/i;

/** Identities that programs use: no person signs in as one, is admitted as one, or removes one. */
export function isTechnical(id: string, registrarId: string): boolean {
  return id.toLowerCase() === registrarId.toLowerCase() || ofGateways.test(id);
}
