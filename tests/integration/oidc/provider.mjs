// An OpenID Connect provider with the accounts of a file, and ID tokens that the file may spoil.
//
// Usage: node provider.mjs FOLDER SETTINGS. FOLDER has node_modules. SETTINGS is JSON: issuer,
// address, port, tls (cert, key), client (id, secret, redirect_uri) and state, a JSON file that is
// read at each login: accounts (name -> claims), change (claims of the next ID tokens; null takes
// one away), and how (`other-key`, `unsigned`, `none`: no ID token at all).

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, settingsFile] = process.argv.slice(2);
const require = createRequire(`${resolve(folder)}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: Provider } = await load("oidc-provider");
const { SignJWT, decodeJwt, exportJWK, generateKeyPair } = await load("jose");

const settings = JSON.parse(readFileSync(settingsFile, "utf-8"));
const state = () => JSON.parse(readFileSync(settings.state, "utf-8"));

const ours = await generateKeyPair("RS256", { extractable: true });
const theirs = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(ours.privateKey)), kid: "ours", use: "sig", alg: "RS256" };

const provider = new Provider(settings.issuer, {
  clients: [
    {
      client_id: settings.client.id,
      client_secret: settings.client.secret,
      redirect_uris: [settings.client.redirect_uri],
    },
  ],
  claims: {
    openid: ["sub"],
    profile: ["preferred_username", "given_name", "family_name"],
    email: ["email", "email_verified"],
    groups: ["groups"],
  },
  conformIdTokenClaims: !settings.claimsInIdToken,
  cookies: { keys: ["not a secret"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...(state().accounts[id] ?? {}), ...(state().userinfo ?? {}) }),
  }),
  jwks: { keys: [key] },
  pkce: { required: () => true },
});
provider.proxy = true;

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function spoiled(token) {
  const { change = {}, how } = state();
  const claims = { ...decodeJwt(token), ...change };
  for (const name of Object.keys(change).filter((each) => change[each] === null)) {
    delete claims[name];
  }
  if (how === "unsigned") {
    return `${base64({ alg: "none" })}.${base64(claims)}.`;
  }
  const pair = how === "other-key" ? theirs : ours;
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "ours" }).sign(pair.privateKey);
}

provider.use(async (context, next) => {
  await next();
  if (context.path !== "/token" || !context.body?.id_token) {
    return;
  }
  if (state().how === "none") {
    delete context.body.id_token;
  } else {
    context.body.id_token = await spoiled(context.body.id_token);
  }
});

const tls = { cert: readFileSync(settings.tls.cert), key: readFileSync(settings.tls.key) };
createServer(tls, provider.callback()).listen(settings.port, settings.address, () => {
  console.log(`listens at ${settings.issuer}`);
});
