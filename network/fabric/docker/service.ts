import type { Environment } from '../config/environment.js';
import type { Site } from '../site.js';
import type { Member } from '../topology.js';

/** What Compose is told of one container. */
export interface Service {
  readonly image: string;
  readonly hostname: string;
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly volumes: readonly string[];
  readonly ports: readonly string[];
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly depends_on?: readonly string[];
}

/** The DNS name of a container, which is also in the node's TLS certificate. */
export function containerHost(member: Member, service: string, domain: string): string {
  return `${service}.${member.organisation.name}.${domain}`;
}

/** Files and folders of the state folder in their place in a container, the latter ones writable. */
export function mounts(site: Site, read: readonly string[], written: readonly string[]): string[] {
  return [
    ...read.map((file) => `${file}:${site.seen(file)}:ro`),
    ...written.map((file) => `${file}:${site.seen(file)}`),
  ];
}

/** Ports that this machine may use, under the same numbers. */
export function published(...ports: readonly number[]): string[] {
  return ports.map((port) => `127.0.0.1:${port}:${port}`);
}
