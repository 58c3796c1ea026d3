import type { ApiContext } from '../api/context.js';
import type { OrganisationConfig } from '../config.js';
import type { PublicUrl } from '../doors/public-url.js';
import { BegunSignIns } from '../provider/begun-sign-ins.js';
import { IdentityProvider } from '../provider/identity-provider.js';
import { ProviderSignIn } from '../provider/provider-sign-in.js';
import type { ProviderSignInParts } from '../provider/provider-sign-in.js';

export interface ProviderParts extends ProviderSignInParts {
  readonly config: Pick<OrganisationConfig, 'provider'>;
  readonly publicUrl: PublicUrl;
}

/** Sign-in by the organisation's identity provider, which is asked when somebody first comes by it. */
export function openProvider(parts: ProviderParts): ApiContext['provider'] {
  const { config, publicUrl } = parts;
  if (config.provider === undefined) return undefined;
  return {
    label: config.provider.label,
    identity: new IdentityProvider(config.provider, () => publicUrl.url),
    begun: new BegunSignIns(),
    signIn: new ProviderSignIn(parts),
  };
}
