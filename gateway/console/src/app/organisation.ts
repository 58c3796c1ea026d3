export type OrganisationKind =
  'customs' | 'tax' | 'regulator' | 'insurer' | 'carrier' | 'enterprise' | 'bank';

interface Organisation {
  readonly mspId: string;
  readonly title: string;
  readonly kind: OrganisationKind;
  /** The colour by which its people know it, such as `#7a1f5c`. */
  readonly colour?: string;
  /** A development network on this machine, whose people and secrets the gateway shows. */
  readonly development?: boolean;
  /** What the organisation calls its identity provider, where people can sign in by one. */
  readonly provider?: string;
}

/** Whose gateway served this page; the gateway writes it there. */
export const organisation = JSON.parse(
  document.documentElement.dataset['organisation'] ?? '{}',
) as Organisation;

/** What the gateway's policy lets styles through by, made anew for each page. */
export const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '';
