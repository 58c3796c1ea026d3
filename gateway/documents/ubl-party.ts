import type { NamedParty, StatedId } from './parties.js';
import { find, findAll, ownText, textOf, type XmlElement } from './xml-tree.js';

/** An organisation in UBL, with every id that it states anywhere. */
export function readUblParty(party: XmlElement | undefined): NamedParty {
  const legal = find(party, 'PartyLegalEntity');
  const endpoint = find(party, 'EndpointID');
  return {
    name: textOf(legal, 'RegistrationName') ?? textOf(party, 'PartyName', 'Name'),
    ids: [
      ...findAll(party, 'PartyTaxScheme').flatMap(taxId),
      ...findAll(party, 'PartyLegalEntity').flatMap((entity) =>
        stated(find(entity, 'CompanyID'), schemeOf(find(entity, 'CompanyID')) ?? 'BRN'),
      ),
      ...findAll(party, 'PartyIdentification').flatMap((identification) => {
        const id = find(identification, 'ID');
        return stated(id, nationalScheme(id) ?? schemeOf(id));
      }),
      ...stated(endpoint, schemeOf(endpoint)),
    ],
  };
}

/** The same element also carries prose ("approved for F-tax"): only under the scheme of a tax is it an id. */
function taxId(scheme: XmlElement): StatedId[] {
  const company = find(scheme, 'CompanyID');
  const tax = textOf(scheme, 'TaxScheme', 'ID')?.toUpperCase();
  return stated(company, nationalScheme(company) ?? tax ?? 'tax scheme');
}

/** Colombia and Peru number the kinds of ids and say elsewhere whose list it is. */
function nationalScheme(id: XmlElement | undefined): string | undefined {
  const names = [id?.attributes.get('schemeName'), id?.attributes.get('schemeAgencyName')].join(' ');
  if (id?.attributes.get('schemeName') === '31') return 'NIT';
  return /SUNAT/.test(names) && id?.attributes.get('schemeID') === '6' ? 'RUC' : undefined;
}

function schemeOf(id: XmlElement | undefined): string | undefined {
  const scheme = id?.attributes.get('schemeID')?.trim();
  // An agency's own number for a kind of company stands where others name the register.
  return scheme === '' ? undefined : scheme;
}

function stated(element: XmlElement | undefined, scheme: string | undefined): StatedId[] {
  const id = ownText(element);
  return id === undefined ? [] : [{ id, scheme }];
}
