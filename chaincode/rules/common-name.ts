import { X509Certificate } from 'node:crypto';

/**
 * The name in the subject of a certificate (PEM). Fabric's CA certifies nobody under another name than their enrolment
 * id, whereas the attribute `hf.EnrollmentID` is there only for whom a registrar has admitted, and only if nobody asked
 * for other attributes: by the attribute, one person could appear as two.
 */
export function commonNameOf(pem: string): string {
  const { subject } = new X509Certificate(pem);
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
}
