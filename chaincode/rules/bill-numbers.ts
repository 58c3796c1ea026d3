/** What a bill of lading says that its number depends on. */
export interface BillContext {
  /** SMDG or SCAC code of the carrier that issued it. */
  readonly carrierCode?: string | undefined;
}

/**
 * The number of a bill of lading with the code of its carrier before it, as customs manifests write it: two carriers
 * may give out the same number, and one bill is printed with the code and without.
 */
export function billNumber(canonical: string, { carrierCode }: BillContext): string {
  const code = carrierCode?.trim().toUpperCase() ?? '';
  return canonical.startsWith(code) ? canonical : code + canonical;
}
