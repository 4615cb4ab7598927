/** Something in a file that looks like a secret: which rule, which line, and the text itself (never printed whole). */
export interface Find {
  readonly rule: string;
  readonly line: number;
  readonly text: string;
}

/** Keys that are known by their form. */
const FORMS: Readonly<Record<string, RegExp>> = {
  "private key": /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]{20,4000}?-----END/g,
  "Alibaba Cloud key": /\bLTAI[A-Za-z0-9]{12,26}\b/g,
  "Tencent Cloud key": /\bAKID[A-Za-z0-9]{13,48}\b/g,
  "AWS key": /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  "GitHub token": /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b/g,
  "npm token": /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*\S{8,}/g,
  "Slack token": /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  "token of ours": /\bsutong_[A-Za-z0-9_-]{43}\b/g,
  "signed token": /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/g,
  "address with a password": /\b[a-z][a-z0-9+]{2,15}:\/\/[^\s:@/'"`$<>{}]{1,64}:([^\s:@/'"`$<>{}]{3,64})@/g,
  "named secret":
    /\b(?:[A-Z0-9_]*(?:SECRET|PASSWORD|API_V3_KEY|PRIVATE_KEY|DATA_KEYS|INDEX_KEY)|(?:app|api|client)?[sS]ecret(?:Key)?|passphrase)["']?\s*[:=]\s*["']([^"'\s$<>{}]{12,})["']/g,
};
/** Keys and certificates in letters: the first are found by their form, the second hide nothing; neither is read letter by letter. */
const LETTERED = /-----BEGIN [A-Z ]+-----[\s\S]+?-----END [A-Z ]+-----/g;
const LONG = /[A-Za-z0-9+/_-]{32,}={0,2}/g;

/** Everything in the text that looks like a secret. */
export function findSecrets(text: string): Find[] {
  const found: Find[] = [];
  const add = (rule: string, at: number, what: string) => {
    found.push({ rule, line: text.slice(0, at).split("\n").length, text: what });
  };
  for (const [rule, form] of Object.entries(FORMS))
    for (const match of text.matchAll(form)) add(rule, match.index, match[1] ?? match[0]);
  const rest = text.replace(LETTERED, (block) => block.replace(/[^\n]/g, " "));
  for (const match of rest.matchAll(LONG)) if (isRandom(match[0])) add("high entropy", match.index, match[0]);
  return found;
}

/** Drawn by a machine, as far as can be told: digits of sixteen, or all kinds of letters mixed as no name mixes them. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]+$/i.test(text)) return entropy(text.toLowerCase()) > 3.3 && /[a-f]/i.test(text) && /\d/.test(text);
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false;
  // Words, camel case and paths change their kind of character seldom; random text does at every second one.
  const kinds = [...text].map((char) => (/[a-z]/.test(char) ? 1 : /[A-Z]/.test(char) ? 2 : /\d/.test(char) ? 3 : 4));
  const changes = kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
  return entropy(text) > 4.2 && changes / text.length > 0.4;
}

/** Bits a character, by how often each stands there. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
