import { commonNameOf } from './common-name.js';

/** Of an officer whom the configuration of a fabric-ca-server names: of attributes it has their role alone. */
const officer = `-----BEGIN CERTIFICATE-----
MIICBzCCAa6gAwIBAgIUXYkLdbNnnNLBedXqFBqd67aMxkkwCgYIKoZIzj0EAwIw
SzEiMCAGA1UEChMZYmFuay1iLnBsZWRnZW9uY2UuZXhhbXBsZTElMCMGA1UEAxMc
Y2EuYmFuay1iLnBsZWRnZW9uY2UuZXhhbXBsZTAeFw0yNjExMjUxMzQ2MzFaFw0y
NzExMjUxMzUyMDBaMCMxDzANBgNVBAsTBmNsaWVudDEQMA4GA1UEAxMHb2ZmaWNl
cjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN12g/fl9b6S7s0wJVpXbNEZWYpM
SRlQ1MW0QdGbSpoUacGp8c8oD5PtAfXI3ZL6myf3NpsDzBk6eNY3UGrcovOjgZcw
gZQwDgYDVR0PAQH/BAQDAgeAMAwGA1UdEwEB/wQCMAAwHQYDVR0OBBYEFBuzj0jO
P6j6xsvrxxYMtgaaraWFMCsGA1UdIwQkMCKAIO69fxTDocUaNZUTmBaMBOI0+vkY
xrxNLiim/AUaX+KeMCgGCCoDBAUGBwgBBBx7ImF0dHJzIjp7InJvbGUiOiJvZmZp
Y2VyIn19MAoGCCqGSM49BAMCA0cAMEQCIBI4dNIPJMqToP+q6Qn6kxKrP26+Cs1L
LZKtZHX9YIzuAiBiMU6Zu2O2XYelrmQTmIvYOmlU6n0AUH6FhOmcXp4D9Q==
-----END CERTIFICATE-----
`;

it('reads the enrolment id, which the subject has whatever attributes there are', () => {
  expect(commonNameOf(officer)).toBe('officer');
});
