import type { Consortium, Organisation } from '../../consortium.js';
import { operationOf } from '../../operation.js';
import type { Environment } from '../config/environment.js';

/** By what a program of the organisation is told to send traces: OpenTelemetry's own variable, where there is a collector. */
export function tracesTo(consortium: Consortium, organisation: Organisation): Environment {
  const { traces } = operationOf(consortium, organisation);
  return traces === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: traces };
}

/** On which port the organisation's collector listens, where it has one. */
export function collectorPort(consortium: Consortium, organisation: Organisation): number | undefined {
  const { traces } = operationOf(consortium, organisation);
  if (traces === undefined) return undefined;
  const { port, protocol } = new URL(traces);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Images are shared: when one organisation sends traces, they hold the packages of OpenTelemetry. */
export function buildArguments({ operation = {} }: Consortium): {
  readonly args?: Readonly<Record<string, string>>;
} {
  return Object.values(operation).some(({ traces }) => traces !== undefined)
    ? { args: { TRACES: 'yes' } }
    : {};
}
