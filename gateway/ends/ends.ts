import { X509Certificate } from 'node:crypto';

export const dayMs = 24 * 60 * 60_000;
/** How many days before the end of a certificate somebody is told, each time once; 0: it has ended. */
const stages = [0, 7, 30, 60] as const;
export type Stage = (typeof stages)[number];

/** One certificate on which the gateway depends, and when it ends. */
export interface CertificateEnd {
  /** Stays the same when the certificate is replaced: `door`, `authority`, `machine:machine-erp`. */
  readonly name: string;
  readonly endsAt: number;
  /** It is renewed by the gateway itself, so that only its last days are somebody's business. */
  readonly renewsItself?: true;
}

/** How near an end is, by the days at which somebody is told; undefined while it is far. */
export function stageOf(endsAt: number, now: number): Stage | undefined {
  const days = Math.floor((endsAt - now) / dayMs);
  return endsAt <= now ? 0 : stages.find((stage) => stage > 0 && days <= stage);
}

/** When the first of the certificates in a text ends; undefined where there is none. */
export function earliestEnd(pem: string): number | undefined {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const ends = certificates.map((one) => Date.parse(new X509Certificate(one).validTo));
  return ends.length === 0 ? undefined : Math.min(...ends);
}
