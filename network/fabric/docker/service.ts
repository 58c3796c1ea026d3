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
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly args?: Readonly<Record<string, string>>;
  };
  /** Files that only the operator has, by their names in the Compose file, and where the container sees them. */
  readonly secrets?: readonly { readonly source: string; readonly target: string }[];
  /** How long it has to end by itself. */
  readonly stop_grace_period?: string;
  readonly depends_on?: readonly string[];
  readonly healthcheck: HealthCheck;
}

/** How the engine finds out whether a container still does its work. */
export interface HealthCheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly start_period: string;
  readonly retries: number;
}

/**
 * The same patience for everybody: nodes of a whole consortium that start at once on one machine are slow.
 *
 * @param command for the container's shell. As a list Podman's Docker interface tears it apart at its spaces, and runs half
 *   a command that ends well.
 */
export function checkedBy(command: string): HealthCheck {
  return {
    test: ['CMD-SHELL', command],
    interval: '30s',
    timeout: '10s',
    start_period: '120s',
    retries: 3,
  };
}

/** What every container may do, which is little: nothing is written but into its volumes and what ends with it. */
export const CONFINED = {
  read_only: true,
  tmpfs: ['/tmp'],
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  // A node writes for years; the engine keeps as much of it as the gateway does of its own log.
  logging: { driver: 'json-file', options: { 'max-size': '50m', 'max-file': '10' } },
} as const;

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

/** A program that ends well when somebody listens: the shim's server and a door tell nobody how they are. */
export function connects(port: number): string {
  return `require('node:net').connect(${port}, '127.0.0.1').once('connect', () => process.exit(0)).once('error', () => process.exit(1))`;
}

/** Ports that this machine may use, under the same numbers. */
export function published(...ports: readonly number[]): string[] {
  return ports.map((port) => `127.0.0.1:${port}:${port}`);
}
