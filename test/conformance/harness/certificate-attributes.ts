import { X509Certificate } from 'node:crypto';

/** The attributes that Fabric's certificate authority writes into a certificate: JSON in an extension of its own. */
export function attributesOf(certificate: string): Record<string, string> {
  const bytes = new X509Certificate(certificate).raw.toString('latin1');
  const json = /\{"attrs":\{[^}]*\}\}/.exec(bytes)?.[0];
  return json === undefined ? {} : (JSON.parse(json) as { attrs: Record<string, string> }).attrs;
}
