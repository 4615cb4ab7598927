import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkCertificate, documentNamed, publicKeyOf, readPublicKey, signingKey } from "#modules/service/index.ts";

/**
 * `npm run verify-certificate -- certificate.pdf [document.pdf …] [--key <Base64 or PEM file>]`: whether a 送达回证 is as the court
 * signed it, and whether the documents are the ones it names. Needs no network and no database. Without `--key` the key of this
 * installation is used (CERTIFICATE_KEY, or keys.json in DATA_DIR).
 */
const given = process.argv.slice(2);
const at = given.indexOf("--key");
const named = at < 0 ? undefined : given[at + 1];
const [certificate, ...documents] = at < 0 ? given : [...given.slice(0, at), ...given.slice(at + 2)];
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (!certificate) {
  say("用法：npm run verify-certificate -- 送达回证.pdf [文书.pdf …] [--key 公钥]");
  process.exit(2);
}
const key = named
  ? readPublicKey(existsSync(named) ? readFileSync(named, "utf8") : named)
  : readPublicKey(publicKeyOf(signingKey(ownSeed())).pem);
const checked = checkCertificate(readFileSync(certificate), key);
if (!checked.genuine) {
  say(`不通过：${checked.reason}。`);
  process.exit(1);
}
const { facts } = checked;
say(`通过：${facts.court.name} ${facts.caseNumber} 送达回证 ${facts.number}（公钥 ${facts.keyId}）`);
say(`受送达人 ${facts.recipient.side}${facts.recipient.name}；文书 ${facts.title}`);
say(`送达日期 ${facts.effect.on}${facts.effect.presumed ? "（推定送达）" : ""}；依据 ${facts.effect.basis}`);
let wrong = 0;
for (const path of documents) {
  const title = documentNamed(facts, readFileSync(path));
  if (title === null) wrong += 1;
  say(title === null ? `不通过：${path} 不是本回证所载的文书，或者已被改动。` : `通过：${path} 即所送达的《${title}》`);
}
process.exit(wrong > 0 ? 1 : 0);

function ownSeed(): string {
  const own = process.env["CERTIFICATE_KEY"];
  if (own) return own;
  const kept = join(process.env["DATA_DIR"] || "./var", "keys.json");
  const seed = existsSync(kept)
    ? (JSON.parse(readFileSync(kept, "utf8")) as { CERTIFICATE_KEY?: string }).CERTIFICATE_KEY
    : undefined;
  if (seed) return seed;
  say("请用 --key 指明法院的公钥（见 /api/v1/service-certificates/key）。");
  process.exit(2);
}
