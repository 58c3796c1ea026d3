// What the client of a certificate authority uses of fabric-common: the rest reads every message of Fabric when it is loaded,
// a quarter of a second for whoever has just been started again.
import BaseClient from 'fabric-common/lib/BaseClient.js';
import Utils from 'fabric-common/lib/Utils.js';

export { BaseClient, Utils };
