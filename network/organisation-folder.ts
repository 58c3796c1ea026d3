import { join } from 'node:path';

/**
 * Where each organisation of a network has what it shows nobody: a folder `<name>` with its keys, its people's secrets and
 * the data of its nodes. What lies beside this folder is public.
 */
export function organisationsFolder(stateDir: string): string {
  return join(stateDir, 'organisations');
}

/** Where the enrolment secrets of an organisation's people lie. */
export function peopleFolder(stateDir: string, organisation: string): string {
  return join(organisationsFolder(stateDir), organisation, 'people');
}
