import { X509Certificate } from 'node:crypto';

/**
 * Names that were read out of certificates. The same few people sign most transactions, and to parse a certificate takes
 * longer than most else; what it says never changes.
 */
const names = new Map<string, string>();
const mostNames = 1000;

/**
 * The name in the subject of a certificate (PEM). Fabric's CA certifies nobody under another name than their enrolment
 * id, whereas the attribute `hf.EnrollmentID` is there only for whom a registrar has admitted, and only if nobody asked
 * for other attributes: by the attribute, one person could appear as two.
 */
export function commonNameOf(pem: string): string {
  const known = names.get(pem);
  if (known !== undefined) return known;
  const { subject } = new X509Certificate(pem);
  const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
  if (names.size >= mostNames) names.clear();
  names.set(pem, name);
  return name;
}
